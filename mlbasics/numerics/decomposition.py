"""Bias and variance of a learner, measured over many training sets, with Monte Carlo errors.

For a training set t the learner predicts f_t(x); f is the truth, y = f + ε with Var ε = σ², and the integral
is the average over x.  With f̄ = E f_t, y - f_t = (f - f̄) + (f̄ - f_t) + ε, whose products average to zero:

    E∫(y - f_t)² = ∫(f̄ - f)² + E∫(f_t - f̄)² + σ²,
    expected error =  bias²   +    variance    + noise.

Source: S. Geman, E. Bienenstock, R. Doursat, "Neural networks and the bias/variance dilemma", Neural
Computation 4 (1992) 1-58.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mlbasics.numerics import Array

KEPT = 200  # the first training sets, whose fits are kept: their covariance is known to a tenth


@dataclass(frozen=True)
class Errors:
    """One standard error per complexity, (C,), for each term."""

    bias2: Array
    variance: Array


@dataclass(frozen=True)
class Decomposition:
    """Bias² and variance by complexity, each (C,), in squared units of y, and what they were measured on."""

    bias2: Array
    variance: Array
    se: Errors
    mean: Array  # f̄ at the points, (C, Q)
    kept: Array  # the first fits, (K, C, Q)
    largest_share: Array  # share of the variance that a single training set makes, (C,)


class Measurement:
    """Takes predictions in blocks of training sets; of most sets it keeps one number a complexity."""

    def __init__(self, truth: Array, weights: Array) -> None:
        """Measure against the truth (Q,) at points whose weights (Q,) average over x."""
        self.truth, self.weights = truth, weights
        self.count = 0
        self.kept = np.empty((0, 0, len(truth)))
        self.spreads: list[Array] = []

    def add(self, predictions: Array) -> None:
        """Take predictions f_t (T, C, Q).

        Squared is what they are off the mean of the first block: no digits are lost where they differ little.
        """
        if not self.count:
            self.center = predictions.mean(axis=0) - self.truth  # (C, Q)
            self.error_sum = np.zeros_like(self.center)
        if len(self.kept) < KEPT:
            first = predictions[: KEPT - len(self.kept)]
            self.kept = np.concatenate([self.kept, first]) if len(self.kept) else first
        deviation = predictions - (self.truth + self.center)
        self.count += len(predictions)
        self.error_sum += deviation.sum(axis=0)
        self.spreads.append(np.einsum("tcq,tcq,q->tc", deviation, deviation, self.weights))

    def result(self) -> Decomposition:
        """Return the decomposition of what was added, of at least two training sets.

        The naive bias² is too large by variance/T, since the mean of T sets still varies; it is corrected.
        With the bias e and the covariance Σ of normal fits over x, its variance is 4 eᵀΣe/T + 2 tr(Σ²)/T²,
        and that of a fit's squared distance from the mean 2 tr(Σ²), by which eᵀΣe is measured too large.
        """
        n, spreads = self.count, np.concatenate(self.spreads)
        shift = self.error_sum / n
        error, spread = self.center + shift, spreads.mean(axis=0)
        variance = (spread - np.square(shift) @ self.weights) * n / (n - 1)
        apart = spreads.var(axis=0, ddof=1) / n  # 2 tr(Σ²)/T
        pull = np.einsum("kcq,cq->kc", self.kept, error * self.weights).var(axis=0, ddof=1)  # eᵀΣe
        return Decomposition(
            bias2=np.square(error) @ self.weights - variance / n,
            variance=variance,
            se=Errors(
                bias2=np.sqrt((4 * np.maximum(pull - apart / 2, 0) + apart) / n), variance=np.sqrt(apart)
            ),
            mean=error + self.truth,
            kept=self.kept,
            largest_share=spreads.max(axis=0) / np.where(spread > 0, n * spread, np.inf),
        )
