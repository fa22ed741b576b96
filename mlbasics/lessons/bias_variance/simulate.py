"""The terms of the error by complexity, measured over fresh training sets, and a line beside a network."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.random import Generator

from mlbasics.data.origin import Origin
from mlbasics.kit import Tick, detail, no_tick
from mlbasics.lessons.bias_variance.source import Source, family
from mlbasics.numerics import Array
from mlbasics.numerics.decomposition import Decomposition, Errors, Measurement, Term
from mlbasics.numerics.learners import Family, Networks, Pair, Polynomials
from mlbasics.numerics.networks import TOLERANCE
from mlbasics.numerics.smoothers import Theory

if TYPE_CHECKING:
    from mlbasics.lessons.bias_variance import Params


BLOCK = 1_000_000  # predictions held at once: 8 MB
SHOWN = 20  # fits drawn, and the least that are made at once
NETWORKS = 50  # networks trained at once: often enough to see the progress
COMPARED = 200  # training sets of the comparisons beside the main one, at most
KEPT = 2000  # predictions at one x that are kept for its histogram, at most
TAIL = 0.1  # a training set that makes more of the variance than this leaves its mean in doubt
MLP_WIDTH = 5


class Draws(NamedTuple):
    """A generator for each kind of draw."""

    data: Generator
    weights: Generator  # the first of networks
    pair: Generator
    sizes: Generator
    inputs: Generator
    at: Generator


@dataclass(frozen=True)
class AtTraining:
    """The variance averaged over the training points: measured, its standard error, and σ²(d+1)/n."""

    variance: Array
    se: Array
    theory: Array


@dataclass(frozen=True)
class Comparison:
    """Linear regression and a network, trained on the same sets."""

    linear: Term
    mlp: Term
    trials: int
    width: int
    converged: float  # share of networks whose gradient fell to 1e-4 of its start
    gradient: float  # 90 % of them came at least so far


@dataclass(frozen=True)
class BySize:
    """Bias² and variance by the size of the training set: of this run's best learner, and of 1-NN."""

    n_train: list[int]
    best: list[Term]
    one_nn: list[Term]


@dataclass(frozen=True)
class Curves:
    """For the simplest, the best and the most complex learner: the mean fit and a few single ones."""

    x: Array
    truth: Array
    mean: dict[str, Array]
    sample: dict[str, Array]


@dataclass(frozen=True)
class AtPoint:
    """Predictions at one x, by complexity: (C,) and (C, trials kept)."""

    x: float
    truth: float
    mean: Array
    sd: Array
    predictions: Array


@dataclass(frozen=True, kw_only=True)
class Result:
    """The terms by complexity, simplest first, in squared units of y."""

    family: str
    complexity: list[float]
    bias2: Array
    variance: Array
    noise: Array
    total: Array
    test_mse: Array
    residual: Array
    se: Errors
    mean_residual: float  # averaged over the complexities, and its standard error
    mean_residual_se: float
    best: float  # of the least total; on the learner's own rows, of the least out-of-bag error
    origin: Origin | None  # of own rows: bias² then holds the noise, and test_mse is the out-of-bag error
    heavy_tail: list[float]  # complexities where one training set makes a tenth of the variance
    theory: Theory | None = detail()
    at_training: AtTraining | None = detail()
    linear_vs_mlp: Comparison
    by_n_train: BySize = detail()
    curves: Curves
    at: AtPoint | None

    @property
    def best_index(self) -> int:
        """The position of the best complexity."""
        return self.complexity.index(self.best)


