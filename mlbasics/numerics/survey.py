"""Where a function bends, how steep it is at most, and where it jumps: by enclosures on ever shorter pieces.

It is seen down to 1e-18 of the interval and 1e-4 of its range, as far as 16 384 pieces go, which are spent
where most may be hidden.  A lower bend, or one still hidden when they are spent, is seen only by chance, as
at any points; the steepest slope holds even then.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from mlbasics.numerics import Array, Booleans, Integers
from mlbasics.numerics.intervals import Enclosure
from mlbasics.numerics.order import distinct

Function = Callable[[Array], Array]
Enclose = Callable[[Array, Array], Enclosure]

FIRST, MOST = 128, 16_384  # pieces to begin with and to end with
SPARED = 8  # a round takes 1/8 of the pieces left, so that even then the worst are halved 60 times
FINE = 1e-4  # of the range of the function: what bends less on a piece is straight
STEEP = 1.01  # how far above a slope that is there the steepest may be put
SHORTEST = 2.0**-60  # of the interval
HUGE = 1e6  # times the usual value: what no enclosure bounds there is no rounding but a pole


class Jump(NamedTuple):
    """The largest rise or fall between two neighbouring floats, and where: size is 0 where there is none."""

    size: float
    at: float


class Survey(NamedTuple):
    """A function f on [points[0], points[-1]]."""

    f: Function
    points: Array  # between two of them it is straight or nearly so
    lipschitz: float  # no line through two points of it is steeper; infinite where that is not known
    jump: Jump
    pole: float | None = None  # where it grows beyond all bounds

    @property
    def range(self) -> float:
        """The least value from the largest."""
        return float(np.ptp(self.f(self.points)))

    @property
    def power(self) -> int:
        """The least power of two above its values."""
        return math.frexp(float(abs(self.f(self.points)).max()))[1]

    def drawn(self, count: int, visible: float) -> Array:
        """Return so many places evenly apart, and of the points between two the lowest and the highest.

        Those are left out that the even ones show to within a visible share of the range.
        """
        even, y = np.linspace(self.points[0], self.points[-1], count), self.f(self.points)
        place = np.searchsorted(even, self.points)
        order = np.lexsort((y, place))
        edge = np.flatnonzero(np.diff(place[order], prepend=-1, append=-1))
        extreme = order[np.append(edge[:-1], edge[1:] - 1)]
        missed = abs(y - np.interp(self.points, even, self.f(even))) > visible * np.ptp(y)
        return distinct(even, self.points[extreme[missed[extreme]]])


class _Pieces(NamedTuple):
    """Pieces of the interval in order, from left to right, and an enclosure of f on each."""

    left: Array
    right: Array
    low: Array
    high: Array
    fall: Array
    rise: Array

    @property
    def gap(self) -> Array:
        """How far f may be from straight: no more than values differ by, or slopes over the length."""
        with np.errstate(all="ignore"):
            gap = np.fmin(self.high - self.low, (self.right - self.left) * (self.rise - self.fall))
        return np.where(np.isnan(gap), np.inf, gap)

    @property
    def steepest(self) -> Array:
        """The largest size of the slope."""
        return np.maximum(abs(self.fall), abs(self.rise))

    @property
    def gentlest(self) -> Array:
        """The least size of the slope."""
        least = np.minimum(abs(self.fall), abs(self.rise))
        return np.where((self.fall <= 0) & (self.rise >= 0), 0, least)

    @property
    def middle(self) -> Array:
        """Where they are halved."""
        return self.left + (self.right - self.left) / 2

    def divisible(self) -> Booleans:
        """Return which are long enough to be halved."""
        long = self.right - self.left > SHORTEST * (self.right[-1] - self.left[0])
        return long & (self.left < self.middle) & (self.middle < self.right)

    def halved(self, chosen: Booleans, enclose: Enclose) -> _Pieces:
        """Return the pieces with the chosen ones in halves."""
        middle = self.middle[chosen]
        left, right = np.append(self.left[chosen], middle), np.append(middle, self.right[chosen])
        new = _Pieces(left, right, *enclose(left, right))
        both = [np.append(old[~chosen], n) for old, n in zip(self, new, strict=True)]
        order = np.argsort(both[0])
        return _Pieces(*(field[order] for field in both))

    def joined(self, fine: float, done: Booleans) -> _Pieces:
        """Return the pieces, every other one joined to the next where both are done, and straight as one.

        None gets longer than those to begin with.
        """
        first = np.arange(0, len(self.left) - 1, 2)
        a, b = (_Pieces(*(field[i] for field in self)) for i in (first, first + 1))
        as_one = _Pieces(a.left, b.right, *(f(x, y) for f, x, y in zip(EXTREMES, a[2:], b[2:], strict=True)))
        longest = 1.01 * (self.right[-1] - self.left[0]) / FIRST
        short = as_one.right - as_one.left <= longest
        join = done[first] & done[first + 1] & short & (as_one.gap <= fine)
        fields = [field.copy() for field in self]
        for field, new in zip(fields, as_one, strict=True):
            field[first[join]] = new[join]
        return _Pieces(*(np.delete(field, first[join] + 1) for field in fields))


EXTREMES = (np.minimum, np.maximum, np.minimum, np.maximum)


def survey(f: Function, enclose: Enclose, a: float, b: float) -> Survey:
    """Return what enclosures tell of f on [a, b], halving the pieces on which it may bend.

    A piece is halved while f may be further from straight on it than FINE of its range, or steeper than
    STEEP times a slope that f has somewhere.  Pieces that are straight as one are joined again.
    """
    ends = np.linspace(a, b, FIRST + 1)
    first = f(ends)
    low, high = _range(first)
    pieces = _Pieces(ends[:-1], ends[1:], *enclose(ends[:-1], ends[1:]))
    while True:
        fine = max(FINE * (high - low), 1e-3 * FINE * max(abs(low), abs(high)))
        steepest = STEEP * pieces.gentlest.max() + fine / (b - a)
        rough = pieces.divisible() & ((pieces.gap > fine) | (pieces.steepest > steepest))
        room = math.ceil((MOST - len(pieces.left)) / SPARED)
        if not rough.any() or room == 0:
            break
        if rough.sum() > room:
            rough = _largest(np.where(rough, pieces.gap, -1), room)
        low, high = _range(np.append(f(pieces.middle[rough]), [low, high]))
        pieces = pieces.halved(rough, enclose)
        pieces = pieces.joined(fine, (pieces.gap <= fine) & (pieces.steepest <= steepest))
    unresolved = ~pieces.divisible() & (pieces.gap > fine)
    return Survey(
        f,
        points=np.append(pieces.left, b),
        lipschitz=float(pieces.steepest.max()),
        jump=_jump(f, pieces, unresolved),
        pole=_pole(f, pieces.left[unresolved & np.isinf(pieces.gap)], float(np.sort(abs(first))[FIRST // 2])),
    )


def _range(y: Array) -> tuple[float, float]:
    return float(y.min()), float(y.max())


def _largest(values: Array, count: int) -> Booleans:
    chosen = np.zeros(len(values), bool)
    chosen[np.argpartition(values, -count)[-count:]] = True
    return chosen


def _pole(f: Function, unbounded: Array, usual: float) -> float | None:
    """Return the first of these places where the values, too, are far beyond the usual."""
    poles = unbounded[abs(f(unbounded)) > HUGE * usual]
    return float(poles[0]) if len(poles) else None


def _jump(f: Function, pieces: _Pieces, unresolved: Booleans) -> Jump:
    """Return the largest jump over pieces too short to halve on which f still does not hold still.

    A jump at a point that two pieces share is that over both.
    """
    if not unresolved.any():
        return Jump(0.0, float(pieces.left[0]))
    at = np.flatnonzero(unresolved)
    runs: list[Integers] = np.split(at, np.flatnonzero(np.diff(at) > 1) + 1)
    before = pieces.left[[run[0] for run in runs]]
    behind = pieces.right[[run[-1] for run in runs]]
    size = abs(f(behind) - f(before))
    i = int(size.argmax())
    return Jump(float(size[i]), float(before[i] + (behind[i] - before[i]) / 2))
