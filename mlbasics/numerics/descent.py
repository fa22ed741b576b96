"""Gradient descent of networks that differ in nothing but their learning rate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from mlbasics.numerics import Array, Integers, batchnorm
from mlbasics.numerics.batchnorm import Statistics
from mlbasics.numerics.deep import Noise, forward, gradient
from mlbasics.numerics.scratch import Scratch
from mlbasics.numerics.shapes import Shape

AT_ONCE = 256  # points that are put through at once: what they leave stays in cache


class Asked(NamedTuple):
    """Points that one of the networks of a close-up is asked the classes of, on the way and at the end."""

    network: int
    points: Array  # (n, d)


class Descent:
    """R networks from the same weights, each going down its loss at a learning rate of its own."""

    def __init__(self, shape: Shape, theta: Array, rates: Sequence[float]) -> None:
        self.shape = shape
        self.theta = theta.copy()  # (R, P)
        self.rates = np.array(rates, theta.dtype)[:, None]
        size = (len(theta), 1, shape.units)
        start = Statistics(np.zeros(size, theta.dtype), np.ones(size, theta.dtype))
        self.running = [start] * shape.layers if shape.placement != "none" else []
        self.scratch = Scratch()

    def step(self, x: Array, labels: Integers, noise: Noise | None = None) -> Array:
        """Take one step, θ - rate · ∂L/∂θ, on a batch; return the losses before it, (R,)."""
        self.scratch.begin()
        loss, downhill, done = gradient(self.shape, self.theta, x, labels, noise, self.scratch)
        downhill *= self.rates  # θ ← θ - rate · ∂L/∂θ, in place
        self.theta -= downhill
        self.running = [
            batchnorm.update(running, batch.statistics, len(labels))
            for running, batch in zip(self.running, done.normalised, strict=True)
        ]
        return loss

    def accuracy(self, x: Array, labels: Integers, batch: int, noises: Iterator[Noise | None]) -> Array:
        """Return the share of points each network puts into their class, (R,), so many of them at once.

        At inference; where there is noise, shaken as in training.
        """
        right = []
        for some, noise in zip(np.array_split(np.arange(len(x)), -(-len(x) // batch)), noises, strict=False):
            self.scratch.begin()
            running = self.running if noise is None else None
            logits = forward(self.shape, self.theta, x[some], running, noise, self.scratch).logits
            right.append(logits.argmax(axis=-1) == labels[some])
        return np.concatenate(right, axis=1).mean(axis=1)

    def classes(self, network: int, x: Array) -> Integers:
        """Return the class that one of the networks puts each point into at inference; -1 without numbers."""
        one = slice(network, network + 1)
        running = [Statistics(*(values[one] for values in layer)) for layer in self.running]
        scratch, found = Scratch(), []
        for some in np.array_split(x, -(-len(x) // AT_ONCE)):
            scratch.begin()
            logits = forward(self.shape, self.theta[one], some, running, scratch=scratch).logits[0]
            found.append(np.where(np.isfinite(logits).all(axis=1), logits.argmax(axis=1), -1))
        return np.concatenate(found)
