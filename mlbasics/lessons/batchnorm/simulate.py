"""Deep networks with and without batch norm, over a sweep of learning rates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
from numpy.random import Generator

from mlbasics.kit import Tick
from mlbasics.lessons.batchnorm import N_TRAIN
from mlbasics.lessons.batchnorm.plane import asking, plane
from mlbasics.lessons.batchnorm.result import Drifts, Entering, Result, Shaken, Tracks
from mlbasics.lessons.batchnorm.source import Source
from mlbasics.numerics import Array
from mlbasics.numerics.closeup import CloseUp, close_ups, moments
from mlbasics.numerics.shapes import Placement, Shape
from mlbasics.numerics.sweeps import DTYPE, Draws, Study, Sweep, sweeps

if TYPE_CHECKING:
    from mlbasics.lessons.batchnorm import Params

MOMENTS = (0, 1 / 16, 1 / 8, 3 / 16, 1 / 4, 3 / 8, 1 / 2, 3 / 4)
"""Of the training: networks are tested then, on the way."""
BINS = 16
FARTHEST = 6.0  # from zero that a histogram goes: twice what batch norm leaves of nearly all samples


@np.errstate(all="ignore")
def simulate(params: Params, source: Source, rng: Generator, tick: Tick) -> Result:
    """Train networks at each rate, without and with; one that diverges leaves NaN, a result and no error."""
    study = study_of(params, source, rng)
    watched = sorted({round(study.steps * share) for share in MOMENTS} - {study.steps})
    study = replace(study, watched=watched)
    compared = [study] if params.placement == "none" else [study.placed("none"), study]
    shaken = [replace(study, noise=params.noisy)] if params.noisy and len(compared) > 1 else []
    trained = len(study.rates) * len(compared) + len(compared) + len(shaken)
    compared = ticking([*compared, *shaken], trained, tick)
    swept = sweeps(compared[:2])
    without, with_ = swept[0], swept[-1]
    rate = calm_rate(without, params.learning_rates)
    asked = [asking(one, sweep, rate) for one, sweep in zip(compared, swept, strict=False)]
    seen = close_ups([*asked, *compared[len(asked) :]], rate)
    plain, normed, trembling = seen[0], seen[len(swept) - 1], seen[-1] if len(swept) > 1 else None
    drifts = Drifts(plain.drift, normed.drift, trembling and trembling.drift)
    labels = study.data.test_labels
    guessing = float(np.bincount(labels).max() / len(labels))
    return Result(
        origin=source.origin,
        guessing=study.guessing,
        guessing_accuracy=guessing,
        n_test=len(labels),
        batch=study.batch,
        steps=study.steps,
        step=[study.every * (i + 1) for i in range(study.steps // study.every)],
        watched=list(study.watched),
        learning_rates=params.learning_rates,
        without=without,
        with_=with_,
        shift=Tracks(params.layers, rate, moments(study.steps), plain.track, normed.track, drifts),
        entering=_entering(rate, plain, normed),
        shaken=trembling and Shaken(params.noisy, trembling.accuracy),
        plane=plane(study, source.names, rate, guessing, [(without, plain), (with_, normed)]),
    )


def calm_rate(without: Sweep, rates: Sequence[float]) -> float:
    """Return the rate at which networks are watched: one below the largest that trains without batch norm.

    At the largest they are near where they break, and one is unlike another.
    """
    if without.largest_rate is None:
        return rates[0] if without.best_rate is None else without.best_rate
    return rates[max(0, rates.index(without.largest_rate) - 1)]


def _entering(rate: float, without: CloseUp, with_: CloseUp) -> Entering:
    """Return histograms of the first layer, the middle one and the last, on one scale."""
    last = len(without.entering)
    layers = sorted({1, (last + 1) // 2, last})
    sides = [[seen.entering[layer - 1] for layer in layers] for seen in (without, with_)]
    finite = np.concatenate([*sides[0], *sides[1]])
    finite = finite[np.isfinite(finite)]
    low, high = np.clip(np.quantile(finite, (0.005, 0.995)), -FARTHEST, FARTHEST) if len(finite) else (0, 1)
    edges = np.linspace(low, max(high, low + 1e-3), BINS + 1)
    shares = np.array([[_shares(values, edges) for values in side] for side in sides])
    return Entering(layers, rate, edges, *shares)


def _shares(values: Array, edges: Array) -> Array:
    """Return the share of the values in each bin; NaN in all where one is no number."""
    counts, _ = np.histogram(np.clip(values, edges[0], edges[-1]), edges)
    shares: Array = counts / len(values) if np.isfinite(values).all() else np.full(len(counts), np.nan)
    return shares


def study_of(params: Params, source: Source, rng: Generator) -> Study:
    """Return what the learner chose to train; all that is random of it is drawn here."""
    draws = Draws(*rng.spawn(len(Draws._fields)))
    data = source.draw(draws.data)
    data = data._replace(x=data.x.astype(DTYPE), test_x=data.test_x.astype(DTYPE))
    placement: Placement = params.placement  # type: ignore[assignment]
    shape = Shape(data.x.shape[1], params.units, params.layers, data.classes, params.activation, placement)
    batch = min(params.batch_size, source.n_train)  # own data may be fewer
    steps = params.epochs * (N_TRAIN // batch)
    return Study(data, shape, params.learning_rates, params.networks, batch, steps, draws)


def ticking(studies: Sequence[Study], rates: int, tick: Tick) -> list[Study]:
    """Return studies that tick while the networks of so many rates take their steps."""
    taken, lock = 0, Lock()
    total = rates * studies[0].networks * studies[0].steps

    def advance(at_once: int) -> None:
        nonlocal taken
        with lock:  # two threads train
            taken += at_once
            tick(taken, total)

    return [replace(study, advance=advance) for study in studies]
