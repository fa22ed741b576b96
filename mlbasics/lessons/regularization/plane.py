"""Two weights: where the loss touches a diamond and a disc, how often that is on an axis, and shrinkage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.random import Generator

from mlbasics.numerics import Array, two_weights
from mlbasics.numerics.lasso import lasso_path

if TYPE_CHECKING:
    from mlbasics.lessons.regularization import Params


OPTIMUM = (0.6, 1.2)  # the weights of least loss
BUDGETS = np.linspace(0.1, 0.9, 9)  # of the optimum's norm: where constraint and penalty are compared
PATH = 60  # λ of the curve t(λ)
BLOCK = 100_000  # problems solved at once
ON_AXIS = 1e-9  # of the budget: a weight below it is on an axis
ORTHONORMAL = 41  # weights of the shrinkage picture


@dataclass(frozen=True)
class Geometry:
    """One plane: the budget t, the touching points, their λ, and t(λ) = ‖w(λ)‖."""

    t: float
    lam_l1: float
    lam_l2: float
    optimum: Array
    l1_point: Array
    l2_point: Array
    hessian: Array
    lambdas: Array
    norm_l1: Array  # ‖w(λ)‖₁ of the L1 penalty
    norm_l2: Array  # ‖w(λ)‖ of the L2 penalty
    difference: float  # of constraint and penalty solutions at worst, in units of the optimum's norm


@dataclass(frozen=True)
class Odds:
    """The share of random problems whose solution has a weight of zero."""

    problems: int
    l1_on_axis: float
    l2_on_axis: float


@dataclass(frozen=True)
class Shrinkage:
    """Weights of orthonormal columns: without a penalty, z, and with L1 and L2."""

    lam: float
    z: Array
    l1: Array
    l2: Array


def geometry(params: Params) -> Geometry:
    """Solve the plane that the options describe."""
    H = two_weights.hessian(np.radians([params.angle]), np.array([params.eccentricity]))
    optimum = np.array([OPTIMUM])
    t = np.array([params.budget])
    l1_point = two_weights.touch_diamond(H, optimum, t)
    l2_point = two_weights.touch_disc(H, optimum, t)
    lam_l1 = two_weights.multiplier_l1(H, optimum, l1_point)
    lam_l2 = two_weights.multiplier_l2(H, optimum, l2_point)
    pull = np.abs(H[0] @ optimum[0]).max()
    lambdas = np.linspace(0, 1.1 * max(pull, lam_l1[0], lam_l2[0]), PATH)
    by_l1, by_l2 = _penalised(H[0], optimum[0], lambdas)
    return Geometry(
        t=params.budget,
        lam_l1=float(lam_l1[0]),
        lam_l2=float(lam_l2[0]),
        optimum=optimum[0],
        l1_point=l1_point[0],
        l2_point=l2_point[0],
        hessian=H[0],
        lambdas=lambdas,
        norm_l1=np.abs(by_l1).sum(axis=1),
        norm_l2=np.sqrt(np.square(by_l2).sum(axis=1)),
        difference=_difference(H, optimum),
    )


def odds(params: Params, rng: Generator) -> Odds:
    """Solve random planes: angle, eccentricity, direction of the optimum and budget all uniform."""
    l1 = l2 = 0
    for start in range(0, params.problems, BLOCK):
        n = min(BLOCK, params.problems - start)
        H = two_weights.hessian(rng.uniform(0, np.pi, n), rng.random(n))
        direction = rng.uniform(0, 2 * np.pi, n)
        optimum = np.stack([np.cos(direction), np.sin(direction)], axis=1)
        share = 1 - rng.random(n)  # of the optimum's norm, in (0, 1]: the constraint holds it back
        t1, t2 = share * np.abs(optimum).sum(axis=1), share
        l1 += _on_axis(two_weights.touch_diamond(H, optimum, t1), t1)
        l2 += _on_axis(two_weights.touch_disc(H, optimum, t2), t2)
    return Odds(params.problems, l1 / params.problems, l2 / params.problems)


def shrinkage(params: Params, rng: Generator) -> Shrinkage:
    """Solve for orthonormal columns, where each weight shrinks by itself."""
    lam = 1.0 if params.lam is None else params.lam
    n = 2 * ORTHONORMAL
    columns = np.linalg.qr(rng.standard_normal((n, ORTHONORMAL + 1)) + np.eye(n, 1))[0]
    X = np.sqrt(n) * columns[:, 1:]  # XᵀX/n = I
    y = X @ np.linspace(-3 * lam, 3 * lam, ORTHONORMAL) + columns[:, 0]  # and a part no column explains
    gram, z = X.T @ X / n, X.T @ y / n
    l2 = np.linalg.solve(gram + lam * np.eye(ORTHONORMAL), z)
    return Shrinkage(lam, z, lasso_path(gram, z).at(np.array([lam]))[0], l2)


def _on_axis(points: Array, t: Array) -> int:
    return int((np.abs(points).min(axis=1) <= ON_AXIS * t).sum())


def _penalised(H: Array, optimum: Array, lambdas: Array) -> tuple[Array, Array]:
    """Return the weights of the penalised problems by λ, (L, 2) each: L1 by its path, L2 in closed form."""
    pull = H @ optimum
    shifted = H + lambdas[:, None, None] * np.eye(2)
    return lasso_path(H, pull).at(lambdas), np.asarray(np.linalg.solve(shifted, pull[:, None])[..., 0])


def _difference(H: Array, optimum: Array) -> float:
    """Return how far constraint and penalty are apart at worst, over budgets and both norms."""
    many = np.repeat(H, len(BUDGETS), axis=0)
    ends = np.repeat(optimum, len(BUDGETS), axis=0)
    size = float(np.linalg.norm(optimum))
    l1 = two_weights.touch_diamond(many, ends, BUDGETS * np.abs(optimum).sum())
    l2 = two_weights.touch_disc(many, ends, BUDGETS * size)
    again_l1, _ = _penalised(H[0], optimum[0], two_weights.multiplier_l1(many, ends, l1))
    _, again_l2 = _penalised(H[0], optimum[0], two_weights.multiplier_l2(many, ends, l2))
    return float(max(np.abs(l1 - again_l1).max(), np.abs(l2 - again_l2).max()) / size)
