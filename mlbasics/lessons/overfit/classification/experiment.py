"""k nearest neighbors, for every k: on noisy labels around a known border, or on the learner's own rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.random import Generator

from mlbasics.data import rows
from mlbasics.data.origin import Origin
from mlbasics.kit import Tick, draws, picked, picture
from mlbasics.kit.targets import unit_curve
from mlbasics.numerics import Array, Booleans, Integers, labels, neighbors, validation
from mlbasics.numerics.samples import to_symmetric

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from mlbasics.data.columns import Columns
    from mlbasics.lessons.overfit import Params

    Draws = dict[str, Generator]

TEST_SIDE = 80  # 6 400 test points
N_TEST = TEST_SIDE**2
LEAST_ROWS = 4
MOST_CLASSES = 5  # that can be told apart by their colors
N_BORDER = 201
KEPT = 14  # values of k whose regions are kept, 1 and n among them, at about equal ratios
GRID = (120, 48)  # parts of the square that are labeled: half cells of a plot 120 columns wide
KINDS = ("data", "test", "folds", "data_noise", "test_noise")
"""What is drawn: data is where the training points lie, or which rows they are."""


class Labeled(NamedTuple):
    """Points of the square [-1, 1]², (n, 2), and their labels 0, 1, …, (n,)."""

    at: Array
    label: Integers


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

    def split(self, draws: Draws) -> tuple[Labeled, Labeled]:
        """Return points to train and to test on."""
        train, test = (
            labels.uniform_points(self.n, draws["data"]),
            labels.spread_points(TEST_SIDE, draws["test"]),
        )
        return self._labeled(train, draws["data_noise"]), self._labeled(test, draws["test_noise"])

    def _labeled(self, at: Array, rng: Generator) -> Labeled:
        return Labeled(at, labels.noisy_labels(at, self.border, self.noise, rng).astype(int))

    def mislabeled(self, points: Labeled) -> Booleans:
        """Return which points lie on the other side of the border than their label says."""
        return points.label != labels.true_side(points.at, self.border)

    def original(self, at: Array) -> Array:
        """Return points as the learner knows them."""
        return at


class OwnClasses:
    """Rows of the learner's table, two inputs and a column of a few classes, split at random."""

    bayes_error = float("nan")

    def __init__(self, params: Params, columns: Columns) -> None:
        from mlbasics.data.selection import classes_of, select

        selected = select(columns, params.x, params.y, least=LEAST_ROWS, inputs=2, classes=True)
        self.origin, self.scale = selected.origin, rows.Scale.of(selected.X)
        self.classes, label = classes_of(selected, MOST_CLASSES)
        self.points = Labeled(to_symmetric(self.scale.unit(selected.X)), label)
        self.n = rows.trained(len(label), params.n_train)

    def border(self, x1: Array) -> Array:
        """Return NaN: the true border is not known."""
        return np.full_like(x1, np.nan)

    def split(self, draws: Draws) -> tuple[Labeled, Labeled]:
        """Return the rows to train on, and up to N_TEST others."""
        (train,), (test,) = rows.splits(len(self.points.label), self.n, N_TEST, 1, draws["data"])
        at, label = self.points
        return Labeled(at[train], label[train]), Labeled(at[test], label[test])

    def mislabeled(self, points: Labeled) -> Booleans:
        """Return that no point is known to be."""
        return np.zeros(len(points.label), dtype=np.bool_)

    def original(self, at: Array) -> Array:
        """Return points in the units of the table."""
        return self.scale.original((at + 1) / 2)


Source = KnownBorder | OwnClasses


def source(params: Params, columns: Columns | None) -> Source:
    """Return the source of a run: the learner's rows where there are any, or else the border."""
    return KnownBorder(params) if columns is None else OwnClasses(params, columns)


@dataclass(frozen=True)
class Points:
    """A training set: coordinates, labels, and whether each label is wrong, each (n,)."""

    x1: Array
    x2: Array
    label: Integers
    mislabeled: Booleans


@dataclass(frozen=True)
class Border:
    """Points of the true border, each (m,)."""

    x1: Array
    x2: Array


@dataclass(frozen=True)
class BestK:
    """k chosen two ways: by the test set, and by cross-validation."""

    test: int
    cv: int


@dataclass(frozen=True)
class Result:
    """Shares of points labeled wrong, by k; a k too large for the folds has no CV error (NaN)."""

    k: Integers
    train_error: Array
    test_error: Array
    cv_error: Array
    bayes_error: float
    mislabeled: int
    test_gap: Array  # paired difference of the test error from that of the k which the other half of the
    test_gap_se: Array  # test set chose, and its standard error
    best_k: BestK
    folds: int
    origin: Origin | None  # of the learner's own rows; the true border is then not known
    classes: list[str]  # their names, where they have any, in the order of their labels
    points: Points
    border: Border
    corners: Array  # of the rectangle that the regions tile: its lower left and upper right, (2, 2)
    regions: dict[int, NDArray[np.int8]] = picture()  # by k, the label of each of its parts, (up, across)


def simulate(params: Params, source: Source, rng: Generator, tick: Tick) -> Result:
    """Label test points, training points and a grid by every k, and cross-validate."""
    of = draws(rng, *KINDS)
    train, test = source.split(of)
    test_wrong = neighbors.wrong_every_k(*train, *test)
    train_wrong = neighbors.wrong_every_k(*train, *train)
    tick(1, 3)
    folds = min(params.folds, source.n)
    held_out = validation.fold_masks(1, source.n, folds, of["folds"])[0]
    cv_error = neighbors.held_out_error(*train, held_out).mean(axis=0)
    tick(2, 3)

    best = _largest_best(test_wrong.mean(axis=1))
    pick = _largest_best(cv_error)
    test_gap, test_gap_se = validation.gap_from_best(test_wrong, _largest_best)
    flipped = source.mislabeled(train)
    x1, x2 = source.original(train.at).T
    across = np.linspace(-1, 1, N_BORDER)
    kept = [i + 1 for i in picked(source.n, {0, best}, KEPT, ratio=True)]
    return Result(
        k=np.arange(1, source.n + 1),
        train_error=train_wrong.mean(axis=1),
        test_error=test_wrong.mean(axis=1),
        cv_error=cv_error,
        bayes_error=source.bayes_error,
        mislabeled=int(flipped.sum()),
        test_gap=test_gap,
        test_gap_se=test_gap_se,
        best_k=BestK(best + 1, pick + 1),
        folds=folds,
        origin=source.origin,
        classes=source.classes,
        points=Points(x1, x2, train.label, flipped),
        border=Border(across, source.border(across)),
        corners=source.original(np.array([[-1.0, -1], [1, 1]])),
        regions=neighbors.regions(*train, kept, GRID),
    )


def _largest_best(error: Array) -> int:
    """Return the index of the largest k, the simplest model, whose error is the least."""
    known = error[~np.isnan(error)]
    return len(known) - 1 - int(known[::-1].argmin())
