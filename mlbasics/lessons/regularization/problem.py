"""A sparse truth, y = xᵀβ + ε with x ~ N(0, Σ), Σ_ij = ρ^|i-j|; bias and variance of fits to its data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.random import Generator

from mlbasics.kit import Tick
from mlbasics.lessons.regularization.penalties import L2, Fit, TrainingSet
from mlbasics.numerics import Array
from mlbasics.numerics.decomposition import Measurement

if TYPE_CHECKING:
    from mlbasics.lessons.regularization import Params


WEIGHTS = (2.0, 3.0)  # sizes of the informative weights
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


class Problem:
    """The truth of a run, and what follows from it."""

    origin: None = None

    def __init__(self, params: Params, rng: Generator) -> None:
        p = params.features
        self.n, self.noise = params.n_train, params.noise
        informative = rng.permutation(p)[: params.informative]
        size, sign = rng.uniform(*WEIGHTS, len(informative)), rng.choice([-1, 1], len(informative))
        self.features = [f"w{j + 1}" for j in range(p)]
        self.beta = np.zeros(p)
        self.beta[informative] = size * sign
        apart = np.abs(np.subtract.outer(np.arange(p), np.arange(p)))
        self.root = np.linalg.cholesky(params.correlation**apart)  # Σ = root rootᵀ

    def draw(self, rng: Generator) -> TrainingSet:
        """Draw a training set."""
        X = rng.standard_normal((self.n, len(self.beta))) @ self.root.T
        return TrainingSet(X, X @ self.beta + self.noise * rng.standard_normal(self.n))

    def test_mse(self, fit: Fit) -> Array:
        """Return the expected squared error on new data, (w - β)ᵀΣ(w - β) + b² + σ², by λ."""
        off = np.square((fit.coef - self.beta) @ self.root).sum(axis=1)
        expected: Array = off + np.square(fit.intercept) + self.noise**2
        return expected

    def spreads(
        self, asked: Sequence[tuple[float, Array]], sets: int, rng: Generator, tick: Tick
    ) -> list[Spread]:
        """Measure bias² and variance of (l1_ratio, λ) fits, and last of the unpenalised, over fresh sets.

        The average over x of (xᵀ(w - β) + b)² is ‖rootᵀ(w - β)‖² + b²: predictions at the columns of root
        and at 0, each of weight 1, give it exactly.
        """
        asked = [*asked, (L2, np.zeros(1))]
        truth = np.append(self.beta @ self.root, 0.0)
        measurement = Measurement(truth, np.ones(len(truth)))
        gaps: list[Array] = []
        for start in range(0, sets, BLOCK):
            block = []
            for done in range(start, min(start + BLOCK, sets)):
                data = self.draw(rng)
                fits = [data.fit(lambdas, l1_ratio) for l1_ratio, lambdas in asked]
                block.append(
                    np.concatenate([np.column_stack([f.coef @ self.root, f.intercept]) for f in fits])
                )
                tick(done + 1, sets)
            predictions = np.array(block)
            measurement.add(predictions)
            middles = (measurement.centre + truth, truth)  # near the mean prediction; the truth
            squares = np.array([np.square(predictions - middle).sum(axis=2) for middle in middles])
            gaps.append(squares - squares[:, :, -1:])  # (2, sets, fits)
        terms, paired = measurement.result(), np.concatenate(gaps, axis=1)
        columns = (
            terms.bias2,
            terms.variance,
            terms.se.bias2,
            terms.se.variance,
            *(paired.std(axis=1, ddof=1) / np.sqrt(sets)),
        )
        ends = np.cumsum([len(lambdas) for _, lambdas in asked])[:-1]
        return [Spread(*parts) for parts in zip(*(np.split(c, ends) for c in columns), strict=True)]
