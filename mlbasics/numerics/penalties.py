"""The penalized fits of one training set: columns standardized, the intercept left free.

All minimise (1/2n)‖y - Xw - b‖² + λ(α‖w‖₁ + (1 - α)/2 ‖w‖²), with α = 0 for L2 (ridge), 1 for L1 (lasso).
"""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.random import Generator

from mlbasics.numerics import Array, lasso, linear, validation

L1, L2 = 1.0, 0.0


class Fit(NamedTuple):
    """Weights by λ in the units of the data, (L, p), and their intercepts (L,)."""

    coef: Array
    intercept: Array

    def mse(self, X: Array, y: Array) -> Array:
        """Return the mean squared error on X (m, p) and y (m,), by λ."""
        return np.square(self.coef @ X.T + self.intercept[:, None] - y).mean(axis=1)


class TrainingSet:
    """X (n, p), y (n,), and their fits by any penalty."""

    def __init__(self, X: Array, y: Array) -> None:
        self.X, self.y = X, y
        self.z = linear.standardize(X, y)
        self.gram = self.z.X.T @ self.z.X / len(y)
        self.correlation = self.z.X.T @ self.z.y / len(y)

    @cached_property
    def lasso_path(self) -> lasso.LassoPath:
        """The whole lasso path of the standardized columns."""
        return lasso.lasso_path(self.gram, self.correlation)

    def standardized(self, lambdas: Array, l1_ratio: float) -> Array:
        """Return the weights of the standardized columns, (L, p)."""
        if l1_ratio == L1:
            return self.lasso_path.at(lambdas)
        if l1_ratio == L2:
            return linear.ridge_path(self.z.X[None], self.z.y[None], lambdas)[0][0]
        return lasso.elastic_net(self.gram, self.correlation, lambdas, l1_ratio)

    def fit(self, lambdas: Array, l1_ratio: float) -> Fit:
        """Return the fits in the units of the data."""
        return Fit(*self.z.restore(self.standardized(lambdas, l1_ratio)))

    def penalty(self, lambdas: Array, l1_ratio: float) -> Array:
        """Return the penalty that each fit pays, (L,)."""
        w = self.standardized(lambdas, l1_ratio)
        mixed = l1_ratio * np.abs(w).sum(axis=1) + (1 - l1_ratio) / 2 * np.square(w).sum(axis=1)
        return lambdas * mixed

    def df(self, lambdas: Array, l1_ratio: float) -> Array:
        """Return the effective degrees of freedom, (L,).

        For the lasso it is the number of weights that are not zero (H. Zou, T. Hastie, R. Tibshirani, Annals
        of Statistics 35 (2007) 2173-2192); for the others the trace of the fit's map on those columns.
        """
        if l1_ratio == L2:
            return linear.effective_df(self.z.X, lambdas)
        kept = self.standardized(lambdas, l1_ratio) != 0
        if l1_ratio == L1:
            return kept.sum(axis=1).astype(float)
        shrinkage = lambdas * (1 - l1_ratio)
        return np.array([
            linear.effective_df(self.z.X[:, k], s[None])[0] for k, s in zip(kept, shrinkage, strict=True)
        ])  # fmt: skip

    def folds(self, count: int, rng: Generator) -> Folds:
        """Split the rows at random, into no more folds than there are rows."""
        n = len(self.y)
        masks = validation.fold_masks(1, n, min(count, n), rng)[0]
        X, y = self.X, self.y
        return Folds([(TrainingSet(X[~out], y[~out]), X[out], y[out]) for out in masks])


class Folds(list[tuple[TrainingSet, Array, Array]]):
    """The folds of one training set: the rows that are left to fit, and X and y of those held out."""

    def mse(self, lambdas: Array, l1_ratio: float) -> Array:
        """Return the mean squared errors on the rows held out, (K, L)."""
        return np.array([rest.fit(lambdas, l1_ratio).mse(X, y) for rest, X, y in self])