def simulate(params: Params, source: Source, rng: Generator, tick: Tick) -> Result:
    """Measure the family, and linear regression beside a network."""
    draws = Draws(*rng.spawn(6))
    learners = family(params, draws.weights)
    measured, first = measure(source, learners, params.n_train, params.trials, draws.data, tick=tick)
    told_apart = source.origin is not None and not np.isnan(measured.test_mse).any()
    best = int(np.argmin(measured.test_mse if told_apart else measured.total))
    names = [f"{c:g}" for c in learners.complexities]
    shown = sorted({0, best, len(names) - 1})
    tail = (measured.largest_share > TAIL) & (params.trials >= COMPARED)
    return Result(
        family=params.family,
        complexity=learners.complexities,
        bias2=measured.bias2,
        variance=measured.variance,
        noise=measured.noise,
        total=measured.total,
        test_mse=measured.test_mse,
        residual=measured.residual,
        se=measured.se,
        mean_residual=measured.mean_residual,
        mean_residual_se=measured.mean_residual_se,
        best=learners.complexities[best],
        origin=source.origin,
        heavy_tail=[c for c, heavy in zip(learners.complexities, tail, strict=True) if heavy],
        linear_vs_mlp=_compare(params, source, draws),
        curves=Curves(
            x=source.original(source.nodes),
            truth=source.truth(source.nodes),
            mean={names[i]: measured.mean[i] for i in shown},
            sample={names[i]: first[:SHOWN, i] for i in shown},
        ),
        at=None if params.at is None else _at_point(params, source, learners, params.at, draws.at),
    )


def measure(
    source: Source,
    learners: Family,
    n: int,
    trials: int,
    rng: Generator,
    at: tuple[Array, Array] | None = None,
    tick: Tick = no_tick,
) -> tuple[Decomposition, Array]:
    """Decompose the error at weighted points, by default averaged over x; return the first fits too."""
    new, weights = at or (source.nodes, source.weights)
    measurement, first = Measurement(source.truth(new), weights, source.sigma), None
    out_of_bag: list[Array] = []
    step = max(SHOWN, BLOCK // (max(len(learners.complexities), n) * len(new)))
    if not learners.linear:
        step = min(step, NETWORKS)
    for start in range(0, trials, step):
        x, y, out = source.draw(n, min(step, trials - start), rng)
        predictions = source.restore(learners.predict(x, y, new))
        measurement.add(predictions, source.sigma * rng.standard_normal((len(y), len(new))))
        if out is not None:
            errors = np.square(predictions - source.truth(new))
            some = out.any(axis=1)  # a large sample may hold every row
            left_out = out[some] / out[some].sum(axis=1, keepdims=True)
            out_of_bag.append(np.matmul(errors[some], left_out[..., None])[..., 0])
        first = predictions if first is None else first
        tick(start + len(y), trials)
    assert first is not None
    result = measurement.result()
    return (_tested(result, np.concatenate(out_of_bag)) if out_of_bag else result), first


def _compare(params: Params, source: Source, draws: Draws) -> Comparison:
    """Train linear regression and a network on the same sets."""
    networks, trials = Networks([MLP_WIDTH], draws.weights), beside(params)
    measured, _ = measure(source, Pair(Polynomials([1]), networks), params.n_train, trials, draws.pair)
    gradients = np.concatenate(networks.gradients)
    return Comparison(
        linear=measured.term(0),
        mlp=measured.term(1),
        trials=trials,
        width=MLP_WIDTH,
        converged=float(np.mean(gradients <= TOLERANCE)),
        gradient=float(np.quantile(gradients, 0.9)),
    )


def _at_point(params: Params, source: Source, learners: Family, x: float, rng: Generator) -> AtPoint:
    """Keep single predictions at one x."""
    sets = source.draw(params.n_train, min(params.trials, KEPT), rng)
    predictions = learners.predict(sets.x, sets.y, np.array([x]))[..., 0].T
    truth = float(source.truth(np.array([x]))[0])
    return AtPoint(x, truth, predictions.mean(axis=1), predictions.std(axis=1, ddof=1), predictions)


def beside(params: Params) -> int:
    """Return the number of training sets of what stands beside the main measurement."""
    return min(params.trials, COMPARED)


def _tested(measured: Decomposition, errors: Array) -> Decomposition:
    """Return the decomposition with the out-of-bag errors (T, C) as what was measured on new data."""
    unknown = np.full_like(measured.noise, np.nan)
    if len(errors) < 2:
        errors = np.full((2, len(unknown)), np.nan)
    error = errors.std(axis=0, ddof=1) / np.sqrt(len(errors))
    return replace(
        measured,
        noise=unknown,
        test_mse=errors.mean(axis=0),
        residual=unknown,
        se=replace(measured.se, test_mse=error, residual=unknown),
        mean_residual=np.nan,
        mean_residual_se=np.nan,
    )
