"""Plots in characters: this file alone knows plotext.

Points are computed in braille dots (2 x 4 to a cell) before plotext sees them, so that a dash is as long on a
steep stretch as on a flat one and a curve that leaves the range is cut, not followed to where it goes.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import plotext
from numpy.typing import NDArray

from mlbasics.render.look import ABOVE, ASCII, BELOW, LOOKS
from mlbasics.report import Plot, Series
from mlbasics.words import number

Array = NDArray[np.float64]

FRAME_ROWS = 3  # top, bottom, and the labels under it
FRAME_COLUMNS = 2


def draw(plot: Plot, width: int, ascii_only: bool) -> str:
    """Return the plot with its frame and tick labels: lines with ANSI colours, each of the given width."""
    low, high = _scaled(np.array(plot.y_range), plot).tolist()
    y_ticks = _log_ticks(low, high, plot.height) if plot.log_y else _ticks(*plot.y_range, plot.height // 3)
    y_labels = [number(10**t if plot.log_y else t) for t in y_ticks]
    columns = width - FRAME_COLUMNS - max(map(len, y_labels))
    rows = plot.height - FRAME_ROWS
    grid = _Grid(plot.x_range, (low, high), columns, rows)

    plotext.clear_figure()
    plotext.limit_size(False, False)
    plotext.plot_size(width, plot.height)
    plotext.theme("clear")
    plotext.xlim(0, grid.dots_x - 1)
    plotext.ylim(0, grid.dots_y - 1)
    x_ticks = _ticks(*plot.x_range, max(3, columns // 8), 1.0 if plot.whole_x or plot.x_names else 0.0)
    if plot.x_names:
        x_ticks = [t for t in x_ticks if t < len(plot.x_names)]
    x_labels = [plot.x_names[round(t)] if plot.x_names else number(t) for t in x_ticks]
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
    x, y = grid.x(np.array(series.x, float)), grid.y(_scaled(np.array(series.y, float), plot))
    if series.kind == "band":
        top = grid.y(_scaled(np.array(series.y_top, float), plot))
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


def _scaled(y: Array, plot: Plot) -> Array:
    if not plot.log_y:
        return y
    tiny = plot.y_range[0] * 1e-9  # zero and below cannot be shown: far under the frame
    scaled: Array = np.log10(np.maximum(y, tiny))
    return scaled


def _ticks(low: float, high: float, most: int, least: float = 0.0) -> list[float]:
    """Return the multiples in [low, high] of the smallest round step >= least that leaves at most so many."""
    power = math.floor(math.log10((high - low) / most)) - 1
    for step in (m * 10.0**k for k in range(power, power + 5) for m in (1, 2, 2.5, 5)):
        first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
        if last - first < most and step >= least:
            return [k * step for k in range(first, last + 1)]
    return [low, high]


def _log_ticks(low: float, high: float, rows: int) -> list[float]:
    """Return the exponents of the powers of ten between low and high, thinned to what the rows hold."""
    first, last = math.ceil(low), math.floor(high)
    step = max(1, math.ceil((last - first + 1) / max(1, rows // 3)))
    return [float(k) for k in range(first, last + 1, step)] or [low, high]
