"""Where the points to tell apart come from: a built-in set, or the learner's own rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from numpy.random import Generator

from mlbasics.lessons.batchnorm import N_TRAIN
from mlbasics.numerics.classes import DATASETS, Split, split

if TYPE_CHECKING:
    from mlbasics.data.columns import Columns
    from mlbasics.lessons.batchnorm import Params

N_TEST = 1000
LEAST_ROWS, MOST_CLASSES = 20, 50
SHARE = 0.8  # of the learner's rows that are trained on, up to N_TRAIN


class BuiltIn:
    """Fresh points of the set asked for."""

    origin: None = None
    names: Sequence[str] = ()
    n_train = N_TRAIN

    def __init__(self, params: Params) -> None:
        self.points = DATASETS[params.dataset]

    def draw(self, rng: Generator) -> Split:
        """Draw points to train and to test on."""
        return split(*self.points(N_TRAIN + N_TEST, rng), N_TRAIN, N_TEST, rng)


class OwnRows:
    """The learner's rows, each column at mean 0 and standard deviation 1, a class for each word."""

    def __init__(self, params: Params, columns: Columns) -> None:
        from mlbasics.data.selection import classes_of, select
        from mlbasics.numerics.linear import standardize

        rows = select(columns, params.x, params.y, least=LEAST_ROWS, classes=True)
        self.names, self.labels = classes_of(rows, MOST_CLASSES)
        self.x, self.origin = standardize(rows.X, rows.y).X, rows.origin
        self.n_train = min(N_TRAIN, int(SHARE * len(self.labels)))

    def draw(self, rng: Generator) -> Split:
        """Split the rows at random."""
        return split(self.x, self.labels, self.n_train, N_TEST, rng)


Source = BuiltIn | OwnRows


def source(params: Params, columns: Columns | None) -> Source:
    """Return where the points of a run come from."""
    return BuiltIn(params) if columns is None else OwnRows(params, columns)
