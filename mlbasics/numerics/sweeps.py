"""Networks that are compared: trained on the same points in the same order, from the same weights.

At each learning rate several are trained, each from first weights of its own: of one, luck may tell.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from itertools import islice, repeat
from threading import Event
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.random import Generator

from mlbasics.numerics import Array, Integers, deep
from mlbasics.numerics.classes import Split
from mlbasics.numerics.deep import Noise
from mlbasics.numerics.descent import Asked, Descent
from mlbasics.numerics.shapes import Placement, Shape, initial
from mlbasics.numerics.threads import THREADS, together

DTYPE = np.float32  # twice as fast as float64
MOMENTS = 64  # of training that are kept of a loss curve
LAST = 8  # the final loss is the median over the last eighth of the steps: spikes do not count
TRAINED = 0.8  # of guessing's loss: a rate that ends below it trains; at half, some are at the edge
NEAR = 1 / 4  # of guessing's loss: the steps to it are counted
SEEN = 64  # samples in the mean of losses that is compared with it: of fewer, some are near it by luck
LEAST = 128  # test points put through at once: fewer would take longer
WATCHED = 128  # test points on the way: enough for a picture
LOST = 10  # times guessing's loss: a rate that ends above it has diverged

ALL = slice(None)
Done = TypeVar("Done")


class Draws(NamedTuple):
    """A generator for each kind of draw; a sweep starts from copies, so that all networks meet the same."""

    data: Generator
    weights: Generator
    batches: Generator
    noise: Generator


@dataclass(frozen=True)
class Sweep:
    """Networks of several first weights at each learning rate; (R,) is told of the middle one at each."""

    final_loss: Array  # median over the last eighth of the steps; NaN where it is not finite
    test_accuracy: Array  # at inference, or shaken if trained so; NaN where it diverged
    accuracies: Array  # (R, networks): of each, in order; those that diverged last
    diverged: list[bool]
    best_rate: float | None  # of the lowest final loss
    largest_rate: float | None  # whose final loss is under 80 % of guessing's
    steps_to_loss: list[int | None]  # until the loss is under a quarter of guessing's
    loss_curve: Array  # (R, T): the loss between one kept step and the next
    typical: list[int]  # which network is the middle one of accuracies at each rate
    on_the_way: Array  # (steps watched, R, networks): accuracies then, on the first WATCHED test points

    @property
    def best(self) -> int | None:
        """The position of the lowest final loss, or None where no loss is finite."""
        return None if np.isnan(self.final_loss).all() else int(np.nanargmin(self.final_loss))

    @property
    def fewest_steps(self) -> int | None:
        """The steps to a quarter of guessing's loss at the rate that takes the fewest."""
        return min((steps for steps in self.steps_to_loss if steps is not None), default=None)


