"""Where the data come from: a sparse truth, or the learner's own table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
from numpy.random import Generator

from mlbasics.data.selection import select
from mlbasics.numerics import Array
from mlbasics.numerics.penalties import Fit, TrainingSet

if TYPE_CHECKING:
    from mlbasics.data.columns import Columns
    from mlbasics.lessons.regularization import Params


WEIGHTS = (2.0, 3.0)  # sizes of the informative weights: each matters, and none drowns the others
LEAST_ROWS = 4
MOST_FEATURES = 200
LARGEST = 1e50  # of the numbers of a table: the fourth powers of errors must be finite


def source(params: Params, columns: Columns | None) -> Sparse | OwnTable:
    """Return the family of sparse problems, or the learner's table in its place."""
    return Sparse(params) if columns is None else OwnTable(params, columns)


class Sparse:
    """The problems y = xᵀβ + ε with few β that are not zero, x ~ N(0, Σ), Σ_ij = ρ^|i-j|, ε ~ N(0, σ²)."""

    def __init__(self, params: Params) -> None:
        p = params.features
        self.n, self.informative, self.noise = params.n_train, params.informative, params.noise
        apart = np.abs(np.subtract.outer(np.arange(p), np.arange(p)))
        self.root = np.asarray(np.linalg.cholesky(params.correlation**apart))  # Σ = root rootᵀ

    def problem(self, rng: Generator) -> Problem:
        """Draw β, and so one of them; fewer informative features keep the weights they have among more."""
        p = len(self.root)
        order, size, sign = rng.permutation(p), rng.uniform(*WEIGHTS, p), rng.choice([-1, 1], p)
        return Problem(self, np.where(order < self.informative, size * sign, 0.0))


class Problem:
    """One truth, β (p,), and what follows from it."""

    origin: None = None

    def __init__(self, family: Sparse, beta: Array) -> None:
        self.beta, self.root, self.n, self.noise = beta, family.root, family.n, family.noise
        self.features = [f"w{j + 1}" for j in range(len(beta))]

    def draw(self, rng: Generator) -> TrainingSet:
        """Draw a training set; a larger one begins with the points of a smaller."""
        inputs, noise = rng.spawn(2)
        X = inputs.standard_normal((self.n, len(self.beta))) @ self.root.T
        return TrainingSet(X, X @ self.beta + self.noise * noise.standard_normal(self.n))

    def fresh(self, sets: int, rng: Generator) -> Iterator[TrainingSet]:
        """Draw training sets, each from a generator of its own: more of them begin with the same."""
        return (self.draw(own) for own in rng.spawn(sets))

    def test_mse(self, fit: Fit) -> Array:
        """Return the expected squared error on new data, (w - β)ᵀΣ(w - β) + b² + σ², by λ."""
        off = np.square((fit.coef - self.beta) @ self.root).sum(axis=1)
        return off + np.square(fit.intercept) + self.noise**2


class OwnTable:
    """A table whose columns are the features: a problem whose truth is not known."""

    beta: None = None

    def __init__(self, params: Params, columns: Columns) -> None:
        selected = select(columns, params.x, params.y, least=LEAST_ROWS, most=MOST_FEATURES, largest=LARGEST)
        self.features, self.origin = selected.names, selected.origin
        self.rows = TrainingSet(selected.X, selected.y)

    def problem(self, rng: Generator) -> OwnTable:
        """Return the table itself: it is the only problem."""
        return self

    def draw(self, rng: Generator) -> TrainingSet:
        """Return all rows: there are no others to draw from."""
        return self.rows

    def test_mse(self, fit: Fit) -> Array:
        """Return NaN: the expected error on new data is not known."""
        return np.full(len(fit.coef), np.nan)
