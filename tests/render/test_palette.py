"""The colors as they are seen: contrast by WCAG, and by eyes that lack one kind of cone (Machado et al. 2009)."""

import itertools

import numpy as np
import pytest

from mlbasics.lessons.batchnorm.figures import CLASSES
from mlbasics.render.areas import Area
from mlbasics.render.palette import DARK, LIGHT, LINES, STYLES, Colors, contrast
from mlbasics.render.terminal import Terminal

# The roles that meet in one plot of the course.
TOGETHER = (
    ("truth", "low", "best", "high", "data"),
    ("other", "floor", "train", "cv", "test"),
    ("above", "below", "truth", "wrong"),
    ("floor", "low", "high", "best", "cv"),
    ("low", "high", "best"),
    ("other", "truth", "best"),
    ("faint", "truth", "best"),
    ("faint", "floor", "best"),
    ("floor", "low", "high", "data", "best"),
)
PAIRS = sorted({pair for roles in TOGETHER for pair in itertools.combinations(sorted(roles), 2)})
LEAST = 12  # of ΔE*ab: two lines of one width, beside each other

CONES = {
    "all": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
}  # fmt: skip
TO_XYZ = np.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.072175], [0.0193339, 0.119192, 0.9503041]])  # fmt: skip

# The first sixteen as xterm has them; the terminal's theme may have others.
SIXTEEN = ["000000", "cd0000", "00cd00", "cdcd00", "0000ee", "cd00cd", "00cdcd", "e5e5e5",
           "7f7f7f", "ff0000", "00ff00", "ffff00", "5c5cff", "ff00ff", "00ffff", "ffffff"]  # fmt: skip


def xterm(number):
    """The color of a number, of 256."""
    if number < 16:
        return "#" + SIXTEEN[number]
    if number >= 232:
        return "#" + 3 * f"{8 + 10 * (number - 232):02x}"
    steps = (0, 95, 135, 175, 215, 255)
    return "#{:02x}{:02x}{:02x}".format(*(steps[(number - 16) // power % 6] for power in (36, 6, 1)))


def lab(color, cones):
    """CIE L*a*b* of a color, #rrggbb, under D65, as seen with these cones."""
    parts = np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    seen = np.clip(np.array(CONES[cones]) @ linear, 0, 1)
    xyz = TO_XYZ @ seen / [0.95047, 1, 1.08883]
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def as_seen(paint, system):
    if system == "truecolor":
        return paint.truecolor
    number = paint.xterm if system == "256" else paint.standard
    return None if number is None else xterm(number)


def line(role, system, ink):
    paint = LINES[STYLES[role].hue]
    return ink if paint is None else as_seen(paint, system) or ink


def test_a_line_reads_on_black_and_on_white():
    for paint, system in itertools.product(filter(None, LINES.values()), ("truecolor", "256", "standard")):
        color = as_seen(paint, system)
        if color is not None:  # None is the terminal's own text color
            assert min(contrast(color, ground) for ground in ("#000000", "#ffffff")) >= 3, (paint, system)


def key(role):
    look = STYLES[role]
    return look.on, look.off, look.shape


def test_roles_of_one_plot_are_apart_for_every_eye():
    systems = ("truecolor", "256", "standard")
    for *seen, pair in itertools.product(systems, CONES, ("#000000", "#ffffff"), PAIRS):
        system, cones, ink = seen
        one, other = (lab(line(role, system, ink), cones) for role in pair)
        alike = np.linalg.norm(one - other) < LEAST
        if system == "truecolor" and not {"other", "faint", "wrong", "data"} & set(pair):
            assert not alike, (seen, pair)
        assert not alike or key(pair[0]) != key(pair[1]), (seen, pair)


@pytest.mark.parametrize("tones", [DARK, LIGHT], ids=["dark", "light"])
@pytest.mark.parametrize("cones", CONES)
def test_regions_of_three_classes_are_apart_for_every_eye(cones, tones):
    grounds = [lab(tones[STYLES[role].hue].soft.truecolor, cones) for role in CLASSES[:3]]
    assert all(np.linalg.norm(a - b) > LEAST for a, b in itertools.combinations(grounds, 2))


def test_regions_have_none_of_the_colors_of_the_networks_beside_them():
    assert not {STYLES[role].hue for role in CLASSES} & {STYLES["low"].hue, STYLES["high"].hue}


def test_the_simulation_confuses_what_the_color_blind_confuse():
    def apart(one, other, cones):
        return np.linalg.norm(lab(one, cones) - lab(other, cones))

    assert apart("#d00000", "#007000", "all") > 100
    assert apart("#a05000", "#507800", "deuteranopia") < 0.3 * apart("#a05000", "#507800", "all")
    assert apart("#0000ff", "#00a0a0", "deuteranopia") > 50


def test_a_mark_reads_on_every_area():
    roles, kinds = ("best", "high", "low", "floor", "data", "other"), ("soft", "firm", "strong", "region")
    for seen in itertools.product(("truecolor", "256"), (True, False), LINES, roles, kinds):
        system, dark, hue, role, kind = seen
        area = Area(role, -1 if kind == "region" else 0, strong=kind == "strong", firm=kind == "firm")
        chosen = Colors(Terminal(color=system, dark=dark))
        ground, mark = ((code if code.startswith("#") else xterm(int(code[6:-1])))
                        for code in (chosen.area(area), chosen.mark(hue, area)))  # fmt: skip
        assert contrast(ground, mark) >= (3 if system == "truecolor" else 2.5), seen


@pytest.mark.parametrize("dark", [True, False])
def test_areas_are_mixed_with_the_ground(dark):
    tones = DARK if dark else LIGHT
    ground, ink = ("#000000", "#ffffff") if dark else ("#ffffff", "#000000")
    for hue in LINES:
        for system in ("truecolor", "256"):
            soft = as_seen(tones[hue].soft, system)
            assert contrast(soft, ground) < contrast(soft, ink)


@pytest.mark.parametrize("roles", TOGETHER, ids="-".join)
def test_without_color_no_two_series_of_a_plot_share_a_key(roles):
    dashed = [role for role in roles if role not in ("data", "wrong", "above", "below", "other")]
    for named, shown in (
        (roles, lambda look: look.ascii),
        (roles, lambda look: look.shape),
        (dashed, lambda look: (look.on, look.off)),
    ):
        keys = [shown(STYLES[role]) for role in named]
        assert len(set(keys)) == len(keys)


def test_areas_that_meet_have_fills_of_their_own():
    for roles in (("floor", "low", "high"), ("above", "below"), CLASSES):
        for shown in (lambda look: look.fill, lambda look: look.ascii_fill):
            assert len({shown(STYLES[role]) for role in roles}) == len(roles)
