"""Where training and test points come from: a known curve with noise, or the learner's own rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.random import Generator

from mlbasics.data import rows
from mlbasics.kit.targets import unit_curve
from mlbasics.numerics import Array
from mlbasics.numerics.samples import Sample, even_sample, spread_sample

if TYPE_CHECKING:
    from mlbasics.data.columns import Columns
    from mlbasics.lessons.overfit import Params


N_TEST = 1000
THIN = 4  # fresh training sets meet every fourth test point: 40 ms instead of 60 in all, the same bands
LEAST_ROWS = 4


class Draws(NamedTuple):
    """A generator for each kind of draw, so that no other option moves what a seed draws."""

    folds: Generator
    fresh: Generator  # which rows are in fresh training sets
    data: Generator  # which rows are in the training set that is looked at
    test: Generator
    data_noise: Generator
    test_noise: Generator
    fresh_noise: Generator
    fresh_folds: Generator

    @classmethod
    def of(cls, rng: Generator) -> Draws:
        """Return the generators of a run."""
        return cls(*rng.spawn(len(cls._fields)))


class Fresh(NamedTuple):
    """Training sets (T, n), and what they are tested on: x and y, each (m,) or (T, m)."""

    data: Sample
    x: Array
    y: Array


def source(params: Params, columns: Columns | None) -> Source:
    """Return the source of a run: the learner's rows where there are any, or else the curve."""
    return KnownCurve(params) if columns is None else OwnRows(params, columns)


class KnownCurve:
    """Points evenly spaced over a curve on [0, 1], each moved by noise."""

    origin: None = None

    def __init__(self, params: Params) -> None:
        self.truth, self.n, self.noise = unit_curve(params), params.n_train, params.noise

    def first(self, draws: Draws) -> tuple[Sample, Sample]:
        """Return the training set (1, n) that is looked at, and the test set (m,)."""
        data = even_sample(self.truth, (1, self.n), self.noise, draws.data_noise)
        return data, self._test(draws)

    def fresh(self, sizes: Iterable[int], draws: Draws) -> Iterator[Fresh]:
        """Yield so many fresh training sets at a time, each to be tested on the same points."""
        test = self._test(draws)
        for sets in sizes:
            data = even_sample(self.truth, (sets, self.n), self.noise, draws.fresh_noise)
            yield Fresh(data, test.x[::THIN], test.y[::THIN])

    def _test(self, draws: Draws) -> Sample:
        return spread_sample(self.truth, N_TEST, self.noise, draws.test, draws.test_noise)

    def original(self, x: Array) -> Array:
        """Return x as the learner knows it."""
        return x


class OwnRows:
    """Rows of the learner's table, split at random; x is brought to [0, 1] and back."""

    def __init__(self, params: Params, columns: Columns) -> None:
        from mlbasics.data.selection import distinct, select

        points = select(columns, params.x, params.y, least=LEAST_ROWS, inputs=1)
        distinct(points)
        self.origin, x = points.origin, points.X[:, 0]
        self.scale = rows.Scale.of(x)
        self.x, self.y = self.scale.unit(x), points.y
        self.n = rows.trained(len(x), params.n_train)
        self.original = self.scale.original

    def first(self, draws: Draws) -> tuple[Sample, Sample]:
        """Return the rows that are trained on, (1, n), and up to N_TEST others, (m,)."""
        data, x, y = self._split(1, draws.data)
        return data, Sample(x[0], y[0], np.full_like(y[0], np.nan))

    def fresh(self, sizes: Iterable[int], draws: Draws) -> Iterator[Fresh]:
        """Yield so many fresh splits at a time."""
        return (self._split(sets, draws.fresh) for sets in sizes)

    def _split(self, sets: int, rng: Generator) -> Fresh:
        train, test = rows.splits(len(self.x), self.n, N_TEST, sets, rng)
        data = Sample(self.x[train], self.y[train], np.full(train.shape, np.nan))
        return Fresh(data, self.x[test], self.y[test])

    def truth(self, x: Array) -> Array:
        """Return NaN: it is not known."""
        return np.full_like(x, np.nan)


Source = KnownCurve | OwnRows
