"""Plots built by hand, one for every kind of mark, and the words they are said in."""

import math
from pathlib import Path

import numpy as np

from mlbasics.kit import Plot, Regions, Series
from mlbasics.render import vector
from mlbasics.render.picture import picture
from mlbasics.render.screen import Screen
from mlbasics.render.terminal import Terminal
from mlbasics.words import Phrase, Words

WORDS = Words(
    {
        "plot.title": "Every kind of mark",
        "plot.classes": "Two classes",
        "remark": "by hand",
        "x": "input x",
        "y": "output y",
        "truth": "truth",
        "model": "model",
        "band": "spread",
        "bars": "steps",
        "data": "data",
        "noise": "noise",
        "rate": "rate",
        "wrong": "mislabelled",
        "bias": "bias²",
        "variance": "variance",
        "floor": "noise floor",
        "above": "class A",
        "below": "class B",
        "degree": "degree",
        "error": "error",
    }
)


def named(key):
    return Phrase(key)


def every():
    """Areas, a curve that leaves the frame, points, sticks, dots, and the truth."""
    x = np.linspace(0, 1, 61)
    truth = np.sin(2 * np.pi * x)
    model = truth + 3 * np.exp(-((x - 0.12) ** 2) / 0.002) - 0.4 * x
    at = np.array([0.05, 0.3, 0.45, 0.6, 0.75, 0.9])
    seen = np.sin(2 * np.pi * at) + np.array([0.3, -0.4, 0.35, -0.3, 0.4, -0.35])
    edges = np.linspace(0.4, 0.8, 5)
    series = [
        Series(
            named("band"),
            "best",
            "band",
            x[30:].tolist(),
            (truth - 0.3)[30:].tolist(),
            (truth + 0.3)[30:].tolist(),
        ),
        Series(named("bars"), "other", "bars", edges.tolist(), np.sin(np.pi * (edges[:-1] + 0.1)).tolist()),
        Series(named("truth"), "truth", "line", x.tolist(), truth.tolist()),
        Series(named("model"), "high", "line", x.tolist(), model.tolist()),
        Series(named("noise"), "data", "stems", at.tolist(), np.sin(2 * np.pi * at).tolist(), seen.tolist()),
        Series(named("data"), "data", "points", at.tolist(), seen.tolist()),
        Series(named("rate"), "low", "both", [0.1, 0.5, 0.9], [-1.2, -0.6, 1.2]),
        Series(named("wrong"), "wrong", "points", [0.2], [-1.0], shape="star"),
        Series(named("floor"), "floor", "line", [0, 1], [-1.4, -1.4]),
    ]
    return Plot(
        "title",
        series,
        (0, 1),
        (-1.5, 1.5),
        axes=named("remark"),
        height=20,
        x_name=named("x"),
    )


def stacked():
    """A stack of three from zero on."""
    degrees = np.arange(13.0)
    bias = [0.5, 0.2, 0.2, 0.005, 0.004, 0.003, 0.003, 0.002, 0.002, 0.002, 0.01, 0.02, 0.03]
    variance = (0.003 * np.exp(degrees / 2.6)).tolist()
    series = [
        Series(named("floor"), "floor", "stack", degrees.tolist(), [0.09] * 13),
        Series(named("variance"), "high", "stack", degrees.tolist(), variance),
        Series(named("bias"), "low", "stack", degrees.tolist(), bias),
    ]
    return Plot(
        "title",
        series,
        (0, 12),
        (0, 0.65),
        whole_x=True,
        height=16,
        x_name=named("degree"),
    )


def classes():
    """Regions under points, one of them wrong, on both sides of a border."""
    across, up = np.meshgrid((np.arange(90) + 0.5) / 45 - 1, (np.arange(40) + 0.5) / 20 - 1)
    above = (up > 0.6 * np.sin(3 * across)) ^ (np.hypot(across - 0.4, up + 0.5) < 0.2)
    rng = np.random.default_rng(1)
    x, y = rng.uniform(-1, 1, (2, 60))
    label = y > 0.6 * np.sin(3 * x)
    border = np.linspace(-1, 1, 81)
    series = [
        Series(named("above"), "above", "points", x[label].tolist(), y[label].tolist()),
        Series(named("below"), "below", "points", x[~label].tolist(), y[~label].tolist()),
        Series(named("wrong"), "wrong", "points", [0.4], [-0.5]),
        Series(named("truth"), "truth", "line", border.tolist(), (0.6 * np.sin(3 * border)).tolist()),
    ]
    regions = Regions([named("above"), named("below")], ["above", "below"], (1 - above.astype(int)).tolist())
    return Plot(
        "classes",
        series,
        (-1, 1),
        (-1, 1),
        height=18,
        x_name=named("x"),
        regions=regions,
    )


def broken():
    """A curve with a gap, on logarithmic axes."""
    x = np.geomspace(1e-3, 10, 30)
    y = np.where(np.arange(30) == 12, math.nan, 1 / x)
    line = Series(named("rate"), "best", "both", x.tolist(), y.tolist())
    return Plot("title", [line], (1e-3, 10), (0.1, 1e3), log_x=True, log_y=True, height=14)


PLOTS = (every, stacked, classes, broken)
GOLDEN = Path(__file__).parent / "golden"
TERMINALS = {
    "dark.ansi": Terminal(60, "truecolor"),
    "light.ansi": Terminal(60, "truecolor", dark=False),
    "256.ansi": Terminal(60, "256"),
    "16.ansi": Terminal(60, "standard"),
    "plain.txt": Terminal(60),
    "ascii.txt": Terminal(60, ascii_only=True),
}


def screen(terminal):
    """All plots on one screen."""
    drawn = Screen(WORDS, terminal)
    for plot in PLOTS:
        drawn.print(*drawn.block(plot()))
    return drawn.finish()


def pictures():
    """Yield each committed picture: its name, and what it holds."""
    for name, terminal in TERMINALS.items():
        yield name, screen(terminal)
    yield "page.html", "\n".join(vector.draw(plot(), WORDS, 460).svg for plot in PLOTS) + "\n"
    yield "screen.svg", picture([screen(TERMINALS["dark.ansi"])], 60, "Every kind of mark")


def write():
    """Write the committed pictures anew."""
    for name, drawn in pictures():
        (GOLDEN / name).write_text(drawn, "utf-8", newline="\n")
        print(name)


if __name__ == "__main__":
    write()
