"""What stands beside the sweep: other placements and batches, sigmoids, noise, and one network close up."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.random import Generator

from mlbasics.kit import Tick
from mlbasics.lessons.batchnorm.simulate import (
    BatchSize,
    Drifts,
    Noisy,
    Predictiveness,
    Result,
    Sigmoid,
    Tracks,
    study_of,
    ticking,
)
from mlbasics.lessons.batchnorm.source import Source
from mlbasics.numerics import Array, batchnorm, deep
from mlbasics.numerics.batchnorm import Check, WorkedExample
from mlbasics.numerics.closeup import TRIES, close_up, moments
from mlbasics.numerics.deep import Placement
from mlbasics.numerics.descent import Descent
from mlbasics.numerics.sweeps import Study

if TYPE_CHECKING:
    from mlbasics.lessons.batchnorm import Params

BATCH_SIZES = (2, 8, 64)
SIGMOID_RATES = (0.01, 0.1, 1.0)
ROWS, DECIMALS = 6, 2  # of the example worked out: short enough to check by hand
PLACEMENTS: tuple[Placement, ...] = ("none", "before", "after")


@np.errstate(all="ignore")
def details(params: Params, source: Source, result: Result, rng: Generator, tick: Tick) -> Result:
    """Train the networks that are compared with those of the sweep, and watch those of its best rate."""
    study = study_of(params, source, rng)
    chosen = study.shape.placement
    normed: Placement = "before" if chosen == "none" else chosen  # what stands beside where none is chosen
    known = {"none": result.without, chosen: result.with_}
    others = [size for size in BATCH_SIZES if size != study.batch and size <= source.n_train]
    sweeps = 2 * len(others) + len(PLACEMENTS) - len(known) + (chosen != "none")
    watched = 2 + (chosen != "none")
    study = ticking(study, sweeps * len(study.rates) + 2 * len(SIGMOID_RATES) + watched, tick)

    placement = {where: known.get(where) or study.placed(where).sweep() for where in PLACEMENTS}
    sizes = [BatchSize(study.batch, result.without, placement[normed])]
    for size in others:
        other = replace(study, batch=size)
        sizes.append(BatchSize(size, other.placed("none").sweep(), other.placed(normed).sweep()))
    sigmoids = replace(study, shape=replace(study.shape, activation="sigmoid"), rates=SIGMOID_RATES)

    rate = params.learning_rates[0] if result.without.best_rate is None else result.without.best_rate
    plain, seen = close_up(study.placed("none"), rate), close_up(study, rate)
    noisy = shaken = None
    if chosen != "none":
        noised = replace(study, noise=params.noisy)
        noisy, shaken = Noisy(params.noisy, noised.sweep()), close_up(noised, rate).drift
    at, drifts = moments(study.steps), Drifts(plain.drift, seen.drift, shaken)
    return replace(
        result,
        worked_example=worked_example(study, seen.network),
        check=check(study, seen.network),
        shift=Tracks(params.layers, rate, at, plain.track, seen.track, drifts),
        gradient_predictiveness=Predictiveness(at[::TRIES], plain.smoothness, seen.smoothness),
        placement=placement,
        batch_size=sorted(sizes, key=lambda s: s.size),
        noisy=noisy,
        sigmoid=Sigmoid(SIGMOID_RATES, sigmoids.placed("none").sweep(), sigmoids.placed(normed).sweep()),
    )


def worked_example(study: Study, network: Descent) -> WorkedExample | None:
    """Work out a batch for the first layer's unit whose variance is nearest 1; None where none is finite."""
    shape, x = network.shape, study.data.x[:ROWS]
    if shape.placement == "none":
        return None
    p, running = shape.layers_of(network.theta)[0], network.running[0]
    if shape.placement == "before":
        enters = np.matmul(x, p["W"])[0]
    else:
        enters = deep.forward(shape, network.theta, x).activated[0][0]
    if not np.isfinite(enters).all():
        return None
    columns = enters.astype(float).round(DECIMALS)
    unit = int(np.argmin(np.abs(columns.var(axis=0) - 1)))

    def short(values: Array) -> float:
        return float(np.float64(values[0, 0, unit]).round(DECIMALS)) + 0.0  # no -0

    numbers = map(short, (p["gamma"], p["beta"], running.mean, running.var))
    return batchnorm.work_out(columns[:, unit], *numbers)


def check(study: Study, network: Descent) -> Check | None:
    """Measure x̂ on a batch in double precision; None without batch norm, and where the network diverged."""
    if network.shape.placement == "none":
        return None
    x, theta = study.data.x[: study.batch].astype(float), network.theta.astype(float)
    return batchnorm.check(deep.forward(network.shape, theta, x).normalised)
