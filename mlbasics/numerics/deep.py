"""Deep networks of one shape, one for each learning rate, trained side by side with or without batch norm.

All R networks are one product over a leading axis, and all weights of one network are one row of numbers, so
that a step of gradient descent is one subtraction.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.random import Generator

from mlbasics.numerics import Array, Integers, batchnorm
from mlbasics.numerics.batchnorm import Normalised, Statistics
from mlbasics.numerics.networks import ACTIVATIONS

Layer = dict[str, Array]  # W, b, gamma, beta: those the layer has
BLOCK = 2**21  # numbers that networks trained side by side take: 8 MB of float32, which a cache holds
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

    def blocks(self, networks: int, batch: int) -> list[slice]:
        """Return which of the networks are trained side by side on batches of a size: BLOCK holds each block.

        A network has its weights and their gradient, and twice more while they are made; a pass leaves three
        arrays (batch, units) a layer, and a few more stand beside them.
        """
        parameters = sum(rows * columns for _, (rows, columns) in self.parameters)
        numbers = 4 * parameters + batch * self.units * (3 * self.layers + 4)
        most = max(1, BLOCK // numbers)
        return [slice(i, min(i + most, networks)) for i in range(0, networks, most)]


def initial(shape: Shape, rates: int, rng: Generator, dtype: Any = np.float64) -> Array:
    """Return one draw of the weights for every rate alike, (rates, P).

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
    return np.tile(np.concatenate(values).astype(dtype), (rates, 1))


class Noise(NamedTuple):
    """A scale and a shift for what each batch-norm layer gives: (layers, 1, h) each."""

    scale: Array
    shift: Array


def noise_like(shape: Shape, strength: float, rng: Generator, dtype: Any = np.float64) -> Noise:
    """Draw a scale from U(1, 1 + strength/2) and a shift from U(-strength, strength) for every unit.

    At 0.5 these are the ranges of S. Santurkar et al., "How does batch normalization help optimization?",
    NeurIPS 2018, appendix A, where every sample differs a little too.
    """
    size = (shape.layers, 1, shape.units)
    scale, shift = rng.uniform(1, 1 + strength / 2, size), rng.uniform(-strength, strength, size)
    return Noise(scale.astype(dtype), shift.astype(dtype))


class Pass(NamedTuple):
    """What a forward pass leaves for the backward one, by hidden layer."""

    inputs: list[Array]  # (R, m, in); the output layer's is the last
    entering: list[Array]  # what enters the activation, (R, m, h)
    activated: list[Array]  # what leaves it
    normalised: list[Normalised]
    logits: Array  # (R, m, C)


def forward(
    shape: Shape, theta: Array, x: Array, running: list[Statistics] | None = None, noise: Noise | None = None
) -> Pass:
    """Send x (m, d) or (R, m, d) through: with the batch's statistics, or for inference with running ones."""
    *hidden, output = shape.layers_of(theta)
    inputs, entering, activated, normalised = [x], [], [], []
    for i, p in enumerate(hidden):
        z = np.matmul(inputs[-1], p["W"])
        if "b" in p:
            z += p["b"]
        if shape.placement == "before":
            normalised.append(batchnorm.normalise(z, running[i] if running else None))
            z = batchnorm.transform(normalised[-1], *_gamma_beta(p, noise, i))
        a = ACTIVATIONS[shape.activation].f(z)
        entering.append(z)
        activated.append(a)
        if shape.placement == "after":
            normalised.append(batchnorm.normalise(a, running[i] if running else None))
            a = batchnorm.transform(normalised[-1], *_gamma_beta(p, noise, i))
        inputs.append(a)
    return Pass(inputs, entering, activated, normalised, np.matmul(inputs[-1], output["W"]) + output["b"])


def cross_entropy(logits: Array, labels: Integers) -> tuple[Array, Array]:
    """Return L = mean of -log softmax(logits)[label] over the batch, (R,), and ∂L/∂logits, (R, m, C).

    ∂L/∂logits = (softmax(logits) - onehot(labels))/m.
    """
    each = np.arange(len(labels))
    d = logits - logits.max(axis=-1, keepdims=True)  # no exponential overflows
    chosen = d[:, each, labels]
    np.exp(d, out=d)
    total = d.sum(axis=-1, keepdims=True)
    loss = (np.log(total[..., 0]) - chosen).mean(axis=-1)
    d /= total
    d[:, each, labels] -= 1
    d /= len(labels)
    return loss, d


def backward(shape: Shape, theta: Array, done: Pass, d: Array, noise: Noise | None = None) -> Array:
    """Return ∂L/∂θ, (R, P), given the pass and d = ∂L/∂logits.

    The chain rule, from the last layer to the first: with d = ∂L/∂z at z = x W + b and x = f(z below),
    ∂L/∂W = xᵀ d,  ∂L/∂b = Σ d over the batch,  and d below = (d Wᵀ) f'(z below).
    """
    gradient = np.empty_like(theta)
    *hidden, output = shape.layers_of(theta)
    *found, last = shape.layers_of(gradient)
    ones = np.ones((1, d.shape[-2]), d.dtype)
    np.matmul(_transposed(done.inputs[-1]), d, out=last["W"])
    np.matmul(ones, d, out=last["b"])
    d = np.matmul(d, _transposed(output["W"]))
    for i in reversed(range(shape.layers)):
        p, g = hidden[i], found[i]
        if shape.placement == "after":
            d = _through_batch_norm(d, p, g, done.normalised[i], noise, i)
        d *= ACTIVATIONS[shape.activation].slope(done.activated[i])
        if shape.placement == "before":
            d = _through_batch_norm(d, p, g, done.normalised[i], noise, i)
        if "b" in g:
            np.matmul(ones, d, out=g["b"])
        np.matmul(_transposed(done.inputs[i]), d, out=g["W"])
        if i:
            d = np.matmul(d, _transposed(p["W"]))
    return gradient


def _through_batch_norm(
    d: Array, p: Layer, g: Layer, normalised: Normalised, noise: Noise | None, i: int
) -> Array:
    gamma, _ = _gamma_beta(p, noise, i)
    d, g["gamma"][:], g["beta"][:] = batchnorm.backward(d, normalised, gamma)
    if noise is not None:
        g["gamma"] *= noise.scale[i]
        g["beta"] *= noise.scale[i]
    return d


def _gamma_beta(p: Layer, noise: Noise | None, i: int) -> tuple[Array, Array]:
    """Return γ and β; with noise those of scale · (γ x̂ + β) + shift, which is batch norm with others."""
    if noise is None:
        return p["gamma"], p["beta"]
    return p["gamma"] * noise.scale[i], p["beta"] * noise.scale[i] + noise.shift[i]


def _transposed(a: Array) -> Array:
    return a.swapaxes(-1, -2)


def gradient(
    shape: Shape, theta: Array, x: Array, labels: Integers, noise: Noise | None = None
) -> tuple[Array, Array, Pass]:
    """Return the loss on a batch, (R,), its gradient, (R, P), and the pass through the network."""
    done = forward(shape, theta, x, noise=noise)
    loss, d = cross_entropy(done.logits, labels)
    return loss, backward(shape, theta, done, d, noise), done
