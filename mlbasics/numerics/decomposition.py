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
    """Takes predictions in blocks of training sets; of most sets it keeps two numbers a complexity."""

    def __init__(self, truth: Array, weights: Array) -> None:
        """Measure against the truth (Q,) at points whose weights (Q,) average over x."""
        self.truth, self.weights = truth, weights
        self.count = 0
        self.kept = np.empty((0, 0, len(truth)))
        self.spreads: list[Array] = []

    def add(self, predictions: Array) -> Array:
        """Take predictions f_t (T, C, Q); return their squared errors ∫(f_t - f)², (T, C).

        The centre c is the mean error of the first block: any near that of all will do.  With the deviation
        d_t = f_t - f - c, (f_t - f)² = d_t² + 2 d_t c + c²; the sums lose no digits where fits differ little.
        """
        if not self.count:
            self.centre = predictions.mean(axis=0) - self.truth  # (C, Q)
            self.error_sum = np.zeros_like(self.centre)
        if len(self.kept) < KEPT:
            first = predictions[: KEPT - len(self.kept)]
            self.kept = np.concatenate([self.kept, first]) if len(self.kept) else first
        deviation = predictions - (self.truth + self.centre)
        spread = np.einsum("tcq,tcq,q->tc", deviation, deviation, self.weights)
        self.count += len(predictions)
        self.error_sum += deviation.sum(axis=0)
        self.spreads.append(spread)
        crossed = np.einsum("tcq,cq->tc", deviation, self.centre * self.weights)
        return spread + 2 * crossed + np.square(self.centre) @ self.weights

    def result(self) -> Decomposition:
        """Return the decomposition of what was added, of at least two training sets.

        The naive bias² is too large by variance/T, since the mean of T sets still varies; it is corrected.
        """
        n, spreads = self.count, np.concatenate(self.spreads)
        shift = self.error_sum / n
        mean_error, spread = self.centre + shift, spreads.mean(axis=0)
        variance = (spread - np.square(shift) @ self.weights) * n / (n - 1)
        bias2 = np.square(mean_error) @ self.weights - variance / n
        root = np.sqrt(self.weights)
        return Decomposition(
            bias2=bias2,
            variance=variance,
            se=Errors(
                bias2=bias2_error(mean_error * root, self.kept * root, n),
                variance=spreads.std(axis=0, ddof=1) / np.sqrt(n),
            ),
            mean=mean_error + self.truth,
            kept=self.kept,
            largest_share=spreads.max(axis=0) / np.where(spread > 0, n * spread, np.inf),
        )


def bias2_error(mean_error: Array, fits: Array, sets: int) -> Array:
    """Return the standard error of bias² (C,), from the mean error (C, Q) of all sets and K fits (K, C, Q).

    Both are times the roots of the weights.  With the bias e and the covariance Σ of the fits over x,

        Var(bias²) = 4 eᵀΣe/T + 2 tr(Σ²)/T².

    The mean error ê varies too: êᵀΣê is too large by tr(Σ²)/T on average, which is taken off.  Where there is
    hardly any bias the error is then up to a half too wide, since it is largest just where bias² is; any
    bolder correction leaves it too narrow where there is some.
    """
    deviation = (fits - fits.mean(axis=0)).transpose(1, 0, 2)  # (C, K, Q): Σ is DᵀD/(K - 1)
    flipped, k = deviation.transpose(0, 2, 1), len(fits)
    product = np.matmul(*((deviation, flipped) if k < fits.shape[2] else (flipped, deviation)))  # the smaller
    trace = np.square(product).sum(axis=(1, 2)) / (k - 1) ** 2
    if k > 3:  # that of a sample is too large: by a share of (tr Σ)² (for normal fits)
        variance = np.square(deviation).sum(axis=(1, 2)) / (k - 1)
        trace = np.maximum(trace - variance**2 / (k - 1), 0) * (k - 1) ** 2 / ((k + 1) * (k - 2))
    pull = np.square(np.matmul(deviation, mean_error[..., None])).sum(axis=(1, 2)) / (k - 1)  # êᵀΣê
    return np.sqrt(4 * np.maximum(pull - trace / sets, 0) / sets + 2 * trace / sets**2)
