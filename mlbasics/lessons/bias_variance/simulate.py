"""The terms of the error by complexity, measured over fresh training sets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.random import Generator

from mlbasics.data.origin import Origin
from mlbasics.kit import Tick, detail, picture
from mlbasics.lessons.bias_variance.source import Draws, Source, family, fits, gaps, measure, studies
from mlbasics.numerics import Array, decomposition
from mlbasics.numerics.decomposition import TEN, Medians, Term, by_medians
from mlbasics.numerics.smoothers import Theory

if TYPE_CHECKING:
    from mlbasics.lessons.bias_variance import Params


SHOWN = 24  # fits drawn
BESIDE = 200  # training sets of what stands beside the main measurement, at most
KEPT = 2000  # predictions at one x that are kept for its histogram, at most
TAIL = 0.1  # a training set that makes more of the variance than this leaves its mean in doubt,
LARGEST = 20  # or in a few sets more than this many times its share: not one normal number in 100 000 does


@dataclass(frozen=True)
class Errors(decomposition.Errors):
    """The standard errors of the terms, of the error measured on new data, and of what remains."""

    test_mse: Array
    residual: Array


@dataclass(frozen=True)
class AtTraining:
    """The variance averaged over the training points: measured, its standard error, and σ²(d+1)/n."""

    variance: Array
    se: Array
    theory: Array


@dataclass(frozen=True)
class Curves:
    """The mean fit and a few single ones of each learner, by its name."""

    x: Array
    truth: Array
    mean: dict[str, Array]
    sample: dict[str, Array]

    def only(self, names: Sequence[str]) -> Curves:
        """Return those of some learners."""
        picked = ({name: curves[name] for name in names} for curves in (self.mean, self.sample))
        return Curves(self.x, self.truth, *picked)


@dataclass(frozen=True)
class Comparison:
    """Linear regression and a network, trained on the same sets."""

    linear: Term
    mlp: Term
    trials: int
    width: int
    converged: float  # share of networks whose gradient fell to 1e-4 of its start
    gradient: float  # 90 % of them came at least so far
    curves: Curves


@dataclass(frozen=True)
class BySize:
    """Bias² and variance by the size of the training set: of this run's best learner, and of 1-NN."""

    n_train: list[int]
    best: list[Term]
    one_nn: list[Term]


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
    residual: Array  # total - test_mse
    se: Errors
    best: float  # of the least total; on the learner's own rows, of the least out-of-bag error
    behind: Array  # how much more each errs than the best, on the same sets
    behind_se: Array
    worse: Array  # on which share of the sets it errs more
    origin: Origin | None  # of own rows: bias² then holds the noise, and test_mse is the out-of-bag error
    heavy_tail: list[float]  # complexities whose means and standard errors a few sets may make, or one does
    typical: Medians | None  # by medians of ten sets, where a tail is heavy
    theory: Theory | None
    at_training: AtTraining | None = detail()
    linear_vs_mlp: Comparison = detail()
    by_n_train: BySize = detail()
    curves: Curves  # of the simplest, the line, the best and the most complex
    every_curve: Curves = picture()
    at: AtPoint | None

    @property
    def best_index(self) -> int:
        """The position of the best complexity."""
        return self.complexity.index(self.best)

    @property
    def simple_index(self) -> int:
        """The position of what is shown as too simple: the line, if the best is freer, else the simplest."""
        line = 1.0 if self.family == "polynomial" else None
        return self.complexity.index(line) if line in self.complexity and self.best > line else 0

    def shown(self, middle: int) -> list[int]:
        """Return the positions of the simple one, one in the middle, and the most complex, each once."""
        return sorted({self.simple_index, middle, len(self.complexity) - 1})


def simulate(params: Params, source: Source, rng: Generator, tick: Tick) -> Result:
    """Measure the family."""
    draws, n, own = studies(rng), params.n_train, source.origin is not None
    learners = family(params, draws.terms.weights)
    measured = measure(source, learners, n, params.trials, draws.terms, tick=tick)
    theory = source.theory(learners, n, params.trials)
    total = measured.bias2 + measured.variance + source.sigma**2
    test_mse, test_se, tested = _tested(params, source, draws.test)
    by_test = own and not np.isnan(test_mse).any()
    errors = tested if by_test else np.square(measured.kept - source.truth(source.nodes)) @ source.weights
    level = test_mse if by_test else total
    best = int(np.argmin(level))
    gap = errors - errors[:, best, None]
    unknown = np.nan if own else 1.0
    tail = (measured.largest_share > max(TAIL, LARGEST / params.trials)) | gaps(params, learners)
    names = [f"{c:g}" for c in learners.complexities]
    curves = Curves(
        x=source.original(source.nodes),
        truth=source.truth(source.nodes),
        mean=dict(zip(names, measured.mean, strict=True)),
        sample=dict(zip(names, measured.kept[:SHOWN].swapaxes(0, 1), strict=True)),
    )
    line = names.index("1") if params.family == "polynomial" and "1" in names else 0
    shown = sorted({0, line, best, len(names) - 1})
    typical = None  # of fewer than two groups of sets nothing is typical
    if tail.any() and params.trials >= 2 * TEN:
        typical = by_medians(measured.kept, source.truth(source.nodes), source.weights)
    return Result(
        family=params.family,
        complexity=learners.complexities,
        bias2=measured.bias2,
        variance=measured.variance,
        noise=np.full_like(total, source.sigma**2) * unknown,
        total=total,
        test_mse=test_mse,
        residual=(total - test_mse) * unknown,
        se=Errors(
            **vars(measured.se),
            test_mse=test_se,
            residual=np.hypot(measured.se.total, test_se) * unknown,
        ),
        best=learners.complexities[best],
        behind=level - level[best],
        behind_se=gap.std(axis=0, ddof=1) / np.sqrt(len(errors) if by_test else params.trials),
        worse=np.mean(gap > 0, axis=0),
        origin=source.origin,
        heavy_tail=[c for c, heavy in zip(learners.complexities, tail, strict=True) if heavy],
        typical=typical,
        theory=theory,
        curves=curves.only([names[i] for i in shown]),
        every_curve=curves,
        at=None if params.at is None else _at_point(params, source, params.at, draws.at),
    )


def beside(params: Params) -> int:
    """Return the number of training sets of what stands beside the main measurement."""
    return min(params.trials, BESIDE)


def _tested(params: Params, source: Source, draws: Draws) -> tuple[Array, Array, Array]:
    """Return the error on new data of learners trained on other sets: mean, standard error, each (T, C)."""
    learners = family(params, draws.weights)
    trained = fits(source, learners, params.n_train, beside(params), draws, source.nodes)
    errors = np.concatenate([source.errors(predictions, sets, draws) for sets, predictions in trained])
    if len(errors) < 2:  # own rows, nearly all of them in every sample
        errors = np.full((2, len(learners.complexities)), np.nan)
    return errors.mean(axis=0), errors.std(axis=0, ddof=1) / np.sqrt(len(errors)), errors


def _at_point(params: Params, source: Source, x: float, draws: Draws) -> AtPoint:
    """Keep single predictions at one x."""
    learners, at = family(params, draws.weights), np.array([x])
    kept = fits(source, learners, params.n_train, min(params.trials, KEPT), draws, at)
    predictions = np.concatenate([block[..., 0] for _, block in kept]).T
    truth = float(source.truth(at)[0])
    return AtPoint(x, truth, predictions.mean(axis=1), predictions.std(axis=1, ddof=1), predictions)
