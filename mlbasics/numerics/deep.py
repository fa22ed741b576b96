"""Deep networks of one shape, one for each learning rate, trained side by side with or without batch norm.

All R networks are one product over a leading axis, and all weights of one network are one row of numbers, so
that a step of gradient descent is one subtraction.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.random import Generator

from mlbasics.numerics import Array, Integers, batchnorm
from mlbasics.numerics.batchnorm import Normalized, Statistics
from mlbasics.numerics.networks import ACTIVATIONS
from mlbasics.numerics.scratch import Scratch
from mlbasics.numerics.shapes import Layer, Shape


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

    layers: list[Layer]  # the output's last
    inputs: list[Array]  # (R, m, in); the output layer's is the last
    entering: list[Array]  # what enters the activation, (R, m, h)
    activated: list[Array]  # what leaves it
    normalized: list[Normalized]
    logits: Array  # (R, m, C)


def forward(
    shape: Shape,
    theta: Array,
    x: Array,
    running: list[Statistics] | None = None,
    noise: Noise | None = None,
    scratch: Scratch | None = None,
) -> Pass:
    """Send x (m, d) or (R, m, d) through: with the batch's statistics, or for inference with running ones.

    What it leaves is in the arrays of scratch, if given.
    """
    scratch = scratch or Scratch()
    layers = shape.layers_of(theta)
    *hidden, output = layers
    inputs, entering, activated = [x], [], []
    normalized: list[Normalized] = []

    def normalize(x: Array, out: Array) -> Array:
        i = len(normalized)
        normalized.append(batchnorm.normalize(x, running[i] if running else None, out, scratch.spare(x)))
        return batchnorm.transform(normalized[i], *_gamma_beta(hidden[i], noise, i), scratch.like(x))

    for p in hidden:
        z = scratch.product(inputs[-1], p["W"])
        if "b" in p:
            z += p["b"]
        if shape.placement == "before":
            z = normalize(z, z)
        a = ACTIVATIONS[shape.activation].f(z, scratch.like(z))
        entering.append(z)
        activated.append(a)
        inputs.append(normalize(a, scratch.like(a)) if shape.placement == "after" else a)
    logits = scratch.product(inputs[-1], output["W"])
    logits += output["b"]
    return Pass(layers, inputs, entering, activated, normalized, logits)


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


def backward(
    shape: Shape,
    theta: Array,
    done: Pass,
    d: Array,
    noise: Noise | None = None,
    scratch: Scratch | None = None,
) -> Array:
    """Return ∂L/∂θ, (R, P), given the pass and d = ∂L/∂logits.

    The chain rule, from the last layer to the first: with d = ∂L/∂z at z = x W + b and x = f(z below),
    ∂L/∂W = xᵀ d,  ∂L/∂b = Σ d over the batch,  and d below = (d Wᵀ) f'(z below).
    """
    scratch = scratch or Scratch()
    gradient = scratch.like(theta)
    *hidden, output = done.layers
    *found, last = shape.layers_of(gradient)
    ones = np.ones((1, d.shape[-2]), d.dtype)
    np.matmul(_transposed(done.inputs[-1]), d, out=last["W"])
    np.matmul(ones, d, out=last["b"])
    d = scratch.product(d, _transposed(output["W"]))
    for i in reversed(range(shape.layers)):
        p, g = hidden[i], found[i]
        if shape.placement == "after":
            d = _through_batch_norm(d, p, g, done.normalized[i], noise, i, scratch)
        d *= ACTIVATIONS[shape.activation].slope(done.activated[i], scratch.spare(d))
        if shape.placement == "before":
            d = _through_batch_norm(d, p, g, done.normalized[i], noise, i, scratch)
        if "b" in g:
            np.matmul(ones, d, out=g["b"])
        np.matmul(_transposed(done.inputs[i]), d, out=g["W"])
        if i:
            d = scratch.product(d, _transposed(p["W"]))
    return gradient


def _through_batch_norm(
    d: Array, p: Layer, g: Layer, normalized: Normalized, noise: Noise | None, i: int, scratch: Scratch
) -> Array:
    gamma, _ = _gamma_beta(p, noise, i)
    d, g["gamma"][:], g["beta"][:] = batchnorm.backward(d, normalized, gamma, scratch)
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
    shape: Shape,
    theta: Array,
    x: Array,
    labels: Integers,
    noise: Noise | None = None,
    scratch: Scratch | None = None,
) -> tuple[Array, Array, Pass]:
    """Return the loss on a batch, (R,), its gradient, (R, P), and the pass through the network."""
    done = forward(shape, theta, x, noise=noise, scratch=scratch)
    loss, d = cross_entropy(done.logits, labels)
    return loss, backward(shape, theta, done, d, noise, scratch), done
