"""Polynomials of growing degree, fitted to noisy points of a known curve."""

from __future__ import annotations

from dataclasses import dataclass
from sys import float_info
from typing import TYPE_CHECKING

import numpy as np
from numpy.random import Generator

from mlbasics.data.origin import Origin
from mlbasics.kit import Tick, detail, picture
from mlbasics.lessons.overfit.regression.source import Draws, Source
from mlbasics.numerics import Array, Integers, polynomials, validation
from mlbasics.numerics.samples import to_symmetric

if TYPE_CHECKING:
    from mlbasics.lessons.overfit import Params

N_CURVE = 201
ROUNDING = 1e-20  # squared errors this far below the squared signal are the arithmetic's, not the model's


@dataclass(frozen=True)
class Points:
    """A data set: x and y, each (n,)."""

    x: Array
    y: Array


@dataclass(frozen=True)
class Band:
    """The 10 %, 50 % and 90 % quantiles of the errors over fresh training sets, each (degrees,)."""

    train_lo: Array
    train_mid: Array
    train_hi: Array
    test_lo: Array
    test_mid: Array
    test_hi: Array


@dataclass(frozen=True)
class Repeats:
    """What fresh training sets say beside the bands."""

    noise_share: Array  # mean share of the noise learned, (degrees,)
    cv_beats_ends: float  # share of sets where the degree CV picks predicts better than both extremes
    cv_ratio: float  # median of the picked degree's test MSE over the best degree's


@dataclass(frozen=True)
class BestDegree:
    """Degrees chosen three ways: by the test set, by cross-validation, by its one-standard-error rule."""

    test: int
    cv: int
    cv_one_se: int


@dataclass(frozen=True)
class Fits:
    """Fits to look at: the degrees too simple, if one is, best, and highest; and their curves by degree."""

    x: Array
    truth: Array
    fits: dict[str, Array]


@dataclass(frozen=True, kw_only=True)
class Result:
    """Errors by degree; mean squared errors are in squared units of y."""

    degrees: Integers
    train_mse: Array
    test_mse: Array
    cv_mse: Array
    cv_se: Array
    noise_mse: float
    noise_share: Array
    expected_noise_share: Array
    train_gap: Array  # paired difference of the train MSE from the best degree's, and its standard error
    train_gap_se: Array
    test_gap: Array  # of the test MSE from that of the degree which the other half of the test set chose
    test_gap_se: Array
    band: Band = detail()
    repeats: Repeats = detail()
    best_degree: BestDegree
    simple_degree: int | None  # 1 or 0, below the best and not the truth's own, where one is
    folds: int
    origin: Origin | None  # of the learner's own rows; without a truth, the noise is not known
    drawn: int  # the degree whose curve is looked at
    train: Points
    curves: Fits
    every_fit: Array = picture()  # at curves.x, (degrees, 201)

    @property
    def rounding(self) -> float:
        """The largest training MSE that is the arithmetic's, not the model's."""
        return rounding(self.train.y)


def simulate(params: Params, source: Source, rng: Generator, tick: Tick) -> Result:
    """Fit every degree to one training set, and to its folds."""
    draws = Draws.of(rng)
    data, test = source.first(draws)
    x, degrees = to_symmetric(data.x), np.arange(params.max_degree + 1)

    basis = polynomials.orthonormal_basis(x, params.max_degree)
    coef = polynomials.coefficients(basis, data.y)
    at_test = polynomials.evaluate(basis, to_symmetric(test.x))
    train_errors = polynomials.squared_errors(coef, basis.at_points, data.y)[0]
    test_errors = polynomials.squared_errors(coef, at_test, test.y)[0]
    test_mse = test_errors.mean(axis=1)

    def choose(mse: Array) -> int:
        return int(validation.smallest(mse, rounding(test.y)))

    best = choose(test_mse)
    train_gap, train_gap_se = validation.gap_and_error(train_errors, train_errors[best])
    test_gap, test_gap_se = validation.gap_from_best(test_errors, choose)

    folds = min(params.folds, source.n)
    held_out = validation.fold_masks(1, source.n, folds, draws.folds)
    fold_mse = polynomials.held_out_mse(x, data.y, held_out, params.max_degree)[0]
    cv_mse, cv_se = validation.mean_and_error(fold_mse)

    grid = np.linspace(0, 1, N_CURVE)
    truth = source.truth(grid)
    simple = too_simple(best, truth)
    on_grid = polynomials.nested_fits(coef, polynomials.evaluate(basis, to_symmetric(grid)))[0]
    looked_at = {best if simple is None else simple, best, params.drawn, params.max_degree}
    return Result(
        degrees=degrees,
        train_mse=train_errors.mean(axis=1),
        test_mse=test_mse,
        cv_mse=cv_mse,
        cv_se=cv_se,
        noise_mse=params.noise**2 if source.origin is None else np.nan,
        noise_share=polynomials.noise_share(basis, data.noise)[0],
        expected_noise_share=np.minimum(degrees + 1, source.n) / source.n,
        train_gap=train_gap,
        train_gap_se=train_gap_se,
        test_gap=test_gap,
        test_gap_se=test_gap_se,
        best_degree=BestDegree(best, choose(cv_mse), validation.within_one_error(cv_mse, cv_se)),
        simple_degree=simple,
        folds=folds,
        origin=source.origin,
        drawn=params.drawn,
        train=Points(source.original(data.x[0]), data.y[0]),
        curves=Fits(source.original(grid), truth, {str(d): on_grid[d] for d in sorted(looked_at)}),
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
