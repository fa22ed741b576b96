"""Where everything of a plot stands, in cells; what is laid out here is painted in characters and in vectors.

Areas lie lowest, then lines and points, then arrows where these leave the frame, then names: in free cells
next to a curve, or inside an area, never over a mark. Rows are counted from below, columns from the left.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from rich.cells import cell_len

from mlbasics.kit.report import Plot, Series
from mlbasics.numerics import Array, Booleans
from mlbasics.render import areas, marks
from mlbasics.render.axes import Axis
from mlbasics.words import number

SHIFT = 4  # columns by which an arrow may stand beside its place, so that there is room for what it says
PARTED = 0.4  # what it costs a name to lie on two areas
STEADY = 0.6  # share of the best place's worth for which a name stays where it was

Place = tuple[int, int]
"""A row, and the first column of what stands there."""


class Arrow(NamedTuple):
    """An arrow where a series leaves the frame, at a place in cells; said is how far a curve goes."""

    series: Series
    at: float
    up: bool
    said: str


class Layout:
    """The areas, marks, arrows and names of a plot on its axes."""

    def __init__(
        self, plot: Plot, x: Axis, y: Axis, *, ascii_only: bool = False, shapes: bool = False
    ) -> None:
        self.plot, self.x, self.y = plot, x, y
        self.marks = marks.Marks(x, y, ascii_only=ascii_only, shapes=shapes)
        for owner in marks.layers(plot.series):
            self.marks.add(plot.series[owner], owner)
        self.marked = self.marks.taken()
        self.taken = self.marked.copy()  # by names and arrows too
        self.cover = areas.cover(plot, x, y, blocks=not ascii_only)

    def arrows(self, up: str, down: str) -> Iterator[tuple[Arrow, Place, str]]:
        """Yield each arrow, where it is written, and the sign for its way with what it says."""
        for arrow in (arrow for series in self.plot.series for arrow in beyond(series, self.x, self.y)):
            row = self.y.cells - 1 if arrow.up else 0
            column, said = self._beside(arrow, up if arrow.up else down, row)
            self.taken[row, column : column + len(said)] = True
            yield arrow, (row, column), said

    def _beside(self, arrow: Arrow, sign: str, row: int) -> tuple[int, str]:
        """Return the first column of an arrow and what it says, near its place, or of the arrow alone."""
        column = min(int(arrow.at), self.x.cells - 1)
        ways = (f"{sign} {arrow.said}", 0), (f"{arrow.said} {sign}", len(arrow.said) + 1)
        found = [
            (abs(shift), offset, start, said)
            for said, offset in ways
            for shift in range(-SHIFT, SHIFT + 1)
            if 0 <= (start := column + shift - offset) <= self.x.cells - len(said)
            and not self.taken[row, start : start + len(said)].any()
        ]
        return min(found)[2:] if found and arrow.said else (column, sign)

    def strong(self, place: Place) -> bool:
        """Return whether a place is on a stacked area."""
        kind = self.cover.most[place]
        return bool(kind) and self.cover.areas[kind - 1].strong

    def names(
        self, say: Callable[[Series], str], before: Mapping[str, Place] | None = None
    ) -> Iterator[tuple[Series, Place | None, str]]:
        """Yield each name, with a series that has it and its place, or None where there is none.

        A name that stood somewhere before, by its label's key, stays there if it may.
        """
        for series, owners in sorted(named(self.plot), key=lambda one: one[0].explained):
            if not (said := say(series)):
                continue
            kinds = [kind for kind, area in enumerate(self.cover.areas, 1) if area.owner in owners]
            own = np.isin(self.marks.owner, owners) & self.marked
            inside = np.isin(self.cover.most, kinds) if kinds else None
            scores = self._scores(own, inside, cell_len(said), beside=min(owners) >= 0)
            place = self._place(scores, cell_len(said), (before or {}).get(series.label.key))
            if place is not None or not series.explained:
                yield series, place, said

    def _scores(self, own: Booleans, inside: Booleans | None, width: int, *, beside: bool) -> Iterator[Array]:
        """Yield how well a name would start in each cell: inside its area, then beside what it names."""
        if width + 2 > self.x.cells:
            return
        if inside is not None:
            yield _depth(inside, width)
        if beside or inside is None:
            near = own if inside is None else own | _edge(inside)
            most = self.cover.most
            parted = _windows(most[:, 1:] != most[:, :-1], width - 1) > 0
            yield _nearness(near, self.taken & ~own, width) - PARTED * parted

    def _place(self, scores: Iterable[Array], width: int, before: Place | None) -> Place | None:
        """Return where a name stands, which then takes its cells."""
        for score in scores:
            edged = np.pad(self.taken, ((0, 0), (1, 1)))
            edged[:, 0] = True
            score = np.where(_windows(edged, width + 2) == 0, score, 0)  # with a free cell on either side
            place = divmod(int(score.argmax()), score.shape[1])
            if before and 0 < STEADY * score[place] <= _at(score, before):
                place = before
            if score[place] > 0:
                row, column = place
                self.taken[row, max(column - 1, 0) : column + width + 1] = True
                return place
        return None


def beyond(series: Series, x: Axis, y: Axis) -> Iterator[Arrow]:
    """Yield the farthest a curve goes beyond the frame on each side, and each point that lies beyond it.

    A line that goes back and forth in x is no curve, and one of two points is a rule: neither has an extreme.
    """
    if series.kind not in ("line", "both", "points") or series.role == "faint" or not len(series.x):
        return
    across, up = x.at(series.x), y.at(series.y)
    known = np.isfinite(across + up) & (across >= 0) & (across <= x.cells)
    for above, out in ((True, known & (up > y.cells)), (False, known & (up < 0) & (not y.log))):
        if not out.any():
            continue
        if series.kind != "line":
            for at in sorted(set(across[out].astype(int).tolist())):
                yield Arrow(series, at + 0.5, above, "")
        elif len(across) > 2 and (np.diff(across) >= 0).all():
            values = np.asarray(series.y, float)
            most = int(np.where(out, values if above else -values, -np.inf).argmax())
            yield Arrow(series, float(across[most]), above, _extreme(float(values[most])))


def _extreme(value: float) -> str:
    if not math.isfinite(value):
        return ""
    if 1 <= abs(value) < 10:
        return f"{value:.1f}"
    rounded = float(f"{value:.2g}")
    return number(rounded if math.isfinite(rounded) else value)


def named(plot: Plot) -> Sequence[tuple[Series, Sequence[int]]]:
    """Return each name once, with a series that has it, and all owners; of regions, -1 - their class."""
    found: dict[str, tuple[Series, list[int]]] = {}
    shown = [(owner, series) for owner, series in enumerate(plot.series) if len(series.x)]
    if plot.regions is not None:
        classes = enumerate(zip(plot.regions.labels, plot.regions.roles, strict=True))
        shown += [(-1 - i, Series(label, role, "band", (), ())) for i, (label, role) in classes]
    for owner, series in shown:
        found.setdefault(name_of(series), (series, []))[1].append(owner)
    return list(found.values())


def name_of(series: Series) -> str:
    """Return what tells the names of two series apart before they are said."""
    return f"{series.label.key} {series.label.values}"


def _at(score: Array, place: Place) -> float:
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
    rows, columns = own.shape
    worth, near = np.zeros(own.shape), np.zeros(own.shape, bool)
    padded, strange = np.pad(own, ((2, 2), (0, 0))), np.pad(others, ((2, 2), (0, 0)))
    for away, good, bad in ((-1, 2.0, 1.5), (1, 2.0, 1.5), (-2, 0.6, 0.45), (2, 0.6, 0.45)):
        there = slice(2 + away, 2 + away + rows)
        worth += good * padded[there] - bad * strange[there]
        near |= padded[there]
    ends, starts = np.pad(own, ((0, 0), (2, 2))), columns - width + 1
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
