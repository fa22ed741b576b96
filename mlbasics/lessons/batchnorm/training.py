"""What every network of a run shares: the data, the order of the batches, the first weights, the rates."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from mlbasics.kit import Tick
from mlbasics.lessons.batchnorm import N_TRAIN, source
from mlbasics.numerics import Array, deep
from mlbasics.numerics.deep import Noise, Placement, Shape
from mlbasics.numerics.descent import Descent

if TYPE_CHECKING:
    from mlbasics.data.columns import Columns
    from mlbasics.lessons.batchnorm import Params

DTYPE = np.float32  # twice as fast as float64
MOMENTS = 64  # of training that are kept of a loss curve
LAST = 8  # the final loss is the median over the last eighth of the steps: spikes do not count
TRAINED = 1 / 2  # of guessing's loss: a rate that ends below it trains
NEAR = 1 / 4  # of guessing's loss: the steps to it are counted
LOST = 10  # times guessing's loss: a rate that ends above it has diverged

Batches = NDArray[np.intp]


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


class Study:
    """One data set and one draw of everything random; each sweep starts from the same weights."""

    def __init__(self, params: Params, rng: Generator, tick: Tick, columns: Columns | None = None) -> None:
        self.params, self.tick = params, tick
        self.weights_seed, self.batches_seed, self.noise_seed = rng.integers(2**32, size=3).tolist()
        data = source.drawn(params, rng) if columns is None else source.own(params, columns, rng)
        self.x, self.labels, self.origin = data.x.astype(DTYPE), data.labels, data.origin
        self.test = data.test_x.astype(DTYPE), data.test_labels
        self.classes = int(max(data.labels.max(), data.test_labels.max(initial=0))) + 1
        self.guessing = math.log(self.classes)  # the loss of equal odds on every class
        self.batch = min(params.batch_size, len(self.x))  # own data may be fewer
        self.steps = params.epochs * (N_TRAIN // self.batch)
        self.every = max(1, self.steps // MOMENTS)
        self.done = self.total = 0

    def shape(self, placement: Placement, activation: str | None = None) -> Shape:
        """Return the shape of the networks of this run."""
        p = self.params
        return Shape(self.x.shape[1], p.units, p.layers, self.classes, activation or p.activation, placement)

    def start(self, shape: Shape, rates: Sequence[float]) -> Descent:
        """Return untrained networks: the same weights for every placement and every rate."""
        rng = np.random.default_rng(self.weights_seed)
        return Descent(shape, deep.initial(shape, len(rates), rng, DTYPE), rates)

    def batches(self, size: int) -> Batches:
        """Return the batches of every step, (steps, size): each epoch in a fresh order."""
        rng = np.random.default_rng(self.batches_seed)
        n = len(self.x)
        each = n // size
        epochs = -(-self.steps // each)
        orders = [rng.permutation(n)[: each * size].reshape(each, size) for _ in range(epochs)]
        return np.concatenate(orders)[: self.steps]

    def noises(self, shape: Shape, strength: float | None) -> Iterator[Noise | None]:
        """Yield fresh noise for every step, or None for ever."""
        rng = np.random.default_rng(self.noise_seed)
        while True:
            yield None if strength is None else deep.noise_like(shape, strength, rng, DTYPE)

    def sweep(
        self,
        placement: Placement,
        *,
        activation: str | None = None,
        rates: Sequence[float] | None = None,
        batch_size: int | None = None,
        noise: float | None = None,
    ) -> Sweep:
        """Train one network a rate, all at once."""
        rates = rates or self.params.learning_rates
        shape = self.shape(placement, activation)
        descent = self.start(shape, rates)
        losses = np.empty((len(rates), self.steps))
        batches = self.batches(batch_size or self.batch)
        for step, (batch, drawn) in enumerate(zip(batches, self.noises(shape, noise), strict=False)):
            losses[:, step] = descent.step(self.x[batch], self.labels[batch], drawn)
            self.advance()
        accuracy = descent.accuracy(*self.test) if noise is None else np.full(len(rates), np.nan)
        return self._summary(rates, losses, accuracy)

    def advance(self) -> None:
        """Tell that one more step is done."""
        self.done += 1
        self.tick(self.done, self.total)

    def _summary(self, rates: Sequence[float], losses: Array, accuracy: Array) -> Sweep:
        final = np.median(losses[:, -max(1, self.steps // LAST) :], axis=1)
        final[~np.isfinite(final)] = np.nan
        windows = losses[:, : self.steps // self.every * self.every]
        curve = windows.reshape(len(rates), -1, self.every).mean(axis=2)
        near = curve < NEAR * self.guessing
        trained = [rate for rate, loss in zip(rates, final, strict=True) if loss < TRAINED * self.guessing]
        known = ~np.isnan(final)
        return Sweep(
            final_loss=final,
            test_accuracy=np.where(known, accuracy, np.nan),
            diverged=[not loss < LOST * self.guessing for loss in final.tolist()],
            best_rate=rates[int(np.nanargmin(final))] if known.any() else None,
            largest_rate=max(trained, default=None),
            steps_to_loss=[self.every * (int(np.argmax(n)) + 1) if n.any() else None for n in near],
            loss_curve=curve,
        )
