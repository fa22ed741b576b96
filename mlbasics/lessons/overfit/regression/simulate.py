"""Polynomials of growing degree, fitted to noisy points of a known curve."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from mlbasics.data.origin import Origin
from mlbasics.kit import Tick
from mlbasics.lessons.overfit.regression.source import N_TEST, THIN, KnownCurve, OwnRows, Source
from mlbasics.numerics import Array, polynomials, samples, validation

if TYPE_CHECKING:
    from mlbasics.data.columns import Columns
    from mlbasics.lessons.overfit import Params


N_CURVE = 201
BLOCK = 400_000  # fitted values held at once: 3 MB stays in cache
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
    """Three fits to look at: the degrees too simple, best and too complex, and their curves by degree."""

    x: Array
    truth: Array
    fits: dict[str, Array]


@dataclass(frozen=True)
class Result:
    """Errors by degree; mean squared errors are in squared units of y."""

    degrees: NDArray[np.int_]
    train_mse: Array
    test_mse: Array
    cv_mse: Array
    cv_se: Array
    noise_mse: float
    noise_share: Array
    expected_noise_share: Array
    train_gap: Array  # paired difference of the train MSE from the best degree's, and its standard error
    train_gap_se: Array
    test_gap: Array
    test_gap_se: Array
    band: Band
    repeats: Repeats
    best_degree: BestDegree
    simple_degree: int
    folds: int
    origin: Origin | None  # of the learner's own rows; without a truth, the noise is not known
    train: Points
    curves: Fits


def simulate(params: Params, columns: Columns | None, rng: Generator, tick: Tick) -> Result:
    """Fit every degree to one training set, to its folds, and to fresh training sets."""
    fold_rng, repeat_rng, data_rng, test_rng = rng.spawn(4)
    source = KnownCurve(params, test_rng) if columns is None else OwnRows(params, columns)
    degrees = np.arange(params.max_degree + 1)
    data, test = source.first(data_rng)
    rounding = ROUNDING * float(np.mean(test.y**2))

    basis, coef = _fit(data, params.max_degree)
    train_errors = _squared_errors(coef, basis.at_points, data.y)[0]
    test_errors = _squared_errors(coef, polynomials.evaluate(basis, samples.to_symmetric(test.x)), test.y)[0]
    test_mse = test_errors.mean(axis=1)
    best = int(validation.smallest(test_mse, rounding))
    train_gap, train_gap_se = validation.gap_and_error(train_errors, train_errors[best])
    test_gap, test_gap_se = validation.gap_and_error(test_errors, test_errors[best])

    folds = min(params.folds, source.n)
    cv_mse, cv_se = (a[0] for a in _cross_validate(data, params.max_degree, folds, fold_rng))
    simple = 1 if best > 1 else 0
    shown = sorted({simple, best, params.max_degree})
    grid = np.linspace(0, 1, N_CURVE)
    on_grid = polynomials.nested_fits(coef, polynomials.evaluate(basis, samples.to_symmetric(grid)))[0]
    band, repeats = _repeat(params, source, rounding, folds, repeat_rng, tick)
    return Result(
        degrees=degrees,
        train_mse=train_errors.mean(axis=1),
        test_mse=test_mse,
        cv_mse=cv_mse,
        cv_se=cv_se,
        noise_mse=params.noise**2 if source.origin is None else np.nan,
        noise_share=_noise_share(basis, data.noise)[0],
        expected_noise_share=np.minimum(degrees + 1, source.n) / source.n,
        train_gap=train_gap,
        train_gap_se=train_gap_se,
        test_gap=test_gap,
        test_gap_se=test_gap_se,
        band=band,
        repeats=repeats,
        best_degree=BestDegree(
            best, int(validation.smallest(cv_mse, rounding)), validation.within_one_error(cv_mse, cv_se)
        ),
        simple_degree=simple,
        folds=folds,
        origin=source.origin,
        train=Points(source.original(data.x[0]), data.y[0]),
        curves=Fits(source.original(grid), source.truth(grid), {str(d): on_grid[d] for d in shown}),
    )


def _fit(data: samples.Sample, max_degree: int) -> tuple[polynomials.Basis, Array]:
    basis = polynomials.orthonormal_basis(samples.to_symmetric(data.x), max_degree)
    return basis, polynomials.coefficients(basis, data.y)


def _squared_errors(coef: Array, values: Array, y: Array) -> Array:
    """Return the squared error of every degree at every point: y (T, m) or (m,) gives (T, D+1, m)."""
    errors = polynomials.nested_fits(coef, values)
    errors -= y[..., None, :]
    errors *= errors
    return errors


def _noise_share(basis: polynomials.Basis, noise: Array) -> Array:
    """Return ‖Hε‖²/‖ε‖², (T, D+1): the fit is Hy = Hf + Hε, so this share of the noise is in it.

    H projects on the polynomials of degree d, so E‖Hε‖²/‖ε‖² = (d+1)/n.  NaN where there is no noise.
    """
    learned = np.cumsum(np.square(polynomials.coefficients(basis, noise)), axis=1)
    total = np.square(noise).sum(axis=1, keepdims=True)
    share: Array = np.divide(learned, total, out=np.full_like(learned, np.nan), where=total > 0)
    return share


def _cross_validate(data: samples.Sample, max_degree: int, folds: int, rng: Generator) -> tuple[Array, Array]:
    """Return the k-fold MSE of every degree and its standard error, each (T, D+1)."""
    trials, n = data.x.shape
    held_out = validation.fold_masks(trials, n, folds, rng).reshape(trials * folds, n)
    kept = (~held_out).astype(float)
    x, y = (np.repeat(a, folds, axis=0) for a in (data.x, data.y))
    basis = polynomials.orthonormal_basis(samples.to_symmetric(x), max_degree, kept)
    errors = _squared_errors(polynomials.coefficients(basis, y, kept), basis.at_points, y)
    fold_mse = np.matmul(errors, held_out[..., None].astype(float))[..., 0] / held_out.sum(axis=1)[:, None]
    return validation.mean_and_error(fold_mse.reshape(trials, folds, max_degree + 1))


def _repeat(
    params: Params, source: Source, rounding: float, folds: int, rng: Generator, tick: Tick
) -> tuple[Band, Repeats]:
    """Repeat the fit on fresh training sets, as many at a time as fit into the cache."""
    step = max(1, BLOCK // ((params.max_degree + 1) * max(N_TEST // THIN, folds * source.n)))
    train, tested, shares, picks = [], [], [], []
    for start in range(0, params.repeats, step):
        sets = min(step, params.repeats - start)
        data, new_x, new_y = source.fresh(sets, rng)
        basis, coef = _fit(data, params.max_degree)
        train.append(_squared_errors(coef, basis.at_points, data.y).mean(axis=2))
        values = polynomials.evaluate(basis, samples.to_symmetric(new_x))
        tested.append(_squared_errors(coef, values, new_y).mean(axis=2))
        shares.append(_noise_share(basis, data.noise))
        cv_mse, _ = _cross_validate(data, params.max_degree, folds, rng)
        picks.append(validation.smallest(cv_mse, rounding))
        tick(start + sets, params.repeats)
    train_mse, test_mse, pick = np.concatenate(train), np.concatenate(tested), np.concatenate(picks)
    at_pick = test_mse[np.arange(len(pick)), pick]
    ends = np.minimum(test_mse[:, 0], test_mse[:, -1])
    quantiles = (_quantile(mse, share) for mse in (train_mse, test_mse) for share in (0.1, 0.5, 0.9))
    return Band(*quantiles), Repeats(
        noise_share=np.concatenate(shares).mean(axis=0),
        cv_beats_ends=float(np.mean(at_pick < ends)),
        cv_ratio=float(_quantile((at_pick + rounding) / (test_mse.min(axis=1) + rounding), 0.5)),
    )


def _quantile(values: Array, share: float) -> Array:
    """Return the quantile over the first axis; NumPy's own loads numpy.ma, 8 ms of a start-up of 200."""
    ordered, at = np.sort(values, axis=0), share * (len(values) - 1)
    low = int(at)
    above: Array = ordered[min(low + 1, len(values) - 1)]
    quantile: Array = ordered[low] + (at - low) * (above - ordered[low])
    return quantile
