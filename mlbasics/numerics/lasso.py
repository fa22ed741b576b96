"""The exact lasso path: between two knots every weight is a straight line in λ.

The lasso minimizes (1/2n)‖y - Xw‖² + λ‖w‖₁ for centered X and y; all of it depends on the data by the Gram
matrix G = XᵀX/n and the correlations c = Xᵀy/n alone.  w is optimal exactly if (KKT)

    c_j - (Gw)_j = λ sign(w_j)  where w_j ≠ 0,      |c_j - (Gw)_j| ≤ λ  elsewhere.

While the set A of weights that are not zero stays the same, w_A moves along G_AA⁻¹ sign(w_A) as λ falls.  A
knot is where a weight reaches zero and leaves, or where |c - Gw| reaches λ outside A and a weight joins.

Sources: M. R. Osborne, B. Presnell, B. A. Turlach, "A new approach to variable selection in least squares
problems", IMA J. Numer. Anal. 20 (2000) 389-403; B. Efron, T. Hastie, I. Johnstone, R. Tibshirani, "Least
angle regression", Annals of Statistics 32 (2004) 407-499.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mlbasics.numerics import Array, Booleans

MOST = 100  # knots a column: far more than any path that ends
BOUNDS = np.array([[1.0], [-1.0]])  # of c - Gw, in units of λ
COLLINEAR = 1e-10  # of a column's square: one with no more left beside the active ones is their sum


@dataclass(frozen=True)
class LassoPath:
    """The weights (K, p) at the knots (K,), which fall from λ_max = max|c|, where all are zero."""

    knots: Array
    coef: Array

    def at(self, lambdas: Array) -> Array:
        """Return the weights at any λ, (L, p); zeros stay zeros, and below the last knot are its weights."""
        if len(self.knots) == 1:
            return np.zeros((len(lambdas), self.coef.shape[1]))
        lam = np.clip(lambdas, self.knots[-1], self.knots[0])
        right = np.clip(np.searchsorted(-self.knots, -lam), 1, len(self.knots) - 1)
        span = self.knots[right - 1] - self.knots[right]
        share = ((self.knots[right - 1] - lam) / np.where(span > 0, span, 1))[:, None]
        return (1 - share) * self.coef[right - 1] + share * self.coef[right]


def lasso_path(G: Array, c: Array) -> LassoPath:
    """Return the lasso path from λ_max down to 0, for G (p, p) and c (p,).

    Columns that are sums of the active ones wait until one of those leaves, so that of equal columns the
    first is taken.  Raises ArithmeticError where ties lead it in circles, which no tested problem does.
    Source: see the module; the tableau is that of the sweep operator (Goodnight 1979).
    """
    tableau = G.copy()  # G swept on A: -G_AA⁻¹ in the block of A, G_jA G_AA⁻¹ beside it, the rest's own G
    pivots, smallest_pivot = np.einsum("jj->j", tableau), COLLINEAR * np.diagonal(G)
    sign = np.zeros(len(c))  # of w in A, 0 outside
    w, rest = np.zeros(len(c)), c.copy()  # rest = c - Gw
    lam = float(np.abs(c).max(initial=0.0))
    knots, weights = [lam], [w]
    moving = int(np.abs(c).argmax()) if lam else -1
    while moving >= 0:
        joins = not sign[moving]
        _sweep(tableau, moving, 1.0 if joins else -1.0)
        sign[moving] = np.sign(rest[moving]) if joins else 0.0
        slope = tableau @ sign  # of -w in A and of -rest outside, by -λ
        active = sign != 0
        along = BOUNDS * slope
        free = (pivots > smallest_pivot) & (along < 1 - COLLINEAR)  # to reach +λ, or -λ
        step, moving = min(
            _first(w, slope, slope * sign > 0),
            _first(lam - BOUNDS * rest, 1 - along, free),
            (lam, -1),
        )
        lam -= step
        w = w - step * np.where(active, slope, 0.0)
        if moving >= 0 and active[moving]:
            w[moving] = 0.0
        rest = np.where(active, lam * sign, rest - step * slope)
        knots.append(lam)
        weights.append(w)
        if len(knots) > MOST * (len(c) + 1):
            raise ArithmeticError("the lasso path goes in circles: too many columns tie")
    return LassoPath(np.array(knots), np.array(weights))


def soft_threshold(z: Array, lam: float) -> Array:
    """Return the lasso of orthonormal columns, sign(z) max(|z| - λ, 0), by the weights z without penalty."""
    return np.sign(z) * np.maximum(np.abs(z) - lam, 0)


def _sweep(tableau: Array, k: int, side: float) -> None:
    """Exchange weight k and its correlation, in place: a side of 1 lets it into A, -1 out of it."""
    column = tableau[:, k].copy()
    scaled = column / column[k]
    tableau -= column[:, None] * scaled
    tableau[:, k] = tableau[k] = side * scaled
    tableau[k, k] = -1 / column[k]


def _first(distance: Array, speed: Array, among: Booleans) -> tuple[float, int]:
    """Return the shortest time to cover a distance, (p,) or (2, p), among some, and whose it is."""
    times = np.full(distance.shape, np.inf)
    np.divide(distance, speed, out=times, where=among)
    first = int(times.argmin())
    return max(float(times.flat[first]), 0.0), first % distance.shape[-1]  # below 0 only by rounding
