"""Linear models with a quadratic penalty: the whole ridge path from one decomposition."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def ridge_path(X: Array, y: Array, lambdas: Array) -> tuple[Array, Array]:
    """Return the coefficients (T, L, p) and intercepts (T, L) of ridge regression for every λ at once.

    They minimise (1/2n)‖y - Xw - b‖² + (λ/2)‖w‖², b unpenalised, for X (T, n, p) or (1, n, p), y (T, n).
    With the centred X = U S Vᵀ, w(λ) = V (S² + nλ)⁻¹ S Uᵀy.  At λ = 0, directions without data stay at zero.
    Source: Hastie, Tibshirani, Friedman, "The Elements of Statistical Learning", 2nd ed., section 3.4.1.
    """
    x_mean, y_mean = X.mean(axis=1), y.mean(axis=1)
    u, s, vt = np.linalg.svd(X - x_mean[:, None], full_matrices=False)
    along = np.matmul(u.transpose(0, 2, 1), (y - y_mean[:, None])[..., None])[..., 0]  # (T, r)
    seen = s > s.max(axis=1, keepdims=True) * X.shape[1] * np.finfo(float).eps
    shrink = s[:, None] / np.where(seen[:, None], s[:, None] ** 2 + X.shape[1] * lambdas[:, None], np.inf)
    coef: Array = np.matmul(along[:, None] * shrink, vt)  # (T, L, p)
    intercept: Array = y_mean[:, None] - np.matmul(coef, x_mean[..., None])[..., 0]
    return coef, intercept
