"""Deep networks with and without batch norm, over a sweep of learning rates."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.random import Generator

from mlbasics.data.origin import Origin
from mlbasics.kit import Tick, detail
from mlbasics.lessons.batchnorm import N_TRAIN
from mlbasics.lessons.batchnorm.source import Source
from mlbasics.numerics.batchnorm import Check, WorkedExample
from mlbasics.numerics.closeup import Drift, Smoothness, Track
from mlbasics.numerics.deep import Placement, Shape
from mlbasics.numerics.sweeps import DTYPE, Draws, Study, Sweep

if TYPE_CHECKING:
    from mlbasics.lessons.batchnorm import Params


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
    worked_example: WorkedExample | None = detail()
    check: Check | None = detail()
    shift: Tracks = detail()
    gradient_predictiveness: Predictiveness = detail()
    placement: dict[Placement, Sweep] = detail()
    batch_size: list[BatchSize] = detail()
    noisy: Noisy | None = detail()
    sigmoid: Sigmoid = detail()


@np.errstate(all="ignore")
def simulate(params: Params, source: Source, rng: Generator, tick: Tick) -> Result:
    """Train a network a rate, without and with; one that diverges leaves NaN, a result and no error."""
    normed = params.placement != "none"
    study = ticking(study_of(params, source, rng), (1 + normed) * len(params.learning_rates), tick)
    without = study.placed("none").sweep()
    return Result(
        origin=source.origin,
        guessing=study.guessing,
        steps=study.steps,
        step=[study.every * (i + 1) for i in range(study.steps // study.every)],
        learning_rates=params.learning_rates,
        without=without,
        with_=study.sweep() if normed else without,
    )


def study_of(params: Params, source: Source, rng: Generator) -> Study:
    """Return what the learner chose to train; all that is random of it is drawn here."""
    draws = Draws(*rng.spawn(len(Draws._fields)))
    data = source.draw(draws.data)
    data = data._replace(x=data.x.astype(DTYPE), test_x=data.test_x.astype(DTYPE))
    placement: Placement = params.placement  # type: ignore[assignment]
    shape = Shape(data.x.shape[1], params.units, params.layers, data.classes, params.activation, placement)
    batch = min(params.batch_size, source.n_train)  # own data may be fewer
    return Study(data, shape, params.learning_rates, batch, params.epochs * (N_TRAIN // batch), draws)


def ticking(study: Study, networks: int, tick: Tick) -> Study:
    """Return the study that ticks while so many networks take their steps."""
    taken = 0

    def advance(at_once: int) -> None:
        nonlocal taken
        taken += at_once
        tick(taken, networks * study.steps)

    return replace(study, advance=advance)
