"""Networks of one learning rate watched while they train: how what enters their layers spreads and moves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from threading import Event
from typing import NamedTuple

import numpy as np

from mlbasics.numerics import Array, Integers, deep
from mlbasics.numerics.batchnorm import Statistics, statistics
from mlbasics.numerics.scratch import Scratch
from mlbasics.numerics.sweeps import Study, middle, on_each

PROBE = 128  # training points with which the layers are looked at
LOOKS = 16  # moments of training at which they are
CROWD = 1024  # points at most that are sent through a trained network, for a smooth histogram
QUANTILES = (0.15, 0.5, 0.85)  # as in Ioffe and Szegedy 2015, figure 1


@dataclass(frozen=True)
class Track:
    """What enters the activation of a typical unit of the first network, over training: (T,) each."""

    mean: Array
    std: Array
    low: Array  # 15 %
    median: Array
    high: Array  # 85 %


@dataclass(frozen=True)
class Drift:
    """How what enters each layer is distributed, in the middle network: (layers,) each."""

    farthest: Array  # how far it moved from the start, at most, in its standard deviations
    per_step: Array  # from one step to the next, on average
    spread: Array  # at the end, the share of its mean square that is differences between samples


class CloseUp(NamedTuple):
    """What was seen of networks on the way, and of them trained."""

    track: Track
    drift: Drift
    entering: list[Array]  # at the end, a typical unit of each layer of the first network: (CROWD,)
    answers: Sequence[
        Integers
    ]  # at the steps watched and at the end, (points,) each; none where none was asked
    accuracy: float  # of the middle network on the test points


class _Look(NamedTuple):
    layers: list[Statistics]
    last: Array  # what enters the last layer of the first network, (PROBE, units)


class _Seen(NamedTuple):
    """Of some networks, (layers, R), (R,) the accuracies."""

    looks: list[_Look]
    entering: list[Array]
    answers: list[Integers]
    farthest: Array
    per_step: Array
    spread: Array
    accuracies: Array


def moments(steps: int) -> list[int]:
    """Return the steps before which networks are looked at."""
    return sorted(set(np.linspace(0, steps - 1, LOOKS).round().astype(int).tolist()))


def close_ups(studies: Sequence[Study], rate: float) -> list[CloseUp]:
    """Train the networks of one rate as a sweep trains them, looking closely at some of their steps."""
    return [_told(parts) for parts in on_each(_watch, [replace(study, rates=(rate,)) for study in studies])]


@np.errstate(all="ignore")
def _watch(study: Study, some: slice, ended: Event) -> _Seen:
    descent, data, looked = study.start(some), study.data, set(moments(study.steps))
    noises, looks, moved, answers, scratch = study.noises(), [], [], list[Integers](), Scratch()
    noise = next(noises)

    def look() -> _Look:
        scratch.begin()
        done = deep.forward(descent.shape, descent.theta, data.x[:PROBE], noise=noise, scratch=scratch)
        return _Look([statistics(z) for z in done.entering], done.entering[-1][0].copy())

    def answer() -> None:
        if study.asked is not None and study.asked.network in range(some.start, some.stop):
            answers.append(descent.classes(study.asked.network - some.start, study.asked.points))

    for step, rows in enumerate(study.batches()):
        if ended.is_set():
            break
        if step in study.watched:
            answer()
        before = look() if step in looked else None
        descent.step(data.x[rows], data.labels[rows], noise)
        noise = next(noises)
        if before is not None:
            looks.append(before)
            moved.append(distances(before.layers, look().layers))
        study.advance(len(descent.theta))
    *seen, end = *(one.layers for one in looks), look().layers
    farthest = np.max([distances(seen[0], layers) for layers in (*seen, end)], axis=0)
    spread = np.array([_spread(layer) for layer in end])
    crowd = deep.forward(descent.shape, descent.theta[:1], data.x[:CROWD], noise=noise).entering
    entering = [_typical(z[0]) for z in crowd]
    answer()
    accuracies = study.accuracy(descent, noises)
    return _Seen(looks, entering, answers, farthest, np.mean(moved, axis=0), spread, accuracies)


def _told(parts: Sequence[_Seen]) -> CloseUp:
    looks, entering, answers, *measures, accuracies = zip(*parts, strict=True)
    farthest, per_step, spread = (middle(np.concatenate(one, axis=1)) for one in measures)
    accuracy = -middle(-np.concatenate(accuracies)[None])[0]
    return CloseUp(
        _track(looks[0]),
        Drift(farthest, per_step, spread),
        entering[0],
        max(answers, key=len),
        float(accuracy),
    )


def _typical(layer: Array) -> Array:
    """Return what enters the unit of a layer, (samples, units), that spreads as far as half of them do."""
    spread: Array = layer[:, np.argsort(layer.std(axis=0))[layer.shape[1] // 2]].astype(float)
    return spread


def distances(a: list[Statistics], b: list[Statistics]) -> Array:
    """Return how far what enters each layer moved from a to b, in standard deviations at a, (layers, R).

    A unit with mean μ and standard deviation σ has moved by √(Δμ² + Δσ²), the Wasserstein distance of two
    normal distributions; a layer by the root mean square of its units.
    """

    def rms(squares: Array) -> Array:
        return np.sqrt(np.mean(squares, axis=(-2, -1)))

    moved = [
        rms((v.mean - u.mean) ** 2 + (np.sqrt(v.var) - np.sqrt(u.var)) ** 2) / rms(u.var)
        for u, v in zip(a, b, strict=True)
    ]
    return np.array(moved, float)


def _spread(layer: Statistics) -> Array:
    """Return the share of the mean square that is variance, over a layer's units, (R,)."""
    var, square = (np.mean(s, axis=(-2, -1)) for s in (layer.var, layer.var + layer.mean**2))
    return np.array(var / square, float)


def _track(looks: Sequence[_Look]) -> Track:
    """Follow the unit of the last layer that moves as far as half of the layer's units do."""
    last = np.array([look.last for look in looks], float)  # (T, PROBE, units)
    reach = np.ptp(last.mean(axis=1), axis=0)
    unit = last[:, :, int(np.argsort(reach)[len(reach) // 2])]
    return Track(unit.mean(axis=1), unit.std(axis=1), *np.quantile(unit, QUANTILES, axis=1))
