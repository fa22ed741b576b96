"""Batch normalization of a layer's units over a mini-batch, for training and for inference.

Source: S. Ioffe, C. Szegedy, "Batch normalization: accelerating deep network training by reducing internal
covariate shift", ICML 2015, algorithms 1 and 2.

Arrays are of float64 or float32; what is made of one has its type.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from mlbasics.numerics import Array
from mlbasics.numerics.scratch import Scratch

EPS = 1e-5
MOMENTUM = 0.1  # the newest batch's share in the running statistics


class Statistics(NamedTuple):
    """The mean and variance of each unit, (..., 1, h): a batch's (variance 1/m), or running ones."""

    mean: Array
    var: Array


class Normalized(NamedTuple):
    """x̂ = (x - μ)/√(σ² + ε), (..., m, h), as its two factors, and what its derivative takes."""

    centered: Array  # x - μ
    inverse: Array  # (..., 1, h): 1/√(σ² + ε)
    statistics: Statistics

    @property
    def x_hat(self) -> Array:
        """x̂ itself."""
        return self.centered * self.inverse


def statistics(x: Array) -> Statistics:
    """Return μ = (1/m) Σ x and the biased σ² = (1/m) Σ (x - μ)² of a batch x (..., m, h)."""
    mean = _mean(x)
    return Statistics(mean, _mean(np.square(x - mean)))


def normalize(
    x: Array, running: Statistics | None = None, out: Array | None = None, spare: Array | None = None
) -> Normalized:
    """Return x̂ = (x - μ)/√(σ² + ε) of x (..., m, h), by the batch's statistics or, if given, running ones."""
    mean = _mean(x) if running is None else running.mean
    centered = np.subtract(x, mean, out=out)
    var = _mean(np.square(centered, out=spare)) if running is None else running.var
    inverse = 1 / np.sqrt(var + x.dtype.type(EPS))
    return Normalized(centered, inverse, Statistics(mean, var))


def transform(normalized: Normalized, gamma: Array, beta: Array, out: Array | None = None) -> Array:
    """Return y = γ x̂ + β; γ and β are (..., 1, h)."""
    y = np.multiply(normalized.centered, gamma * normalized.inverse, out=out)
    y += beta
    return y


def backward(
    dy: Array, normalized: Normalized, gamma: Array, scratch: Scratch | None = None
) -> tuple[Array, Array, Array]:
    """Return ∂L/∂x, ∂L/∂γ and ∂L/∂β, given ∂L/∂y (..., m, h).

    ∂L/∂γ = Σ dy x̂ and ∂L/∂β = Σ dy.  The batch's μ and σ² move with every x of it, so that
    ∂L/∂x = γ/√(σ² + ε) · (dy - (1/m) ∂L/∂β - x̂ (1/m) ∂L/∂γ).
    """
    scratch = scratch or Scratch()
    centered, inverse, m = normalized.centered, normalized.inverse, dy.shape[-2]
    mean_beta = _mean(dy)
    mean_gamma = inverse * _mean(np.multiply(dy, centered, out=scratch.spare(dy)))
    dx = np.multiply(centered, inverse * mean_gamma, out=scratch.like(dy))  # x̂ (1/m) ∂L/∂γ
    np.subtract(dy, dx, out=dx)
    dx -= mean_beta
    dx *= gamma * inverse
    return dx, m * mean_gamma, m * mean_beta


def update(running: Statistics, batch: Statistics, m: int) -> Statistics:
    """Return running + MOMENTUM (batch - running), the batch's variance first made unbiased, times m/(m - 1).

    That is PyTorch's convention, and algorithm 2's: training divides by m, but the running variance is an
    estimate for the data at large.
    """
    mean = running.mean + MOMENTUM * (batch.mean - running.mean)
    return Statistics(mean, running.var + MOMENTUM * (batch.var * (m / (m - 1)) - running.var))


def _mean(x: Array) -> Array:
    """Return the mean over the batch, (..., 1, h), as a product: several times as fast as x.mean(axis=-2)."""
    m = x.shape[-2]
    return np.matmul(np.full((1, m), 1 / m, x.dtype), x)
