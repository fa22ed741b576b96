"""Gradient descent of deep networks that differ in their learning rates and first weights alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from itertools import repeat
from threading import Event
from typing import NamedTuple

import numpy as np
from numpy.random import Generator

from mlbasics.numerics import Array, Integers, batchnorm, deep
from mlbasics.numerics.batchnorm import Statistics
from mlbasics.numerics.classes import Split
from mlbasics.numerics.deep import Noise
from mlbasics.numerics.scratch import Scratch
from mlbasics.numerics.shapes import Placement, Shape, initial

DTYPE = np.float32  # twice as fast as float64
LEAST = 128  # points put through at once in a test: fewer would take longer


class Descent:
    """R networks from given weights, each going down its loss at a learning rate of its own."""

    def __init__(self, shape: Shape, theta: Array, rates: Sequence[float]) -> None:
        self.shape = shape
        self.theta = theta.copy()  # (R, P)
        self.rates = np.array(rates, theta.dtype)[:, None]
        size = (len(theta), 1, shape.units)
        start = Statistics(np.zeros(size, theta.dtype), np.ones(size, theta.dtype))
        self.running = [start] * shape.layers if shape.placement != "none" else []
        self.losses: list[Array] = []  # before each step taken, (R,)
        self._scratch = Scratch()

    def step(self, x: Array, labels: Integers, noise: Noise | None = None) -> Array:
        """Take one step, θ - rate · ∂L/∂θ, on a batch; return the losses before it, (R,)."""
        self._scratch.begin()
        loss, downhill, done = deep.gradient(self.shape, self.theta, x, labels, noise, self._scratch)
        downhill *= self.rates
        self.theta -= downhill
        self.running = [
            batchnorm.update(running, batch.statistics, len(labels))
            for running, batch in zip(self.running, done.normalized, strict=True)
        ]
        self.losses.append(loss)
        return loss

    def entering(self, x: Array, noise: Noise | None = None) -> list[Array]:
        """Return what enters the activations of each layer, (R, m, h), on a batch, in training."""
        self._scratch.begin()
        return deep.forward(self.shape, self.theta, x, noise=noise, scratch=self._scratch).entering

    def classes(
        self, x: Array, batch: int = LEAST, noises: Iterable[Noise | None] = repeat(None)
    ) -> Integers:
        """Return the class that each network puts each point into, (R, n), some batch of them at once.

        At inference; where there is noise, injected as in training.
        """
        found = []
        for some, noise in zip(np.array_split(x, len(x) // batch + 1), noises, strict=False):
            self._scratch.begin()
            running = self.running if noise is None else None
            logits = deep.forward(self.shape, self.theta, some, running, noise, self._scratch).logits
            found.append(logits.argmax(axis=-1))
        return np.concatenate(found, axis=1)


class Moment(NamedTuple):
    """Networks before a step of their training, or after the last: then there are no rows."""

    step: int  # steps taken
    networks: Descent
    rows: Integers  # of the batch the next step is taken on
    noise: Noise | None  # that the next step meets


@dataclass(frozen=True)
class Study:
    """One way to train networks; those that differ from it in one thing are made by dataclasses.replace."""

    data: Split  # of type DTYPE
    shape: Shape
    rates: Sequence[float]
    networks: int  # a rate, each from first weights of its own: of one, luck may tell
    batch: int
    steps: int
    draws: Mapping[str, Generator]  # of weights, batches, noise: each use starts from a copy
    noise: float | None = None  # the strength of a random scale and shift injected after each batch norm
    watched: Sequence[int] = ()  # steps after which the networks are looked at on the way
    advance: Callable[[int], object] = id  # called after each step with the number of networks that took it

    @property
    def guessing(self) -> float:
        """The loss at the level of chance: the entropy of the classes' shares, -Σ p log p."""
        shares = np.bincount(self.data.labels) / len(self.data.labels)
        return float(-np.sum(shares * np.log(shares, where=shares > 0, out=np.zeros(len(shares)))))

    def placed(self, placement: Placement) -> Study:
        """Return the study with batch norm elsewhere, or without."""
        return replace(self, shape=replace(self.shape, placement=placement))

    def start(self, some: slice = slice(None)) -> Descent:
        """Return untrained networks: those of one rate, then those of the next, from the same weights again.

        A network's first weights do not depend on how many there are, nor on where batch norm stands.
        """
        each = deepcopy(self.draws["weights"]).spawn(self.networks)
        chosen = range(len(self.rates) * self.networks)[some]
        first = {k: initial(self.shape, 1, each[k], DTYPE) for k in {i % self.networks for i in chosen}}
        theta = np.concatenate([first[i % self.networks] for i in chosen])
        return Descent(self.shape, theta, [self.rates[i // self.networks] for i in chosen])

    def train(self, some: slice = slice(None), ended: Event | None = None) -> Iterator[Moment]:
        """Yield networks before each step of their training and after the last; fewer once it has ended."""
        networks, noises = self.start(some), self.noises()
        for step, rows in enumerate(self.batches()):
            if ended is not None and ended.is_set():
                return
            moment = Moment(step, networks, rows, next(noises))
            yield moment
            networks.step(self.data.x[rows], self.data.labels[rows], moment.noise)
            self.advance(len(networks.theta))
        yield Moment(self.steps, networks, np.arange(0), next(noises))

    def batches(self) -> Integers:
        """Return the rows of every step's batch, (steps, batch): each epoch in a fresh order."""
        rng = deepcopy(self.draws["batches"])
        n = len(self.data.x)
        each = n // self.batch
        epochs = -(-self.steps // each)
        orders = [rng.permutation(n)[: each * self.batch].reshape(each, -1) for _ in range(epochs)]
        return np.concatenate(orders)[: self.steps]

    def noises(self) -> Iterator[Noise | None]:
        """Yield fresh noise for every step, or None for ever."""
        rng = deepcopy(self.draws["noise"])
        while True:
            yield None if self.noise is None else deep.noise_like(self.shape, self.noise, rng, DTYPE)

    def accuracy(self, networks: Descent) -> Array:
        """Return the share of test points that each network puts into their class, (R,)."""
        classes = networks.classes(self.data.test_x, max(self.batch, LEAST), self.noises())
        shares: Array = (classes == self.data.test_labels).mean(axis=1)
        return shares
