"""What enters the activations of one network while it trains: how it spreads, and how far it moves.

That it moves because the layers below it change is what is called internal covariate shift.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from mlbasics.numerics import Array, Integers
from mlbasics.numerics.batchnorm import Statistics, statistics
from mlbasics.numerics.training import Study

PROBE = 512  # training points with which the layers are looked at


@dataclass(frozen=True)
class Drift:
    """How what enters each layer is distributed: (layers,) each."""

    farthest: Array  # how far it moved from the start, at most, in its standard deviations
    per_step: Array  # from one step to the next, on average
    spread: Array  # at the end, the share of its mean square that is differences between samples


class ActivationStatistics(NamedTuple):
    """What was seen of a network at the steps watched and at the end."""

    drift: Drift
    last: Array  # (moments, PROBE): what enters a unit of the last layer, that which moves as half of them do
    answers: Integers  # (moments, points): the classes of the points it was asked; -1 if it diverged


@np.errstate(all="ignore")
def activation_statistics(study: Study, network: int, points: Array) -> ActivationStatistics:
    """Train one of the networks of a study again, and look at it on the way; points (n, d) are asked."""
    x, lasts, moved, answers = study.data.x[:PROBE], [], [], []
    seen: list[list[Statistics]] = []
    for step, networks, _, noise in study.train(slice(network, network + 1)):
        watched = step in study.watched or step == study.steps
        if not watched and step - 1 not in study.watched:
            continue
        entering = networks.entering(x, noise)
        layers = [statistics(z[0]) for z in entering]
        if step - 1 in study.watched:
            moved.append(distances(seen[-1], layers))
        if watched:
            seen.append(layers)
            lasts.append(entering[-1][0].copy())
            classes = networks.classes(points)[0]
            answers.append(np.where(np.isfinite(networks.theta).all(), classes, -1))
    farthest = np.max([distances(seen[0], layers) for layers in seen], axis=0)
    spread = np.array([_spread(layer) for layer in seen[-1]])
    drift = Drift(farthest, np.mean(moved, axis=0), spread)
    return ActivationStatistics(drift, _typical(np.array(lasts, float)), np.array(answers))


def distances(a: list[Statistics], b: list[Statistics]) -> Array:
    """Return how far what enters each layer moved from a to b, in standard deviations at a, (layers,).

    A unit with mean μ and standard deviation σ has moved by √(Δμ² + Δσ²), the Wasserstein distance of two
    normal distributions; a layer by the root mean square of its units.
    """

    def rms(squares: Array) -> float:
        return float(np.sqrt(np.mean(squares)))

    moved = [
        rms((v.mean - u.mean) ** 2 + (np.sqrt(v.var) - np.sqrt(u.var)) ** 2) / np.float64(rms(u.var))
        for u, v in zip(a, b, strict=True)
    ]
    return np.array(moved)


def _spread(layer: Statistics) -> float:
    """Return the share of the mean square that is variance, over a layer's units."""
    return float(np.mean(layer.var) / np.mean(layer.var + layer.mean**2))


def _typical(last: Array) -> Array:
    """Return what enters the unit, of last (T, PROBE, units), whose mean moves as far as half of them do."""
    reach = np.ptp(last.mean(axis=1), axis=0)
    typical: Array = last[:, :, int(np.argsort(reach)[len(reach) // 2])]
    return typical
