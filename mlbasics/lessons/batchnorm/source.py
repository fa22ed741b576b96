"""The points to tell apart: drawn for the run, or the learner's own rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from mlbasics.data.origin import Origin
from mlbasics.lessons.batchnorm import N_TRAIN
from mlbasics.numerics import Array
from mlbasics.numerics.classes import DATASETS

if TYPE_CHECKING:
    from mlbasics.data.columns import Columns
    from mlbasics.lessons.batchnorm import Params

Labels = NDArray[np.intp]

N_TEST = 1000
LEAST_ROWS, MOST_CLASSES = 20, 50
SHARE = 0.8  # of the learner's rows that are trained on, up to N_TRAIN


@dataclass(frozen=True)
class Data:
    """Points (n, d) and their classes (n,), to train and to test on."""

    x: Array
    labels: Labels
    test_x: Array
    test_labels: Labels
    origin: Origin | None = None


def drawn(params: Params, rng: Generator) -> Data:
    """Draw the set asked for."""
    x, labels = DATASETS[params.dataset](N_TRAIN + N_TEST, rng)
    return _split(x, labels, N_TRAIN, rng)


def own(params: Params, columns: Columns, rng: Generator) -> Data:
    """Return the learner's rows, each column at mean 0 and standard deviation 1, a class for each word."""
    from mlbasics.data.selection import classes_of, select
    from mlbasics.numerics.linear import standardise

    rows = select(columns, params.x, params.y, least=LEAST_ROWS, classes=True)
    _, labels = classes_of(rows, MOST_CLASSES)
    n_train = min(N_TRAIN, int(SHARE * len(labels)))
    return _split(standardise(rows.X, rows.y).X, labels, n_train, rng, rows.origin)


def _split(x: Array, labels: Labels, n_train: int, rng: Generator, origin: Origin | None = None) -> Data:
    order = rng.permutation(len(x))
    train, test = order[:n_train], order[n_train : n_train + N_TEST]
    return Data(x[train], labels[train], x[test], labels[test], origin)
