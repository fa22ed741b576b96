"""A figure of three curves over a band, 100 columns by 20 rows, beside the plotext that draws its frame."""

from collections.abc import Iterator

import numpy as np

from benchmarks._timing import Row, interleaved
from mlbasics.kit import Plot, Role, Series
from mlbasics.render.screen import Screen
from mlbasics.render.terminal import Terminal
from mlbasics.words import Phrase, Words

COLUMNS, ROWS, FRAMES, ROUNDS = 100, 20, 16, 40
X = np.linspace(0, 1, 201)
WORDS = Words({name: name for name in ("band", "truth", "best", "high", "title", "x", "y")})


def figure(phase: float) -> Plot:
    """Return the figure at one position of a dial."""
    curves = np.sin(2 * np.pi * X + phase), np.cos(2 * np.pi * X + phase), 0.5 * np.sin(4 * np.pi * X)
    roles: tuple[Role, ...] = ("truth", "high", "best")
    low, high = curves[0] - 0.2, curves[0] + 0.2
    series = [Series(Phrase("band"), "other", "band", X.tolist(), low.tolist(), high.tolist())]
    for role, y in zip(roles, curves, strict=True):
        series.append(Series(Phrase(role), role, "line", X.tolist(), y.tolist()))
    return Plot(
        "title",
        series,
        (0, 1),
        (-1.3, 1.3),
        height=ROWS,
        x_name=Phrase("x"),
        y_name=Phrase("y"),
    )


def drawn(plot: Plot) -> str:
    """Return the figure as the terminal is sent it."""
    screen = Screen(WORDS, Terminal(COLUMNS, "truecolor"))
    screen.print(*screen.block(plot))
    return screen.finish()


def bare() -> str:
    """Return the three curves as plotext alone draws them."""
    import plotext

    plotext.clear_figure()
    plotext.plot_size(COLUMNS, ROWS)
    for series in figure(0).series[1:]:
        plotext.plot(list(series.x), list(series.y), marker="braille")
    picture: str = plotext.build()
    return picture


def rows() -> Iterator[Row]:
    """Measure a figure, and a loop of them, as an animation draws it."""
    plot = figure(0)
    pairs, *_ = interleaved(lambda: drawn(plot), bare, ROUNDS)
    yield Row(f"a figure of {COLUMNS} x {ROWS}", "plotext, the three curves alone", pairs)
    frames = [figure(0.4 * k) for k in range(FRAMES)]
    pairs, *_ = interleaved(lambda: list(map(drawn, frames)), lambda: [bare() for _ in frames], 5)
    yield Row(f"{FRAMES} figures in a loop", "plotext, the three curves alone", pairs)
