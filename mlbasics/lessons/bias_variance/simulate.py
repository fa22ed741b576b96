"""The terms of the error by complexity, measured over fresh training sets, and what theory says of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.random import Generator

from mlbasics.data.origin import Origin
from mlbasics.kit import InputError, Tick, no_tick
from mlbasics.lessons.bias_variance.families import Family, Neighbours, Networks, Pair, Polynomials, family
from mlbasics.lessons.bias_variance.source import KnownTruth, OwnRows, inputs
from mlbasics.numerics import Array
from mlbasics.numerics.decomposition import Decomposition, Errors, Measurement
from mlbasics.numerics.networks import TOLERANCE
from mlbasics.words import phrase

if TYPE_CHECKING:
    from mlbasics.data.columns import Columns
    from mlbasics.lessons.bias_variance import Params


BLOCK = 1_000_000  # predictions held at once: 8 MB
SHOWN = 20  # fits drawn, and the least that are made at once
NETWORKS = 50  # networks trained at once: often enough to see the progress
COMPARED = 200  # training sets of the comparisons beside the main one, at most
KEPT = 2000  # predictions at one x that are kept for its histogram, at most
TAIL = 0.1  # a training set that makes more of the variance than this leaves its mean in doubt
SIZES = (10, 30, 100, 300)
MLP_WIDTH = 5


@dataclass(frozen=True)
class Theory:
    """The closed forms of a linear learner on fixed inputs, by complexity."""

    bias2: Array
    variance: Array


@dataclass(frozen=True)
class AtTraining:
    """The variance averaged over the training points: measured, its standard error, and σ²(d+1)/n."""

    variance: Array
    se: Array
    theory: Array


@dataclass(frozen=True)
class Term:
    """Bias² and variance of one learner, and their standard errors."""

    bias2: float
    variance: float
    bias2_se: float
    variance_se: float


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


@dataclass(frozen=True)
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
    theory: Theory | None
    at_training: AtTraining | None
    linear_vs_mlp: Comparison
    by_n_train: BySize
    curves: Curves
    at: AtPoint | None

    @property
    def best_index(self) -> int:
        """The position of the best complexity."""
        return self.complexity.index(self.best)


def simulate(params: Params, columns: Columns | None, rng: Generator, tick: Tick) -> Result:
    """Measure the family, linear regression beside a network, and the effect of more data."""
    data_rng, weights_rng, pair_rng, size_rng, inputs_rng, at_rng = rng.spawn(6)
    learners = family(params, weights_rng)
    source = KnownTruth(params) if columns is None else OwnRows(params, columns)
    if source.origin is not None and params.at is not None:
        raise InputError(phrase("error.either", option="--at", other="--data"))
    study = _Study(params, source)
    measured, first = study.measure(learners, params.n_train, params.trials, data_rng, tick=tick)
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
        theory=study.theory(learners),
        at_training=study.at_training(learners, inputs_rng),
        linear_vs_mlp=study.compare(pair_rng, weights_rng),
        by_n_train=study.more_data(replace(learners, complexities=[learners.complexities[best]]), size_rng),
        curves=Curves(
            x=source.original(source.nodes),
            truth=source.truth(source.nodes),
            mean={names[i]: measured.mean[i] for i in shown},
            sample={names[i]: first[:SHOWN, i] for i in shown},
        ),
        at=None if params.at is None else study.at_point(learners, params.at, at_rng),
    )


class _Study:
    """One source of training sets; each answer is a measurement of some learners at some points."""

    def __init__(self, params: Params, source: KnownTruth | OwnRows) -> None:
        self.params, self.source = params, source

    def measure(
        self,
        learners: Family,
        n: int,
        trials: int,
        rng: Generator,
        at: tuple[Array, Array] | None = None,
        tick: Tick = no_tick,
    ) -> tuple[Decomposition, Array]:
        """Decompose the error at weighted points, by default averaged over x; return the first fits too."""
        source = self.source
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

    def theory(self, learners: Family) -> Theory | None:
        """Return the closed forms where inputs are fixed and predictions are linear in y, f̂(x) = s(x)ᵀy.

        bias(x) = s(x)ᵀf - f(x) and variance(x) = σ² ‖s(x)‖²; predictions for unit vectors y give s(x).
        """
        source = self.source
        if source.origin is not None or self.params.design != "fixed" or not learners.linear:
            return None
        x = inputs(self.params.n_train)
        s = learners.predict(x, np.eye(self.params.n_train), source.nodes)  # (n, C, Q)
        bias = np.tensordot(source.truth(x)[0], s, axes=1) - source.truth(source.nodes)
        variance = self.params.noise**2 * np.square(s).sum(axis=0)
        return Theory(np.square(bias) @ source.weights, variance @ source.weights)

    def at_training(self, learners: Family, rng: Generator) -> AtTraining | None:
        """Return the variance at the training points, where polynomials have the plainest closed form."""
        n = self.params.n_train
        own = self.source.origin is not None
        if own or self.params.design != "fixed" or not isinstance(learners, Polynomials):
            return None
        measured, _ = self.measure(learners, n, self.beside, rng, (inputs(n)[0], np.full(n, 1 / n)))
        columns = np.minimum(np.array(learners.complexities) + 1, n)
        return AtTraining(measured.variance, measured.se.variance, self.params.noise**2 * columns / n)

    def compare(self, rng: Generator, weights_rng: Generator) -> Comparison:
        """Train linear regression and a network on the same sets."""
        networks = Networks([MLP_WIDTH], weights_rng)
        pair = Pair(Polynomials([1]), networks)
        measured, _ = self.measure(pair, self.params.n_train, self.beside, rng)
        gradients = np.concatenate(networks.gradients)
        return Comparison(
            linear=_term(measured, 0),
            mlp=_term(measured, 1),
            trials=self.beside,
            width=MLP_WIDTH,
            converged=float(np.mean(gradients <= TOLERANCE)),
            gradient=float(np.quantile(gradients, 0.9)),
        )

    def more_data(self, best: Family, rng: Generator) -> BySize:
        """Measure the best learner and 1-NN on smaller and larger training sets."""
        pairs = [self.measure(Pair(best, Neighbours([1])), n, self.beside, rng)[0] for n in SIZES]
        return BySize(list(SIZES), *([_term(measured, i) for measured in pairs] for i in (0, 1)))

    def at_point(self, learners: Family, x: float, rng: Generator) -> AtPoint:
        """Keep single predictions at one x."""
        draws = self.source.draw(self.params.n_train, min(self.params.trials, KEPT), rng)
        predictions = learners.predict(draws.x, draws.y, np.array([x]))[..., 0].T
        truth = float(self.source.truth(np.array([x]))[0])
        return AtPoint(x, truth, predictions.mean(axis=1), predictions.std(axis=1, ddof=1), predictions)

    @property
    def beside(self) -> int:
        """The number of training sets of what stands beside the main measurement."""
        return min(self.params.trials, COMPARED)


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


def _term(measured: Decomposition, i: int) -> Term:
    se = measured.se
    return Term(*(float(a[i]) for a in (measured.bias2, measured.variance, se.bias2, se.variance)))
