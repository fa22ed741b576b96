"""Least-squares polynomials of every degree at once, for many data sets at once.

A basis that is orthonormal on the training points is built degree by degree, so the fit of degree d
is the fit of degree d-1 plus one term: all degrees cost what the highest one costs, and no
ill-conditioned matrix of powers appears.

Source: P. D. Brubeck, Y. Nakatsukasa, L. N. Trefethen, "Vandermonde with Arnoldi", SIAM Review 63 (2021)
405-415, which makes stable the three-term recurrence of G. E. Forsythe, J. SIAM 5 (1957) 74-88.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from mlbasics.numerics import Array, Booleans

ROUNDING = 1e-12  # of the largest |x|: no longer is a direction where the points leave none free


class Basis(NamedTuple):
    """Polynomials q_0 … q_D, orthonormal on T sets of n points: Σ_i w_i q_j(x_i) q_k(x_i) = [j = k]."""

    at_points: Array  # (T, D+1, n), also at points of weight 0
    recurrence: Array  # (T, D+1, D+1): row d holds b and the h_j of x q_{d-1} = Σ_{j<d} h_j q_j + b q_d


def orthonormal_basis(x: Array, max_degree: int, weights: Array | None = None) -> Basis:
    """Return the orthonormal polynomials of degree 0 … max_degree on the points x, (T, n) in [-1, 1].

    weights, (T, n), are 1 where omitted; 0 leaves a point out of the fit, as cross-validation does.
    From degree n on, where the points leave no direction free, the polynomials are zero: the fit of
    degree n-1 passes through every point already.
    """
    trials, n = x.shape
    q = np.zeros((trials, max_degree + 1, n))
    recurrence = np.zeros((trials, max_degree + 1, max_degree + 1))
    exhausted = ROUNDING * np.abs(x).max(axis=1)
    v = np.ones_like(x)
    for d in range(max_degree + 1):
        # Exactly, x q_{d-1} overlaps with the last two alone (Forsythe); the pass over all removes rounding.
        for j in range(max(0, d - 2), d):
            overlap = _weighted(v * q[:, j], weights).sum(axis=1)
            v = v - overlap[:, None] * q[:, j]
            recurrence[:, d, j] = overlap
        rest = np.matmul(q[:, :d], _weighted(v, weights)[..., None])  # (T, d, 1)
        v = v - np.matmul(rest.transpose(0, 2, 1), q[:, :d])[:, 0]
        recurrence[:, d, :d] += rest[..., 0]
        b = np.sqrt(_weighted(v * v, weights).sum(axis=1))
        b[b <= exhausted] = np.inf
        q[:, d] = v / b[:, None]
        recurrence[:, d, d] = b
        v = x * q[:, d]
    return Basis(q, recurrence)


def evaluate(basis: Basis, x: Array) -> Array:
    """Return q_0 … q_D at new points: x (m,) or (T, m) gives (T, D+1, m)."""
    trials, degrees, _ = basis.recurrence.shape
    x = np.broadcast_to(x, (trials, x.shape[-1]))
    q = np.zeros((trials, degrees, x.shape[1]))
    v = np.ones_like(x)
    for d in range(degrees):
        h = basis.recurrence[:, d]
        q[:, d] = (v - np.matmul(h[:, None, :d], q[:, :d])[:, 0]) / h[:, d, None]
        v = x * q[:, d]
    return q


def coefficients(basis: Basis, y: Array, weights: Array | None = None) -> Array:
    """Return the coefficients <y, q_d> = Σ_i w_i y_i q_d(x_i), (T, D+1), for y (T, n)."""
    return np.matmul(basis.at_points, _weighted(y, weights)[..., None])[..., 0]


def nested_fits(coef: Array, values: Array) -> Array:
    """Return the fit of every degree, f_d = Σ_{j<=d} c_j q_j, (T, D+1, m), for values q_j (T, D+1, m)."""
    fits = coef[..., None] * values
    for d in range(1, fits.shape[1]):  # three times as fast as cumsum, which strides across the points
        fits[:, d] += fits[:, d - 1]
    return fits


def squared_errors(coef: Array, values: Array, y: Array) -> Array:
    """Return (f_d(x) - y)² of every degree at every point, (T, D+1, m), for y (T, m) or (m,)."""
    errors = nested_fits(coef, values)
    errors -= y[..., None, :]
    errors *= errors
    return errors


def held_out_mse(x: Array, y: Array, held_out: Booleans, max_degree: int) -> Array:
    """Return the MSE of every degree on the points that each fold holds out, fitted to the others.

    x and y are (T, n), held_out (T, K, n); the errors are (T, K, D+1), as cross-validation averages them.
    """
    trials, folds, n = held_out.shape
    out = held_out.reshape(trials * folds, n)
    kept = (~out).astype(float)
    x, y = (np.repeat(a, folds, axis=0) for a in (x, y))
    basis = orthonormal_basis(x, max_degree, kept)
    errors = squared_errors(coefficients(basis, y, kept), basis.at_points, y)
    mse = np.matmul(errors, out[..., None].astype(float))[..., 0] / out.sum(axis=1)[:, None]
    return mse.reshape(trials, folds, max_degree + 1)


def _weighted(v: Array, weights: Array | None) -> Array:
    return v if weights is None else weights * v
