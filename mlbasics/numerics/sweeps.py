"""Networks that are compared: trained on the same points in the same order, from the same weights."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from mlbasics.numerics import Array, Integers, deep
from mlbasics.numerics.classes import Split
from mlbasics.numerics.deep import Noise, Placement, Shape
from mlbasics.numerics.descent import Descent

DTYPE = np.float32  # twice as fast as float64
MOMENTS = 64  # of training that are kept of a loss curve
LAST = 8  # the final loss is the median over the last eighth of the steps: spikes do not count
TRAINED = 1 / 2  # of guessing's loss: a rate that ends below it trains
NEAR = 1 / 4  # of guessing's loss: the steps to it are counted
LOST = 10  # times guessing's loss: a rate that ends above it has diverged


class Seeds(NamedTuple):
    """Where each kind of draw starts, for every network alike."""

    weights: int
    batches: int
    noise: int


@dataclass(frozen=True)
class Sweep:
    """Networks that differ in nothing but their learning rate: (R,) each."""

    final_loss: Array  # median over the last eighth of the steps; NaN where it is not finite
    test_accuracy: Array  # at inference; NaN where noise was in the training only
    diverged: list[bool]
    best_rate: float | None  # of the lowest final loss
    largest_rate: float | None  # whose final loss is under half of guessing's
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
    seeds: Seeds
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

    def start(self) -> Descent:
        """Return the untrained networks, one a rate: the same weights for all, and for every placement."""
        rng = np.random.default_rng(self.seeds.weights)
        return Descent(self.shape, deep.initial(self.shape, len(self.rates), rng, DTYPE), self.rates)

    def batches(self) -> Integers:
        """Return the rows of every step's batch, (steps, batch): each epoch in a fresh order."""
        rng = np.random.default_rng(self.seeds.batches)
        n = len(self.data.x)
        each = n // self.batch
        epochs = -(-self.steps // each)
        orders = [rng.permutation(n)[: each * self.batch].reshape(each, -1) for _ in range(epochs)]
        return np.concatenate(orders)[: self.steps]

    def noises(self) -> Iterator[Noise | None]:
        """Yield fresh noise for every step, or None for ever."""
        rng = np.random.default_rng(self.seeds.noise)
        while True:
            yield None if self.noise is None else deep.noise_like(self.shape, self.noise, rng, DTYPE)

    def sweep(self) -> Sweep:
        """Train one network a rate, all at once."""
        descent = self.start()
        losses = np.empty((len(self.rates), self.steps))
        for step, (rows, noise) in enumerate(zip(self.batches(), self.noises(), strict=False)):
            losses[:, step] = descent.step(self.data.x[rows], self.data.labels[rows], noise)
            self.advance(len(self.rates))
        unknown = np.full(len(self.rates), np.nan)
        accuracy = unknown if self.noise is not None else descent.accuracy(*self.data[2:])
        return self._summary(losses, accuracy)

    def _summary(self, losses: Array, accuracy: Array) -> Sweep:
        final = np.median(losses[:, -max(1, self.steps // LAST) :], axis=1)
        final[~np.isfinite(final)] = np.nan
        windows = losses[:, : self.steps // self.every * self.every]
        curve = windows.reshape(len(self.rates), -1, self.every).mean(axis=2)
        near = curve < NEAR * self.guessing
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
            steps_to_loss=[self.every * (int(np.argmax(n)) + 1) if n.any() else None for n in near],
            loss_curve=curve,
        )
