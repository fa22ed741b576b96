"""Areas under lines and points: regions, bands, bars and stacks, each cell split into 2 x 8 parts.

A cell has a ground and one character in one colour: where two areas meet in it, the block element that comes nearest
to their border is drawn, so that a border is right to an eighth of a row, or to a quarter of a cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from mlbasics.kit.report import Plot, Role, Series
from mlbasics.numerics import Array
from mlbasics.render.axes import Axis

ACROSS, UP = 2, 8  # parts of a cell
EIGHTHS = "▁▂▃▄▅▆▇"
QUADRANTS = {"▖": 1, "▗": 2, "▘": 4, "▝": 8, "▌": 5, "▐": 10, "▚": 6, "▞": 9, "▙": 7, "▟": 11, "▛": 13, "▜": 14, "▀": 12}  # fmt: skip


class Area(NamedTuple):
    """How one area is filled: by its role's own colour, or by a softer one that lies under lines."""

    role: Role
    owner: int  # the position of its series, or -1 - its class for a region
    strong: bool = False
    second: bool = False  # every other bar


class Raster(NamedTuple):
    """The areas of a plot, and for each part of its cells (rows from below) the area there, plus one; 0 is none."""

    areas: Sequence[Area]
    parts: Array  # rows x 8, columns x 2


def raster(plot: Plot, x: Axis, y: Axis) -> Raster | None:
    """Return the areas of a plot, later ones over earlier; None where there is none."""
    areas: list[Area] = []
    parts = np.zeros((UP * y.cells, ACROSS * x.cells), int)
    across = (np.arange(parts.shape[1]) + 0.5) / ACROSS
    up = (np.arange(parts.shape[0]) + 0.5) / UP
    if plot.regions is not None:
        _tile(plot, x, y, across, up, areas, parts)
    stacked: Array | None = None
    for owner, series in enumerate(plot.series):
        if not len(series.y):
            continue
        if series.kind == "bars":
            for i, inside, low, high in _bars(series, x, y, across):
                area = Area(series.role, owner, second=i % 2 == 1)
                _paint(parts, area, areas, up, np.where(inside, low, np.nan), np.full(len(across), high))
        elif series.kind in ("band", "stack"):
            values = np.asarray(series.y, float)
            low, high = values, np.asarray(series.y_top, float)
            if series.kind == "stack":
                low = np.zeros(len(values)) if stacked is None else stacked
                stacked = high = low + np.nan_to_num(values)
            ends = x.at(series.x)
            outside = (across < ends.min() - 0.5) | (across > ends.max() + 0.5)
            bottom, top = (np.where(outside, np.nan, np.interp(across, ends, y.at(v))) for v in (low, high))
            _paint(parts, Area(series.role, owner, series.kind == "stack"), areas, up, bottom, top)
    return Raster(areas, parts) if areas else None


def _paint(parts: Array, area: Area, areas: list[Area], up: Array, low: Array, high: Array) -> None:
    """Fill the parts between two heights, given for each column of parts."""
    if area not in areas:
        areas.append(area)
    inside = (up[:, None] > np.minimum(low, high)) & (up[:, None] < np.maximum(low, high))
    parts[inside] = areas.index(area) + 1


def _bars(series: Series, x: Axis, y: Axis, across: Array) -> Iterator[tuple[int, Array, float, float]]:
    """Yield each bar: its number, the columns it takes, and its ends."""
    edges, base = x.at(series.x), float(y.at([0.0])[0])
    for i, height in enumerate(y.at(series.y)):
        yield i, (across > edges[i]) & (across < edges[i + 1]), base, float(height)


def _tile(plot: Plot, x: Axis, y: Axis, across: Array, up: Array, areas: list[Area], parts: Array) -> None:
    """Fill the frame with regions; over its edge by a cell at most."""
    regions = plot.regions
    assert regions is not None
    rows = np.asarray(regions.rows, int)
    places = []
    for axis, shown, at, count in ((y, plot.y_range, up, len(rows)), (x, plot.x_range, across, rows.shape[1])):
        low, high = axis.at(shown)
        part = np.clip(((at - low) / (high - low) * count).astype(int), 0, count - 1)
        places.append(np.where((at > low - 1) & (at < high + 1), part, -1))
    found = rows[places[0]][:, places[1]] + 1
    found[places[0] < 0] = found[:, places[1] < 0] = 0
    areas += [Area(role, -1 - i) for i, role in enumerate(regions.roles)]
    parts[:] = found


class Filled(NamedTuple):
    """What fills each cell, as numbers of areas plus one: its ground, and where two meet a block over it."""

    ground: Array  # rows x columns
    block: Array  # characters; "" where the ground is all
    over: Array  # the area in which the block is drawn
    most: Array  # the area that has most of the cell


def fill(found: Raster) -> Filled:
    """Return the ground and block of each cell."""
    rows, columns = found.parts.shape[0] // UP, found.parts.shape[1] // ACROSS
    tiles = found.parts.reshape(rows, UP, columns, ACROSS).swapaxes(1, 2).reshape(rows * columns, UP * ACROSS)
    most = tiles[:, 0].copy()
    ground, over, block = most.copy(), most.copy(), np.full(len(tiles), "", "<U1")
    mixed = np.flatnonzero((tiles != tiles[:, :1]).any(axis=1))
    if len(mixed):
        some = tiles[mixed]
        counts = (some[:, :, None] == np.arange(len(found.areas) + 1)).sum(axis=1)
        order = np.argsort(-counts, axis=1, kind="stable")[:, :2]
        first, second = order[:, 0], order[:, 1]
        glyph, turned = _nearest(some == first[:, None])
        most[mixed], block[mixed] = first, glyph
        over[mixed], ground[mixed] = np.where(turned, second, first), np.where(turned, first, second)
    size = rows, columns
    return Filled(ground.reshape(size), block.reshape(size), over.reshape(size), most.reshape(size))


def _nearest(shapes: Array) -> tuple[Array, Array]:
    """Return the block nearest to each shape of 16 parts, or to what the shape leaves."""
    wrong = (shapes[:, None, :] != PATTERNS).sum(axis=2)
    both = np.concatenate([wrong, UP * ACROSS - wrong], axis=1)
    best = both.argmin(axis=1)
    turned = best >= len(CHARACTERS)
    return np.array(list(CHARACTERS))[best % len(CHARACTERS)], turned


def _patterns() -> tuple[str, Array]:
    rows, columns = np.divmod(np.arange(UP * ACROSS), ACROSS)
    eighths = [rows < k + 1 for k in range(len(EIGHTHS))]
    corner = 2 * (rows >= UP // 2) + columns
    quadrants = [(bits >> corner & 1).astype(bool) for bits in QUADRANTS.values()]
    return EIGHTHS + "".join(QUADRANTS), np.array([*eighths, *quadrants])


CHARACTERS, PATTERNS = _patterns()
