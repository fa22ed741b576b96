"""The learner's own table in the place of a problem: its columns are the features, and no truth is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.random import Generator

from mlbasics.data.selection import select
from mlbasics.lessons.regularization.penalties import Fit, TrainingSet
from mlbasics.numerics import Array

if TYPE_CHECKING:
    from mlbasics.data.columns import Columns
    from mlbasics.lessons.regularization import Params


LEAST_ROWS = 4
MOST_FEATURES = 200
RIDGE_RANGE = (10.0, 1e-4)  # ridge's λ, unlike the lasso's, does not scale with y


class OwnTable:
    """A table as a problem whose truth is not known."""

    beta: None = None

    def __init__(self, params: Params, columns: Columns) -> None:
        selected = select(columns, params.x, params.y, least=LEAST_ROWS, most=MOST_FEATURES)
        self.features, self.origin = selected.names, selected.origin
        self.rows = TrainingSet(selected.X, selected.y)

    def draw(self, rng: Generator) -> TrainingSet:
        """Return all rows: there are no others to draw from."""
        return self.rows

    def test_mse(self, fit: Fit) -> Array:
        """Return NaN: the expected error on new data is not known."""
        return np.full(len(fit.coef), np.nan)
