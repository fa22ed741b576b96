"""Targets to learn, and noisy samples of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.random import Generator

from mlbasics.numerics import Array

Function = Callable[[Array], Array]


class Target(NamedTuple):
    """A function on [0, 1] and its formula as a reader writes it."""

    formula: str
    f: Function


TARGETS = {
    "sin": Target("sin(2πx)", lambda x: np.sin(2 * np.pi * x)),
    "cosine": Target("cos(1.5πx)", lambda x: np.cos(1.5 * np.pi * x)),
    "step": Target("sign(x - 1/2)", lambda x: np.where(x < 0.5, -1.0, 1.0)),
    "line": Target("2x - 1", lambda x: 2 * x - 1),
    "runge": Target("1/(1 + 25(2x - 1)²)", lambda x: 1 / (1 + 25 * (2 * x - 1) ** 2)),
    "constant": Target("1/2", lambda x: np.full_like(x, 0.5)),
}


class Sample(NamedTuple):
    """Points y = f(x) + noise; x in [0, 1]."""

    x: Array
    y: Array
    noise: Array


def uniform_sample(
    f: Function, shape: tuple[int, ...], sigma: float, x_rng: Generator, noise_rng: Generator
) -> Sample:
    """Draw x uniformly from [0, 1] and y = f(x) + ε with ε ~ N(0, sigma²), each of the given shape.

    Each from its own generator, so that in parts it is drawn as at once, and n points begin as fewer do.
    """
    x = x_rng.random(shape)
    noise = sigma * noise_rng.standard_normal(shape)
    return Sample(x, f(x) + noise, noise)


def spread_sample(f: Function, n: int, sigma: float, x_rng: Generator, noise_rng: Generator) -> Sample:
    """Draw one x from each of n equal cells of [0, 1], so that a mean over them is near the integral."""
    x = (np.arange(n) + x_rng.random(n)) / n
    noise = sigma * noise_rng.standard_normal(n)
    return Sample(x, f(x) + noise, noise)


def to_symmetric(x: Array) -> Array:
    """Map [0, 1] to [-1, 1], where polynomials are well conditioned."""
    return 2 * x - 1
