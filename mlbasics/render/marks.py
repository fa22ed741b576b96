"""Lines, points and stems among cells, each holding 2 x 4 braille dots, two half blocks, or one shape.

Dots are computed here, not left to a plotting library, so that a dash is as long on a steep stretch as on a
flat one, a curve that leaves the frame is cut and not followed, and curves that meet in a cell both show.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from mlbasics.kit.report import AREAS, Series
from mlbasics.numerics import Array, Booleans
from mlbasics.render.axes import TINY, Axis
from mlbasics.render.palette import ASCII_GLYPHS, GLYPHS, STYLES

BRAILLE = np.array([[0x40, 0x80], [0x04, 0x20], [0x02, 0x10], [0x01, 0x08]], np.uint8)  # rows from below
CROWD = 0.15  # from this share of the cells on, points lie under the lines that follow them
NONE = -1


class Marks:
    """What stands in each cell: rows from below, columns from the left; owners are positions of series."""

    def __init__(self, x: Axis, y: Axis, *, ascii_only: bool = False, shapes: bool = False) -> None:
        self.x, self.y = x, y
        self.ascii_only, self.shapes = ascii_only, shapes or ascii_only
        size = y.cells, x.cells
        self.dots = np.zeros(size, np.uint8)
        self.owner = np.full(size, NONE)
        self.halves = np.full((2 * size[0], size[1]), NONE)  # owners of half blocks
        self.glyphs = np.full(size, "", "<U1")
        self.crowded = np.zeros(size, bool)
        self.faint = np.zeros(size, bool)  # cells where nothing but faint lines is

    def add(self, series: Series, owner: int) -> None:
        """Draw a series over what there is; owner is the number by which its cells are known."""
        if not len(series.x) or series.kind in AREAS:
            return
        style = STYLES[series.role]
        x, y = self.x.at(series.x), self.y.at(series.y)
        if series.kind in ("line", "both"):
            character = ("." if series.kind == "both" else style.ascii) if self.ascii_only else ""
            runs = [_dashes(2 * run_x, 4 * run_y, style.on, style.off) for run_x, run_y in _runs(x, y)]
            if runs:
                across, up = (np.concatenate(ends) for ends in zip(*runs, strict=True))
                self._dots(across, up, owner, character, faint=series.role == "faint")
        elif series.kind == "stems":
            ends = np.array([2 * x, 4 * y, 4 * self.y.at(series.y_top)])
            self._dots(
                *_stems(*ends[:, np.isfinite(ends).all(axis=0)]), owner, ":" if self.ascii_only else ""
            )
        elif series.kind == "dots":
            known = np.isfinite(x + y)
            self._dots(2 * x[known], 4 * y[known], owner, style.ascii if self.ascii_only else "")
        if series.kind in ("points", "both"):
            self._points(x, y, series, owner)

    def taken(self) -> Booleans:
        """Return which cells hold something."""
        return (self.owner != NONE) | (self.halves[::2] != NONE) | (self.halves[1::2] != NONE)

    def characters(self) -> NDArray[np.str_]:
        """Return what stands in each cell that holds something."""
        lower, upper = self.halves[::2], self.halves[1::2]
        blocks = np.array(["", "▄", "▀", "█"])[(lower != NONE) + 2 * (upper != NONE)]
        blocks[(lower != NONE) & (upper != NONE) & (lower != upper)] = "▀"  # of two colors
        braille = (0x2800 + self.dots.astype(np.uint32)).view("U1")
        return np.where(self.glyphs != "", self.glyphs, np.where(blocks != "", blocks, braille))

    def _dots(self, x: Array, y: Array, owner: int, character: str, *, faint: bool = False) -> None:
        """Set dots, given in dots from the lower left corner; a character stands for them in ASCII.

        Faint ones leave the cells that another line passes, lest they pass for its own.
        """
        columns, rows = 2 * self.x.cells, 4 * self.y.cells
        inside = (x >= 0) & (x <= columns) & (y >= 0) & (y <= rows)
        across = np.minimum((x[inside] + TINY).astype(int), columns - 1)
        up = np.minimum((y[inside] + TINY).astype(int), rows - 1)
        row, column = up // 4, across // 2
        free = ~self._blocked()[row, column]
        row, column, up, across = row[free], column[free], up[free], across[free]
        if not faint:
            self.dots[row, column] *= ~self.faint[row, column]
        self.faint[row, column] = faint
        np.bitwise_or.at(self.dots, (row, column), BRAILLE[up % 4, across % 2])
        self.owner[row, column] = owner
        self.glyphs[row, column] = character
        self.halves[2 * row, column] = self.halves[2 * row + 1, column] = NONE

    def _blocked(self) -> Booleans:
        """Return the cells of points that lines do not hide."""
        pointed = (self.halves[::2] != NONE) | (self.halves[1::2] != NONE) | (self.glyphs != "")
        return pointed & (self.dots == 0) & ~self.crowded

    def _points(self, x: Array, y: Array, series: Series, owner: int) -> None:
        known = np.isfinite(x + y)
        known &= (x >= 0) & (x <= self.x.cells) & (y >= 0) & (y <= self.y.cells)
        column = np.minimum((x[known] + TINY).astype(int), self.x.cells - 1)
        half = np.minimum((2 * y[known] + TINY).astype(int), 2 * self.y.cells - 1)
        row = half // 2
        self.crowded[row, column] = len(column) > CROWD * self.owner.size
        self.owner[row, column] = owner
        self.dots[row, column] = 0
        if self.shapes or series.shape is not None:
            self.glyphs[row, column] = point(series, ascii_only=self.ascii_only)
            self.halves[2 * row, column] = self.halves[2 * row + 1, column] = NONE
        else:
            self.glyphs[row, column] = ""
            self.halves[half, column] = owner


def point(series: Series, *, ascii_only: bool) -> str:
    """Return the character that marks a point of a series."""
    style = STYLES[series.role]
    if ascii_only:
        return style.ascii if series.shape is None else ASCII_GLYPHS[series.shape]
    return GLYPHS[series.shape or style.shape]


def _runs(x: Array, y: Array) -> Iterator[tuple[Array, Array]]:
    """Yield the stretches of a line between its gaps."""
    known = np.isfinite(x + y)
    ends = np.flatnonzero(~known)
    for run_x, run_y in zip(np.split(x, ends), np.split(y, ends), strict=True):
        inside = np.isfinite(run_x + run_y)
        if inside.any():
            yield run_x[inside], run_y[inside]


def _dashes(x: Array, y: Array, on: int, off: int) -> tuple[Array, Array]:
    """Return points one dot apart along the line, on drawn and off left out in turn."""
    if len(x) == 1:
        return x, y
    steps = np.maximum(np.abs(np.diff(x)), np.abs(np.diff(y)))
    along = np.concatenate([[0.0], np.cumsum(steps)])
    at = np.arange(math.floor(along[-1]) + 1.0)
    at = at[at % (on + off) < on] if off else at
    return np.interp(at, along, x), np.interp(at, along, y)


def _stems(x: Array, y: Array, top: Array) -> tuple[Array, Array]:
    """Return every other dot of lines from (x, y) up or down to (x, top)."""
    length = np.abs(top - y)
    counts = (length // 2).astype(int) + 1
    nth = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    return np.repeat(x, counts), np.repeat(y, counts) + 2 * nth * np.repeat(np.sign(top - y), counts)


def key(series: Series, *, ascii_only: bool, shapes: bool) -> str:
    """Return how a series looks, as the legend shows it."""
    style = STYLES[series.role]
    mark = point(series, ascii_only=ascii_only) if shapes or ascii_only or series.shape else "▄"
    if series.kind in AREAS:
        return 3 * (style.ascii_fill if ascii_only else style.fill)
    if series.kind == "points":
        return mark
    if ascii_only:
        return f".{mark}." if series.kind == "both" else ":::" if series.kind == "stems" else 3 * style.ascii
    on, off = (1, 1) if series.kind in ("dots", "stems") else (style.on, style.off)
    line = _sample(on, off)
    return f"{line[0]}{mark}{line[0]}" if series.kind == "both" else line


def _sample(on: int, off: int) -> str:
    """Return ten braille dots of a line: enough to tell dashes apart."""
    dots: Sequence[bool] = [k % (on + off) < on for k in range(10)]
    return "".join(chr(0x2800 + 0x04 * dots[i] + 0x20 * dots[i + 1]) for i in range(0, 10, 2))


def layers(series: Sequence[Series]) -> list[int]:
    """Return the series as they are laid: stems, then lines and points as given."""
    return sorted(range(len(series)), key=lambda i: series[i].kind != "stems")
