"""Noisy samples of a function."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.random import Generator

from mlbasics.numerics import Array

Function = Callable[[Array], Array]


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
