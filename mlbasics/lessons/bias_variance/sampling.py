"""Training sets: draws around a known truth, or bootstrap samples of the learner's rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.random import Generator

from mlbasics.data import rows
from mlbasics.kit.targets import check_finite, unit_curve
from mlbasics.numerics import Array, Booleans

if TYPE_CHECKING:
    from mlbasics.data.columns import Columns
    from mlbasics.lessons.bias_variance import Params

NODES = 64  # Gauss-Legendre points of [0, 1]: averages over x are exact for polynomials of degree 127
MOST_ROWS = 300  # of the learner's rows at which predictions are compared
LEAST_ROWS = 10
LARGEST = 1e50  # a target's largest value: the fourth powers of errors must be finite

Draws = Mapping[str, Generator]
"""Of inputs, and of noise."""


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
        self.f, self.sigma, self.design = unit_curve(params), params.noise, params.design
        nodes, weights = np.polynomial.legendre.leggauss(NODES)
        self.nodes, self.weights = (nodes + 1) / 2, weights / 2
        self.x, self.truth = self.nodes, self.at(self.nodes)

    def at(self, x: Array) -> Array:
        """Return the target at x; raise InputError where it has no value."""
        y = self.f(x)
        check_finite(x, y, "formula.infinite.unit", LARGEST)
        return y

    def draw(self, n: int, trials: int, draws: Draws) -> Sets:
        """Draw fresh noise, and with a random design fresh inputs too."""
        x = inputs(n) if self.design == "fixed" else draws["inputs"].random((trials, n))
        return Sets(x, self.at(x) + self.sigma * draws["noise"].standard_normal((trials, n)))

    def averaging(self, sets: Sets) -> Array:
        """Return what averages errors at the nodes over x, (T, Q)."""
        return np.broadcast_to(self.weights, (len(sets.y), NODES))


class OwnRows:
    """The learner's rows: samples are drawn from them with replacement, and predictions compared with them.

    What stands for the truth are the observed targets, so that their noise is part of the bias.
    """

    sigma = 0.0

    def __init__(self, params: Params, columns: Columns) -> None:
        from mlbasics.data.selection import distinct, select

        points = select(columns, params.x, params.y, least=LEAST_ROWS, inputs=1, largest=LARGEST)
        distinct(points)
        self.origin, x = points.origin, points.X[:, 0]
        scale, order = rows.Scale.of(x), np.argsort(x, kind="stable")
        self.rows, self.y = scale.unit(x[order]), points.y[order]
        self.shown = np.unique(np.linspace(0, len(x) - 1, min(len(x), MOST_ROWS)).round().astype(int))
        self.nodes, self.truth = self.rows[self.shown], self.y[self.shown]
        self.x, self.weights = scale.original(self.nodes), np.full(len(self.shown), 1 / len(self.shown))

    def draw(self, n: int, trials: int, draws: Draws) -> Sets:
        """Draw n rows with replacement."""
        picked = draws["inputs"].integers(len(self.rows), size=(trials, n))
        drawn = np.zeros((trials, len(self.rows)), dtype=np.bool_)
        np.put_along_axis(drawn, picked, True, axis=1)
        return Sets(self.rows[picked], self.y[picked], ~drawn[:, self.shown])

    def averaging(self, sets: Sets) -> Array:
        """Return what averages errors over the nodes that a sample left out, or else over all, (T, Q)."""
        assert sets.out is not None
        out = sets.out | ~sets.out.any(axis=1, keepdims=True)  # a large sample may hold every row
        return out / out.sum(axis=1, keepdims=True)


Source = KnownTruth | OwnRows


def source(params: Params, columns: Columns | None) -> Source:
    """Return where training sets come from."""
    return KnownTruth(params) if columns is None else OwnRows(params, columns)


def inputs(n: int) -> Array:
    """Return the n inputs of the fixed design, (1, n): the midpoints of equal cells of [0, 1]."""
    return ((np.arange(n) + 0.5) / n)[None]
