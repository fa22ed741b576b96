"""Names beside what they name: in free cells next to a curve, or inside an area, never over a mark."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from mlbasics.kit.report import Plot, Series
from mlbasics.numerics import Array, Booleans, Integers

PARTED = 0.4  # what it costs a name to lie on two areas
STEADY = 0.6  # share of the best place's worth for which a name stays where it was


class Wanted(NamedTuple):
    """A name so many cells wide, the cells of what it names, marks or an area's inside, and where it was."""

    width: int
    marks: Booleans  # rows x columns
    inside: Booleans | None = None
    before: tuple[int, int] | None = None
    beside: bool = True  # whether it may lie beside its area


def place(wanted: Wanted, taken: Booleans, ground: Integers) -> tuple[int, int] | None:
    """Return the row and first column of a name, which then takes its cells, or None where there is no place.

    ground is which area each cell belongs to: a name had better lie on one.
    """
    rows, columns = taken.shape
    if wanted.width + 2 > columns:
        return None
    edged = np.zeros((rows, columns + 2), bool)
    edged[:, 0], edged[:, 1:-1] = True, taken
    free = _windows(edged, wanted.width + 2) == 0  # with a cell on either side
    parted = _windows(ground[:, 1:] != ground[:, :-1], wanted.width - 1) > 0
    scores = [] if wanted.inside is None else [_depth(wanted.inside, wanted.width)]
    marks = wanted.marks if wanted.inside is None else wanted.marks | _edge(wanted.inside)
    if wanted.beside or not scores:
        scores.append(_nearness(marks, taken & ~wanted.marks, wanted.width) - PARTED * parted)
    for score in scores:
        score = np.where(free, score, 0)
        row, column = divmod(int(score.argmax()), score.shape[1])
        if wanted.before and 0 < STEADY * score[row, column] <= _at(score, wanted.before):
            row, column = wanted.before
        if score[row, column] > 0:
            taken[row, max(column - 1, 0) : column + wanted.width + 1] = True
            return row, column
    return None


def _at(score: Array, place: tuple[int, int]) -> float:
    row, column = place
    return float(score[row, column]) if row < score.shape[0] and column < score.shape[1] else 0.0


def _depth(inside: Booleans, width: int) -> Array:
    """Return how deep in an area a name starting in each cell would lie: 0 is not in it."""
    room = np.pad(inside, 1)
    deep = sum(_windows(room[k : k + len(inside), 1:-1], width) for k in (0, 2)) / width
    wide = _windows(room[1:-1], width + 2) == width + 2
    return np.where(_windows(inside, width) == width, 1 + deep + wide, 0)


def _nearness(own: Booleans, others: Booleans, width: int) -> Array:
    """Return how well a name starting in each cell would be seen to belong to marks; 0 is not at all."""
    worth, near = np.zeros(own.shape), np.zeros(own.shape, bool)
    for away, good, bad in ((-1, 2.0, 1.5), (1, 2.0, 1.5), (-2, 0.6, 0.45), (2, 0.6, 0.45)):
        to, of = (
            (slice(None, -away), slice(away, None)) if away > 0 else (slice(-away, None), slice(None, away))
        )
        worth[to] += good * own[of] - bad * others[of]
        near[to] |= own[of]
    ends = np.zeros((len(own), own.shape[1] + 4), bool)
    ends[:, 2:-2] = own
    starts = own.shape[1] - width + 1
    end = ends[:, :starts] | ends[:, width + 3 : width + 3 + starts]  # a cell between, on its row
    score = _windows(worth, width) / width + 0.9 * end
    return np.where((_windows(near, width) > 0) | end, score + 0.5, 0)


def _edge(inside: Booleans) -> Booleans:
    """Return the cells of an area that do not have it above and below."""
    room = np.pad(inside, ((1, 1), (0, 0)))
    return inside & ~(room[:-2] & room[2:])


def _windows(cells: Array | Booleans, width: int) -> Array:
    """Return the sum of so many cells from each on, along its row."""
    sums = np.zeros((len(cells), cells.shape[1] + 1))
    np.cumsum(cells, axis=1, out=sums[:, 1:])
    return sums[:, width:] - sums[:, : sums.shape[1] - width]


def named(plot: Plot) -> list[tuple[Series, list[int]]]:
    """Return each name once, with a series that has it, and all owners; of regions, -1 - their class."""
    found: dict[str, tuple[Series, list[int]]] = {}
    regions = plot.regions
    classes = [] if regions is None else list(zip(regions.labels, regions.roles, strict=True))
    shown = [(owner, series) for owner, series in enumerate(plot.series) if len(series.x)]
    shown += [(-1 - i, Series(label, role, "band", (), ())) for i, (label, role) in enumerate(classes)]
    for owner, series in shown:
        found.setdefault(name_of(series), (series, []))[1].append(owner)
    return list(found.values())


def name_of(series: Series) -> str:
    """Return what tells the names of two series apart before they are said."""
    return f"{series.label.key} {series.label.values}"
