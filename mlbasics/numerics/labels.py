"""Two classes on the square [-1, 1]², either side of a border x2 = b(x1), mixed by logistic noise."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.random import Generator

from mlbasics.numerics import Array, Booleans

Border = Callable[[Array], Array]

QUADRATURE = 10_000  # midpoints; the border's jumps, if it has any, cost at most 1e-4


def uniform_points(n: int, rng: Generator) -> Array:
    """Draw n points uniformly from the square, (n, 2)."""
    return rng.uniform(-1, 1, (n, 2))


def spread_points(side: int, rng: Generator) -> Array:
    """Draw one point from each of side² equal cells of the square, (side², 2)."""
    cell = np.stack(np.divmod(np.arange(side * side), side), axis=1)
    return 2 * (cell + rng.random(cell.shape)) / side - 1


def true_side(points: Array, border: Border) -> Booleans:
    """Return, for points (n, 2), whether each lies above the border: the label without noise, (n,)."""
    return points[:, 1] > border(points[:, 0])


def noisy_labels(points: Array, border: Border, width: float, rng: Generator) -> Booleans:
    """Draw labels with P(True) = 1/(1 + exp(-(x2 - b(x1))/width)); width 0 gives the true side, (n,)."""
    height = points[:, 1] - border(points[:, 0])
    return height + width * rng.logistic(size=len(points)) > 0


def bayes_error(border: Border, width: float) -> float:
    """Return the error that no classifier can go below: E min(p, 1 - p) for a point uniform on the square.

    The integral over x2 is closed: ∫_0^h dt/(1 + e^(t/w)) = w (ln 2 - ln(1 + e^(-h/w))), over the heights
    h = 1 - b above the border and 1 + b below it; one of them is negative, and taken off, where the border
    leaves the square.  The integral over x1 is the midpoint rule.
    """
    if width == 0:
        return 0.0
    b = border((np.arange(QUADRATURE) + 0.5) * 2 / QUADRATURE - 1)
    heights = np.stack([1 - b, 1 + b])
    far = (
        np.minimum(np.abs(heights), 700 * width) / width
    )  # e^-700 is nothing, and no ratio so large overflows
    inner = np.sign(heights) * width * (np.log(2) - np.log1p(np.exp(-far)))
    return float(inner.sum(axis=0).mean() / 2)
