"""k nearest neighbours, for every k, on noisy labels around a known border."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.random import Generator

from mlbasics.data.origin import Origin
from mlbasics.kit import Tick, picked, picture
from mlbasics.lessons.overfit.classification.source import Draws, Source
from mlbasics.numerics import Array, Booleans, Integers, neighbours, validation

if TYPE_CHECKING:
    from mlbasics.lessons.overfit import Params

N_BORDER = 201
KEPT = 14  # values of k whose regions are kept, 1 and n among them, at about equal ratios
GRID = (120, 48)  # parts of the square that are labelled: half cells of a plot 120 columns wide


@dataclass(frozen=True)
class Points:
    """A training set: coordinates, labels, and whether each label is wrong, each (n,)."""

    x1: Array
    x2: Array
    label: Booleans
    mislabelled: Booleans


@dataclass(frozen=True)
class Border:
    """Points of the true border, each (m,)."""

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

    k: Integers
    train_error: Array
    test_error: Array
    cv_error: Array
    cv_se: Array
    bayes_error: float
    noise_share: Array  # share of the mislabelled training points that the model reproduces
    mislabelled: int
    train_gap: Array  # paired difference of the train error from the best k's, and its standard error
    train_gap_se: Array
    test_gap: Array  # of the test error from that of the k which the other half of the test set chose
    test_gap_se: Array
    cv_gap: Array  # paired difference of the test error from that of the k cross-validation picks
    cv_gap_se: Array
    best_k: BestK
    folds: int
    origin: Origin | None  # of the learner's own rows; the true border is then not known
    classes: list[str]  # their names, where they have any: False, True
    points: Points
    border: Border
    corners: Array  # of the rectangle that the regions tile: its lower left and upper right, (2, 2)
    regions: dict[int, Booleans] = picture()  # by k, the label learned for each of its parts, (up, across)


def simulate(params: Params, source: Source, rng: Generator, tick: Tick) -> Result:
    """Label test points, training points and a grid by every k, and cross-validate."""
    draws = Draws.of(rng)
    train, test = source.split(draws)
    test_wrong = neighbours.wrong_every_k(*train, *test)
    train_wrong = neighbours.wrong_every_k(*train, *train)
    tick(1, 3)
    folds = min(params.folds, source.n)
    held_out = validation.fold_masks(1, source.n, folds, draws.folds)[0]
    cv_error, cv_se = validation.mean_and_error(neighbours.held_out_error(*train, held_out))
    tick(2, 3)

    best = _largest_best(test_wrong.mean(axis=1))
    pick = _largest_best(cv_error)
    one_se = _largest_best(cv_error, rounding=cv_se[pick])
    train_gap, train_gap_se = validation.gap_and_error(train_wrong, train_wrong[best])
    test_gap, test_gap_se = validation.gap_from_best(test_wrong, _largest_best)
    cv_gap, cv_gap_se = validation.gap_and_error(test_wrong, test_wrong[pick])
    flipped = source.mislabelled(train)
    x1, x2 = source.original(train.at).T
    across = np.linspace(-1, 1, N_BORDER)
    learned = neighbours.regions(*train, [i + 1 for i in picked(source.n, {0, best}, KEPT, ratio=True)], GRID)
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
        points=Points(x1, x2, train.label, flipped),
        border=Border(across, source.border(across)),
        corners=source.original(np.array([[-1.0, -1], [1, 1]])),
        regions=learned,
    )


def _largest_best(error: Array, rounding: float = 0.0) -> int:
    """Return the index of the largest k, the simplest model, whose error is within rounding of the least."""
    known = error[~np.isnan(error)]
    return len(known) - 1 - int(validation.smallest(known[::-1], rounding))
