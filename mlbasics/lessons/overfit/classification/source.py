"""Where labelled points come from: a known border with noise, or the learner's own rows of two classes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.random import Generator

from mlbasics.data import rows
from mlbasics.kit.targets import unit_curve
from mlbasics.numerics import Array, Booleans, labels
from mlbasics.numerics.samples import to_symmetric

if TYPE_CHECKING:
    from mlbasics.data.columns import Columns
    from mlbasics.lessons.overfit import Params

TEST_SIDE = 80  # 6 400 test points
N_TEST = TEST_SIDE**2
LEAST_ROWS = 4


class Draws(NamedTuple):
    """A generator for each kind of draw, so that no other option moves what a seed draws."""

    data: Generator  # where the training points lie, or which rows they are
    test: Generator
    folds: Generator
    data_noise: Generator
    test_noise: Generator

    @classmethod
    def of(cls, rng: Generator) -> Draws:
        """Return the generators of a run."""
        return cls(*rng.spawn(len(cls._fields)))


class Points(NamedTuple):
    """Points of the square [-1, 1]², (n, 2), and their labels (n,)."""

    at: Array
    label: Booleans


def source(params: Params, columns: Columns | None) -> Source:
    """Return the source of a run: the learner's rows where there are any, or else the border."""
    return KnownBorder(params) if columns is None else OwnClasses(params, columns)


class KnownBorder:
    """Points uniform in the square, their labels mixed around a border."""

    origin: None = None
    classes: list[str] = []  # noqa: RUF012  they have no names

    def __init__(self, params: Params) -> None:
        self.f, self.n, self.noise = unit_curve(params), params.n_train, params.noise
        self.bayes_error = labels.bayes_error(self.border, self.noise)

    def border(self, x1: Array) -> Array:
        """Return x2 of the true border."""
        return self.f((x1 + 1) / 2) / 2

    def split(self, draws: Draws) -> tuple[Points, Points]:
        """Return points to train and to test on."""
        train, test = labels.uniform_points(self.n, draws.data), labels.spread_points(TEST_SIDE, draws.test)
        return (
            Points(train, labels.noisy_labels(train, self.border, self.noise, draws.data_noise)),
            Points(test, labels.noisy_labels(test, self.border, self.noise, draws.test_noise)),
        )

    def mislabelled(self, points: Points) -> Booleans:
        """Return which points lie on the other side of the border than their label says."""
        return points.label != labels.true_side(points.at, self.border)

    def original(self, at: Array) -> Array:
        """Return points as the learner knows them."""
        return at


class OwnClasses:
    """Rows of the learner's table, two inputs and a column of two classes, split at random."""

    bayes_error = float("nan")

    def __init__(self, params: Params, columns: Columns) -> None:
        from mlbasics.data.selection import classes_of, select

        selected = select(columns, params.x, params.y, least=LEAST_ROWS, inputs=2, classes=True)
        self.origin, self.scale = selected.origin, rows.Scale.of(selected.X)
        self.classes, label = classes_of(selected, most=2)
        self.points = Points(to_symmetric(self.scale.unit(selected.X)), label == 1)
        self.n = rows.trained(len(label), params.n_train)

    def border(self, x1: Array) -> Array:
        """Return NaN: the true border is not known."""
        return np.full_like(x1, np.nan)

    def split(self, draws: Draws) -> tuple[Points, Points]:
        """Return the rows to train on, and up to N_TEST others."""
        (train,), (test,) = rows.splits(len(self.points.label), self.n, N_TEST, 1, draws.data)
        at, label = self.points
        return Points(at[train], label[train]), Points(at[test], label[test])

    def mislabelled(self, points: Points) -> Booleans:
        """Return that no point is known to be."""
        return np.zeros(len(points.label), dtype=np.bool_)

    def original(self, at: Array) -> Array:
        """Return points in the units of the table."""
        return self.scale.original((at + 1) / 2)


Source = KnownBorder | OwnClasses
