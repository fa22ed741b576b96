"""Any figure: finite data of any size, in any frame, with any of the marks."""

import math
import re
import subprocess
import sys
from dataclasses import replace

import figures
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from mlbasics.kit import Plot, Regions, Series
from mlbasics.render import areas, axes, figure
from mlbasics.render.axes import TINY
from mlbasics.render.layout import name_of, named
from mlbasics.render.marks import Marks, layers
from mlbasics.render.screen import Screen
from mlbasics.render.terminal import Terminal

FINITE = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False),
    st.floats(-10, 10),
    st.sampled_from([0.0, 5e-324, -5e-324, 1e308, -1.7e308, 1.0, 1.0 + 2**-52]),
)
ROLES = ("truth", "data", "low", "best", "high", "floor", "other", "above", "below")
KINDS = ("line", "points", "both", "dots", "stems", "band", "bars", "stack")
NAMES = ("truth", "model", "data", "rate", "floor", "bias", "variance")


@st.composite
def plots(draw):
    series = []
    for key in draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=5, unique=True)):
        kind = draw(st.sampled_from(KINDS))
        count = draw(st.integers(1, 12))
        x = sorted(draw(st.lists(FINITE, min_size=count, max_size=count)))
        y = draw(st.lists(FINITE, min_size=count, max_size=count))
        top = draw(st.lists(FINITE, min_size=count, max_size=count)) if kind in ("band", "stems") else ()
        x = [*x, x[-1]] if kind == "bars" else x
        series.append(Series(figures.named(key), draw(st.sampled_from(ROLES)), kind, x, y, top))
    regions = None
    if draw(st.booleans()):
        rows = draw(st.lists(st.lists(st.integers(0, 1), min_size=3, max_size=3), min_size=1, max_size=5))
        regions = Regions([figures.named("above"), figures.named("below")], ["above", "below"], rows)
    ranges = [tuple(sorted((draw(FINITE), draw(FINITE)))) for _ in range(2)]
    return Plot(
        "title", series, *ranges, height=draw(st.integers(8, 48)), regions=regions,
        log_x=draw(st.booleans()), log_y=draw(st.booleans()), whole_x=draw(st.booleans()),
        equal_units=draw(st.booleans()),
        x_name=draw(st.sampled_from([None, figures.named("x"), figures.named("plot.title")])),
    )  # fmt: skip


TERMINALS = st.builds(
    Terminal,
    width=st.integers(40, 200),
    color=st.sampled_from([None, "standard", "256", "truecolor"]),
    ascii_only=st.booleans(),
    dark=st.booleans(),
)


@settings(deadline=None, max_examples=150)
@given(plots(), TERMINALS)
def test_any_figure_is_drawn_as_wide_as_asked_with_ticks_on_rows_and_names_in_free_cells(plot, terminal):
    cells, layout, unnamed = figure.draw(plot, terminal.width, terminal, figures.WORDS.say)
    lines = cells.plain.split("\n")
    left = terminal.width - layout.x.cells
    assert cells.characters.shape == (plot.height, terminal.width)
    assert len(lines) == plot.height
    assert all(cell_len(line) <= terminal.width for line in lines)
    assert not terminal.ascii_only or "".join(lines).isascii() or "²" in "".join(lines)
    # a labelled value falls on the row of its label, so within half a cell of the row's middle
    for at, said in zip(layout.y.ticks, layout.y.labels, strict=True):
        row = layout.y.cells - 1 - min(int(at + TINY), layout.y.cells - 1)
        assert lines[row].startswith(said.rjust(left - 1))
        assert abs(at - (layout.y.cells - 1 - row) - 0.5) <= 0.5 + 2 * TINY
    # a name covers no mark, no arrow and no other name, or is in the legend
    fresh = Marks(layout.x, layout.y, ascii_only=terminal.ascii_only, shapes=terminal.color is None)
    for owner in layers(plot.series):
        fresh.add(plot.series[owner], owner)
    assert (fresh.taken() == layout.marked).all()
    left_out = {name_of(series) for series in unnamed}
    assert left_out <= {name_of(series) for series, _ in named(plot)}
    inside = [line[left:] for line in lines[: layout.y.cells]]
    for series, _ in named(plot):
        said = figures.WORDS.say(series.label)
        assert (name_of(series) in left_out) or any(said in line for line in inside)
    assert (layout.taken | ~layout.marked).all()


@settings(deadline=None, max_examples=60)
@given(plots(), TERMINALS)
def test_a_screen_prints_any_figure_in_lines_of_at_most_its_width(plot, terminal):
    screen = Screen(figures.WORDS, terminal)
    screen.print(*screen.block(plot))
    lines = re.sub(r"\x1b\[[\d;]*m", "", screen.out.getvalue()).split("\n")
    assert all(cell_len(line) <= terminal.width for line in lines)
    assert terminal.color is not None or "\x1b" not in screen.out.getvalue()


def cells(plot, **given):
    terminal = Terminal(**{"width": 80, "color": "truecolor"} | given)
    return figure.draw(plot, terminal.width, terminal, figures.WORDS.say)