@dataclass(frozen=True)
class Study:
    """One way to train networks; those that differ from it in one thing are made by dataclasses.replace."""

    data: Split  # of type DTYPE
    shape: Shape
    rates: Sequence[float]
    networks: int  # a rate, each from first weights of its own
    batch: int
    steps: int
    draws: Draws
    noise: float | None = None  # the strength of a random scale and shift after each batch norm
    watched: Sequence[int] = ()  # steps after which the networks are tested on the way
    asked: Asked | None = None
    advance: Callable[[int], object] = id  # called after each step with the number of networks that took it

    @property
    def guessing(self) -> float:
        """The loss of equal odds on every class, log(classes)."""
        return math.log(self.shape.classes)

    @property
    def every(self) -> int:
        """The steps from one moment of a loss curve to the next."""
        return max(1, self.steps // MOMENTS)

    def placed(self, placement: Placement) -> Study:
        """Return the study with batch norm elsewhere, or without."""
        return replace(self, shape=replace(self.shape, placement=placement))

    def start(self, some: slice = ALL) -> Descent:
        """Return untrained networks: those of one rate, then those of the next, from the same weights again.

        A network's first weights do not depend on how many there are, nor on where batch norm stands.
        """
        each = deepcopy(self.draws.weights).spawn(self.networks)
        chosen = range(len(self.rates) * self.networks)[some]
        used = {i % self.networks for i in chosen}
        first = {k: initial(self.shape, 1, each[k], DTYPE) for k in used}
        theta = np.concatenate([first[i % self.networks] for i in chosen])
        return Descent(self.shape, theta, [self.rates[i // self.networks] for i in chosen])

    def parts(self) -> list[slice]:
        """Return which of the networks are trained side by side."""
        return self.shape.blocks(len(self.rates) * self.networks, self.batch)

    def batches(self) -> Integers:
        """Return the rows of every step's batch, (steps, batch): each epoch in a fresh order."""
        rng = deepcopy(self.draws.batches)
        n = len(self.data.x)
        each = n // self.batch
        epochs = -(-self.steps // each)
        orders = [rng.permutation(n)[: each * self.batch].reshape(each, -1) for _ in range(epochs)]
        return np.concatenate(orders)[: self.steps]

    def noises(self) -> Iterator[Noise | None]:
        """Yield fresh noise for every step, or None for ever."""
        rng = deepcopy(self.draws.noise)
        while True:
            yield None if self.noise is None else deep.noise_like(self.shape, self.noise, rng, DTYPE)

    def accuracy(self, descent: Descent, noises: Iterator[Noise | None]) -> Array:
        """Return the share of test points that each network puts into their class."""
        x, labels = self.data.test_x, self.data.test_labels
        return descent.accuracy(x, labels, max(self.batch, LEAST), noises)


def on_each(work: Callable[[Study, slice, Event], Done], studies: Sequence[Study]) -> list[list[Done]]:
    """Return what work makes of each study's parts, in order; large ones on two threads."""
    tasks = [(study, some) for study in studies for some in study.parts()]
    large = any(study.shape.large(some.stop - some.start, study.batch) for study, some in tasks)
    done = iter(together(lambda task, ended: work(*task, ended), tasks, THREADS if large else 1))
    return [list(islice(done, len(study.parts()))) for study in studies]


def sweeps(studies: Sequence[Study]) -> list[Sweep]:
    """Train the networks of each study."""
    found = []
    for study, parts in zip(studies, on_each(_train, studies), strict=True):
        losses, accuracies = map(np.concatenate, zip(*(part[:2] for part in parts), strict=True))
        on_the_way = np.concatenate([part[2] for part in parts], axis=1)
        found.append(_summary(study, losses, accuracies, on_the_way))
    return found


@np.errstate(all="ignore")
def _train(study: Study, some: slice, ended: Event) -> tuple[Array, Array, Array]:
    """Return the losses of some of the networks before each step, (n, steps), and their accuracies.

    Those at the end, (n,), and those after the steps that are watched, (watched, n).
    """
    descent, noises, losses = study.start(some), study.noises(), []
    x, labels = study.data.test_x[:WATCHED], study.data.test_labels[:WATCHED]
    on_the_way = np.empty((len(study.watched), len(descent.theta)))
    for step, rows in enumerate(study.batches()):
        if ended.is_set():
            break
        if step in study.watched:
            on_the_way[study.watched.index(step)] = descent.accuracy(x, labels, WATCHED, repeat(None))
        losses.append(descent.step(study.data.x[rows], study.data.labels[rows], next(noises)))
        study.advance(len(descent.theta))
    return np.array(losses, float).T, study.accuracy(descent, noises), on_the_way


def _summary(study: Study, losses: Array, accuracies: Array, on_the_way: Array) -> Sweep:
    size, guessing = (len(study.rates), study.networks), study.guessing
    losses, accuracies = losses.reshape(*size, -1), accuracies.reshape(size)
    final = np.median(losses[..., -max(1, study.steps // LAST) :], axis=2)
    final[~np.isfinite(final)] = np.nan
    typical = middle(final)
    wrong = np.where(final < LOST * guessing, -accuracies, np.nan)
    order = np.argsort(wrong, axis=1, kind="stable")
    ordered = -np.take_along_axis(wrong, order, axis=1)
    wide = min(study.steps, max(study.every, -(-SEEN // study.batch)))
    near = _means(losses, wide) < NEAR * guessing
    steps = middle(np.where(near.any(axis=2), wide * (near.argmax(axis=2) + 1.0), np.inf))
    trained = [rate for rate, loss in zip(study.rates, typical, strict=True) if loss < TRAINED * guessing]
    return Sweep(
        final_loss=typical,
        test_accuracy=ordered[:, study.networks // 2],
        accuracies=ordered,
        diverged=[not loss < LOST * guessing for loss in typical.tolist()],
        best_rate=None if np.isnan(typical).all() else study.rates[int(np.nanargmin(typical))],
        largest_rate=max(trained, default=None),
        steps_to_loss=[int(s) if math.isfinite(s) else None for s in steps.tolist()],
        loss_curve=middle(_means(losses, study.every)),
        typical=order[:, study.networks // 2].tolist(),
        on_the_way=-np.sort(-on_the_way.reshape(len(on_the_way), *size), axis=2),
    )


def middle(values: Array) -> Array:
    """Return the middle along the second axis, where larger is worse and NaN worst; of two, the worse."""
    found: Array = np.sort(values, axis=1)[:, values.shape[1] // 2]
    return found


def _means(losses: Array, wide: int) -> Array:
    """Return the means over stretches of so many steps, (R, networks, T)."""
    whole = losses.shape[-1] // wide * wide
    return losses[..., :whole].reshape(*losses.shape[:-1], -1, wide).mean(axis=-1)
