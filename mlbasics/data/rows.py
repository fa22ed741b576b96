"""The learner's rows: columns brought to [0, 1] and back, and splits at random to train and to test on."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.random import Generator

from mlbasics.numerics import Array, Integers

SHARE = 0.7  # of the rows, that are trained on at most


class Scale(NamedTuple):
    """A map of columns to [0, 1] and back; one of a single value goes to 0."""

    low: Array  # (p,) of columns (n, p), or () of one (n,)
    span: Array

    @classmethod
    def of(cls, x: Array) -> Scale:
        """Return the scale that brings the least of each column to 0 and the largest to 1."""
        return cls(x.min(axis=0), np.maximum(np.ptp(x, axis=0), np.finfo(float).tiny))

    def unit(self, x: Array) -> Array:
        """Return values of the table on [0, 1]."""
        return (x - self.low) / self.span

    def original(self, unit: Array) -> Array:
        """Return values on [0, 1] in the units of the table."""
        return self.low + self.span * unit


def trained(rows: int, wanted: int, share: float = SHARE) -> int:
    """Return how many rows are trained on: as many as are wanted, up to a share of them, and 2 or more."""
    return max(2, min(wanted, int(share * rows)))


def splits(rows: int, train: int, test: int, sets: int, rng: Generator) -> tuple[Integers, Integers]:
    """Return which rows are trained on, (sets, train), and up to so many others to test on."""
    order = rng.permuted(np.broadcast_to(np.arange(rows), (sets, rows)), axis=1)
    return order[:, :train], order[:, train : train + test]
