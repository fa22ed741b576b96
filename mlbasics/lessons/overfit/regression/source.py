"""Where training and test points come from: a known curve with noise, or the learner's own rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.random import Generator

from mlbasics.numerics import Array
from mlbasics.numerics.samples import TARGETS, Sample, spread_sample, uniform_sample

if TYPE_CHECKING:
    from mlbasics.data.columns import Columns
    from mlbasics.lessons.overfit import Params


N_TEST = 1000
THIN = 4  # fresh training sets meet every fourth test point: 40 ms instead of 60 in all, the same bands
LEAST_ROWS = 4
SHARE = 0.7  # of the learner's rows that are trained on at most


class KnownCurve:
    """Points of a target on [0, 1] with noise."""

    origin: None = None

    def __init__(self, params: Params, test_rng: Generator) -> None:
        self.target, self.n, self.noise = TARGETS[params.target], params.n_train, params.noise
        self.test = spread_sample(self.target, N_TEST, self.noise, test_rng)

    def first(self, rng: Generator) -> tuple[Sample, Sample]:
        """Return the training set (1, n) that is looked at, and the test set (m,)."""
        return uniform_sample(self.target, (1, self.n), self.noise, rng), self.test

    def fresh(self, sets: int, rng: Generator) -> tuple[Sample, Array, Array]:
        """Return fresh training sets (T, n), and the x and y they are tested on."""
        data = uniform_sample(self.target, (sets, self.n), self.noise, rng)
        return data, self.test.x[::THIN], self.test.y[::THIN]

    def truth(self, x: Array) -> Array:
        """Return the target at x."""
        return self.target.f(x)

    def original(self, x: Array) -> Array:
        """Return x as the learner knows it."""
        return x


class OwnRows:
    """Rows of the learner's table, split at random; x is brought to [0, 1] and back."""

    def __init__(self, params: Params, columns: Columns) -> None:
        from mlbasics.data.selection import distinct, select

        points = select(columns, params.x, params.y, least=LEAST_ROWS, inputs=1)
        self.origin, x = points.origin, points.X[:, 0]
        distinct(points)
        self.low, self.span = float(x.min()), float(np.ptp(x))
        self.x, self.y = (x - self.low) / self.span, points.y
        self.n = max(2, min(params.n_train, int(SHARE * len(x))))

    def first(self, rng: Generator) -> tuple[Sample, Sample]:
        """Return the rows that are trained on, (1, n), and the others, (m,)."""
        data, x, y = self.fresh(1, rng)
        return data, Sample(x[0], y[0], np.full_like(y[0], np.nan))

    def fresh(self, sets: int, rng: Generator) -> tuple[Sample, Array, Array]:
        """Return fresh splits: training sets (T, n), and the x and y (T, m) of up to N_TEST other rows."""
        order = rng.permuted(np.broadcast_to(np.arange(len(self.x)), (sets, len(self.x))), axis=1)
        train, test = order[:, : self.n], order[:, self.n : self.n + N_TEST]
        data = Sample(self.x[train], self.y[train], np.full(train.shape, np.nan))
        return data, self.x[test], self.y[test]

    def truth(self, x: Array) -> Array:
        """Return NaN: it is not known."""
        return np.full_like(x, np.nan)

    def original(self, x: Array) -> Array:
        """Return x in the units of the table."""
        return self.low + self.span * x


Source = KnownCurve | OwnRows
