"""What learns, and from what: draws around a known truth, or bootstrap samples of the learner's rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.random import Generator

from mlbasics.kit import Tick, no_tick
from mlbasics.kit.targets import check_finite, unit_curve
from mlbasics.numerics import Array, Booleans
from mlbasics.numerics.decomposition import Decomposition, Measurement
from mlbasics.numerics.learners import Family, Neighbours, Networks, Polynomials, Ridge
from mlbasics.numerics.smoothers import Theory, theory

if TYPE_CHECKING:
    from mlbasics.data.columns import Columns
    from mlbasics.lessons.bias_variance import Params


NODES = 64  # Gauss-Legendre points of [0, 1]: averages over x are exact for polynomials of degree 127
MOST_ROWS = 300  # of the learner's rows at which predictions are compared
LEAST_ROWS = 10
LARGEST = 1e50  # a target's largest value: the fourth powers of errors must be finite
BLOCK = 1_000_000  # predictions held at once: 8 MB
LEAST = 20  # training sets at once, however large
ENOUGH = 8  # points a coefficient
NETWORKS = 50  # networks trained at once: often enough to see the progress


class Draws(NamedTuple):
    """A generator for each kind of draw, so that no block and no learner changes the data of a seed."""

    inputs: Generator
    noise: Generator
    weights: Generator  # the first of networks
    test: Generator  # the noise of new targets


class Studies(NamedTuple):
    """What is measured, each on draws of its own."""

    terms: Draws
    test: Draws
    pair: Draws
    sizes: Draws
    inputs: Draws
    at: Draws


def studies(rng: Generator) -> Studies:
    """Return the generators of a run."""
    return Studies(*(Draws(*study.spawn(len(Draws._fields))) for study in rng.spawn(len(Studies._fields))))


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

    def truth(self, x: Array) -> Array:
        """Return the target at x; raise InputError where it has no value."""
        y = self.f(x)
        check_finite(x, y, "formula.infinite.unit", LARGEST)
        return y

    def draw(self, n: int, trials: int, draws: Draws) -> Sets:
        """Draw fresh noise, and with a random design fresh inputs too."""
        x = inputs(n) if self.design == "fixed" else draws.inputs.random((trials, n))
        return Sets(x, self.truth(x) + self.sigma * draws.noise.standard_normal((trials, n)))

    def errors(self, predictions: Array, sets: Sets, draws: Draws) -> Array:
        """Return the squared errors (T, C) of predictions on new noisy targets, one at each node."""
        new = self.truth(self.nodes) + self.sigma * draws.test.standard_normal((len(predictions), NODES))
        return np.square(predictions - new[:, None]) @ self.weights

    def theory(self, learners: Family, n: int, trials: int) -> Theory | None:
        """Return the closed forms where inputs are fixed and predictions are linear in y, f̂(x) = s(x)ᵀy."""
        if self.design != "fixed" or not learners.linear:
            return None
        x = inputs(n)
        s = learners.predict(x, np.eye(n), self.nodes)  # a prediction for a unit vector is a weight in s(x)
        return theory(s, self.truth(x)[0], self.truth(self.nodes), self.weights, self.sigma, trials)

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

        rows = select(columns, params.x, params.y, least=LEAST_ROWS, inputs=1, largest=LARGEST)
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

    def draw(self, n: int, trials: int, draws: Draws) -> Sets:
        """Draw n rows with replacement, their targets at mean 0 and standard deviation 1."""
        rows = draws.inputs.integers(len(self.x), size=(trials, n))
        drawn = np.zeros((trials, len(self.x)), dtype=np.bool_)
        np.put_along_axis(drawn, rows, True, axis=1)
        return Sets(self.x[rows], (self.y[rows] - self.mean) / self.scale, ~drawn[:, self.shown])

    def errors(self, predictions: Array, sets: Sets, draws: Draws) -> Array:
        """Return the squared errors (T, C) on the nodes that a sample left out, of samples that did."""
        assert sets.out is not None
        some = sets.out.any(axis=1)  # a large sample may hold every row
        left_out = sets.out[some] / sets.out[some].sum(axis=1, keepdims=True)
        wrong = np.square(predictions[some] - self.truth(self.nodes))
        return np.matmul(wrong, left_out[..., None])[..., 0]

    def theory(self, learners: Family, n: int, trials: int) -> None:
        """Return None: the truth is not known."""

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


def gaps(params: Params, learners: Family) -> Booleans:
    """Return for which complexities random inputs leave gaps, (C,), in which a fit now and then runs away.

    Those are polynomials with few points a coefficient.  No sample shows its own tail, so how many are enough
    was found on 100 000 sets: from eight on the standard errors of 200 are right.
    """
    random = params.data is not None or params.design == "random"
    degrees = np.array(learners.complexities)
    return (
        random & isinstance(learners, Polynomials) & (params.n_train < ENOUGH * (degrees + 1)) & (degrees > 0)
    )


def fits(
    source: Source, learners: Family, n: int, trials: int, draws: Draws, new: Array
) -> Iterator[tuple[Sets, Array]]:
    """Yield training sets in blocks, with predictions (T, C, Q) at new (Q,); blocks do not show."""
    step = max(LEAST, BLOCK // (max(len(learners.complexities), n) * len(new)))
    if not learners.linear:
        step = NETWORKS  # always: their first weights are drawn by the block
    for start in range(0, trials, step):
        sets = source.draw(n, min(step, trials - start), draws)
        yield sets, source.restore(learners.predict(sets.x, sets.y, new))


def measure(
    source: Source,
    learners: Family,
    n: int,
    trials: int,
    draws: Draws,
    at: tuple[Array, Array] | None = None,
    tick: Tick = no_tick,
) -> Decomposition:
    """Decompose the error at weighted points, by default averaged over x, its errors exact where they can."""
    new, weights = at or (source.nodes, source.weights)
    measurement = Measurement(source.truth(new), weights)
    for _, predictions in fits(source, learners, n, trials, draws, new):
        measurement.add(predictions)
        tick(measurement.count, trials)
    closed = source.theory(learners, n, trials) if at is None else None
    return replace(measurement.result(), se=closed.se) if closed else measurement.result()


def inputs(n: int) -> Array:
    """Return the n inputs of the fixed design, (1, n): the midpoints of equal cells of [0, 1]."""
    return ((np.arange(n) + 0.5) / n)[None]
