"""Batch normalisation of one unit on one small batch, in numbers short enough to check by hand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mlbasics.lessons.batchnorm.training import Study
from mlbasics.numerics import Array, batchnorm, deep
from mlbasics.numerics.batchnorm import EPS, Statistics
from mlbasics.numerics.descent import Descent

ROWS = 6
DECIMALS = 2


@dataclass(frozen=True)
class WorkedExample:
    """One unit of the trained first layer: from x to the output, in training and at inference; (m,) each."""

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


@dataclass(frozen=True)
class Check:
    """Over all units of all layers on one batch: the farthest x̂ is from what it should be."""

    units: int
    mean: float  # of |mean(x̂)|
    var: float  # of |var(x̂) - σ²/(σ² + ε)|


def worked_example(study: Study, network: Descent) -> WorkedExample | None:
    """Work out the batch for the unit whose variance is nearest 1; None where the network has diverged."""
    shape = network.shape
    done = deep.forward(shape, network.theta, study.x[:ROWS])
    p = shape.layers_of(network.theta)[0]
    x = np.matmul(study.x[:ROWS], p["W"])[0].astype(float)
    if shape.placement == "after":
        x = done.activated[0][0].astype(float)
    running = network.running[0]
    if not np.isfinite(x).all():
        return None
    x = x.round(DECIMALS)
    unit = int(np.argmin(np.abs(x.var(axis=0) - 1)))
    column = x[:, unit : unit + 1]
    gamma, beta, mean, var = (
        value[0, :, unit : unit + 1].astype(float).round(DECIMALS) + 0.0  # no -0
        for value in (p["gamma"], p["beta"], running.mean, running.var)
    )
    normalised = batchnorm.normalise(column)
    inference = batchnorm.normalise(column, Statistics(mean, var))
    return WorkedExample(
        x=column[:, 0],
        mean=float(normalised.statistics.mean[0, 0]),
        var=float(normalised.statistics.var[0, 0]),
        normalised=normalised.x_hat[:, 0],
        output=batchnorm.transform(normalised, gamma, beta)[:, 0],
        gamma=float(gamma[0, 0]),
        beta=float(beta[0, 0]),
        eps=EPS,
        running_mean=float(mean[0, 0]),
        running_var=float(var[0, 0]),
        at_inference=batchnorm.transform(inference, gamma, beta)[:, 0],
    )


def check(study: Study, network: Descent) -> Check | None:
    """Measure x̂ on a batch in double precision; None where the network has diverged."""
    x = study.x[: max(2, study.batch)].astype(float)
    layers = deep.forward(network.shape, network.theta.astype(float), x).normalised
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
