"""Points of several classes that no straight borders part."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from mlbasics.numerics import Array

Labels = NDArray[np.intp]
Points = tuple[Array, Labels]
"""Points (n, d), and the class of each: 0, 1, …, C - 1 in equal shares."""

ARMS, TURNS, WOBBLE = 3, 0.8, 0.08  # of the spirals; the wobble is the sd of the angle, in radians
RINGS = 4
CLASSES, PER_CLASS, DIMENSIONS = 10, 4, 8  # of the clusters


def spirals(n: int, rng: Generator) -> Points:
    """Draw points of arms that wind around each other in the plane, within a radius of 1.5."""
    labels = np.arange(n) % ARMS
    radius = 0.05 + 0.95 * np.sqrt(rng.random(n))
    angle = 2 * np.pi * (TURNS * radius + labels / ARMS) + WOBBLE * rng.standard_normal(n)
    return 1.5 * radius[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1), labels


def rings(n: int, rng: Generator) -> Points:
    """Draw points of rings around each other in the plane."""
    labels = np.arange(n) % RINGS
    angle = rng.uniform(0, 2 * np.pi, n)
    radius = 1.7 * ((labels + 1) / RINGS + 0.05 * rng.standard_normal(n))
    return radius[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1), labels


def clusters(n: int, rng: Generator) -> Points:
    """Draw points of classes that are several clusters each, scattered in eight dimensions."""
    centres = rng.standard_normal((CLASSES * PER_CLASS, DIMENSIONS))
    which = np.arange(n) % len(centres)
    return centres[which] + 0.3 * rng.standard_normal((n, DIMENSIONS)), which % CLASSES


DATASETS = {"spirals": spirals, "rings": rings, "clusters": clusters}
