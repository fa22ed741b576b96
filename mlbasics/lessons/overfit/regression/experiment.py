"""Polynomials of growing degree, fitted to noisy points of a known curve or to rows of the learner's own."""

from __future__ import annotations

from dataclasses import dataclass
from sys import float_info
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.random import Generator

from mlbasics.data import rows
from mlbasics.data.origin import Origin
from mlbasics.kit import Tick, draws, picture
from mlbasics.kit.targets import unit_curve
from mlbasics.numerics import Array, Booleans, Integers, polynomials, validation
from mlbasics.numerics.samples import Sample, even_sample, spread_sample, to_symmetric

if TYPE_CHECKING:
    from mlbasics.data.columns import Columns
    from mlbasics.lessons.overfit import Params

    Draws = dict[str, Generator]

N_TEST = 1000
LEAST_ROWS = 4
N_CURVE = 201
ROUNDING = 1e-20  # squared errors this far below the squared signal are the arithmetic's, not the model's
HARDLY = 0.1  # of the best test MSE: a gap no larger is little, whatever its standard error
KINDS = ("folds", "", "data", "test", "data_noise", "test_noise")
"""What is drawn: data is which of the learner's rows are trained on."""


class Sets(NamedTuple):
    """A training set (1, n), and what it is tested on: x and y, each (m,)."""

    data: Sample
    x: Array
    y: Array


class KnownCurve:
    """Points evenly spaced over a curve on [0, 1], each moved by noise."""

    origin: None = None

    def __init__(self, params: Params) -> None:
        self.truth, self.n, self.noise = unit_curve(params), params.n_train, params.noise

    def first(self, draws: Draws) -> Sets:
        """Return the training set that is looked at."""
        test = spread_sample(self.truth, N_TEST, self.noise, draws["test"], draws["test_noise"])
        return Sets(even_sample(self.truth, (1, self.n), self.noise, draws["data_noise"]), test.x, test.y)

    def original(self, x: Array) -> Array:
        """Return x as the learner knows it."""
        return x


class OwnRows:
    """Rows of the learner's table, split at random; x is brought to [0, 1] and back."""

    def __init__(self, params: Params, columns: Columns) -> None:
        from mlbasics.data.selection import distinct, select

        points = select(columns, params.x, params.y, least=LEAST_ROWS, inputs=1)
        distinct(points)
        self.origin, scale = points.origin, rows.Scale.of(points.X[:, 0])
        self.x, self.y, self.original = scale.unit(points.X[:, 0]), points.y, scale.original
        self.n = rows.trained(len(self.x), params.n_train)

    def first(self, draws: Draws) -> Sets:
        """Return the rows that are trained on, and up to N_TEST others."""
        train, (test,) = rows.splits(len(self.x), self.n, N_TEST, 1, draws["data"])
        return Sets(Sample(self.x[train], self.y[train]), self.x[test], self.y[test])

    def truth(self, x: Array) -> Array:
        """Return NaN: it is not known."""
        return np.full_like(x, np.nan)


Source = KnownCurve | OwnRows


def source(params: Params, columns: Columns | None) -> Source:
    """Return the source of a run: the learner's rows where there are any, or else the curve."""
    return KnownCurve(params) if columns is None else OwnRows(params, columns)


@dataclass(frozen=True)
class Points:
    """A data set: x and y, each (n,)."""

    x: Array
    y: Array


@dataclass(frozen=True)
class BestDegree:
    """Degrees chosen two ways: by the test set, and by cross-validation."""

    test: int
    cv: int


@dataclass(frozen=True)
class Curve:
    """The true curve, each (201,); unknown of the learner's own rows."""

    x: Array
    truth: Array


