"""Networks that are compared: trained on the same points in the same order, from the same weights."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.random import Generator

from mlbasics.numerics import Array, Integers, deep
from mlbasics.numerics.classes import Split
from mlbasics.numerics.deep import Noise, Placement, Shape
from mlbasics.numerics.descent import Descent

DTYPE = np.float32  # twice as fast as float64
MOMENTS = 64  # of training that are kept of a loss curve
LAST = 8  # the final loss is the median over the last eighth of the steps: spikes do not count
TRAINED = 2 / 3  # of guessing's loss: a rate that ends below it trains; at half, some are at the edge
NEAR = 1 / 4  # of guessing's loss: the steps to it are counted
SEEN = 64  # samples in the mean of losses that is compared with it: of fewer, some are near it by luck
LEAST = 128  # test points put through at once: fewer would take longer
LOST = 10  # times guessing's loss: a rate that ends above it has diverged


class Draws(NamedTuple):
    """A generator for each kind of draw; a sweep starts from copies, so that all networks meet the same."""

    data: Generator
    weights: Generator
    batches: Generator
    noise: Generator


@dataclass(frozen=True)
class Sweep:
    """Networks that differ in nothing but their learning rate: (R,) each."""

    final_loss: Array  # median over the last eighth of the steps; NaN where it is not finite
    test_accuracy: Array  # at inference; NaN where noise was in the training only
    diverged: list[bool]
    best_rate: float | None  # of the lowest final loss
    largest_rate: float | None  # whose final loss is under two thirds of guessing's
    steps_to_loss: list[int | None]  # until the loss is under a quarter of guessing's
    loss_curve: Array  # (R, T): the loss between one kept step and the next

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
    batch: int
    steps: int
    draws: Draws
    noise: float | None = None  # the strength of a random scale and shift after each batch norm
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

    def start(self, rates: Sequence[float]) -> Descent:
        """Return untrained networks, one a rate: the same weights for all, and for every placement."""
        rng = deepcopy(self.draws.weights)
        return Descent(self.shape, deep.initial(self.shape, len(rates), rng, DTYPE), rates)

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

    def sweep(self) -> Sweep:
        """Train one network a rate, as many side by side as memory allows."""
        parts = [self._train(self.rates[some]) for some in self.shape.blocks(len(self.rates), self.batch)]
        losses, accuracies = zip(*parts, strict=True)
        return self._summary(np.concatenate(losses), np.concatenate(accuracies))

    def _train(self, rates: Sequence[float]) -> tuple[Array, Array]:
        """Return the losses before each step, (R, steps), and the accuracies at the end, (R,)."""
        descent = self.start(rates)
        losses = np.empty((len(rates), self.steps))
        for step, (rows, noise) in enumerate(zip(self.batches(), self.noises(), strict=False)):
            losses[:, step] = descent.step(self.data.x[rows], self.data.labels[rows], noise)
            self.advance(len(rates))
        if self.noise is not None:
            return losses, np.full(len(rates), np.nan)
        return losses, descent.accuracy(self.data.test_x, self.data.test_labels, max(self.batch, LEAST))

    def _summary(self, losses: Array, accuracy: Array) -> Sweep:
        final = np.median(losses[:, -max(1, self.steps // LAST) :], axis=1)
        final[~np.isfinite(final)] = np.nan
        wide = min(self.steps, max(self.every, -(-SEEN // self.batch)))
        near = _means(losses, wide) < NEAR * self.guessing
        trained = [
            rate for rate, loss in zip(self.rates, final, strict=True) if loss < TRAINED * self.guessing
        ]
        known = ~np.isnan(final)
        return Sweep(
            final_loss=final,
            test_accuracy=np.where(known, accuracy, np.nan),
            diverged=[not loss < LOST * self.guessing for loss in final.tolist()],
            best_rate=self.rates[int(np.nanargmin(final))] if known.any() else None,
            largest_rate=max(trained, default=None),
            steps_to_loss=[wide * (int(np.argmax(n)) + 1) if n.any() else None for n in near],
            loss_curve=_means(losses, self.every),
        )


def _means(losses: Array, wide: int) -> Array:
    """Return the means over stretches of so many steps, (R, T)."""
    whole = losses.shape[1] // wide * wide
    return losses[:, :whole].reshape(len(losses), -1, wide).mean(axis=2)
