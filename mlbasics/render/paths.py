"""Points and areas as the data of SVG paths, as short as tenths of a unit allow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

import numpy as np

from mlbasics.numerics import Array, Booleans, Integers

MANY = 24  # points from which on a line may leave some out
NEAR = (
    0.04  # units by which a line may pass beside a point left out; four times over it is still a tenth or two
)
TIMES = 4

Corner = tuple[int, int]


def n(value: float) -> str:
    """Return a length to a tenth of a unit."""
    return f"{value:.1f}".removesuffix(".0")


def line(x: Array, y: Array) -> str:
    """Return a line through points, without those that it passes anyway; there is a gap where one is none."""
    for _ in range(TIMES if len(x) >= MANY else 0):
        x, y = _thinned(x, y)
    known = np.flatnonzero(np.isfinite(x + y))
    points = np.rint(10 * np.column_stack([x, y])[known]).astype(int)
    runs = np.split(points, np.flatnonzero(np.diff(known) > 1) + 1)
    return "".join(_run(run) for run in runs if len(run))


def _thinned(x: Array, y: Array) -> tuple[Array, Array]:
    """Return the points without those of every other that lie near the line between their neighbors."""
    u, v = x[2::2] - x[:-2:2], y[2::2] - y[:-2:2]
    off = np.abs(u * (y[1:-1:2] - y[:-2:2]) - v * (x[1:-1:2] - x[:-2:2]))
    kept = np.ones(len(x), bool)
    kept[1:-1:2] = ~(off <= NEAR * np.hypot(u, v))  # beside a gap too
    return x[kept], y[kept]


def _run(points: Integers) -> str:
    """Return a line without gaps, its points in tenths."""
    steps = np.diff(points, axis=0)
    moves = "".join(map(_tenths, steps[steps.any(axis=1)].ravel().tolist()))
    return _start(*points[0].tolist()) + (f"l{moves.lstrip()}" if moves else "")


def _start(x: int, y: int) -> str:
    return f"M{x / 10:g} {y / 10:g}"


@cache
def _tenths(value: int) -> str:
    """Return so many tenths, behind a space unless a sign parts them from what is before."""
    said = f"{value / 10:g}"
    if -10 < value < 10:
        said = said.replace("0.", ".")
    return said if value < 0 else f" {said}"


def outline(inside: Booleans, x: Array, y: Array) -> str:
    """Return the border of the cells that are inside; x and y are where the cells' columns and rows end."""
    across, down = (np.rint(10 * ends).astype(int).tolist() for ends in (x, y))
    return "".join(_loop(corners, across, down) for corners in _loops(inside))


def _loop(corners: list[Corner], across: list[int], down: list[int]) -> str:
    row, column = corners[0]
    path = _start(across[column], down[row])
    for (row, column), (to_row, to_column) in pairwise(corners):
        way = "h" if row == to_row else "v"
        length = across[to_column] - across[column] or down[to_row] - down[row]
        path += way + _tenths(length).lstrip()
    return path + "z"


def _loops(inside: Booleans) -> Iterator[list[Corner]]:
    """Yield the corners of each closed border; what is inside lies on the same hand all along it."""
    room = np.pad(inside, 1).astype(int)
    flat, steep = np.diff(room, axis=0)[:, 1:-1], np.diff(room, axis=1)[1:-1]
    ways: dict[Corner, list[Corner]] = defaultdict(list)
    for edges, sign, start, end in (
        (flat, 1, (0, 0), (0, 1)), (flat, -1, (0, 1), (0, 0)),
        (steep, 1, (1, 0), (0, 0)), (steep, -1, (0, 0), (1, 0)),
    ):  # fmt: skip
        for row, column in np.argwhere(edges == sign).tolist():
            ways[row + start[0], column + start[1]].append((row + end[0], column + end[1]))
    while ways:
        at = first = next(iter(ways))
        corners = [first]
        while True:
            following = ways[at].pop()
            if not ways[at]:
                del ways[at]
            if len(corners) > 1 and (corners[-2][0] == corners[-1][0]) == (at[0] == following[0]):
                corners.pop()
            at = following
            corners.append(at)
            if at == first:
                break
        yield corners[:-1] if len(corners) > 2 else corners
