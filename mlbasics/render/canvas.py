"""Frames with their ticks and labels, as characters: this file alone knows plotext."""

from __future__ import annotations

from functools import lru_cache
from threading import Lock

import plotext

from mlbasics.render.axes import TINY, Axis

BELOW = 2  # rows under the cells of a frame: its line, and the labels of the x axis

_LOCK = Lock()  # plotext has one figure for the whole process
_END = "\x1b[0m"


@lru_cache(maxsize=64)  # pictures that follow one another, as a dial turns, mostly share their axes
def frame(x: Axis, y: Axis, beside: int) -> tuple[str, ...]:
    """Return the rows of a frame of two sides, from the top; to its left are so many columns for labels."""
    labels = [label.rjust(beside) for label in y.labels] or [" " * beside]
    with _LOCK:
        plotext.clear_figure()
        plotext.limit_size(False, False)
        plotext.plot_size(beside + 1 + x.cells, y.cells + BELOW)
        plotext.theme("clear")
        plotext.xaxes(True, False)
        plotext.yaxes(True, False)
        plotext.xlim(0, x.cells - 1)
        plotext.ylim(0, y.cells - 1)
        plotext.xticks([cell(t, x) for t in x.ticks] or [-9], x.labels or [" "])
        plotext.yticks([cell(t, y) for t in y.ticks] or [-9], labels)
        plotext.scatter([-9], [-9])  # plotext has no frame around nothing
        drawn: str = plotext.build()
    return tuple(row.replace(_END, "") for row in drawn.split("\n")[: y.cells + BELOW])


def cell(at: float, axis: Axis) -> int:
    """Return the cell that holds a place on an axis."""
    return min(max(int(at + TINY), 0), axis.cells - 1)
