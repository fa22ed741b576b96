"""Gradient descent of networks that differ in nothing but their learning rate."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mlbasics.numerics import batchnorm
from mlbasics.numerics.batchnorm import Array, Statistics
from mlbasics.numerics.deep import Labels, Noise, Shape, forward, gradient


class Descent:
    """R networks from the same weights, each going down its loss at a learning rate of its own."""

    def __init__(self, shape: Shape, theta: Array, rates: Sequence[float]) -> None:
        self.shape = shape
        self.theta = theta.copy()  # (R, P)
        self.rates = np.array(rates, theta.dtype)[:, None]
        size = (len(theta), 1, shape.units)
        start = Statistics(np.zeros(size, theta.dtype), np.ones(size, theta.dtype))
        self.running = [start] * shape.layers if shape.placement != "none" else []

    def step(self, x: Array, labels: Labels, noise: Noise | None = None) -> Array:
        """Take one step, θ - rate · ∂L/∂θ, on a batch; return the losses before it, (R,)."""
        loss, downhill, done = gradient(self.shape, self.theta, x, labels, noise)
        downhill *= self.rates  # θ ← θ - rate · ∂L/∂θ, in place
        self.theta -= downhill
        self.running = [
            batchnorm.update(running, batch.statistics, len(labels))
            for running, batch in zip(self.running, done.normalised, strict=True)
        ]
        return loss

    def accuracy(self, x: Array, labels: Labels) -> Array:
        """Return the share of points each network puts into their class at inference, (R,)."""
        logits = forward(self.shape, self.theta, x, self.running).logits
        return np.mean(logits.argmax(axis=-1) == labels, axis=-1)