def flat(height, **more):
    line = Series(figures.named("rate"), "best", "line", [0, 1], [height, height])
    return Plot("title", [line], (0, 1), **{"y_range": (-1, 1)} | more)


@pytest.mark.parametrize("height", [-1, -0.5, 0, 0.5, 1])
def test_a_line_at_a_labelled_value_is_on_the_row_of_its_label(height):
    lines = cells(flat(height)).cells.plain.split("\n")
    labelled = [line for line in lines if re.match(rf" *{height:g}(\.0)?┤", line)]
    ruled = [line for line in lines if re.search("[\u2801-\u28ff]{9}", line)]
    assert labelled == ruled
    assert len(ruled) == 1


def test_a_point_and_the_line_through_it_agree_on_logarithmic_axes():
    x, y = [0.01, 0.1, 1, 10], [30.0, 7.0, 0.6, 0.02]
    series = [Series(figures.named(k), "best", k2, x, y) for k, k2 in (("rate", "line"), ("data", "points"))]
    plot = Plot("title", series, (0.01, 10), (0.01, 100), log_x=True, log_y=True, height=20)
    layout = cells(plot).layout
    lone = Marks(layout.x, layout.y)
    lone.add(series[0], 0)
    for row, column in zip(*(layout.marks.halves != -1).nonzero(), strict=True):
        near = [abs(2 * r + 0.5 - row) for r in lone.taken()[:, column].nonzero()[0]]
        assert min(near) <= 0.5


def test_a_point_is_within_a_quarter_of_a_row():
    for height in (k / 97 for k in range(97)):
        point = Series(figures.named("data"), "data", "points", [0.5], [height])
        plot = Plot("title", [point], (0, 1), (0, 1), height=14)
        layout = cells(plot, width=60).layout
        (half,) = {row for row, _ in zip(*(layout.marks.halves != -1).nonzero(), strict=True)}
        assert abs((half + 0.5) / 2 - layout.y.at([height])[0]) <= 0.25 + 1e-6


def test_a_curve_that_leaves_the_frame_says_how_far_it_goes():
    x = [k / 40 for k in range(41)]
    y = [3.5 * math.exp(-((u - 0.5) ** 2) / 0.02) for u in x]
    curve = Series(figures.named("model"), "high", "line", x, y)
    plot = Plot("title", [curve], (0, 1), (0, 1), height=12)
    assert "▲ 3.5" in cells(plot).cells.plain
    assert "^ 3.5" in cells(plot, ascii_only=True, color=None).cells.plain
    assert (
        "▲" not in cells(plot._replace(y_range=(0, 4)) if hasattr(plot, "_replace") else flat(0)).cells.plain
    )


def test_the_largest_number_is_said_as_one():
    curve = Series(figures.named("model"), "high", "line", [0, 0.5, 1], [0, 1.79e308, 0])
    assert "▲ 1.8e308" in cells(Plot("title", [curve], (0, 1), (0, 1))).cells.plain


def test_the_guilty_point_is_seen_over_a_border():
    border = Series(figures.named("truth"), "truth", "line", [0, 1], [0.5, 0.5])
    wrong = Series(figures.named("wrong"), "wrong", "points", [0.5], [0.5])
    for series in ([wrong, border], [border, wrong]):
        assert "▀" in (drawn := cells(Plot("title", series, (0, 1), (0, 1))).cells.plain) or "▄" in drawn


def test_heights_that_measure_nothing_have_no_ticks():
    wire = Series(figures.named("model"), "best", "line", [0, 1], [-1, 1])
    measured = Plot("title", [wire], (0, 1), (-1, 1), x_names=("in", "out"))
    for plot, ticks in ((measured, True), (replace(measured, y_measured=False), False)):
        drawn = figure.draw(plot, 40, Terminal(40), str).cells.plain
        assert ("┤" in drawn) == ticks
        assert "in" in drawn.split("\n")[-1]


@pytest.mark.parametrize(("count", "tones"), [(12, {False, True}), (400, {True})])
def test_bars_are_told_apart_where_they_are_wide_enough(count, tones):
    edges = [i / count for i in range(count + 1)]
    bars = Series(figures.named("bars"), "best", "bars", edges, [1.0] * count)
    x, y = axes.pair(Plot("title", [bars], (0, 1), (0, 1)), 60, 10, 2.0, (5, 4))
    found = areas.cover(Plot("title", [bars], (0, 1), (0, 1)), x, y)
    assert {area.firm for area in found.areas} == tones


LABELS = """
from mlbasics.render import axes, canvas
print(*canvas.spines(axes.fit((0, 1), 9, 3), axes.fit((0, 1), 4, 2), 3), sep="\\n")
"""


def test_which_labels_have_room_does_not_hang_on_the_order_of_a_set():
    drawn = {
        subprocess.run(
            [sys.executable, "-c", LABELS],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in "01234567"
    }
    assert len(drawn) == 1
    assert drawn.pop().endswith("0    1.0 \n")
