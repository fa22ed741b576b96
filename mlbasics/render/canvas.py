"""Plots in characters: this file alone knows plotext.

Points are computed in braille dots (2 x 4 to a cell) before plotext sees them, so that a dash is as long on a
steep stretch as on a flat one and a curve that leaves the range is cut, not followed to where it goes.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np
import plotext

from mlbasics.kit.report import Plot, Series
from mlbasics.numerics import Array
from mlbasics.render import axes
from mlbasics.render.palette import ABOVE, ASCII, BELOW, LOOKS

FRAME_ROWS = 3  # top, bottom, and the labels under it
FRAME_COLUMNS = 2
LABEL = 4  # columns a tick label of the y axis takes, about


def draw(plot: Plot, width: int, ascii_only: bool) -> str:
    """Return the plot with its frame and tick labels: lines with ANSI colours, each of the given width."""
    frame = width - FRAME_COLUMNS - LABEL, 2 * (plot.height - FRAME_ROWS)  # a cell is twice as high as wide
    x_range, y_range = axes.ranges(plot, frame[0] / frame[1])
    y_ticks, y_labels = axes.upward(plot, y_range, plot.height // 3)
    columns = width - FRAME_COLUMNS - max(map(len, y_labels))
    rows = plot.height - FRAME_ROWS
    grid = _Grid(x_range, y_range, columns, rows)

    plotext.clear_figure()
    plotext.limit_size(False, False)
    plotext.plot_size(width, plot.height)
    plotext.theme("clear")
    plotext.xlim(0, grid.dots_x - 1)
    plotext.ylim(0, grid.dots_y - 1)
    x_ticks, x_labels = axes.across(plot, x_range, max(3, columns // 8))
    tick_x, tick_y = grid.cells(grid.x(np.array(x_ticks)), grid.y(np.array(y_ticks)))
    plotext.xticks(tick_x.tolist(), x_labels)
    plotext.yticks(tick_y.tolist(), y_labels)
    for series in plot.series:
        for marker, x, y in _marks(series, plot, grid, ascii_only):
            color = LOOKS[series.role].color
            if marker != "braille":
                x, y = grid.cells(x, y)
            plotext.scatter(
                x.tolist(), y.tolist(), marker=marker, color="default" if color is None else color
            )
    if not any(len(s.x) for s in plot.series):
        plotext.scatter([-9], [-9])  # an empty plot keeps its frame
    drawn: str = plotext.build()
    return (drawn.translate(ASCII) if ascii_only else drawn).rstrip("\n")


class _Grid:
    """The braille dots of the canvas, and where a value falls among them."""

    def __init__(
        self, x_range: tuple[float, float], y_range: tuple[float, float], columns: int, rows: int
    ) -> None:
        self.x_range, self.y_range = x_range, y_range
        self.dots_x, self.dots_y = 2 * columns, 4 * rows

    def x(self, value: Array) -> Array:
        low, high = self.x_range
        return (value - low) / (high - low) * (self.dots_x - 1)

    def y(self, value: Array) -> Array:
        low, high = self.y_range
        return (value - low) / (high - low) * (self.dots_y - 1)

    def cells(self, x: Array, y: Array) -> tuple[Array, Array]:
        """Return where plotext draws a whole character into the cell that holds the dot, not a neighbour."""
        columns, rows = self.dots_x // 2, self.dots_y // 4
        return (
            np.floor((x + 0.5) / 2) / (columns - 1) * (self.dots_x - 1),
            np.floor((y + 0.5) / 4) / (rows - 1) * (self.dots_y - 1),
        )


def _marks(series: Series, plot: Plot, grid: _Grid, ascii_only: bool) -> Iterator[tuple[str, Array, Array]]:
    """Yield (marker, x, y) in dots: lines first, then points, then arrows for points beyond the range."""
    look = LOOKS[series.role]
    x = grid.x(_scaled(series.x, plot.x_range, plot.log_x))
    y = grid.y(_scaled(series.y, plot.y_range, plot.log_y))
    if series.kind == "band":
        top = grid.y(_scaled(series.y_top, plot.y_range, plot.log_y))
        yield look.ascii if ascii_only else look.point, *_filled(x, y, top, grid)
        return
    known = ~np.isnan(y)
    x, y = x[known], np.clip(y[known], -grid.dots_y, 2 * grid.dots_y)
    inside = (y > -0.5) & (y < grid.dots_y - 0.5)
    point = look.ascii if ascii_only else look.point
    if series.kind in ("line", "both") and len(x) > 1:
        line_x, line_y = _dashes(x, y, look.on, look.off)
        shown = (line_y > -0.5) & (line_y < grid.dots_y - 0.5)
        yield (
            (("." if series.kind == "both" else point) if ascii_only else "braille"),
            line_x[shown],
            line_y[shown],
        )
    if series.kind == "dots":
        yield point if ascii_only else "braille", x[inside], y[inside]
    if series.kind in ("points", "both"):
        yield point, x[inside], y[inside]
        for beyond, glyphs, edge in (
            (y >= grid.dots_y - 0.5, ABOVE, grid.dots_y - 1.0),
            (y <= -0.5, BELOW, 0.0),
        ):
            if beyond.any():
                yield glyphs[ascii_only], x[beyond], np.full(int(beyond.sum()), edge)


def _dashes(x: Array, y: Array, on: int, off: int) -> tuple[Array, Array]:
    """Return points one dot apart along the line, on drawn and off left out in turn."""
    steps = np.maximum(np.abs(np.diff(x)), np.abs(np.diff(y)))
    along = np.concatenate([[0.0], np.cumsum(steps)])
    at = np.arange(math.floor(along[-1]) + 1.0)
    at = at[at % (on + off) < on]
    return np.interp(at, along, x), np.interp(at, along, y)


def _filled(x: Array, low: Array, high: Array, grid: _Grid) -> tuple[Array, Array]:
    """Return a point in every cell between low and high."""
    columns = np.arange(0.0, grid.dots_x, 2)
    columns = columns[(columns >= x.min()) & (columns <= x.max())]
    rows = np.arange(1.5, grid.dots_y, 4)
    bottom, top = np.interp(columns, x, low), np.interp(columns, x, high)
    within = (rows >= bottom[:, None] - 2) & (rows <= top[:, None] + 2) & (top > bottom)[:, None]
    across, up = np.nonzero(within)
    return columns[across], rows[up]


def _scaled(values: Sequence[float], shown: tuple[float, float], log: bool) -> Array:
    """Return the values as the axis measures them: as they are, or their logarithm to base ten."""
    if not log:
        return np.array(values, float)
    tiny = shown[0] * 1e-9  # zero and below cannot be shown: far outside the frame
    scaled: Array = np.log10(np.maximum(np.array(values, float), tiny))
    return scaled
