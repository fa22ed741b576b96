"""The plane of points of two coordinates, and what networks make of it as they train."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from mlbasics.lessons.batchnorm.result import Plane, Regions
from mlbasics.numerics import Array
from mlbasics.numerics.classes import middles
from mlbasics.numerics.closeup import CloseUp
from mlbasics.numerics.descent import Asked
from mlbasics.numerics.sweeps import DTYPE, WATCHED, Study, Sweep

CELLS = (40, 32)  # parts of the plane whose classes are asked for
MARGIN = 0.05  # of their width that is shown around the points
FEW = 4  # classes that can be told apart as regions


def asking(study: Study, sweep: Sweep, rate: float) -> Study:
    """Return the study with its middle network at a rate asked for parts of the plane, if any, and points."""
    if not _planar(study):
        return study
    points = np.concatenate([middles(_corners(study.data.x), CELLS), study.data.test_x[:WATCHED]])
    return replace(study, asked=Asked(sweep.typical[study.rates.index(rate)], points.astype(DTYPE)))


def plane(
    study: Study, names: Sequence[str], rate: float, guessing: float, sides: Sequence[tuple[Sweep, CloseUp]]
) -> Plane | None:
    """Return what the networks answered, without batch norm and with it; guessing is its share of right ones.

    None where regions cannot be drawn.
    """
    if not _planar(study):
        return None
    points, labels = study.data.test_x[:WATCHED], study.data.test_labels[:WATCHED]
    parts = CELLS[0] * CELLS[1]

    def regions(sweep: Sweep, seen: CloseUp) -> Regions:
        answers = np.array(seen.answers)
        right = (answers[:, parts:] == labels).mean(axis=1)
        right[-1] = sweep.test_accuracy[study.rates.index(rate)]  # on all test points
        right[(answers < 0).any(axis=1) | np.isnan(right)] = guessing
        return Regions(answers[:, :parts].reshape(-1, *CELLS[::-1]), right)

    without, with_ = (regions(*side) for side in sides)
    named = list(names) or [""] * study.shape.classes
    return Plane(rate, named, _corners(study.data.x), points, labels, without, with_)


def _planar(study: Study) -> bool:
    """Return whether regions can be drawn: of few classes, in a plane."""
    return study.shape.inputs == 2 and study.shape.classes <= FEW


def _corners(x: Array) -> Array:
    """Return the corners of what is shown of the plane: all points, and a little around them."""
    low, high = x.min(axis=0).astype(float), x.max(axis=0).astype(float)
    around = MARGIN * (high - low)
    return np.array([low - around, high + around])
