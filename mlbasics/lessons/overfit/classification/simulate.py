"""k nearest neighbours, for every k, on noisy labels around a known border."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from mlbasics.data.origin import Origin
from mlbasics.kit import Tick
from mlbasics.lessons.overfit.classification.source import KnownBorder, OwnClasses
from mlbasics.lessons.overfit.classification.source import Points as Labelled
from mlbasics.numerics import Array, validation
from mlbasics.numerics.neighbours import predict_every_k

if TYPE_CHECKING:
    from mlbasics.data.columns import Columns
    from mlbasics.lessons.overfit import Params

Labels = NDArray[np.bool_]

GRID = (120, 48)  # where the learned border is looked for: about the dots of a plot 64 columns wide


@dataclass(frozen=True)
class Points:
    """A training set: coordinates and labels, each (n,)."""

    x1: Array
    x2: Array
    label: Labels


@dataclass(frozen=True)
class Border:
    """Points where the label changes, each (m,)."""

    x1: Array
    x2: Array


@dataclass(frozen=True)
class BestK:
    """k chosen three ways: by the test set, by cross-validation, by its one-standard-error rule."""

    test: int
    cv: int
    cv_one_se: int


@dataclass(frozen=True)
class Result:
    """Shares of points labelled wrong, by k; a k too large for the folds has no CV error (NaN)."""

    k: NDArray[np.int_]
    train_error: Array
    test_error: Array
    cv_error: Array
    cv_se: Array
    bayes_error: float
    noise_share: Array  # share of the mislabelled training points that the model reproduces
    mislabelled: int
    train_gap: Array  # paired difference of the train error from the best k's, and its standard error
    train_gap_se: Array
    test_gap: Array
    test_gap_se: Array
    cv_gap: Array  # paired difference of the test error from that of the k cross-validation picks
    cv_gap_se: Array
    best_k: BestK
    folds: int
    origin: Origin | None  # of the learner's own rows; the true border is then not known
    classes: list[str]  # their names, where they have any: False, True
    points: Points
    border: Border
    boundaries: dict[str, Border]


def simulate(params: Params, columns: Columns | None, rng: Generator, tick: Tick) -> Result:
    """Label test points, training points and a grid by every k, and cross-validate."""
    data_rng, test_rng, fold_rng = rng.spawn(3)
    source = KnownBorder(params) if columns is None else OwnClasses(params, columns)
    (train, label), test = source.split(data_rng, test_rng)
    test_wrong = _wrong(train, label, *test)
    train_wrong = _wrong(train, label, train, label)
    tick(1, 3)
    folds = min(params.folds, source.n)
    cv_error, cv_se = _cross_validate(train, label, folds, fold_rng)
    tick(2, 3)

    best = _largest_best(test_wrong.mean(axis=1))
    pick = _largest_best(cv_error)
    one_se = _largest_best(cv_error, rounding=cv_se[pick])
    train_gap, train_gap_se = validation.gap_and_error(train_wrong, train_wrong[best])
    test_gap, test_gap_se = validation.gap_and_error(test_wrong, test_wrong[best])
    cv_gap, cv_gap_se = validation.gap_and_error(test_wrong, test_wrong[pick])
    flipped = source.mislabelled(Labelled(train, label))
    shown = source.original(train)
    x1 = np.linspace(-1, 1, 201)
    return Result(
        k=np.arange(1, source.n + 1),
        train_error=train_wrong.mean(axis=1),
        test_error=test_wrong.mean(axis=1),
        cv_error=cv_error,
        cv_se=cv_se,
        bayes_error=source.bayes_error,
        noise_share=1 - train_wrong[:, flipped].mean(axis=1) if flipped.any() else np.full(source.n, np.nan),
        mislabelled=int(flipped.sum()),
        train_gap=train_gap,
        train_gap_se=train_gap_se,
        test_gap=test_gap,
        test_gap_se=test_gap_se,
        cv_gap=cv_gap,
        cv_gap_se=cv_gap_se,
        best_k=BestK(best + 1, pick + 1, one_se + 1),
        folds=folds,
        origin=source.origin,
        classes=source.classes,
        points=Points(shown[:, 0], shown[:, 1], label),
        border=Border(x1, source.border(x1)),
        boundaries={
            k: Border(*source.original(at).T)
            for k, at in _boundaries(train, label, sorted({1, best + 1})).items()
        },
    )


def _wrong(train: Array, label: Labels, new: Array, new_label: Labels) -> Array:
    """Return (n, m): 1 where the k = 1 … n neighbours give the wrong label."""
    wrong: Array = (predict_every_k(train, label, new) != new_label[:, None]).T.astype(float)
    return wrong


def _cross_validate(train: Array, label: Labels, folds: int, rng: Generator) -> tuple[Array, Array]:
    """Return the k-fold error of every k and its standard error, (n,); NaN where a fold leaves too few."""
    n = len(train)
    masks = validation.fold_masks(1, n, folds, rng)[0]
    usable = n - int(masks.sum(axis=1).max())
    errors = np.full((folds, n), np.nan)
    for fold, held_out in enumerate(masks):
        wrong = _wrong(train[~held_out], label[~held_out], train[held_out], label[held_out])
        errors[fold, :usable] = wrong[:usable].mean(axis=1)
    return validation.mean_and_error(errors)


def _largest_best(error: Array, rounding: float = 0.0) -> int:
    """Return the index of the largest k, the simplest model, whose error is within rounding of the least."""
    known = error[~np.isnan(error)]
    return len(known) - 1 - int(validation.smallest(known[::-1], rounding))


def _boundaries(train: Array, label: Labels, ks: list[int]) -> dict[str, Array]:
    """Return, for each k, the midpoints between neighbouring grid points that get different labels."""
    axes = [(np.arange(size) + 0.5) * 2 / size - 1 for size in GRID]
    grid = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1)  # (GRID, 2)
    predicted = predict_every_k(train, label, grid.reshape(-1, 2)).reshape(*GRID, -1)
    boundaries = {}
    for k in ks:
        side = predicted[..., k - 1]
        across, along = side[1:] != side[:-1], side[:, 1:] != side[:, :-1]
        boundaries[str(k)] = np.concatenate(
            [((grid[1:] + grid[:-1]) / 2)[across], ((grid[:, 1:] + grid[:, :-1]) / 2)[along]]
        )
    return boundaries
