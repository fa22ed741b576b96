"""Order statistics; NumPy's own, and its sets, load numpy.ma: 12 ms of a start-up of 150."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mlbasics.numerics import Array


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
