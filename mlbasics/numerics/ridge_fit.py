"""A polynomial that could pass through every noisy point, held back by ridge regression, by every λ.

The columns are the Legendre polynomials P_1 … P_d.  They are orthogonal over the whole interval, so a penalty
on their squared weights is one on the curve's own square, and between the points as much as on them, which is
where the free curve is wild.  Powers of x would not do: they resemble one another, and tame curves too have
huge weights that cancel.  Nor would polynomials orthonormal on the points: a penalty shrinks them all alike.
As everywhere, columns are brought to mean square 1 on the points, and the constant is free.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.polynomial import legendre
from numpy.random import Generator

from mlbasics.numerics import Array, linear, validation
from mlbasics.numerics.order import distinct
from mlbasics.numerics.penalties import L2, Folds, TrainingSet
from mlbasics.numerics.samples import Function, even_sample, to_symmetric

NODES, WEIGHTS = legendre.leggauss(40)  # of integrals over [-1, 1]: exact to rounding for curves this smooth


@dataclass(frozen=True)
class RidgeFit:
    """Fits to the points (n,) by λ (L,), the largest first and 0 last.

    Weights (L, d + 1) are those of P_0 … P_d.  bias² and variance are averages over all noise and all of
    [0, 1] at a fixed λ, in closed form; test_mse is expected on new data, of the curves fitted here.
    """

    x: Array
    y: Array
    lambdas: Array
    coef: Array
    cv_mse: Array  # each point left out in turn
    test_mse: Array
    bias2: Array
    variance: Array
    picked: int  # the place of the λ asked for, or else of that of least cv_mse; 0 is none

    @property
    def by_cv(self) -> int:
        """The place of the λ of least cross-validation error, but for 0."""
        return int(validation.smallest(self.cv_mse[:-1]))

    def curve(self, x: Array, place: int) -> Array:
        """Return the curve of the λ at a place, at x (m,) in [0, 1]."""
        return np.asarray(legendre.legval(to_symmetric(x), self.coef[place]))


def ridge_fit(
    f: Function, points: int, sigma: float, lambdas: Array, lam: float | None, rng: Generator
) -> RidgeFit:
    """Fit the polynomial that could pass through every point, by λ: those given, the one asked for, and 0."""
    lambdas = np.append(distinct(lambdas, [] if lam is None else [lam])[::-1], 0.0)
    sample = even_sample(f, (1, points), sigma, rng)
    x, y = sample.x[0], sample.y[0]
    columns = np.asarray(legendre.legvander(to_symmetric(x), points - 1), float)[:, 1:]
    data = TrainingSet(columns, y)
    fit = data.fit(lambdas, L2)
    others = [np.arange(points) != i for i in range(points)]
    folds = Folds((TrainingSet(columns[o], y[o]), columns[~o], y[~o]) for o in others)
    cv_mse = folds.mse(lambdas, L2).mean(axis=0)

    truth = f((NODES + 1) / 2)
    answers = _answers(data, lambdas)
    return RidgeFit(
        x=x,
        y=y,
        lambdas=lambdas,
        coef=np.column_stack([fit.intercept, fit.coef]),
        cv_mse=cv_mse,
        test_mse=np.square(y @ answers - truth) @ WEIGHTS / 2 + sigma**2,
        bias2=np.square(f(x) @ answers - truth) @ WEIGHTS / 2,
        variance=sigma**2 * np.square(answers).sum(axis=1) @ WEIGHTS / 2,
        picked=int(validation.smallest(cv_mse[:-1]) if lam is None else np.flatnonzero(lambdas == lam)[0]),
    )


def _answers(data: TrainingSet, lambdas: Array) -> Array:
    """Return what each point adds to the fits at the nodes, per unit of its y: (L, n, m)."""
    coef, constant = linear.ridge_path(data.z.X[None], np.eye(len(data.y)), lambdas)
    at_nodes = legendre.legvander(NODES, data.X.shape[1])[:, 1:]
    standardized = (at_nodes - data.z.x_mean) / data.z.x_scale
    return (coef @ standardized.T + constant[..., None]).transpose(1, 0, 2)
