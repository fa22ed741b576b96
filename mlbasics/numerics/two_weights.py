"""Two weights as a plane: where the lowest contour of a quadratic loss touches a diamond or a disc.

The loss is ½(w - w*)ᵀH(w - w*); for squared errors H = XᵀX/n.  Its contours are ellipses around w*.  Where
‖w‖ ≤ t holds the optimum back, the best point is on the border and solves the penalised problem too: with
L1, loss + λ‖w‖₁, and with L2, loss + (λ/2)‖w‖², for the λ that is the pull of the loss there.

Source: Hastie, Tibshirani, Friedman, "The Elements of Statistical Learning", 2nd ed., section 3.4.3.
All functions work on P problems at once.
"""

from __future__ import annotations

import numpy as np

from mlbasics.numerics import Array

NEWTON_STEPS = 60  # most need under ten; a problem that has converged stays where it is


def hessian(angle: Array, eccentricity: Array) -> Array:
    """Return H (P, 2, 2) of contours whose long axis is at an angle (P,), in radians, from the first weight.

    The axes are 1 and √(1 - e²) long for an eccentricity e (P,) in [0, 1).
    """
    along = np.stack([np.cos(angle), np.sin(angle)], axis=-1)  # (P, 2)
    H: Array = np.eye(2) - np.square(eccentricity)[:, None, None] * along[:, :, None] * along[:, None, :]
    return H


def touch_diamond(H: Array, optimum: Array, t: Array) -> Array:
    """Return the point (P, 2) of least loss with |w1| + |w2| ≤ t (P,).

    On each of the four edges the loss is a parabola: its lowest point there, or the nearer corner.
    """
    best, least = optimum.copy(), np.full(len(t), np.inf)
    corners = np.array([[1.0, 0.0], [0.0, 1.0], [-1.0, 0.0], [0.0, -1.0]])
    held = np.abs(optimum).sum(axis=1) > t
    for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        along = end - start
        pull = np.matmul(H, (optimum - t[:, None] * start)[..., None])[..., 0] @ along
        share = np.clip(pull / (t * np.einsum("i,pij,j->p", along, H, along)), 0, 1)[:, None]
        point = t[:, None] * ((1 - share) * start + share * end)
        loss = quadratic(H, optimum, point)
        better = held & (loss < least)
        best[better], least[better] = point[better], loss[better]
    return best


def touch_disc(H: Array, optimum: Array, t: Array) -> Array:
    """Return the point (P, 2) of least loss with ‖w‖ ≤ t (P,): w = (H + λI)⁻¹Hw* for the λ where ‖w‖ = t.

    Newton's method on 1/‖w(λ)‖ = 1/t, which is nearly straight in λ, from λ = 0 up.
    Source: A. R. Conn, N. I. M. Gould, P. L. Toint, "Trust Region Methods" (2000), section 7.3.
    """
    values, vectors = np.linalg.eigh(H)
    pull = values * np.einsum("pji,pj->pi", vectors, optimum)
    lam, held = np.zeros(len(t)), np.sqrt(np.square(optimum).sum(axis=1)) > t
    for _ in range(NEWTON_STEPS):
        w = pull / (values + lam[:, None])
        norm = np.sqrt(np.square(w).sum(axis=1))
        slope = (np.square(w) / (values + lam[:, None])).sum(axis=1)
        step = np.where(held, norm**2 / np.where(held, slope, 1) * (norm / t - 1), 0.0)
        lam = np.maximum(lam + step, 0.0)
        if (np.abs(step) <= 1e-15 * lam).all():
            break
    point: Array = np.einsum("pij,pj->pi", vectors, pull / (values + lam[:, None]))
    return point


def multiplier_l1(H: Array, optimum: Array, point: Array) -> Array:
    """Return the λ (P,) of the L1 penalty that leads to the point: the largest pull of the loss there."""
    pull: Array = np.abs(np.matmul(H, (optimum - point)[..., None])[..., 0]).max(axis=1)
    return pull


def multiplier_l2(H: Array, optimum: Array, point: Array) -> Array:
    """Return the λ (P,) of the L2 penalty that leads to the point: the pull of the loss over ‖w‖."""
    pull = np.matmul(H, (optimum - point)[..., None])[..., 0]
    lam: Array = np.sqrt(np.square(pull).sum(axis=1) / np.square(point).sum(axis=1))
    return lam


def quadratic(H: Array, optimum: Array, point: Array) -> Array:
    """Return the loss ½(w - w*)ᵀH(w - w*), (P,)."""
    off = point - optimum
    loss: Array = np.einsum("pi,pij,pj->p", off, H, off) / 2
    return loss
