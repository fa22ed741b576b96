"""Two weights as a plane: where the lowest contour of a quadratic loss touches a diamond or a disk.

The loss is ½(w - w*)ᵀH(w - w*); for squared errors H = XᵀX/n.  Its contours are ellipses around w*.  Where
‖w‖ ≤ t holds the optimum back, the best point is on the border and solves the penalized problem too: with
L1, loss + λ‖w‖₁, and with L2, loss + (λ/2)‖w‖², for the λ that is the pull of the loss there.

Source: Hastie, Tibshirani, Friedman, "The Elements of Statistical Learning", 2nd ed., section 3.4.3.
All functions work on P problems at once, but those of one plane.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.random import Generator

from mlbasics.numerics import Array
from mlbasics.numerics.lasso import lasso_path

NEWTON_STEPS = 60  # most need under ten; a problem that has converged stays where it is
DIAMOND = np.array([[1.0, 0, -1, 0, 1], [0, 1, 0, -1, 0]])  # the borders of a budget of 1
CIRCLE = np.array([f(np.linspace(0, 2 * np.pi, 241)) for f in (np.cos, np.sin)])
BLOCK = 100_000  # random planes solved at once, in 50 MB
ON_AXIS = 1e-9  # of the budget: a weight below it is on an axis


def hessian(angle: Array, eccentricity: Array) -> Array:
    """Return H (P, 2, 2) of contours whose long axis is at an angle (P,), in radians, from the first weight.

    The axes are 1 and √(1 - e²) long for an eccentricity e (P,) in [0, 1).
    """
    along = np.stack([np.cos(angle), np.sin(angle)], axis=-1)  # (P, 2)
    return np.eye(2) - np.square(eccentricity)[:, None, None] * along[:, :, None] * along[:, None, :]


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


def touch_disk(H: Array, optimum: Array, t: Array) -> Array:
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
    return np.einsum("pij,pj->pi", vectors, pull / (values + lam[:, None]))


def multiplier_l1(H: Array, optimum: Array, point: Array) -> Array:
    """Return the λ (P,) of the L1 penalty that leads to the point: the largest pull of the loss there."""
    return np.abs(np.matmul(H, (optimum - point)[..., None])[..., 0]).max(axis=1)


def multiplier_l2(H: Array, optimum: Array, point: Array) -> Array:
    """Return the λ (P,) of the L2 penalty that leads to the point: the pull of the loss over ‖w‖."""
    pull = np.matmul(H, (optimum - point)[..., None])[..., 0]
    return np.sqrt(np.square(pull).sum(axis=1) / np.square(point).sum(axis=1))


def quadratic(H: Array, optimum: Array, point: Array) -> Array:
    """Return the loss ½(w - w*)ᵀH(w - w*), (P,)."""
    off = point - optimum
    return np.einsum("pi,pij,pj->p", off, H, off) / 2


def contour(H: Array, optimum: Array, through: Array, level: float) -> Array:
    """Return the contour (2, 241) at a level of the loss at a point, for H (2, 2), optimum and point (2,)."""
    values, vectors = np.linalg.eigh(H)
    off = through - optimum
    axes = np.sqrt((off @ H @ off) / values)[:, None]  # of the contour through the point
    return optimum[:, None] + vectors @ (np.sqrt(level) * axes * CIRCLE)


@dataclass(frozen=True)
class Plane:
    """One plane: the budgets t of diamond and disk, the points where contours touch them, and their λ."""

    t_l1: float
    t_l2: float
    lam_l1: float
    lam_l2: float
    optimum: Array
    l1_point: Array
    l2_point: Array
    hessian: Array

    @property
    def held_l1(self) -> bool:
        """Whether the optimum is outside the diamond."""
        return bool(np.abs(self.optimum).sum() > self.t_l1)

    @property
    def held_l2(self) -> bool:
        """Whether the optimum is outside the disk."""
        return bool(np.hypot(*self.optimum) > self.t_l2)

    def at(self, times: float) -> Plane:
        """Return the plane at so many times the λ of its budgets; a budget that holds nothing back stays."""
        lam_l1, lam_l2 = times * self.lam_l1, times * self.lam_l2
        pull = self.hessian @ self.optimum
        l1 = lasso_path(self.hessian, pull).at(np.array([lam_l1]))[0]
        l2 = np.asarray(np.linalg.solve(self.hessian + lam_l2 * np.eye(2), pull))
        return replace(
            self,
            t_l1=float(np.abs(l1).sum()) if self.held_l1 else self.t_l1,
            t_l2=float(np.hypot(*l2)) if self.held_l2 else self.t_l2,
            lam_l1=lam_l1,
            lam_l2=lam_l2,
            l1_point=l1,
            l2_point=l2,
        )


def plane(angle: float, eccentricity: float, optimum: tuple[float, float], t: float) -> Plane:
    """Solve one plane for a diamond and a disk of the same budget t; the angle is in degrees."""
    H, ends, budget = (
        hessian(np.radians([angle]), np.array([eccentricity])),
        np.array([optimum]),
        np.array([t]),
    )
    l1, l2 = touch_diamond(H, ends, budget), touch_disk(H, ends, budget)
    return Plane(
        t_l1=t,
        t_l2=t,
        lam_l1=float(multiplier_l1(H, ends, l1)[0]),
        lam_l2=float(multiplier_l2(H, ends, l2)[0]),
        optimum=ends[0],
        l1_point=l1[0],
        l2_point=l2[0],
        hessian=H[0],
    )


@dataclass(frozen=True)
class Odds:
    """The share of random problems whose solution has a weight of zero."""

    problems: int
    l1_on_axis: float
    l2_on_axis: float


def odds(problems: int, rng: Generator) -> Odds:
    """Solve random planes, in which all of this is uniform and independent.

    The direction of the contours' long axis, in [0, π); their eccentricity, in [0, 1); the direction of the
    optimum, in [0, 2π); and the budget, as a share in (0, 1] of the optimum's norm.
    """
    on_axis = np.zeros(2)
    for start in range(0, problems, BLOCK):
        u = rng.random((min(BLOCK, problems - start), 4))  # a row a plane: more of them begin with the same
        H, direction, share = hessian(np.pi * u[:, 0], u[:, 1]), 2 * np.pi * u[:, 2], 1 - u[:, 3]
        optimum = np.stack([np.cos(direction), np.sin(direction)], axis=1)
        t1, t2 = share * np.abs(optimum).sum(axis=1), share
        touched = touch_diamond(H, optimum, t1) / t1[:, None], touch_disk(H, optimum, t2) / t2[:, None]
        on_axis += [(np.abs(points).min(axis=1) <= ON_AXIS).sum() for points in touched]
    l1, l2 = on_axis / problems
    return Odds(problems, float(l1), float(l2))
