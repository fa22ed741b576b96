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


def even_sample(f: Function, shape: tuple[int, int], sigma: float, rng: Generator) -> Sample:
    """Return y = f(x) + ε at x evenly spaced over [0, 1], both ends included; only ε ~ N(0, sigma²) is drawn.

    The shape is (sets, points); the noise of n points begins as that of fewer.
    """
    x = np.broadcast_to(np.linspace(0, 1, shape[1]), shape)
    return Sample(x, f(x) + sigma * rng.standard_normal(shape))


def spread_sample(f: Function, n: int, sigma: float, x_rng: Generator, noise_rng: Generator) -> Sample:
    """Draw one x from each of n equal cells of [0, 1], so that a mean over them is near the integral."""
    x = (np.arange(n) + x_rng.random(n)) / n
    return Sample(x, f(x) + sigma * noise_rng.standard_normal(n))


def to_symmetric(x: Array) -> Array:
    """Map [0, 1] to [-1, 1], where polynomials are well conditioned."""
    return 2 * x - 1
