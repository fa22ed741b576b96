"""Names beside what they name: in free cells next to a curve, or inside an area, never over a mark."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from mlbasics.numerics import Array

REACH = 2  # rows from a curve within which its name is seen to be its own


class Wanted(NamedTuple):
    """A name so many cells wide, and the cells of what it names: its marks, or the inside of an area."""

    width: int
    marks: Array  # rows x columns
    inside: Array | None = None


def place(wanted: Wanted, taken: Array) -> tuple[int, int] | None:
    """Return the row and first column of a name, or None where there is no place; takes the cells it is given."""
    rows, columns = taken.shape
    if wanted.width + 2 > columns:
        return None
    free = _windows(np.pad(taken, ((0, 0), (1, 1))), wanted.width + 2) == 0  # with a cell on either side
    score = np.where(free, _nearness(wanted, taken), -np.inf)
    row, column = divmod(int(score.argmax()), score.shape[1])
    if score[row, column] <= 0:
        return None
    taken[row, max(column - 1, 0) : column + wanted.width + 1] = True
    return row, column


def _nearness(wanted: Wanted, taken: Array) -> Array:
    """Return how well a name starting in each cell would be seen to belong: nothing or less is not at all."""
    width = wanted.width
    if wanted.inside is not None:
        room = np.pad(wanted.inside, ((1, 1), (0, 0)))
        within = _windows(wanted.inside, width) == width
        deep = sum(_windows(room[k : k + len(taken)], width) for k in (0, 2)) / width
        wide = _windows(np.pad(wanted.inside, ((0, 0), (1, 1))), width + 2) == width + 2
        if within.any():
            return np.where(within, 1 + deep + wide, 0)
    own, others = wanted.marks, taken & ~wanted.marks
    near, further, crowded = (np.zeros((len(taken), taken.shape[1] - width + 1)) for _ in range(3))
    for away in (-2, -1, 1, 2):
        beside, strange = _shifted(own, away), _shifted(others, away)
        if abs(away) == 1:
            near += _windows(beside, width)
            crowded += _windows(strange, width)
        else:
            further += _windows(beside, width)
            crowded += 0.3 * _windows(strange, width)
    ends = np.pad(own, ((0, 0), (2, 2)))
    end = ends[:, : near.shape[1]] + ends[:, width + 3 : width + 3 + near.shape[1]]  # a cell between, on its row
    score = (2 * near + 0.6 * further - 1.5 * crowded) / width + 0.9 * end
    return np.where(near + further + end > 0, score + 0.5, 0)


def _windows(cells: Array, width: int) -> Array:
    """Return how many of so many cells from each on, along its row, are true."""
    sums = np.cumsum(np.pad(cells.astype(int), ((0, 0), (1, 0))), axis=1)
    return sums[:, width:] - sums[:, :-width]


def _shifted(cells: Array, rows: int) -> Array:
    """Return for each cell what is so many rows above it."""
    moved = np.zeros_like(cells)
    if rows > 0:
        moved[:-rows] = cells[rows:]
    else:
        moved[-rows:] = cells[:rows]
    return moved
