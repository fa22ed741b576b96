"""Names beside what they name: in free cells next to a curve, or inside an area, never over a mark."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from mlbasics.numerics import Array

PARTED = 0.4  # what it costs a name to lie on two areas


class Wanted(NamedTuple):
    """A name so many cells wide, and the cells of what it names: its marks, or the inside of an area."""

    width: int
    marks: Array  # rows x columns
    inside: Array | None = None


def place(wanted: Wanted, taken: Array, ground: Array) -> tuple[int, int] | None:
    """Return the row and first column of a name, or None where there is no place; takes the cells it is given.

    ground is which area each cell belongs to: a name had better lie on one.
    """
    rows, columns = taken.shape
    if wanted.width + 2 > columns:
        return None
    edged = np.pad(np.pad(taken, ((0, 0), (0, 1))), ((0, 0), (1, 0)), constant_values=True)
    free = _windows(edged, wanted.width + 2) == 0  # with a cell on either side
    parted = _windows(ground[:, 1:] != ground[:, :-1], wanted.width - 1) > 0
    scores = [] if wanted.inside is None else [_depth(wanted.inside, wanted.width)]
    marks = wanted.marks if wanted.inside is None else wanted.marks | _edge(wanted.inside)
    for score in (*scores, _nearness(marks, taken & ~wanted.marks, wanted.width) - PARTED * parted):
        row, column = divmod(int(np.where(free, score, 0).argmax()), score.shape[1])
        if free[row, column] and score[row, column] > 0:
            taken[row, max(column - 1, 0) : column + wanted.width + 1] = True
            return row, column
    return None


def _depth(inside: Array, width: int) -> Array:
    """Return how deep in an area a name starting in each cell would lie: 0 is not in it."""
    room = np.pad(inside, 1)
    deep = sum(_windows(room[k : k + len(inside), 1:-1], width) for k in (0, 2)) / width
    wide = _windows(room[1:-1], width + 2) == width + 2
    return np.where(_windows(inside, width) == width, 1 + deep + wide, 0)


def _nearness(own: Array, others: Array, width: int) -> Array:
    """Return how well a name starting in each cell would be seen to belong to its marks: 0 or less is not at all."""
    near, further, crowded = (np.zeros((len(own), own.shape[1] - width + 1)) for _ in range(3))
    for away in (-2, -1, 1, 2):
        beside, strange = (_windows(_shifted(cells, away), width) for cells in (own, others))
        if abs(away) == 1:
            near += beside
            crowded += strange
        else:
            further += beside
            crowded += 0.3 * strange
    ends = np.pad(own, ((0, 0), (2, 2)))
    end = ends[:, : near.shape[1]] | ends[:, width + 3 : width + 3 + near.shape[1]]  # a cell between, on its row
    score = (2 * near + 0.6 * further - 1.5 * crowded) / width + 0.9 * end
    return np.where(near + further + end > 0, score + 0.5, 0)


def _edge(inside: Array) -> Array:
    """Return the cells of an area that do not have it above and below."""
    room = np.pad(inside, ((1, 1), (0, 0)))
    return inside & ~(room[:-2] & room[2:])


def _windows(cells: Array, width: int) -> Array:
    """Return how many of so many cells from each on, along its row, are true."""
    sums = np.cumsum(np.pad(cells.astype(int), ((0, 0), (1, 0))), axis=1)
    return sums[:, width:] - sums[:, : sums.shape[1] - width]


def _shifted(cells: Array, rows: int) -> Array:
    """Return for each cell what is so many rows above it."""
    moved = np.zeros_like(cells)
    if rows > 0:
        moved[:-rows] = cells[rows:]
    else:
        moved[-rows:] = cells[:rows]
    return moved
