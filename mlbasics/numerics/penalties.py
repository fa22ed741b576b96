"""The penalised fits of one training set: columns standardised, the intercept left free.

All minimise (1/2n)‖y - Xw - b‖² + λ(α‖w‖₁ + (1 - α)/2 ‖w‖²), with α = 0 for L2 (ridge), 1 for L1 (lasso).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.random import Generator

from mlbasics.numerics import Array, lasso, linear, validation

L1, L2 = 1.0, 0.0
ORTHONORMAL = 41  # weights that are compared where columns are orthonormal


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
        self.z = linear.standardise(X, y)
        self.gram = self.z.X.T @ self.z.X / len(y)
        self.correlation = self.z.X.T @ self.z.y / len(y)

    @cached_property
    def lasso_path(self) -> lasso.LassoPath:
        """The whole lasso path of the standardised columns."""
        return lasso.lasso_path(self.gram, self.correlation)

    def standardised(self, lambdas: Array, l1_ratio: float) -> Array:
        """Return the weights of the standardised columns, (L, p)."""
        if l1_ratio == L1:
            return self.lasso_path.at(lambdas)
        if l1_ratio == L2:
            return linear.ridge_path(self.z.X[None], self.z.y[None], lambdas)[0][0]
        return lasso.elastic_net(self.gram, self.correlation, lambdas, l1_ratio)

    def fit(self, lambdas: Array, l1_ratio: float) -> Fit:
        """Return the fits in the units of the data."""
        return Fit(*self.z.restore(self.standardised(lambdas, l1_ratio)))

    def penalty(self, lambdas: Array, l1_ratio: float) -> Array:
        """Return the penalty that each fit pays, (L,)."""
        w = self.standardised(lambdas, l1_ratio)
        mixed = l1_ratio * np.abs(w).sum(axis=1) + (1 - l1_ratio) / 2 * np.square(w).sum(axis=1)
        return lambdas * mixed

    def df(self, lambdas: Array, l1_ratio: float) -> Array:
        """Return the effective degrees of freedom, (L,).

        For the lasso it is the number of weights that are not zero (H. Zou, T. Hastie, R. Tibshirani, Annals
        of Statistics 35 (2007) 2173-2192); for the others the trace of the fit's map on those columns.
        """
        if l1_ratio == L2:
            return linear.effective_df(self.z.X, lambdas)
        kept = self.standardised(lambdas, l1_ratio) != 0
        if l1_ratio == L1:
            return kept.sum(axis=1).astype(float)
        shrinkage = lambdas * (1 - l1_ratio)
        return np.array([
            linear.effective_df(self.z.X[:, k], s[None])[0] for k, s in zip(kept, shrinkage, strict=True)
        ])  # fmt: skip

    def kkt_residual(self, lambdas: Array, l1_ratio: float) -> float:
        """Return by how much the fits break the conditions of optimality, relative to λ_max."""
        weights = self.standardised(lambdas, l1_ratio)
        return lasso.kkt_residual(self.gram, self.correlation, weights, lambdas, l1_ratio)

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


@dataclass(frozen=True)
class Shrinkage:
    """Weights of orthonormal columns: without a penalty, z, and with L1 and L2."""

    lam: float
    z: Array
    l1: Array
    l2: Array


def shrinkage(lam: float, rng: Generator) -> Shrinkage:
    """Solve for orthonormal columns, where each weight shrinks by itself; some are above 1 + λ."""
    n = 2 * ORTHONORMAL
    columns = np.linalg.qr(rng.standard_normal((n, ORTHONORMAL + 1)) + np.eye(n, 1))[0]
    X = np.sqrt(n) * columns[:, 1:]  # XᵀX/n = I
    reach = max(3 * lam, 1.5 * (1 + lam))
    y = X @ np.linspace(-reach, reach, ORTHONORMAL) + columns[:, 0]  # and a part no column explains
    gram, z = X.T @ X / n, X.T @ y / n
    l2 = np.linalg.solve(gram + lam * np.eye(ORTHONORMAL), z)
    return Shrinkage(lam, z, lasso.lasso_path(gram, z).at(np.array([lam]))[0], l2)
