"""Deep networks with and without batch norm: the sweep of rates, the shift, and what stands beside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.random import Generator

from mlbasics.data.origin import Origin
from mlbasics.kit import InputError, Tick
from mlbasics.lessons.batchnorm.closeup import TRIES, Drift, Smoothness, Track, close_up, moments
from mlbasics.lessons.batchnorm.training import Study, Sweep
from mlbasics.lessons.batchnorm.worked import Check, WorkedExample, check, worked_example
from mlbasics.numerics.deep import Placement
from mlbasics.words import phrase

if TYPE_CHECKING:
    from mlbasics.data.columns import Columns
    from mlbasics.lessons.batchnorm import Params

BATCH_SIZES = (2, 8, 64)
SIGMOID_RATES = (0.01, 0.1, 1.0)


@dataclass(frozen=True)
class Tracks:
    """The last hidden layer's inputs over training."""

    layer: int
    learning_rate: float
    step: list[int]
    without: Track
    with_: Track
    by_layer: Drifts


@dataclass(frozen=True)
class Drifts:
    """How far each layer's inputs moved; noisy is None where there is no batch norm to add noise to."""

    without: Drift
    with_: Drift
    noisy: Drift | None


@dataclass(frozen=True)
class Predictiveness:
    """How smooth the loss is along its gradient, at steps of the training."""

    step: list[int]
    without: Smoothness
    with_: Smoothness


@dataclass(frozen=True)
class BatchSize:
    """The same number of steps with batches of another size."""

    size: int
    without: Sweep
    with_: Sweep


@dataclass(frozen=True)
class Noisy:
    """Training with a fresh random scale and shift after each batch norm at every step."""

    strength: float
    sweep: Sweep


@dataclass(frozen=True)
class Sigmoid:
    """Networks of sigmoids, whatever --activation is."""

    learning_rates: tuple[float, ...]
    without: Sweep
    with_: Sweep


@dataclass(frozen=True)
class Result:
    """Losses are cross-entropies in nats; guessing is that of equal odds, log(classes)."""

    origin: Origin | None  # of the learner's own rows
    guessing: float
    steps: int
    step: list[int]  # the last step of each stretch of a loss curve
    learning_rates: tuple[float, ...]
    without: Sweep
    with_: Sweep
    worked_example: WorkedExample | None
    check: Check | None
    shift: Tracks
    gradient_predictiveness: Predictiveness
    placement: dict[str, Sweep]
    batch_size: list[BatchSize]
    noisy: Noisy | None
    sigmoid: Sigmoid


def simulate(params: Params, columns: Columns | None, rng: Generator, tick: Tick) -> Result:
    """Train the networks; a rate that diverges leaves NaN, which is a result and no error."""
    if params.batch_size == 1:
        raise InputError(phrase("error.batch-of-one"))
    with np.errstate(all="ignore"):
        return _simulate(params, Study(params, rng, tick, columns))


def _simulate(params: Params, study: Study) -> Result:
    chosen: Placement = params.placement  # type: ignore[assignment]
    normed: Placement = "before" if chosen == "none" else chosen  # what stands beside where none is chosen
    others = [size for size in BATCH_SIZES if size != study.batch and size <= len(study.x)]
    study.total = study.steps * (3 + 2 + 2 * len(others) + 2 + 2 * (chosen != "none"))

    placements: tuple[Placement, ...] = ("none", "before", "after")
    sweeps = {placement: study.sweep(placement) for placement in placements}
    without, with_ = sweeps["none"], sweeps[chosen]
    noisy = None if chosen == "none" else Noisy(params.noisy, study.sweep(chosen, noise=params.noisy))
    sizes = [BatchSize(study.batch, without, sweeps[normed])]
    sizes += [
        BatchSize(b, study.sweep("none", batch_size=b), study.sweep(normed, batch_size=b)) for b in others
    ]
    sigmoid = Sigmoid(
        SIGMOID_RATES,
        study.sweep("none", activation="sigmoid", rates=SIGMOID_RATES),
        study.sweep(normed, activation="sigmoid", rates=SIGMOID_RATES),
    )

    rate = params.learning_rates[0] if without.best_rate is None else without.best_rate
    plain, seen = close_up(study, "none", rate), close_up(study, chosen, rate)
    shaken = None if noisy is None else close_up(study, chosen, rate, params.noisy)
    return Result(
        origin=study.origin,
        guessing=study.guessing,
        steps=study.steps,
        step=[study.every * (i + 1) for i in range(study.steps // study.every)],
        learning_rates=params.learning_rates,
        without=without,
        with_=with_,
        worked_example=None if noisy is None else worked_example(study, seen.network),
        check=None if noisy is None else check(study, seen.network),
        shift=Tracks(
            params.layers,
            rate,
            moments(study),
            plain.track,
            seen.track,
            Drifts(plain.drift, seen.drift, shaken and shaken.drift),
        ),
        gradient_predictiveness=Predictiveness(moments(study)[::TRIES], plain.smoothness, seen.smoothness),
        placement={placement: sweeps[placement] for placement in placements},
        batch_size=sorted(sizes, key=lambda s: s.size),
        noisy=noisy,
        sigmoid=sigmoid,
    )
