"""The shape of deep networks, and their first weights."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.random import Generator

from mlbasics.numerics import Array
from mlbasics.numerics.threads import THREADS

Layer = dict[str, Array]  # W, b, gamma, beta: those the layer has
BLOCK = 2**22  # numbers that networks trained side by side take: 16 MB of float32, which a cache holds
LARGE = 2**20  # multiplications of a product from which on a thread computes for longer than it waits
Placement = Literal["before", "after", "none"]


@dataclass(frozen=True)
class Shape:
    """Hidden layers of equal size with an activation; batch norm before it, after it, or not at all."""

    inputs: int
    units: int
    layers: int
    classes: int
    activation: str
    placement: Placement

    @cached_property
    def parameters(self) -> list[tuple[str, tuple[int, int]]]:
        """The names and shapes of the parameters, layer by layer.

        Before the activation there is no bias b: subtracting the mean would cancel it, β takes its place.
        """
        own = {"before": ("gamma", "beta"), "after": ("b", "gamma", "beta"), "none": ("b",)}[self.placement]
        found: list[tuple[str, tuple[int, int]]] = []
        for layer in range(self.layers):
            found.append(("W", (self.units if layer else self.inputs, self.units)))
            found += [(name, (1, self.units)) for name in own]
        return [*found, ("W", (self.units, self.classes)), ("b", (1, self.classes))]

    def layers_of(self, theta: Array) -> list[Layer]:
        """Return views of theta (R, P) by layer, the output's last: W is (R, in, out), others (R, 1, out)."""
        layers: list[Layer] = []
        start = 0
        for name, (rows, columns) in self.parameters:
            if name == "W":
                layers.append({})
            view = theta[:, start : start + rows * columns]
            layers[-1][name] = view.reshape(len(theta), rows, columns)
            start += rows * columns
        return layers

    def large(self, networks: int, batch: int) -> bool:
        """Return whether a product of networks trained side by side is worth a thread."""
        return networks * batch * self.units**2 >= LARGE

    def blocks(self, networks: int, batch: int) -> list[slice]:
        """Return which of the networks are trained side by side on batches of a size: BLOCK holds each block.

        Of large ones there are enough to keep every thread at work.  A network has its weights and their
        gradient, and twice more while they are made; the two passes leave five arrays (batch, units) a layer,
        and a few more stand beside them.
        """
        parameters = sum(rows * columns for _, (rows, columns) in self.parameters)
        numbers = 4 * parameters + batch * self.units * (5 * self.layers + 4)
        least = -(-networks // max(1, BLOCK // numbers))
        shared = self.large(networks // THREADS, batch)
        count = min(networks, -(-least // THREADS) * THREADS) if shared else least
        return [slice(i * networks // count, (i + 1) * networks // count) for i in range(count)]


def initial(shape: Shape, networks: int, rng: Generator, dtype: Any = np.float64) -> Array:
    """Return one draw of the weights for every network alike, (networks, P).

    W ~ N(0, 2/in) for ReLU (He et al. 2015), else N(0, 2/(in + out)) (Glorot and Bengio 2010); γ = 1 and
    b = β = 0.
    """
    values = []
    for name, (rows, columns) in shape.parameters:
        if name == "W":
            var = 2 / rows if shape.activation == "relu" else 2 / (rows + columns)
            values.append(np.sqrt(var) * rng.standard_normal(rows * columns))
        else:
            values.append(np.full(rows * columns, 1.0 if name == "gamma" else 0.0))
    return np.tile(np.concatenate(values).astype(dtype), (networks, 1))
