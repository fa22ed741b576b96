"""What learns, and from what: draws around a known truth, or bootstrap samples of the learner's rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.random import Generator

from mlbasics.kit.targets import check_finite, curve
from mlbasics.numerics import Array, Booleans
from mlbasics.numerics.learners import Family, Neighbours, Networks, Polynomials, Ridge

if TYPE_CHECKING:
    from mlbasics.data.columns import Columns
    from mlbasics.lessons.bias_variance import Params


NODES = 64  # Gauss-Legendre points of [0, 1]: averages over x are exact for polynomials of degree 127
MOST_ROWS = 300  # of the learner's rows at which predictions are compared
LEAST_ROWS = 10


class Sets(NamedTuple):
    """Training sets: x (T, n), or (1, n) where all share their inputs, and y (T, n).

    out, (T, Q), says which of the nodes are not in each bootstrap sample.
    """

    x: Array
    y: Array
    out: Booleans | None = None


class KnownTruth:
    """A target with noise, averaged over x uniform on [0, 1]."""

    origin: None = None

    def __init__(self, params: Params) -> None:
        self.f, self.sigma, self.design = curve(params), params.noise, params.design
        nodes, weights = np.polynomial.legendre.leggauss(NODES)
        self.nodes, self.weights = (nodes + 1) / 2, weights / 2

    def truth(self, x: Array) -> Array:
        """Return the target at x; raise InputError where it has no value."""
        y = self.f(x)
        check_finite(x, y)
        return y

    def draw(self, n: int, trials: int, rng: Generator) -> Sets:
        """Draw fresh noise, and with a random design fresh inputs too."""
        x = inputs(n) if self.design == "fixed" else rng.random((trials, n))
        return Sets(x, self.truth(x) + self.sigma * rng.standard_normal((trials, n)))

    def restore(self, predictions: Array) -> Array:
        """Return predictions in the units of y."""
        return predictions

    def original(self, x: Array) -> Array:
        """Return x as the learner knows it."""
        return x


class OwnRows:
    """The learner's rows: samples are drawn from them with replacement, and predictions compared with them.

    What stands for the truth are the observed targets, so that their noise is part of the bias.
    """

    sigma = 0.0

    def __init__(self, params: Params, columns: Columns) -> None:
        from mlbasics.data.selection import distinct, select

        rows = select(columns, params.x, params.y, least=LEAST_ROWS, inputs=1)
        distinct(rows)
        self.origin, x = rows.origin, rows.X[:, 0]
        self.low, self.span = float(x.min()), float(np.ptp(x))
        self.mean, self.scale = float(rows.y.mean()), float(rows.y.std()) or 1.0
        order = np.argsort(x, kind="stable")
        self.x, self.y = (x[order] - self.low) / self.span, rows.y[order]
        self.shown = np.unique(np.linspace(0, len(x) - 1, min(len(x), MOST_ROWS)).round().astype(int))
        self.nodes, self.weights = self.x[self.shown], np.full(len(self.shown), 1 / len(self.shown))

    def truth(self, x: Array) -> Array:
        """Return the observed targets at the nodes."""
        return self.y[self.shown] if x is self.nodes else np.full_like(x, np.nan)

    def draw(self, n: int, trials: int, rng: Generator) -> Sets:
        """Draw n rows with replacement, their targets at mean 0 and standard deviation 1."""
        rows = rng.integers(len(self.x), size=(trials, n))
        drawn = np.zeros((trials, len(self.x)), dtype=np.bool_)
        np.put_along_axis(drawn, rows, True, axis=1)
        return Sets(self.x[rows], (self.y[rows] - self.mean) / self.scale, ~drawn[:, self.shown])

    def restore(self, predictions: Array) -> Array:
        """Return predictions in the units of y."""
        return self.mean + self.scale * predictions

    def original(self, x: Array) -> Array:
        """Return x in the units of the table."""
        return self.low + self.span * x


Source = KnownTruth | OwnRows


def source(params: Params, columns: Columns | None) -> Source:
    """Return where training sets come from."""
    return KnownTruth(params) if columns is None else OwnRows(params, columns)


def family(params: Params, rng: Generator) -> Family:
    """Return the family of learners, its complexities in order; rng draws the first weights of networks."""
    if params.family == "polynomial":
        return Polynomials(list(params.degrees))
    if params.family == "ridge":
        return Ridge(list(reversed(params.lambdas)))
    if params.family == "mlp":
        return Networks(list(params.widths), rng)
    return Neighbours([float(k) for k in reversed(params.neighbours) if k <= params.n_train])


def inputs(n: int) -> Array:
    """Return the n inputs of the fixed design, (1, n): the midpoints of equal cells of [0, 1]."""
    return ((np.arange(n) + 0.5) / n)[None]
