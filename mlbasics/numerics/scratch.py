"""Arrays to compute into, again and again: to map fresh memory takes longer than to fill it."""

from __future__ import annotations

import numpy as np

from mlbasics.numerics import Array


class Scratch:
    """Arrays that each round of one computation meets in the same order; it overwrites the round before."""

    def __init__(self) -> None:
        self._arrays: list[Array] = []
        self._spares: dict[tuple[int, ...], Array] = {}
        self._next = 0

    def begin(self) -> None:
        """Begin a round."""
        self._next = 0

    def like(self, x: Array) -> Array:
        """Return the round's next array, as large as x."""
        return self._array(x.shape, x)

    def product(self, a: Array, b: Array) -> Array:
        """Return the matrix product of a, (m, k) or (R, m, k), and b (R, k, n) in the round's next array."""
        return np.matmul(a, b, out=self._array((len(b), a.shape[-2], b.shape[-1]), b))

    def spare(self, x: Array) -> Array:
        """Return an array as large as x, for what is needed no longer than until the next is asked for."""
        if x.shape not in self._spares:
            self._spares[x.shape] = np.empty_like(x)
        return self._spares[x.shape]

    def _array(self, size: tuple[int, ...], like: Array) -> Array:
        if self._next == len(self._arrays) or self._arrays[self._next].shape != size:
            self._arrays[self._next :] = [np.empty(size, like.dtype)]
        self._next += 1
        return self._arrays[self._next - 1]
