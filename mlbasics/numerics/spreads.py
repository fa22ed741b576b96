"""Bias² and variance of penalised fits, over fresh training sets from a known truth."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from mlbasics.numerics import Array
from mlbasics.numerics.decomposition import Measurement
from mlbasics.numerics.penalties import L2, TrainingSet

BLOCK = 100  # training sets measured at once


@dataclass(frozen=True)
class Spread:
    """Bias² and variance of the predictions by λ, over fresh training sets, and their standard errors.

    The last two are of the differences from the unpenalised fit to the same sets.
    """

    bias2: Array
    variance: Array
    bias2_se: Array
    variance_se: Array
    variance_gap_se: Array
    error_gap_se: Array  # of bias² + variance

    @property
    def total(self) -> Array:
        """Bias² + variance."""
        return self.bias2 + self.variance


def spreads(
    sets: Iterable[TrainingSet], asked: Sequence[tuple[float, Array]], beta: Array, root: Array
) -> list[Spread]:
    """Measure bias² and variance of (l1_ratio, λ) fits, and last of the unpenalised.

    The sets come from y = xᵀβ + ε with x ~ N(0, root rootᵀ).  The average over x of (xᵀ(w - β) + b)² is
    ‖rootᵀ(w - β)‖² + b²: predictions at the columns of root and at 0, each of weight 1, give it exactly.
    """
    asked = [*asked, (L2, np.zeros(1))]
    truth = np.append(beta @ root, 0.0)
    measurement = Measurement(truth, np.ones(len(truth)))
    gaps: list[Array] = []
    centre: Array | None = None  # near the mean prediction
    coming = iter(sets)
    while block := [_predictions(data, asked, root) for data in islice(coming, BLOCK)]:
        predictions = np.array(block)
        measurement.add(predictions)
        if not gaps:
            middle = predictions.mean(axis=0)  # near the mean prediction
        middles = (middle, truth)
        squares = np.array([np.square(predictions - middle).sum(axis=2) for middle in middles])
        gaps.append(squares - squares[:, :, -1:])  # (2, sets, fits)
    terms, paired = measurement.result(), np.concatenate(gaps, axis=1)
    columns = (
        terms.bias2,
        terms.variance,
        terms.se.bias2,
        terms.se.variance,
        *(paired.std(axis=1, ddof=1) / np.sqrt(paired.shape[1])),
    )
    ends = np.cumsum([len(lambdas) for _, lambdas in asked])[:-1]
    return [Spread(*parts) for parts in zip(*(np.split(c, ends) for c in columns), strict=True)]


def _predictions(data: TrainingSet, asked: Sequence[tuple[float, Array]], root: Array) -> Array:
    """Return the predictions of every fit, (fits, p + 1)."""
    fits = [data.fit(lambdas, l1_ratio) for l1_ratio, lambdas in asked]
    return np.concatenate([np.column_stack([f.coef @ root, f.intercept]) for f in fits])
