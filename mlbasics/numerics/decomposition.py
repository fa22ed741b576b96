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
TEN = 10  # fits to a median
ROUNDING = 1e-20  # of the squared truth: a square of less is that of the arithmetic


@dataclass(frozen=True)
class Errors:
    """One standard error per complexity, (C,), for each term and for their sum."""

    bias2: Array
    variance: Array
    total: Array


@dataclass(frozen=True)
class Term:
    """Bias² and variance of one learner, and their standard errors."""

    bias2: float
    variance: float
    bias2_se: float
    variance_se: float


@dataclass(frozen=True)
class Terms:
    """Bias² and variance by complexity, each (C,), in squared units of y, and their standard errors."""

    bias2: Array
    variance: Array
    se: Errors


@dataclass(frozen=True)
class Decomposition(Terms):
    """The terms as measured, and what they were measured on."""

    mean: Array  # f̄ at the points, (C, Q)
    kept: Array  # the first fits, (K, C, Q)
    largest_share: Array  # share of the variance that a single training set makes, (C,)

    def term(self, i: int) -> Term:
        """Return bias² and variance at one complexity."""
        terms = self.bias2, self.variance, self.se.bias2, self.se.variance
        return Term(*(float(term[i]) for term in terms))


class Measurement:
    """Takes predictions in blocks of training sets, so that memory does not grow with their number."""

    def __init__(self, truth: Array, weights: Array) -> None:
        """Measure against the truth (Q,) at points whose weights (Q,) average over x."""
        self.truth, self.weights = truth, weights
        self.count = 0
        self.kept = np.empty((0, 0, len(truth)))
        self.sums = _Sums()

    def add(self, predictions: Array) -> Array:
        """Take predictions f_t (T, C, Q); return ∫(f_t - f - c)² and ∫(f_t - f)², (2, T, C).

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
        squared = (
            spread
            + 2 * np.einsum("tcq,cq->tc", deviation, self.centre * self.weights)
            + np.square(self.centre) @ self.weights
        )
        self.count += len(predictions)
        self.error_sum += deviation.sum(axis=0)
        by_set = np.stack([spread, squared])
        self.sums.add(by_set)
        return by_set

    def result(self) -> Decomposition:
        """Return the decomposition of what was added, of at least two training sets.

        The naive bias² is too large by variance/T, since the mean of T sets still varies; it is corrected.
        """
        n, sums = self.count, self.sums
        shift = self.error_sum / n
        mean_error = self.centre + shift
        (spread, _), (variance_se, total_se) = sums.mean(), sums.error()
        variance = (spread - np.square(shift) @ self.weights) * n / (n - 1)
        bias2 = np.square(mean_error) @ self.weights - variance / n
        least = ROUNDING * (np.square(self.truth) @ self.weights)
        for term in (bias2, variance):
            term[np.abs(term) <= least] = 0.0
        root = np.sqrt(self.weights)
        return Decomposition(
            bias2=bias2,
            variance=variance,
            se=Errors(bias2_error(mean_error * root, self.kept * root, n), variance_se, total_se),
            mean=mean_error + self.truth,
            kept=self.kept,
            largest_share=np.divide(
                sums.largest[0], n * spread, out=np.zeros_like(variance), where=spread > 0
            ),
        )


def bias2_error(mean_error: Array, fits: Array, sets: int) -> Array:
    """Return the standard error of bias² (C,), from the mean error (C, Q) of all sets and K fits (K, C, Q).

    Both are times the roots of the weights.  With the bias e and the covariance Σ of the fits over x,

        Var(bias²) = 4 eᵀΣe/T + 2 tr(Σ²)/T².

    The mean error ê varies too: êᵀΣê is too large by tr(Σ²)/T on average, which is taken off.  Where there is
    hardly any bias the error is then up to a half too wide, since it is largest just where bias² is; any
    bolder correction leaves it too narrow where there is some.  A closed form has neither fault.
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


def by_medians(kept: Array, truth: Array, weights: Array) -> Terms:
    """Return what stands for the terms of K fits (K, C, Q) with a heavy tail.

    Bias² is that of the medians, at each x, of ten fits.  The variance is the median over the fits of their
    squared distance from the median of all, its standard error a third of what is between it and the quantile
    three standard errors of a share below: above it a heavy tail leaves little to say.
    """
    groups = kept[: len(kept) // TEN * TEN].reshape(-1, TEN, *kept.shape[1:])
    measurement = Measurement(truth, weights)
    measurement.add(np.median(groups, axis=1))
    medians = measurement.result()
    distance = np.square(kept - np.median(kept, axis=0)) @ weights  # (K, C)
    low, half = np.quantile(distance, [max(0.5 - 1.5 / np.sqrt(len(kept)), 0.0), 0.5], axis=0)
    return Terms(medians.bias2, half, Errors(medians.se.bias2, (half - low) / 3, medians.se.total))


class _Sums:
    """Sums of samples (K, T, C) over sets, about the mean of the first block, and their largest values."""

    n = 0

    def add(self, samples: Array) -> None:
        if not self.n:
            self.about = samples.mean(axis=1)
            self.first, self.second = np.zeros_like(self.about), np.zeros_like(self.about)
            self.largest = np.zeros_like(self.about)
        off = samples - self.about[:, None]
        self.n += samples.shape[1]
        self.first += off.sum(axis=1)
        self.second += np.square(off).sum(axis=1)
        self.largest = np.maximum(self.largest, samples.max(axis=1))

    def mean(self) -> Array:
        return self.about + self.first / self.n

    def error(self) -> Array:
        squares = np.maximum(self.second - self.first**2 / self.n, 0)
        return np.sqrt(squares / (self.n - 1) / self.n)
