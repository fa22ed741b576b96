"""The penalized fits of one training set: columns standardized, the intercept left free.

L1 (lasso) minimizes (1/2n)‖y - Xw - b‖² + λ‖w‖₁, L2 (ridge) (1/2n)‖y - Xw - b‖² + (λ/2)‖w‖².
"""

from __future__ import annotations

from functools import cached_property
from typing import Literal, NamedTuple

import numpy as np
from numpy.random import Generator

from mlbasics.numerics import Array, lasso, linear, validation

Penalty = Literal["l1", "l2"]
L1: Penalty = "l1"
L2: Penalty = "l2"


class Fit(NamedTuple):
    """Weights by λ in the units of the data, (L, p), and their intercepts (L,)."""

    coef: Array
    intercept: Array

    def mse(self, X: Array, y: Array) -> Array:
        """Return the mean squared error on X (m, p) and y (m,), by λ."""
        return np.square(self.coef @ X.T + self.intercept[:, None] - y).mean(axis=1)


class TrainingSet:
    """X (n, p), y (n,), and their fits by either penalty."""

    def __init__(self, X: Array, y: Array) -> None:
        self.X, self.y = X, y
        self.z = linear.standardize(X, y)
        self.gram = self.z.X.T @ self.z.X / len(y)
        self.correlation = self.z.X.T @ self.z.y / len(y)

    @cached_property
    def lasso_path(self) -> lasso.LassoPath:
        """The whole lasso path of the standardized columns."""
        return lasso.lasso_path(self.gram, self.correlation)

    def standardized(self, lambdas: Array, penalty: Penalty) -> Array:
        """Return the weights of the standardized columns, (L, p)."""
        if penalty == L1:
            return self.lasso_path.at(lambdas)
        return linear.ridge_path(self.z.X[None], self.z.y[None], lambdas)[0][0]

    def fit(self, lambdas: Array, penalty: Penalty) -> Fit:
        """Return the fits in the units of the data."""
        return Fit(*self.z.restore(self.standardized(lambdas, penalty)))

    def folds(self, count: int, rng: Generator) -> Folds:
        """Split the rows at random, into no more folds than there are rows."""
        n = len(self.y)
        masks = validation.fold_masks(1, n, min(count, n), rng)[0]
        X, y = self.X, self.y
        return Folds([(TrainingSet(X[~out], y[~out]), X[out], y[out]) for out in masks])


class Folds(list[tuple[TrainingSet, Array, Array]]):
    """The folds of one training set: the rows that are left to fit, and X and y of those held out."""

    def mse(self, lambdas: Array, penalty: Penalty) -> Array:
        """Return the mean squared errors on the rows held out, (K, L)."""
        return np.array([rest.fit(lambdas, penalty).mse(X, y) for rest, X, y in self])
