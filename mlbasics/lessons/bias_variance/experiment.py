"""The terms of the error by complexity, measured over fresh training sets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.random import Generator

from mlbasics.data.origin import Origin
from mlbasics.kit import Tick, draws, picture
from mlbasics.lessons.bias_variance.sampling import Draws, Sets, Source
from mlbasics.numerics import Array
from mlbasics.numerics.decomposition import KEPT, Errors, Measurement
from mlbasics.numerics.learners import Family, Neighbors, Networks, Polynomials, Ridge
from mlbasics.numerics.order import ALIKE, equal, quantile

if TYPE_CHECKING:
    from mlbasics.lessons.bias_variance import Params

BLOCK = 1_000_000  # predictions held at once: 8 MB
LEAST = 20  # training sets at once, however large
NETWORKS = 50  # networks trained at once: often enough to see the progress
TAIL = 0.2  # a training set that makes more of the variance than this leaves its mean in doubt,
LARGEST = 20  # or in a few sets more than this many times its share: not one normal number in 100 000 does
TENTH = 1.1  # times the least error: clearly worse


@dataclass(frozen=True)
class Shares:
    """On which share of the training sets each model, (C,), does worse than the best of all, and by what."""

    worse: Array  # its error is larger
    tenth_worse: Array  # by more than a tenth
    by_variance: Array  # over half of what it is larger by is variance: the distance from the median fit


@dataclass(frozen=True, kw_only=True)
class Result:
    """The terms by complexity, simplest first, in squared units of y."""

    family: str
    complexity: list[float]
    bias2: Array
    variance: Array
    noise: Array
    total: Array
    oob_mse: Array  # of own rows: the error on those that samples left out; bias² then holds the noise
    se: Errors
    best: float  # of the least total; on the learner's own rows, of the least out-of-bag error
    shares: Shares
    origin: Origin | None
    heavy_tail: list[float]  # complexities whose means a few sets make: their terms are of medians
    x: Array
    truth: Array
    mean: Array  # the mean fit, (C, Q)
    fits: Array = picture()  # single ones, (K, C, Q)
    distance2: Array = picture()  # of these from their median, squared and averaged as errors are, (K, C)

    @property
    def best_index(self) -> int:
        """The position of the best complexity."""
        return self.complexity.index(self.best)

    @property
    def simple_index(self) -> int:
        """The position of what is shown as too simple: the line, if the best is freer, else the simplest."""
        line = 1.0 if self.family == "polynomial" else None
        return self.complexity.index(line) if line in self.complexity and self.best > line else 0

    @property
    def network(self) -> int:
        """The position of the network that stands beside linear regression: the best."""
        return max(self.best_index, 1)

    def shown(self, middle: int) -> list[int]:
        """Return the positions of the simple one, one in the middle, and the most complex, each once.

        Networks are shown one at a time, beside linear regression.
        """
        if self.family == "mlp":
            return [0, max(middle, 1)]
        return sorted({self.simple_index, middle, len(self.complexity) - 1})


def simulate(params: Params, source: Source, rng: Generator, tick: Tick) -> Result:
    """Measure the family."""
    own = draws(rng, "inputs", "noise", "weights")
    learners, trials = family(params, own["weights"]), params.trials
    measurement, squared, first = Measurement(source.truth, source.weights), [], []
    for sets, predictions in fits(source, learners, params.n_train, trials, own):
        averaging = source.averaging(sets)
        if measurement.count < KEPT:
            first.append(averaging)
        measurement.add(predictions)
        squared.append(_average(predictions - source.truth, averaging))
        tick(measurement.count, trials)
    measured, errors = measurement.result(), np.concatenate(squared) + source.sigma**2
    mean_error = errors.mean(axis=0) if source.origin else measured.bias2 + measured.variance
    least = ALIKE**2 * float(np.square(source.truth) @ source.weights)
    best = int(equal(mean_error, mean_error.min(), least).argmax())  # of equal ones the simplest
    median_fit = quantile(measured.kept, 0.5)
    distance2 = _average(measured.kept - median_fit, np.concatenate(first)[:KEPT])
    heavy = measured.largest_share > max(TAIL, LARGEST / trials)
    bias2 = np.where(heavy, np.square(median_fit - source.truth) @ source.weights, measured.bias2)
    variance = np.where(heavy, quantile(distance2, 0.5), measured.variance)
    for term in (bias2, variance):
        term[equal(term, 0.0, least)] = 0.0
    nothing = np.full_like(bias2, np.nan)
    return Result(
        family=params.family,
        complexity=learners.complexities,
        bias2=bias2,
        variance=variance,
        noise=nothing if source.origin else np.full_like(bias2, source.sigma**2),
        total=bias2 + variance + source.sigma**2,
        oob_mse=np.where(heavy, quantile(errors, 0.5), mean_error) if source.origin else nothing,
        se=Errors(*(np.where(variance > 0, error, 0.0) for error in vars(measured.se).values())),
        best=learners.complexities[best],
        shares=_shares(errors, distance2, best, least),
        origin=source.origin,
        heavy_tail=[c for c, tail in zip(learners.complexities, heavy & (variance > 0), strict=True) if tail],
        x=source.x,
        truth=source.truth,
        mean=measured.mean,
        fits=measured.kept,
        distance2=distance2,
    )


def _average(distances: Array, averaging: Array) -> Array:
    """Return the mean squares (T, C) of distances (T, C, Q), by what averages those of each set (T, Q)."""
    return np.matmul(np.square(distances), averaging[..., None])[..., 0]


def family(params: Params, rng: Generator) -> Family:
    """Return the family of learners, its complexities in order; rng draws the first weights of networks."""
    if params.family == "polynomial":
        return Polynomials(list(params.degrees))
    if params.family == "ridge":
        return Ridge(list(reversed(params.lambdas)))
    if params.family == "mlp":
        return Networks([0, *params.widths], rng)
    return Neighbors([float(k) for k in reversed(params.neighbors) if k <= params.n_train])


def fits(source: Source, learners: Family, n: int, trials: int, draws: Draws) -> Iterator[tuple[Sets, Array]]:
    """Yield training sets in blocks, with predictions (T, C, Q) at the nodes; blocks do not show."""
    step = max(LEAST, BLOCK // (max(len(learners.complexities), n) * len(source.nodes)))
    if isinstance(learners, Networks):
        step = NETWORKS  # always: their first weights are drawn by the block
    for start in range(0, trials, step):
        sets = source.draw(n, min(step, trials - start), draws)
        yield sets, learners.predict(sets.x, sets.y, source.nodes)


def _shares(errors: Array, distance2: Array, best: int, least: float) -> Shares:
    """Compare errors (T, C), set by set, with those of the best; what is below least is rounding."""

    def larger(a: Array, b: Array) -> Array:
        return np.mean((a > b) & ~equal(a, b, least), axis=0)

    known = errors[:, best, None]
    excess = (errors - known)[: len(distance2)]
    return Shares(
        worse=larger(errors, known),
        tenth_worse=larger(errors, TENTH * known),
        by_variance=larger(2 * (distance2 - distance2[:, best, None]), excess),
    )
