"""Linear models with a quadratic penalty: the whole ridge path from one decomposition."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from mlbasics.numerics import Array

CONSTANT = 1e-12  # of a column's mean: a spread below it is rounding


class Standardized(NamedTuple):
    """Columns of mean 0 and mean square 1, and a target of mean 0: X (..., n, p), y (..., n)."""

    X: Array
    y: Array
    x_mean: Array  # (..., p)
    x_scale: Array  # (..., p); 1 for a constant column, which becomes 0
    y_mean: Array  # (...)

    def restore(self, coef: Array) -> tuple[Array, Array]:
        """Return weights (..., L, p) in the units of the data, and their intercepts (..., L)."""
        restored = coef / self.x_scale[..., None, :]
        return restored, self.y_mean[..., None] - np.matmul(restored, self.x_mean[..., None])[..., 0]


def standardize(X: Array, y: Array) -> Standardized:
    """Return the data with every column at mean 0 and standard deviation 1 (by 1/n).

    A penalty then treats all columns alike, and the intercept, which is 0, stays out of it.
    """
    x_mean, y_mean = X.mean(axis=-2), y.mean(axis=-1)
    centered = X - x_mean[..., None, :]
    scale = np.sqrt(np.square(centered).mean(axis=-2))
    constant = scale <= CONSTANT * np.abs(x_mean)
    centered = np.where(constant[..., None, :], 0.0, centered)
    scale = np.where(constant, 1.0, scale)
    return Standardized(centered / scale[..., None, :], y - y_mean[..., None], x_mean, scale, y_mean)


def ridge_path(X: Array, y: Array, lambdas: Array) -> tuple[Array, Array]:
    """Return the coefficients (T, L, p) and intercepts (T, L) of ridge regression for every λ at once.

    They minimize (1/2n)‖y - Xw - b‖² + (λ/2)‖w‖², b unpenalized, for X (T, n, p) or (1, n, p), y (T, n).
    With the centered X = U S Vᵀ, w(λ) = V (S² + nλ)⁻¹ S Uᵀy.  At λ = 0, directions without data stay at zero.
    Source: Hastie, Tibshirani, Friedman, "The Elements of Statistical Learning", 2nd ed., section 3.4.1.
    """
    x_mean, y_mean = X.mean(axis=1), y.mean(axis=1)
    u, s, vt = np.linalg.svd(X - x_mean[:, None], full_matrices=False)
    along = np.matmul(u.transpose(0, 2, 1), (y - y_mean[:, None])[..., None])[..., 0]  # (T, r)
    seen = s > s.max(axis=1, keepdims=True) * X.shape[1] * np.finfo(float).eps
    shrink = s[:, None] / np.where(seen[:, None], s[:, None] ** 2 + X.shape[1] * lambdas[:, None], np.inf)
    coef = np.matmul(along[:, None] * shrink, vt)  # (T, L, p)
    return coef, y_mean[:, None] - np.matmul(coef, x_mean[..., None])[..., 0]
