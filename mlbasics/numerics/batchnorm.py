"""Batch normalisation of a layer's units over a mini-batch, for training and for inference.

Source: S. Ioffe, C. Szegedy, "Batch normalization: accelerating deep network training by reducing internal
covariate shift", ICML 2015, algorithms 1 and 2.

Arrays are of float64 or float32; what is made of one has its type.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from mlbasics.numerics import Array

EPS = 1e-5
MOMENTUM = 0.1  # the newest batch's share in the running statistics


class Statistics(NamedTuple):
    """The mean and variance of each unit, (..., 1, h): a batch's (variance 1/m), or running ones."""

    mean: Array
    var: Array


class Normalised(NamedTuple):
    """x̂ (..., m, h), and what its derivative takes."""

    x_hat: Array
    inverse: Array  # (..., 1, h): 1/√(σ² + ε)
    statistics: Statistics
    running: bool  # the statistics are constants, not the batch's own


def statistics(x: Array) -> Statistics:
    """Return μ = (1/m) Σ x and the biased σ² = (1/m) Σ (x - μ)² of a batch x (..., m, h)."""
    mean = _mean(x)
    return Statistics(mean, _mean(np.square(x - mean)))


def normalise(x: Array, running: Statistics | None = None) -> Normalised:
    """Return x̂ = (x - μ)/√(σ² + ε) for x (..., m, h), with the batch's statistics or, if given, running ones.

    Raises ValueError for a batch of one without running ones: its variance is 0, and every x̂ with it.
    """
    if running is None and x.shape[-2] < 2:
        raise ValueError("the variance of one sample is zero: there is nothing to normalise")
    mean = _mean(x) if running is None else running.mean
    centred = x - mean
    var = _mean(np.square(centred)) if running is None else running.var
    inverse = 1 / np.sqrt(var + x.dtype.type(EPS))
    centred *= inverse
    return Normalised(centred, inverse, Statistics(mean, var), running is not None)


def transform(normalised: Normalised, gamma: Array, beta: Array) -> Array:
    """Return y = γ x̂ + β; γ and β are (..., 1, h)."""
    y = normalised.x_hat * gamma
    y += beta
    return y


def backward(dy: Array, normalised: Normalised, gamma: Array) -> tuple[Array, Array, Array]:
    """Return ∂L/∂x, ∂L/∂γ and ∂L/∂β, given ∂L/∂y (..., m, h).

    ∂L/∂γ = Σ dy x̂ and ∂L/∂β = Σ dy.  In training μ and σ² move with every x of the batch, so that
    ∂L/∂x = γ/√(σ² + ε) · (dy - (1/m) ∂L/∂β - x̂ (1/m) ∂L/∂γ); with running ones it is γ/√(σ² + ε) · dy.
    """
    x_hat, m = normalised.x_hat, dy.shape[-2]
    mean_beta, mean_gamma = _mean(dy), _mean(dy * x_hat)
    slope = gamma * normalised.inverse
    if normalised.running:
        dx = dy * slope
    else:  # dx = slope * (dy - mean_beta - x_hat * mean_gamma)
        dx = x_hat * mean_gamma
        np.subtract(dy, dx, out=dx)
        dx -= mean_beta
        dx *= slope
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


@dataclass(frozen=True)
class WorkedExample:
    """One unit on one batch, from x to the output, in training and at inference; (m,) each."""

    x: Array
    mean: float
    var: float
    normalised: Array
    output: Array
    gamma: float
    beta: float
    eps: float
    running_mean: float
    running_var: float
    at_inference: Array


def work_out(x: Array, gamma: float, beta: float, running_mean: float, running_var: float) -> WorkedExample:
    """Work out the transformation of one unit's x (m,), every number of it."""
    column = x[:, None]
    training = normalise(column)
    inference = normalise(column, Statistics(np.array([[running_mean]]), np.array([[running_var]])))
    scale, shift = np.array([[gamma]]), np.array([[beta]])
    return WorkedExample(
        x=x,
        mean=training.statistics.mean.item(),
        var=training.statistics.var.item(),
        normalised=training.x_hat[:, 0],
        output=transform(training, scale, shift)[:, 0],
        gamma=gamma,
        beta=beta,
        eps=EPS,
        running_mean=running_mean,
        running_var=running_var,
        at_inference=transform(inference, scale, shift)[:, 0],
    )


@dataclass(frozen=True)
class Check:
    """Over all units of all layers on one batch: the farthest x̂ is from what it should be."""

    units: int
    mean: float  # of |mean(x̂)|
    var: float  # of |var(x̂) - σ²/(σ² + ε)|


def check(layers: Sequence[Normalised]) -> Check | None:
    """Measure the x̂ of layers; None where one is no number."""
    hats = np.concatenate([n.x_hat[0] for n in layers], axis=-1)
    variances = np.concatenate([n.statistics.var[0, 0] for n in layers])
    if not np.isfinite(hats).all():
        return None
    expected = variances / (variances + EPS)
    return Check(
        units=len(variances),
        mean=float(np.abs(hats.mean(axis=0)).max()),
        var=float(np.abs(hats.var(axis=0) - expected).max()),
    )
