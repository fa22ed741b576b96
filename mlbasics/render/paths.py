"""Points and areas as the data of SVG paths, as short as tenths of a unit allow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from mlbasics.numerics import Array, Booleans

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
    """Return a line through points, without those that it passes anyway."""
    for _ in range(TIMES if len(x) >= MANY else 0):
        x, y = _thinned(x, y)
    across, down = (np.rint(10 * values).astype(int) for values in (x, y))
    steps = zip(np.diff(across).tolist(), np.diff(down).tolist(), strict=True)
    moves = "".join(_tenths(u, " ") + _tenths(v, " ") for u, v in steps if u or v)
    return f"M{across[0] / 10:g} {down[0] / 10:g}" + (f"l{moves.lstrip()}" if moves else "")


def _thinned(x: Array, y: Array) -> tuple[Array, Array]:
    """Return the points without those of every other that lie near the line between their neighbours."""
    u, v = x[2::2] - x[:-2:2], y[2::2] - y[:-2:2]
    off = np.abs(u * (y[1:-1:2] - y[:-2:2]) - v * (x[1:-1:2] - x[:-2:2]))
    kept = np.ones(len(x), bool)
    kept[1:-1:2] = off > NEAR * np.hypot(u, v)
    return x[kept], y[kept]


def _tenths(value: int, space: str = "") -> str:
    """Return so many tenths, behind a space unless a sign parts it from what is before."""
    said = f"{value / 10:g}".replace("0.", ".", 1) if -10 < value < 10 else f"{value / 10:g}"
    return said if value < 0 else space + said


def outline(inside: Booleans, x: Array, y: Array) -> str:
    """Return the border of the cells that are inside; x and y are where the cells' columns and rows end."""
    across, down = (np.rint(10 * ends).astype(int).tolist() for ends in (x, y))
    return "".join(_loop(corners, across, down) for corners in _loops(inside))


def _loop(corners: list[Corner], across: list[int], down: list[int]) -> str:
    row, column = corners[0]
    path = f"M{across[column] / 10:g} {down[row] / 10:g}"
    for (row, column), (to_row, to_column) in pairwise(corners):
        step = across[to_column] - across[column], down[to_row] - down[row]
        path += f"h{_tenths(step[0])}" if step[0] else f"v{_tenths(step[1])}"
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
