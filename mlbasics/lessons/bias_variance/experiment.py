"""The terms of the error by complexity, measured over fresh training sets, and what theory says of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from mlbasics.lesson import Tick, no_tick
from mlbasics.lessons.bias_variance.families import Family, Neighbours, Networks, Pair, Polynomials, family
from mlbasics.numerics.decomposition import Decomposition, Errors, Measurement
from mlbasics.numerics.networks import TOLERANCE
from mlbasics.numerics.samples import TARGETS

if TYPE_CHECKING:
    from mlbasics.lessons.bias_variance import Params

Array = NDArray[np.float64]

NODES = 64  # Gauss-Legendre points of [0, 1]: averages over x are exact for polynomials of degree 127
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
    best: float
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


def simulate(params: Params, rng: Generator, tick: Tick) -> Result:
    """Measure the family, linear regression beside a network, and the effect of more data."""
    data_rng, weights_rng, pair_rng, size_rng, inputs_rng, at_rng = rng.spawn(6)
    learners = family(params, weights_rng)
    study = _Study(params)
    measured, first = study.measure(learners, params.n_train, params.trials, data_rng, tick=tick)
    best = int(np.argmin(measured.total))
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
        heavy_tail=[c for c, heavy in zip(learners.complexities, tail, strict=True) if heavy],
        theory=study.theory(learners),
        at_training=study.at_training(learners, inputs_rng),
        linear_vs_mlp=study.compare(pair_rng, weights_rng),
        by_n_train=study.more_data(replace(learners, complexities=[learners.complexities[best]]), size_rng),
        curves=Curves(
            x=study.nodes,
            truth=study.truth(study.nodes),
            mean={names[i]: measured.mean[i] for i in shown},
            sample={names[i]: first[:SHOWN, i] for i in shown},
        ),
        at=None if params.at is None else study.at_point(learners, params.at, at_rng),
    )


def inputs(n: int) -> Array:
    """Return the n inputs of the fixed design, (1, n): the midpoints of equal cells of [0, 1]."""
    return ((np.arange(n) + 0.5) / n)[None]


class _Study:
    """One target, noise and design; each of its answers is a measurement of some learners at some points."""

    def __init__(self, params: Params) -> None:
        self.params = params
        self.truth = TARGETS[params.target].f
        nodes, weights = np.polynomial.legendre.leggauss(NODES)
        self.nodes, self.weights = (nodes + 1) / 2, weights / 2

    def draw(self, n: int, trials: int, rng: Generator) -> tuple[Array, Array]:
        """Draw training sets: x (T, n), or (1, n) where all share their inputs, and y (T, n)."""
        x = inputs(n) if self.params.design == "fixed" else rng.random((trials, n))
        return x, self.truth(x) + self.params.noise * rng.standard_normal((trials, n))

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
        new, weights = at or (self.nodes, self.weights)
        measurement, first = Measurement(self.truth(new), weights, self.params.noise), None
        step = max(SHOWN, BLOCK // (max(len(learners.complexities), n) * len(new)))
        if not learners.linear:
            step = min(step, NETWORKS)
        for start in range(0, trials, step):
            x, y = self.draw(n, min(step, trials - start), rng)
            predictions = learners.predict(x, y, new)
            measurement.add(predictions, self.params.noise * rng.standard_normal((len(y), len(new))))
            first = predictions if first is None else first
            tick(start + len(y), trials)
        assert first is not None
        return measurement.result(), first

    def theory(self, learners: Family) -> Theory | None:
        """Return the closed forms where inputs are fixed and predictions are linear in y, f̂(x) = s(x)ᵀy.

        bias(x) = s(x)ᵀf - f(x) and variance(x) = σ² ‖s(x)‖²; predictions for unit vectors y give s(x).
        """
        if self.params.design != "fixed" or not learners.linear:
            return None
        x = inputs(self.params.n_train)
        s = learners.predict(x, np.eye(self.params.n_train), self.nodes)  # (n, C, Q)
        bias = np.tensordot(self.truth(x)[0], s, axes=1) - self.truth(self.nodes)
        variance = self.params.noise**2 * np.square(s).sum(axis=0)
        return Theory(np.square(bias) @ self.weights, variance @ self.weights)

    def at_training(self, learners: Family, rng: Generator) -> AtTraining | None:
        """Return the variance at the training points, where polynomials have the plainest closed form."""
        n = self.params.n_train
        if self.params.design != "fixed" or not isinstance(learners, Polynomials):
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
        draws = self.draw(self.params.n_train, min(self.params.trials, KEPT), rng)
        predictions = learners.predict(*draws, np.array([x]))[..., 0].T
        truth = float(self.truth(np.array([x]))[0])
        return AtPoint(x, truth, predictions.mean(axis=1), predictions.std(axis=1, ddof=1), predictions)

    @property
    def beside(self) -> int:
        """The number of training sets of what stands beside the main measurement."""
        return min(self.params.trials, COMPARED)


def _term(measured: Decomposition, i: int) -> Term:
    se = measured.se
    return Term(*(float(a[i]) for a in (measured.bias2, measured.variance, se.bias2, se.variance)))
