"""Areas under lines and points: regions, bands, bars and stacks, each cell split into 2 x 8 parts.

A cell has a ground and one character in one color: where two areas meet in it, the block element that comes
nearest to their border is drawn, so that a border is right to an eighth of a row, or a quarter of a cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mlbasics.kit.report import AREAS, Plot, Role, Series
from mlbasics.numerics import Array, Booleans, Integers
from mlbasics.render.axes import TINY, Axis

ACROSS, UP = 2, 8  # parts of a cell
THIN, LOW = 0.75, 0.5  # cells that a bar has at least across, if its neighbors are to be told from it, and up
EIGHTHS = "▁▂▃▄▅▆▇"
QUADRANTS = {
    "▖": 1, "▗": 2, "▘": 4, "▝": 8, "▌": 5, "▐": 10, "▚": 6, "▞": 9,
    "▙": 7, "▟": 11, "▛": 13, "▜": 14, "▀": 12,
}  # fmt: skip
"""Lower left 1, lower right 2, upper left 4, upper right 8."""


class Area(NamedTuple):
    """How one area is filled: by its role's own color, or by a softer or firmer one, under lines."""

    role: Role
    owner: int  # the position of its series, or -1 - its class for a region
    strong: bool = False
    firm: bool = False  # every other bar, and all that are thin


class Cover(NamedTuple):
    """The areas of a plot, and what fills each cell, as their positions plus one; rows from below."""

    areas: Sequence[Area]
    ground: Integers  # rows x columns
    block: NDArray[np.str_]  # a character over the ground; "" where the ground is all
    over: Integers  # the area in which the block is drawn
    most: Integers  # the area that has most of the cell


def cover(plot: Plot, x: Axis, y: Axis, *, blocks: bool = True) -> Cover:
    """Return how areas, later ones over earlier, fill cells; without blocks, what has most of one has all."""
    areas: list[Area] = []
    parts = np.zeros((UP * y.cells, ACROSS * x.cells), int)
    across = (np.arange(parts.shape[1]) + 0.5) / ACROSS
    up = (np.arange(parts.shape[0]) + 0.5) / UP
    if plot.regions is not None:
        _tile(plot, x, y, across, up, areas, parts)
    for owner, series, base, upper in bounds(plot.series):
        if series.kind == "bars":
            for inside, low, high, firm in _bars(series, x, y, across):
                area = Area(series.role, owner, firm=firm)
                _paint(parts, area, areas, up, np.where(inside, low, np.nan), np.full(len(across), high))
        else:
            ends, middles = x.at(series.x), np.floor(across) + 0.5  # a block is as high at both its ends
            outside = (middles < ends.min() - 0.5) | (middles > ends.max() + 0.5)
            bottom, top = (np.interp(middles, ends, y.at(v)) for v in (base, upper))
            area = Area(series.role, owner, series.kind == "stack")
            _paint(parts, area, areas, up, np.where(outside, np.nan, bottom), top)
    return _filled(areas, parts, blocks=blocks, low=any(one.kind == "bars" for one in plot.series))


def bounds(series: Sequence[Series]) -> Iterator[tuple[int, Series, Array, Array]]:
    """Yield each series that is an area, its position, and its lower and upper end at each of its x."""
    floor: tuple[Array, Array] | None = None
    for owner, one in enumerate(series):
        if one.kind not in AREAS or not len(one.y):
            continue
        x, low, high = (np.asarray(v, float) for v in (one.x, one.y, one.y_top))
        if one.kind == "bars":
            low, high = np.zeros(len(low)), low
        elif one.kind == "stack":
            thick = np.nan_to_num(low)
            low = np.zeros(len(x)) if floor is None else np.interp(x, *floor)
            with np.errstate(over="ignore"):
                high = low + thick
            floor = x, high
        yield owner, one, low, high


def _paint(parts: Integers, area: Area, areas: list[Area], up: Array, low: Array, high: Array) -> None:
    """Fill the parts between two heights, given for each column of parts."""
    if area not in areas:
        areas.append(area)
    inside = (up[:, None] > np.minimum(low, high)) & (up[:, None] < np.maximum(low, high))
    parts[inside] = areas.index(area) + 1


