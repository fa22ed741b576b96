"""Bias, variance and noise of a learner, measured over many training sets, with Monte Carlo errors.

For a training set t the learner predicts f_t(x); f is the truth, y = f + ε with Var ε = σ², and the integral
is the average over x.  Then

    E∫(y - f_t)² = ∫(f̄ - f)² + E∫(f_t - f̄)² + σ²,     f̄ = E f_t:
    expected error =  bias²   +    variance    + noise.

Source: S. Geman, E. Bienenstock, R. Doursat, "Neural networks and the bias/variance dilemma", Neural
Computation 4 (1992) 1-58.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mlbasics.numerics import Array


@dataclass(frozen=True)
class Errors:
    """One Monte Carlo standard error per complexity, (C,), for each term."""

    bias2: Array
    variance: Array
    noise: Array
    total: Array
    test_mse: Array
    residual: Array


@dataclass(frozen=True)
class Term:
    """Bias² and variance of one learner, and their standard errors."""

    bias2: float
    variance: float
    bias2_se: float
    variance_se: float


@dataclass(frozen=True)
class Decomposition:
    """The terms by complexity, each (C,), in squared units of y."""

    bias2: Array
    variance: Array
    noise: Array
    total: Array  # bias2 + variance + noise
    test_mse: Array  # measured on fresh noisy targets
    residual: Array  # total - test_mse
    se: Errors
    mean: Array  # f̄ at the points, (C, Q)
    largest_share: Array  # share of the variance that a single training set makes, (C,)
    mean_residual: float  # averaged over the complexities
    mean_residual_se: float

    def term(self, i: int) -> Term:
        """Return bias² and variance at one complexity."""
        terms = self.bias2, self.variance, self.se.bias2, self.se.variance
        return Term(*(float(term[i]) for term in terms))


class Measurement:
    """Takes predictions in blocks of training sets, so that memory does not grow with their number."""

    def __init__(self, truth: Array, weights: Array, sigma: float) -> None:
        """Measure against the truth (Q,) at points whose weights (Q,) average over x."""
        self.truth, self.weights, self.sigma = truth, weights, sigma
        self.count = 0
        self.blocks: list[Array] = []

    def add(self, predictions: Array, noise: Array) -> None:
        """Take predictions (T, C, Q) and the noise of a fresh target per training set and point, (T, Q).

        With the deviation d_t = f_t - f - c of a prediction from a centre c near the mean error,
            (f_t - f)² = d_t² + 2 d_t c + c²,
            (f_t - y)² = (f_t - f)² - 2 ε (d_t + c) + ε²,
        whose sums lose no digits where the errors differ little from set to set.
        """
        if not self.count:
            self.centre = predictions.mean(axis=0) - self.truth  # (C, Q): any near the mean error will do
            self.covariance = _covariance(predictions - self.truth - self.centre, self.weights)
            self.error_sum = np.zeros_like(self.centre)
            self.sums, self.overall = _Sums(), _Sums()
        deviation = predictions - (self.truth + self.centre)
        weighted = noise * self.weights
        spread = np.einsum("tcq,tcq,q->tc", deviation, deviation, self.weights)
        squared = (  # ∫(f_t - f)², (T, C)
            spread
            + 2 * np.einsum("tcq,cq->tc", deviation, self.centre * self.weights)
            + np.square(self.centre) @ self.weights
        )
        along = np.matmul(deviation, weighted[..., None])[..., 0] + weighted @ self.centre.T
        test = squared - 2 * along + (noise * weighted).sum(axis=1, keepdims=True)
        residual = squared + self.sigma**2 - test
        self.error_sum += deviation.sum(axis=0)
        self.sums.add(np.stack([spread, squared, test, residual]))
        self.overall.add(residual.mean(axis=1)[None, :, None])
        self.count += len(predictions)

    def result(self) -> Decomposition:
        """Return the decomposition of what was added, of at least two training sets.

        The naive bias² is too large by variance/T, since the mean of T sets still varies; it is corrected.
        """
        n = self.count
        shift = self.error_sum / n
        mean_error = self.centre + shift
        means, errors = self.sums.mean(), self.sums.error()
        variance = (means[0] - np.square(shift) @ self.weights) * n / (n - 1)
        bias2 = np.square(mean_error) @ self.weights - variance / n
        noise = np.full_like(bias2, self.sigma**2)
        # Var(bias²) = 4 eᵀCe/T + 2 tr(C²)/T² for the mean error e and the covariance C of the predictions;
        # the mean over T sets stands for e, and its own noise adds 4 tr(C²)/T² to the first term.
        e = mean_error * np.sqrt(self.weights)
        pull = np.matmul(np.matmul(e[:, None], self.covariance), e[..., None])[:, 0, 0]
        trace = np.square(self.covariance).sum(axis=(1, 2))
        bias2_variance = np.maximum(4 * pull / n - 4 * trace / n**2, 0) + 2 * trace / n**2
        return Decomposition(
            bias2=bias2,
            variance=variance,
            noise=noise,
            total=bias2 + variance + noise,
            test_mse=means[2],
            residual=bias2 + variance + noise - means[2],
            se=Errors(
                bias2=np.sqrt(bias2_variance),
                variance=errors[0],
                noise=np.zeros_like(bias2),
                total=errors[1],
                test_mse=errors[2],
                residual=errors[3],
            ),
            mean=mean_error + self.truth,
            largest_share=np.divide(
                self.sums.largest[0], n * means[0], out=np.zeros_like(variance), where=means[0] > 0
            ),
            mean_residual=float(self.overall.mean()[0, 0]),
            mean_residual_se=float(self.overall.error()[0, 0]),
        )


class _Sums:
    """Count, sum, sum of squared deviations and maximum of samples, by Chan's pairwise update."""

    def __init__(self) -> None:
        self.n = 0

    def add(self, samples: Array) -> None:  # (K, T, C)
        n, mean = samples.shape[1], samples.mean(axis=1)
        squares = np.square(samples - mean[:, None]).sum(axis=1)
        largest = samples.max(axis=1)
        if not self.n:
            self.n, self.average, self.squares, self.largest = n, mean, squares, largest
            return
        step, total = mean - self.average, self.n + n
        self.squares = self.squares + squares + step**2 * (self.n * n / total)
        self.average = self.average + step * (n / total)
        self.largest = np.maximum(self.largest, largest)
        self.n = total

    def mean(self) -> Array:
        return self.average

    def error(self) -> Array:
        return np.sqrt(self.squares / (self.n - 1) / self.n)


def _covariance(deviation: Array, weights: Array) -> Array:
    """Return W^½ C W^½, (C, Q, Q), for the covariance C of the predictions: deviation (T, C, Q)."""
    scaled = (deviation * np.sqrt(weights)).transpose(1, 2, 0)  # (C, Q, T)
    return np.matmul(scaled, scaled.transpose(0, 2, 1)) / max(1, deviation.shape[0] - 1)
