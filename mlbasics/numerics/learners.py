"""Learners of growing complexity, each row of them fitted at once to many training sets on [0, 1]."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np
from numpy.random import Generator

from mlbasics.numerics import Array, linear, networks, polynomials
from mlbasics.numerics.neighbours import average_every_k
from mlbasics.numerics.samples import to_symmetric

RIDGE_DEGREE = 12  # the ridge family penalises a polynomial of this degree
DECAY = 1e-3  # weight decay of the networks: enough to keep their weights finite


@dataclass
class Family:
    """Learners of growing complexity; linear ones predict by a linear map of the training targets."""

    complexities: list[float]
    linear: ClassVar[bool] = True

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


class Neighbours(Family):
    """Averages over the k nearest training points, all of them where k is more; complexity falls with k."""

    def predict(self, x: Array, y: Array, new: Array) -> Array:
        """Average over every k from one sort."""
        return average_every_k(x, y, new, np.minimum(np.array(self.complexities, dtype=int), y.shape[1]))


class Ridge(Family):
    """Penalised polynomials of one degree; complexity falls with λ."""

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
    """Networks of one hidden tanh layer; complexity is its width."""

    rng: Generator
    gradients: list[Array] = field(default_factory=list)  # how far each training came, (T,) a width and block
    linear: ClassVar[bool] = False

    def predict(self, x: Array, y: Array, new: Array) -> Array:
        """Train every width on every training set."""
        fits = []
        for width in self.complexities:
            start = networks.random_network(len(y), int(width), self.rng)
            trained = networks.train(to_symmetric(x), y, start, DECAY)
            self.gradients.append(trained.gradient)
            fits.append(trained.network(to_symmetric(new)))
        return np.stack(fits, axis=1)


class Pair(Family):
    """Two families side by side, on the same training sets."""

    def __init__(self, first: Family, second: Family) -> None:
        super().__init__(first.complexities + second.complexities)
        self.both = first, second

    def predict(self, x: Array, y: Array, new: Array) -> Array:
        """Predict with the first, then with the second."""
        return np.concatenate([f.predict(x, y, new) for f in self.both], axis=1)
