"""Where a function bends, how steep it is at most, and where it jumps: by looking at very many places.

It is looked at in 10 000 places evenly apart, where round fractions are, and between two of these in ten more
at random, which no regular pattern can hide from.  Where it changes most it is looked at again, ever closer,
down to neighboring floats.  What is narrower than 1e-5 of the interval is seen only by chance.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from mlbasics.numerics import Array, Booleans
from mlbasics.numerics.order import distinct

Function = Callable[[Array], Array]

EVEN, BETWEEN = 10_000, 10  # places evenly apart, and others between two of them
KEPT, FINE = 2000, 1e-4  # places kept, and where lines between these miss this share of the range, others
WORST, HALVINGS, RESOLVED = 64, 60, 20  # places looked at more closely, how often, and how often is enough
STEEPER = 2.0  # times as steep after more halvings than enough: there is no steepest slope
POLE = 1e6  # times the usual size where it is not nought: what jumps so high is not finite


class Jump(NamedTuple):
    """The largest rise or fall between two neighboring floats, and where: size is 0 where there is none."""

    size: float
    at: float


class Survey(NamedTuple):
    """A function f on [points[0], points[-1]]."""

    f: Function
    points: Array  # between two of them it is straight or nearly so
    lipschitz: float  # the steepest slope between two places; infinite where it grows without end
    jump: Jump
    pole: float | None = None  # where it grows beyond all bounds

    @property
    def range(self) -> float:
        """The least value from the largest."""
        return float(np.ptp(self.f(self.points)))

    def drawn(self, count: int, visible: float) -> Array:
        """Return so many places evenly apart, and of the points between two the lowest and the highest.

        Those are left out that the even ones show to within a visible share of the range.
        """
        even, y = np.linspace(self.points[0], self.points[-1], count), self.f(self.points)
        place = np.searchsorted(even, self.points)
        order = np.lexsort((y, place))
        edge = np.flatnonzero(np.diff(place[order], prepend=-1, append=-1))
        extreme = order[np.append(edge[:-1], edge[1:] - 1)]
        seen = missed(self.points, y, even, self.f(even), visible)
        return distinct(even, self.points[extreme[seen[extreme]]])


def survey(f: Function, a: float, b: float, between: int = BETWEEN) -> Survey:
    """Return what so many places tell of f on [a, b]; a function known to be smooth needs few between."""
    rng = np.random.default_rng(0)  # the places are the same in every run
    x = _places(a, b, between, rng)
    y = f(x)
    apart = len(x) // KEPT
    within = np.arange(0, len(x) - apart, apart)
    kept = np.concatenate([[0], within + rng.integers(1, apart, len(within)), [len(x) - 1]])
    worst = np.argpartition(_change(y), -WORST)[-WORST:]
    low, high, slope = _closer(f, x[worst], x[worst + 2], 1e-9 * abs(y).max())
    f(np.linspace(low, high, 17))  # every float between neighbors: f may raise where it has no value
    rise = abs(f(high) - f(low))
    i = int(rise.argmax())
    jumps = rise[i] > FINE * np.ptp(y)
    usual = np.median(abs(y[y != 0])) if jumps else 0.0
    jump = Jump(float(rise[i]), float(low[i] + (high[i] - low[i]) / 2)) if jumps else Jump(0.0, a)
    return Survey(
        f,
        points=distinct(x[kept], low, high, x[missed(x, y, x[kept], y[kept], FINE)]),
        lipschitz=math.inf if jumps else slope,
        jump=jump,
        pole=jump.at if jumps and jump.size > POLE * usual else None,
    )


def missed(x: Array, y: Array, at: Array, values: Array, share: float) -> Booleans:
    """Return which of the points are off the lines through the values by more than a share of the range."""
    return abs(y - np.interp(x, at, values)) > share * np.ptp(y)


def _places(a: float, b: float, between: int, rng: np.random.Generator) -> Array:
    """Return where to look, in order; those at random leave the edges of their cells free."""
    share = np.zeros((EVEN, 1 + between))
    share[:, 1:] = (np.arange(between) + rng.uniform(0.25, 0.75, (EVEN, between))) / between
    return np.append((a + (b - a) * (np.arange(EVEN)[:, None] + share) / EVEN).ravel(), b)


def _change(y: Array) -> Array:
    """Return how far apart three neighbors are, and, for less, how far they bend, along the first axis."""
    first, middle, last = y[:-2], y[1:-1], y[2:]
    span = np.maximum(np.maximum(first, middle), last) - np.minimum(np.minimum(first, middle), last)
    return span + 0.75 * abs(first - 2 * middle + last)


def _closer(f: Function, low: Array, high: Array, rounding: float) -> tuple[Array, Array, float]:
    """Return what is left when the most changing half is taken again and again, and the steepest slope.

    Changes of no more than rounding tell nothing.
    """
    column = np.arange(len(low))
    slopes = np.zeros(HALVINGS)
    for k in range(HALVINGS):
        x = np.linspace(low, high, 5)
        y = f(x.ravel()).reshape(x.shape)
        change = _change(y)
        if change.max() <= rounding:
            break
        rise, run = abs(y[1:] - y[:-1]), x[1:] - x[:-1]
        told = (rise > rounding) & (run > 0)
        slopes[k] = (rise[told] / run[told]).max(initial=0)
        long = high - low > 8 * np.spacing(np.maximum(abs(low), abs(high)))  # a float on either side is left
        half = change.argmax(axis=0)
        low, high = np.where(long, x[half, column], low), np.where(long, x[half + 2, column], high)
    endless = slopes[RESOLVED:].max() > STEEPER * slopes[:RESOLVED].max()
    return low, high, math.inf if endless else float(slopes.max())
