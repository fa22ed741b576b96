"""Bias² and variance of penalised fits over fresh training sets, with their standard errors.

The error of a linear fit, averaged over x ~ N(0, root rootᵀ), is that at the columns of root and at 0, so the
decomposition of predictions there is the exact one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from mlbasics.numerics import Array
from mlbasics.numerics.decomposition import Measurement
from mlbasics.numerics.order import quantile
from mlbasics.numerics.penalties import L2, TrainingSet
from mlbasics.numerics.validation import best_by_halves

BLOCK = 100  # training sets measured at once


@dataclass(frozen=True)
class Spread:
    """Bias² and variance of the predictions by λ, over fresh training sets, and their standard errors."""

    bias2: Array
    variance: Array
    bias2_se: Array
    variance_se: Array
    kept: Array  # the share of the sets in which each weight is not 0.0, (L, p)

    @property
    def total(self) -> Array:
        """Bias² + variance."""
        return self.bias2 + self.variance


@dataclass(frozen=True)
class Best:
    """The λ of least error, bias² + variance, where each half of the sets is judged at the best of the other.

    What is chosen and judged on the same sets looks better than it is.
    """

    place: int  # of the λ that is the best of all sets
    lam: float
    error: float
    gap_se: float  # of the difference from the unpenalised fit
    gap_z: float


def spreads(
    sets: Iterable[TrainingSet], asked: Sequence[tuple[float, Array]], beta: Array, root: Array
) -> tuple[list[Spread], list[Array]]:
    """Measure bias² and variance of (l1_ratio, λ) fits, and last of the unpenalised.

    The sets come from y = xᵀβ + ε with x ~ N(0, root rootᵀ).  The average over x of (xᵀ(w - β) + b)² is
    ‖rootᵀ(w - β)‖² + b²: the errors at the columns of root and at 0 give it exactly.  Returned beside the
    spreads is this squared error by set, (T, L) each.
    """
    asked = [*asked, (L2, np.zeros(1))]
    coming, count = iter(sets), root.shape[1] + 1
    measurement = Measurement(np.zeros(count), np.ones(count))
    by_set: list[Array] = []  # the squared errors, (B, F) for F fits
    kept: list[Array] = []  # how many sets leave each weight
    while block := [_weights(data, asked) for data in islice(coming, BLOCK)]:
        weights = np.array(block)  # (B, F, p + 1), and the intercept last
        errors = np.concatenate([(weights[..., :-1] - beta) @ root, weights[..., -1:]], axis=2)
        by_set.append(measurement.add(errors))
        kept.append((weights[..., :-1] != 0).sum(axis=0))
    squared, measured = np.concatenate(by_set), measurement.result()
    columns = (
        measured.bias2,
        measured.variance,
        measured.se.bias2,
        measured.se.variance,
        np.array(kept).sum(axis=0) / measurement.count,
    )
    ends = np.cumsum([len(lambdas) for _, lambdas in asked])[:-1]
    found = [Spread(*own) for own in zip(*(np.split(c, ends) for c in columns), strict=True)]
    return found, np.split(squared, ends, axis=1)


def _weights(data: TrainingSet, asked: Sequence[tuple[float, Array]]) -> Array:
    """Return the weights of every fit, (F, p + 1), the intercept last."""
    fits = [data.fit(lambdas, l1_ratio) for l1_ratio, lambdas in asked]
    return np.concatenate([np.column_stack([f.coef, f.intercept]) for f in fits])


def best(lambdas: Array, squared: Array, unpenalised: Array) -> Best:
    """Return the best λ from the squared errors by set, (T, L) and (T, 1)."""
    judged = best_by_halves(squared.T, np.argmin)
    gap = unpenalised[:, 0] - judged
    place = int(squared.mean(axis=0).argmin())
    return Best(
        place, float(lambdas[place]), float(judged.mean()), float(_error(gap)), float(standard_errors(gap))
    )


def standard_errors(gaps: Array) -> Array:
    """Return how many standard errors the mean of differences, over the first axis, is from zero.

    Where a few sets differ vastly, in the direction of the mean, its error is as large as it and says
    nothing.  So they are also counted with the largest quarter in that direction cut to the quartile, which
    brings the mean nearer to zero, but its error still nearer; the larger number is returned.
    """
    side = np.sign(gaps.mean(axis=0))
    cut = np.minimum(gaps * side, quantile(gaps * side, 0.75))
    whole, rest = (_ratio(part.mean(axis=0), _error(part)) for part in (gaps * side, cut))
    return side * np.maximum(whole, rest)


def _ratio(mean: Array, error: Array) -> Array:
    return np.divide(mean, error, out=np.zeros_like(mean), where=error > 0)


def _error(samples: Array) -> Array:
    """Return the standard error of the mean over the first axis."""
    return samples.std(axis=0, ddof=1) / np.sqrt(len(samples))
