"""One network watched while it trains: how its layers' inputs shift, and how smooth its loss is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from mlbasics.lessons.batchnorm.training import DTYPE, Study
from mlbasics.numerics import Array, deep
from mlbasics.numerics.batchnorm import Statistics, statistics
from mlbasics.numerics.deep import Noise, Placement
from mlbasics.numerics.descent import Descent

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


def moments(study: Study) -> list[int]:
    """Return the steps before which the networks are looked at."""
    return sorted(set(np.linspace(0, study.steps - 1, LOOKS).round().astype(int).tolist()))


def close_up(study: Study, placement: Placement, rate: float, noise: float | None = None) -> CloseUp:
    """Train one network as the sweep trains it, looking closely at some of its steps."""
    shape = study.shape(placement)
    descent = study.start(shape, [rate])
    noises = study.noises(shape, noise)
    looked, tried = set(moments(study)), set(moments(study)[::TRIES])
    looks, moved, smooth = [], [], []
    drawn = next(noises)
    for step, batch in enumerate(study.batches(study.batch)):
        x, labels = study.x[batch], study.labels[batch]
        before = _look(study, descent, drawn) if step in looked else None
        if step in tried:
            smooth.append(_smoothness(descent, x, labels, drawn))
        descent.step(x, labels, drawn)
        drawn = next(noises)
        if before is not None:
            looks.append(before)
            moved.append(_distances(before, _look(study, descent, drawn)))
        study.advance()
    farthest = np.max([_distances(looks[0], look) for look in looks], axis=0)
    return CloseUp(
        descent,
        _track(looks),
        Drift(farthest, np.mean(moved, axis=0)),
        Smoothness(*np.array(smooth).T),
    )


def _look(study: Study, descent: Descent, noise: Noise | None) -> _Look:
    entering = deep.forward(descent.shape, descent.theta, study.x[:PROBE], noise=noise).entering
    return _Look([statistics(z[0]) for z in entering], entering[-1][0])


def _distances(a: _Look, b: _Look) -> Array:
    """Return how far each layer's inputs moved from a to b, in standard deviations at a.

    A unit with mean μ and standard deviation σ has moved by √(Δμ² + Δσ²), the Wasserstein distance of two
    normal distributions; a layer by the root mean square of its units.
    """
    moved = [
        np.sqrt(np.mean((v.mean - u.mean) ** 2 + (np.sqrt(v.var) - np.sqrt(u.var)) ** 2) / np.mean(u.var))
        for u, v in zip(a.layers, b.layers, strict=True)
    ]
    return np.array(moved, float)


def _track(looks: list[_Look]) -> Track:
    """Follow the unit of the last hidden layer that moves as far as half of the layer's units do."""
    last = np.array([look.last for look in looks], float)  # (T, PROBE, units)
    reach = np.ptp(last.mean(axis=1), axis=0)
    unit = last[:, :, int(np.argsort(reach)[len(reach) // 2])]
    return Track(unit.mean(axis=1), unit.std(axis=1), *np.quantile(unit, QUANTILES, axis=1))


def _smoothness(descent: Descent, x: Array, labels: deep.Labels, noise: Noise | None) -> tuple[float, float]:
    shape, theta = descent.shape, descent.theta
    _, here, _ = deep.gradient(shape, theta, x, labels, noise)
    along = theta - (STEP_SIZES[:, None] * descent.rates).astype(DTYPE) * here  # (S, P)
    losses, there, _ = deep.gradient(shape, along, x, labels, noise)
    change = np.linalg.norm(there - here, axis=1) / np.linalg.norm(here)
    return float(np.ptp(losses)), float(change.max())
