"""Cross-validation over a path of models: the folds, the mean error, and the model they pick.

Errors have the models of the path on their last axis, the simplest first.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.random import Generator

from mlbasics.numerics import Array, Booleans, Integers


def fold_masks(trials: int, n: int, folds: int, rng: Generator) -> Booleans:
    """Return (trials, folds, n): true where a point is held out; each once, in folds equal to within one."""
    fold = rng.permuted(np.broadcast_to(np.arange(n) % folds, (trials, n)), axis=1)
    return fold[:, None, :] == np.arange(folds)[:, None]


def mean_and_error(fold_errors: Array) -> tuple[Array, Array]:
    """Return the mean over folds and its standard error, s/√K, of errors (..., K, models)."""
    k = fold_errors.shape[-2]
    return fold_errors.mean(axis=-2), _deviation(fold_errors, axis=-2) / np.sqrt(k)


def smallest(errors: Array, rounding: float = 0.0) -> Integers:
    """Return the index of the simplest model whose error is within rounding of the least, (...)."""
    return np.argmax(errors <= errors.min(axis=-1, keepdims=True) + rounding, axis=-1)


def within_one_error(mean: Array, error: Array) -> int:
    """Return the simplest model within one standard error of the least mean (Breiman et al. 1984)."""
    best = int(mean.argmin())
    return int(smallest(mean, rounding=float(error[best])))


def best_by_halves(errors: Array, choose: Callable[[Array], int | np.integer]) -> Array:
    """Return the errors (m,) of the best of models whose errors are (models, m), by the other half's choice.

    Judged by the points that chose it, the best would seem too good; so the points at even places choose, by
    the mean errors (models,), the best one for those at odd places, and they for them.
    """
    best = np.empty(errors.shape[1])
    for chosen_by, judged_on in ((0, 1), (1, 0)):
        model = choose(errors[:, chosen_by::2].mean(axis=1))
        best[judged_on::2] = errors[model, judged_on::2]
    return best


def gap_from_best(errors: Array, choose: Callable[[Array], int]) -> tuple[Array, Array]:
    """Return how much more each model errs than the best by halves, and its standard error: (models,)."""
    return gap_and_error(errors, best_by_halves(errors, choose))


def share_worse(errors: Array, best: Array) -> Array:
    """Return the share of points (m,) at which each model errs more than the best, (models,); a tie is half.

    If none did, it would be 1/2 but for chance, with standard error 1/(2√m): the sign test, which no point,
    however far off, can decide alone.
    """
    return np.where(errors == best, 0.5, errors > best).mean(axis=-1)


def gap_and_error(worse: Array, better: Array) -> tuple[Array, Array]:
    """Return the mean paired difference worse - better over the last axis, and its standard error."""
    difference = worse - better
    return difference.mean(axis=-1), _deviation(difference, axis=-1) / np.sqrt(difference.shape[-1])


def _deviation(values: Array, axis: int) -> Array:
    """Return the sample standard deviation s, of squared errors too, whose own squares might be infinite."""
    scale = np.ldexp(1.0, np.frexp(np.abs(values).max())[1] - 1)  # a power of two: it moves no digit
    return scale * (values / scale).std(axis=axis, ddof=1)