def _bars(series: Series, x: Axis, y: Axis, across: Array) -> Iterator[tuple[Booleans, float, float, bool]]:
    """Yield each bar: the columns it takes, its ends, and whether it is of the firmer tone."""
    edges, base = x.at(series.x), float(y.at([0.0])[0])
    thin = edges[-1] - edges[0] < THIN * len(series.y)
    for i, height in enumerate(y.at(series.y) - base):
        inside = (across > edges[i]) & (across < edges[i + 1])
        seen = np.sign(height) * max(abs(height), LOW)
        yield inside, base, base + float(seen), thin or i % 2 == 0


def _tile(plot: Plot, x: Axis, y: Axis, across: Array, up: Array, areas: list[Area], parts: Integers) -> None:
    """Fill the frame with regions; over its edge by a cell at most."""
    regions = plot.regions
    assert regions is not None
    rows = np.asarray(regions.rows, int)
    places = []
    for axis, shown, at, count in (
        (y, plot.y_range, up, len(rows)),
        (x, plot.x_range, across, rows.shape[1]),
    ):
        low, high = axis.at(shown)
        part = np.clip(((at - low) / max(high - low, TINY) * count).astype(int), 0, count - 1)
        places.append(np.where((at > low - 1) & (at < high + 1), part, -1))
    found = rows[places[0]][:, places[1]] + 1
    found[places[0] < 0] = found[:, places[1] < 0] = 0
    areas += [Area(role, -1 - i) for i, role in enumerate(regions.roles)]
    parts[:] = found


def _filled(areas: Sequence[Area], parts: Integers, *, blocks: bool, low: bool) -> Cover:
    """Return what fills each cell of UP x ACROSS parts; low bars fill theirs if they have half of it."""
    rows, columns = parts.shape[0] // UP, parts.shape[1] // ACROSS
    tiles = parts.reshape(rows, UP, columns, ACROSS).swapaxes(1, 2).reshape(rows * columns, UP * ACROSS)
    most = tiles[:, 0].copy()
    ground, over, block = most.copy(), most.copy(), np.full(len(tiles), "", "<U1")
    mixed = np.flatnonzero((tiles != tiles[:, :1]).any(axis=1)) if areas else ()
    if len(mixed):
        some = tiles[mixed]
        counts = (some[:, :, None] == np.arange(len(areas) + 1)).sum(axis=1)
        half = low & (2 * counts[:, 0] <= UP * ACROSS)
        counts[half, 0] = np.minimum(counts[half, 0], counts[half, 1:].max(axis=1) - 1)
        order = np.argsort(-counts, axis=1, kind="stable")[:, :2]
        first, second = order[:, 0], order[:, 1]
        glyph, turned = _nearest(some == first[:, None])
        most[mixed], block[mixed] = first, glyph
        over[mixed], ground[mixed] = np.where(turned, second, first), np.where(turned, first, second)
    if not blocks:
        ground, over, block = most, most, np.full_like(block, "")
    size = rows, columns
    return Cover(areas, ground.reshape(size), block.reshape(size), over.reshape(size), most.reshape(size))


def _nearest(shapes: Booleans) -> tuple[NDArray[np.str_], Booleans]:
    """Return the block nearest to each shape of 16 parts, or to what the shape leaves."""
    wrong = (shapes[:, None, :] != PATTERNS).sum(axis=2)
    both = np.concatenate([wrong, UP * ACROSS - wrong], axis=1)
    best = both.argmin(axis=1)
    turned = best >= len(CHARACTERS)
    return np.array(list(CHARACTERS))[best % len(CHARACTERS)], turned


def _patterns() -> tuple[str, Booleans]:
    rows, columns = np.divmod(np.arange(UP * ACROSS), ACROSS)
    eighths = [rows < k + 1 for k in range(len(EIGHTHS))]
    corner = 2 * (rows >= UP // 2) + columns
    quadrants = [(bits >> corner & 1).astype(bool) for bits in QUADRANTS.values()]
    return EIGHTHS + "".join(QUADRANTS), np.array([*eighths, *quadrants])


CHARACTERS, PATTERNS = _patterns()
