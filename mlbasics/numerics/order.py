"""What is equal but for rounding, and order statistics.

NumPy's own quantiles and sets load numpy.ma: 12 ms of a start-up of 150.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mlbasics.numerics import Array, Booleans

ALIKE = 1e-9  # of their size: no difference that arithmetic in float64 may not have left


def equal(a: Array | float, b: Array | float, zero: Array | float = 0.0) -> Booleans:
    """Return whether numbers are equal but for rounding; zero is how large one may be that should be none."""
    return np.abs(np.subtract(a, b)) <= np.maximum(ALIKE * np.maximum(np.abs(a), np.abs(b)), zero)


def quantile(values: Array, share: float) -> Array:
    """Return the quantile over the first axis."""
    ordered, at = np.sort(values, axis=0), share * (len(values) - 1)
    low = int(at)
    above = ordered[min(low + 1, len(values) - 1)]
    return ordered[low] + (at - low) * (above - ordered[low])


def distinct(*values: Array | Sequence[float]) -> Array:
    """Return the values of all arrays, each once, the least first."""
    ordered = np.sort(np.concatenate(values))
    return ordered[np.append(ordered[:-1] != ordered[1:], True)[: len(ordered)]]
