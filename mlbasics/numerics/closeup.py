"""One network watched while it trains: how its layers' inputs shift, and how smooth its loss is."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from mlbasics.numerics import Array, Integers, deep
from mlbasics.numerics.batchnorm import Statistics, statistics
from mlbasics.numerics.deep import Noise
from mlbasics.numerics.descent import Descent
from mlbasics.numerics.sweeps import Study

PROBE = 128  # training points on which the inputs of the layers are looked at
LOOKS = 48  # moments of training at which they are
TRIES = 4  # every fourth of them, the loss along the gradient is taken
STEP_SIZES = np.geomspace(0.5, 4, 8)  # times the learning rate, as in Santurkar et al. 2018, section 3.1
QUANTILES = (0.15, 0.5, 0.85)  # as in Ioffe and Szegedy 2015, figure 1


@dataclass(frozen=True)
class Track:
    """What enters the activation of a typical unit, over training: (T,) each."""

    mean: Array
    std: Array
    low: Array  # 15 %
    median: Array
    high: Array  # 85 %


@dataclass(frozen=True)
class Drift:
    """How far the distribution of each layer's inputs moved, in their standard deviations: (layers,) each."""

    farthest: Array  # from the start, at most
    per_step: Array  # from one step to the next, on average


@dataclass(frozen=True)
class Smoothness:
    """Along the gradient, over steps of 1/2 to 4 times the rate: (T,) each."""

    loss_range: Array  # largest less smallest loss
    gradient_change: Array  # largest ‖change of the gradient‖ over ‖gradient‖


class CloseUp(NamedTuple):
    """A trained network, and what was seen on the way."""

    network: Descent
    track: Track
    drift: Drift
    smoothness: Smoothness


class _Look(NamedTuple):
    layers: list[Statistics]
    last: Array  # (PROBE, units)


def moments(steps: int) -> list[int]:
    """Return the steps before which a network is looked at."""
    return sorted(set(np.linspace(0, steps - 1, LOOKS).round().astype(int).tolist()))


def close_up(study: Study, rate: float) -> CloseUp:
    """Train the network of one rate as a sweep trains it, looking closely at some of its steps."""
    descent, data = study.start([rate]), study.data
    looked, tried = set(moments(study.steps)), set(moments(study.steps)[::TRIES])
    looks, moved, smooth = [], [], []
    for step, (rows, noises) in enumerate(zip(study.batches(), pairwise(study.noises()), strict=False)):
        x, labels = data.x[rows], data.labels[rows]
        before = _look(descent, data.x, noises[0]) if step in looked else None
        if step in tried:
            smooth.append(_smoothness(study, descent, x, labels, noises[0]))
        descent.step(x, labels, noises[0])
        if before is not None:
            looks.append(before)
            moved.append(distances(before.layers, _look(descent, data.x, noises[1]).layers))
        study.advance(1)
    farthest = np.max([distances(looks[0].layers, look.layers) for look in looks], axis=0)
    return CloseUp(
        descent,
        _track(looks),
        Drift(farthest, np.mean(moved, axis=0)),
        Smoothness(*np.array(smooth).T),
    )


def _look(descent: Descent, x: Array, noise: Noise | None) -> _Look:
    entering = deep.forward(descent.shape, descent.theta, x[:PROBE], noise=noise).entering
    return _Look([statistics(z[0]) for z in entering], entering[-1][0])


def distances(a: list[Statistics], b: list[Statistics]) -> Array:
    """Return how far each layer's inputs moved from a to b, in standard deviations at a.

    A unit with mean μ and standard deviation σ has moved by √(Δμ² + Δσ²), the Wasserstein distance of two
    normal distributions; a layer by the root mean square of its units.
    """
    moved = [
        np.sqrt(np.mean((v.mean - u.mean) ** 2 + (np.sqrt(v.var) - np.sqrt(u.var)) ** 2) / np.mean(u.var))
        for u, v in zip(a, b, strict=True)
    ]
    return np.array(moved, float)


def _track(looks: list[_Look]) -> Track:
    """Follow the unit of the last hidden layer that moves as far as half of the layer's units do."""
    last = np.array([look.last for look in looks], float)  # (T, PROBE, units)
    reach = np.ptp(last.mean(axis=1), axis=0)
    unit = last[:, :, int(np.argsort(reach)[len(reach) // 2])]
    return Track(unit.mean(axis=1), unit.std(axis=1), *np.quantile(unit, QUANTILES, axis=1))


def _smoothness(
    study: Study, descent: Descent, x: Array, labels: Integers, noise: Noise | None
) -> tuple[float, float]:
    shape, theta = descent.shape, descent.theta
    _, here, _ = deep.gradient(shape, theta, x, labels, noise)
    study.advance(0)  # a bar moves between the passes of a large network
    losses, changes = [], []
    for some in shape.blocks(len(STEP_SIZES), len(x)):
        along = theta - (STEP_SIZES[some, None] * descent.rates).astype(theta.dtype) * here  # (S, P)
        loss, there, _ = deep.gradient(shape, along, x, labels, noise)
        losses.append(loss)
        changes.append(np.linalg.norm(there - here, axis=1) / np.linalg.norm(here))
        study.advance(0)
    return float(np.ptp(np.concatenate(losses))), float(np.concatenate(changes).max())