@dataclass(frozen=True, kw_only=True)
class Result:
    """Errors by degree; mean squared errors are in squared units of y."""

    degrees: Integers
    train_mse: Array
    test_mse: Array
    cv_mse: Array
    noise_mse: float
    test_gap: Array  # paired difference from the test MSE of the degree which the other half of the test set
    test_gap_se: Array  # chose, and its standard error
    test_worse: Array  # share of test points at which a degree's error is larger than that one's
    test_points: int
    best_degree: BestDegree
    simple_degree: int | None  # 1 or 0, below the best and not the truth's own, where one is
    folds: int
    origin: Origin | None  # of the learner's own rows; without a truth, the noise is not known
    train: Points
    curves: Curve
    every_fit: Array = picture()  # at curves.x, (degrees, 201)

    @property
    def rounding(self) -> float:
        """The largest training MSE that is the arithmetic's, not the model's."""
        return rounding(self.train.y)

    @property
    def constant(self) -> bool:
        """Whether every target is the same: then degree 0 predicts them exactly."""
        return bool(max(self.train_mse[0], self.test_mse[0]) <= self.rounding)

    @property
    def larger(self) -> Booleans:
        """Whether the test MSE of each degree is above the best one's by over a tenth of it."""
        return self.test_gap > max(HARDLY * self.test_mse[self.best_degree.test], self.rounding)

    @property
    def worse(self) -> Booleans:
        """Whether it is, and not by chance: by three standard errors, or three of the sign test."""
        won = self.test_worse - 0.5 > 3 * 0.5 / self.test_points**0.5
        return self.larger & ((self.test_gap > 3 * self.test_gap_se) | won)


def simulate(params: Params, source: Source, rng: Generator, tick: Tick) -> Result:
    """Fit every degree to one training set, and to its folds."""
    of = draws(rng, *KINDS)
    data, test_x, test_y = source.first(of)
    x = to_symmetric(data.x)
    basis = polynomials.orthonormal_basis(x, params.max_degree)
    coef = polynomials.coefficients(basis, data.y)
    at_test = polynomials.evaluate(basis, to_symmetric(test_x))
    test_errors = polynomials.squared_errors(coef, at_test, test_y)[0]
    test_mse = test_errors.mean(axis=1)

    def choose(mse: Array) -> int:
        return int(validation.smallest(mse, rounding(test_y)))

    best = choose(test_mse)
    halves = validation.best_by_halves(test_errors, choose)
    test_gap, test_gap_se = validation.gap_and_error(test_errors, halves)
    folds = min(params.folds, source.n)
    held_out = validation.fold_masks(1, source.n, folds, of["folds"])
    fold_mse = polynomials.held_out_mse(x, data.y, held_out, params.max_degree)[0]
    cv_mse = fold_mse.mean(axis=0)
    grid = np.linspace(0, 1, N_CURVE)
    truth = source.truth(grid)
    simple = too_simple(best, truth)
    on_grid = polynomials.nested_fits(coef, polynomials.evaluate(basis, to_symmetric(grid)))[0]
    return Result(
        degrees=np.arange(params.max_degree + 1),
        train_mse=polynomials.squared_errors(coef, basis.at_points, data.y)[0].mean(axis=1),
        test_mse=test_mse,
        cv_mse=cv_mse,
        noise_mse=params.noise**2 if source.origin is None else np.nan,
        test_gap=test_gap,
        test_gap_se=test_gap_se,
        test_worse=validation.share_worse(test_errors, halves),
        test_points=len(test_y),
        best_degree=BestDegree(best, choose(cv_mse)),
        simple_degree=simple,
        folds=folds,
        origin=source.origin,
        train=Points(source.original(data.x[0]), data.y[0]),
        curves=Curve(source.original(grid), truth),
        every_fit=on_grid,
    )


def too_simple(best: int, truth: Array) -> int | None:
    """Return the degree below the best, 1 or else 0, that cannot be the truth's, given evenly spaced.

    None where there is none: the best degree is 0, or the truth a constant.
    """
    basis = polynomials.orthonormal_basis(np.linspace(-1, 1, len(truth))[None], 1)
    fits = polynomials.coefficients(basis, truth[None])
    misfit = polynomials.squared_errors(fits, basis.at_points, truth[None])[0].mean(axis=1)
    return max((d for d in (0, 1) if d < best and not misfit[d] <= rounding(truth)), default=None)


def rounding(y: Array) -> float:
    """Return the largest mean squared error for values y that is the arithmetic's, not the model's."""
    return max(ROUNDING * float(np.mean(y**2)), float_info.min)
