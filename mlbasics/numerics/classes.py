"""Points of several classes that no straight borders part."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.random import Generator

from mlbasics.numerics import Array, Integers

Points = tuple[Array, Integers]
"""Points (n, d), and the class of each: 0, 1, …, C - 1 in equal shares."""

ARMS, TURNS, WOBBLE = 3, 0.8, 0.08  # of the spirals; the wobble is the sd of the angle, in radians
CLASSES, PER_CLASS, DIMENSIONS = 10, 4, 8  # of the clusters


def spirals(n: int, rng: Generator) -> Points:
    """Draw points of arms that wind around each other in the plane, within a radius of 1.5."""
    labels = np.arange(n) % ARMS
    radius = 0.05 + 0.95 * np.sqrt(rng.random(n))
    angle = 2 * np.pi * (TURNS * radius + labels / ARMS) + WOBBLE * rng.standard_normal(n)
    return 1.5 * radius[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1), labels


def clusters(n: int, rng: Generator) -> Points:
    """Draw points of classes that are several clusters each, scattered in eight dimensions."""
    centers = rng.standard_normal((CLASSES * PER_CLASS, DIMENSIONS))
    which = np.arange(n) % len(centers)
    return centers[which] + 0.3 * rng.standard_normal((n, DIMENSIONS)), which % CLASSES


DATASETS = {"spirals": spirals, "clusters": clusters}


class Split(NamedTuple):
    """Points (n, d) and their classes (n,), to train and to test on."""

    x: Array
    labels: Integers
    test_x: Array
    test_labels: Integers

    @property
    def classes(self) -> int:
        """How many classes there are."""
        return int(max(self.labels.max(), self.test_labels.max(initial=0))) + 1


def middles(corners: Array, cells: tuple[int, int]) -> Array:
    """Return the middles of parts of a rectangle, so many across by so many up, the lowest row first."""
    ends = zip(*corners.tolist(), cells, strict=True)
    across, up = (low + (high - low) * (np.arange(size) + 0.5) / size for low, high, size in ends)
    return np.stack(np.meshgrid(across, up), axis=-1).reshape(-1, 2)


def split(x: Array, labels: Integers, n_train: int, n_test: int, rng: Generator) -> Split:
    """Split points at random: n_train to train on, and up to n_test of the others to test on."""
    order = rng.permutation(len(x))
    train, test = order[:n_train], order[n_train : n_train + n_test]
    return Split(x[train], labels[train], x[test], labels[test])
