"""Learners of growing complexity, each row of them fitted at once to many training sets on [0, 1]."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from mlbasics.numerics import Array, linear, networks, polynomials
from mlbasics.numerics.neighbors import average_every_k
from mlbasics.numerics.samples import to_symmetric

RIDGE_DEGREE = 12  # the ridge family penalizes a polynomial of this degree
DECAY = 1e-3  # weight decay of the networks: enough to keep their weights finite
WIDEST = 64  # hidden units of a network


@dataclass
class Family:
    """Learners of growing complexity."""

    complexities: list[float]

    def predict(self, x: Array, y: Array, new: Array) -> Array:
        """Fit every complexity to x (T, n) or (1, n) and y (T, n), and predict at new (Q,): (T, C, Q)."""
        raise NotImplementedError


class Polynomials(Family):
    """Least-squares polynomials; complexity is the degree."""

    def predict(self, x: Array, y: Array, new: Array) -> Array:
        """Fit every degree up to the highest and keep those asked for."""
        degrees = np.array(self.complexities, dtype=int)
        basis = polynomials.orthonormal_basis(to_symmetric(x), int(degrees.max()))
        values = polynomials.evaluate(basis, to_symmetric(new))
        fits = polynomials.nested_fits(polynomials.coefficients(basis, y), values)
        return fits if len(degrees) == fits.shape[1] else fits[:, degrees]


class Neighbors(Family):
    """Averages over the k nearest training points, all of them where k is more; complexity falls with k."""

    def predict(self, x: Array, y: Array, new: Array) -> Array:
        """Average over every k from one sort."""
        return average_every_k(x, y, new, np.minimum(np.array(self.complexities, dtype=int), y.shape[1]))


class Ridge(Family):
    """Penalized polynomials of one degree; complexity falls with λ."""

    def predict(self, x: Array, y: Array, new: Array) -> Array:
        """Fit every λ from one decomposition."""
        columns, at_new = (
            np.polynomial.legendre.legvander(to_symmetric(v), RIDGE_DEGREE)[..., 1:].astype(np.float64)
            for v in (x, new)
        )
        coef, intercept = linear.ridge_path(columns, y, np.array(self.complexities))
        return np.matmul(coef, at_new.T) + intercept[..., None]


@dataclass
class Networks(Family):
    """Networks of one hidden tanh layer; complexity is its width, and 0 that of linear regression."""

    rng: Generator

    def predict(self, x: Array, y: Array, new: Array) -> Array:
        """Train every width on every training set, its targets at mean 0 and standard deviation 1.

        So neither units nor large noise matter.  A narrow network starts as the first neurons of a wide one.
        """
        mean, scale = y.mean(axis=1, keepdims=True), y.std(axis=1, keepdims=True)
        scale[scale == 0] = 1.0
        pool, fits = networks.random_network(len(y), WIDEST, self.rng), []
        for width in map(int, self.complexities):
            if not width:
                fits.append(Polynomials([1.0]).predict(x, y, new)[:, 0])
                continue
            outer = pool.W2[:, :width] * (WIDEST / width) ** 0.5  # variance 1/H
            start = networks.Network(pool.W1[:, :width], pool.b1[:, :width], outer, pool.b2, pool.activation)
            trained = networks.train(to_symmetric(x), (y - mean) / scale, start, DECAY)
            fits.append(mean + scale * trained.network(to_symmetric(new)))
        return np.stack(fits, axis=1)
