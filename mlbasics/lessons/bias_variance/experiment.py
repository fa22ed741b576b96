"""The terms of the error by complexity, measured over fresh training sets."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.random import Generator

from mlbasics.data.origin import Origin
from mlbasics.kit import Tick, detail, no_tick, picture
from mlbasics.lessons.bias_variance.sampling import Draws, KnownTruth, Sets, Source, studies
from mlbasics.numerics import Array, Booleans, decomposition
from mlbasics.numerics.decomposition import TEN, Decomposition, Measurement, Term, Terms, by_medians
from mlbasics.numerics.learners import Family, Neighbors, Networks, Polynomials, Ridge

if TYPE_CHECKING:
    from mlbasics.lessons.bias_variance import Params

SHOWN = 24  # single fits that are told
BESIDE = 200  # training sets of what stands beside the main measurement, at most
KEPT = 2000  # predictions at one x that are kept for its histogram, at most
SIZES = (10, 30, 100, 300)
MLP_WIDTH = 5
BLOCK = 1_000_000  # predictions held at once: 8 MB
LEAST = 20  # training sets at once, however large
NETWORKS = 50  # networks trained at once: often enough to see the progress
ENOUGH = 8  # points a coefficient
TAIL = 0.1  # a training set that makes more of the variance than this leaves its mean in doubt,
LARGEST = 20  # or in a few sets more than this many times its share: not one normal number in 100 000 does


@dataclass(frozen=True)
class Errors(decomposition.Errors):
    """The standard errors of the terms, of their sum, and of the error measured on new data."""

    test_mse: Array


@dataclass(frozen=True)
class Curves:
    """The mean fit and a few single ones of each learner, by its name."""

    x: Array
    truth: Array
    mean: dict[str, Array]
    sample: dict[str, Array]


@dataclass(frozen=True)
class Comparison:
    """Linear regression and a network, trained on the same sets."""

    linear: Term
    mlp: Term
    trials: int
    width: int
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
    se: Errors
    best: float  # of the least total; on the learner's own rows, of the least out-of-bag error
    behind: Array  # how much more each errs than the best, on the same sets
    behind_se: Array
    worse: Array  # on which share of the sets it errs more
    origin: Origin | None  # of own rows: bias² then holds the noise, and test_mse is the out-of-bag error
    heavy_tail: list[float]  # complexities whose means and standard errors a few sets may make, or one does
    typical: Terms | None  # by medians of ten sets, where a tail is heavy
    theory: Terms | None
    linear_vs_mlp: Comparison = detail()  # networks have it from the start
    by_n_train: BySize = detail()
    curves: Curves  # of the simplest, the line, the best and the most complex
    every_curve: Curves = picture()
    distance2: Array = picture()  # of single fits from their mean, squared and averaged over x, (K, C)
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
    again, learners = deepcopy(draws["terms"]), family(params, draws["terms"]["weights"])
    measured = measure(source, learners, n, params.trials, draws["terms"], tick=tick)
    total = measured.bias2 + measured.variance + source.sigma**2
    test_mse, test_se, tested = _tested(params, source, draws["test"])
    by_test = own and not np.isnan(test_mse).any()
    errors = tested if by_test else np.square(measured.kept - source.truth) @ source.weights
    level = test_mse if by_test else total
    best = int(np.argmin(level))
    gap = errors - errors[:, best, None]
    unknown = np.nan if own else 1.0
    heavy = _heavy(params, learners, measured)
    names = [f"{c:g}" for c in learners.complexities]
    mean = dict(zip(names, measured.mean, strict=True))
    sample = dict(zip(names, measured.kept[:SHOWN].swapaxes(0, 1), strict=True))
    straight = names.index("1") if params.family == "polynomial" and "1" in names else 0
    shown = [names[i] for i in sorted({0, straight, best, len(names) - 1})]
    typical = None  # of fewer than two groups of sets nothing is typical
    if heavy.any() and params.trials >= 2 * TEN:
        typical = by_medians(measured.kept, source.truth, source.weights)
    result = Result(
        family=params.family,
        complexity=learners.complexities,
        bias2=measured.bias2,
        variance=measured.variance,
        noise=np.full_like(total, source.sigma**2) * unknown,
        total=total,
        test_mse=test_mse,
        se=Errors(**vars(measured.se), test_mse=test_se),
        best=learners.complexities[best],
        behind=level - level[best],
        behind_se=gap.std(axis=0, ddof=1) / np.sqrt(len(errors) if by_test else params.trials),
        worse=np.mean(gap > 0, axis=0),
        origin=source.origin,
        heavy_tail=[c for c, tail in zip(learners.complexities, heavy, strict=True) if tail],
        typical=typical,
        theory=source.theory(learners, n, params.trials),
        curves=Curves(source.x, source.truth, *({name: of[name] for name in shown} for of in (mean, sample))),
        every_curve=Curves(source.x, source.truth, mean, sample),
        distance2=np.square(measured.kept - measured.mean) @ source.weights,
        at=None if params.at is None else _at_point(params, source, params.at, draws["at"]),
    )
    if params.family != "mlp":
        return result
    line = measure(source, Polynomials([1]), n, params.trials, again)  # beside the best of the networks
    pair = _pair(source, (line, 0), (measured, best), int(result.best), params.trials)
    return replace(result, linear_vs_mlp=pair)


def details(params: Params, source: Source, result: Result, rng: Generator, tick: Tick) -> Result:
    """Return the result with a line beside a network, and the effect of more data."""
    draws = studies(rng)
    return replace(
        result,
        linear_vs_mlp=result.linear_vs_mlp or _compare(params, source, draws["pair"]),
        by_n_train=_more_data(params, source, result.best, draws["sizes"]),
    )


def family(params: Params, rng: Generator) -> Family:
    """Return the family of learners, its complexities in order; rng draws the first weights of networks."""
    if params.family == "polynomial":
        return Polynomials(list(params.degrees))
    if params.family == "ridge":
        return Ridge(list(reversed(params.lambdas)))
    if params.family == "mlp":
        return Networks(list(params.widths), rng)
    return Neighbors([float(k) for k in reversed(params.neighbours) if k <= params.n_train])


def fits(
    source: Source, learners: Family, n: int, trials: int, draws: Draws, new: Array
) -> Iterator[tuple[Sets, Array]]:
    """Yield training sets in blocks, with predictions (T, C, Q) at new (Q,); blocks do not show."""
    step = max(LEAST, BLOCK // (max(len(learners.complexities), n) * len(new)))
    if not learners.linear:
        step = NETWORKS  # always: their first weights are drawn by the block
    for start in range(0, trials, step):
        sets = source.draw(n, min(step, trials - start), draws)
        yield sets, learners.predict(sets.x, sets.y, new)


def measure(
    source: Source, learners: Family, n: int, trials: int, draws: Draws, tick: Tick = no_tick
) -> Decomposition:
    """Decompose the error, averaged over x; its standard errors are exact where there is a closed form."""
    measurement = Measurement(source.truth, source.weights)
    for _, predictions in fits(source, learners, n, trials, draws, source.nodes):
        measurement.add(predictions)
        tick(measurement.count, trials)
    closed = source.theory(learners, n, trials)
    return replace(measurement.result(), se=closed.se) if closed else measurement.result()


def beside(params: Params) -> int:
    """Return the number of training sets of what stands beside the main measurement."""
    return min(params.trials, BESIDE)


def _heavy(params: Params, learners: Family, measured: Decomposition) -> Booleans:
    """Return which learners now and then run away, (C,), so that a mean over sets says nothing.

    Random inputs leave gaps, in which polynomials with few points a coefficient do.  No sample shows its own
    tail; how many are enough was found on 100 000 sets: from eight on the standard errors of 200 are right.
    Beside those, whoever owes much of the variance to one set.
    """
    if not isinstance(learners, Polynomials | Ridge):
        return np.zeros(len(learners.complexities), dtype=np.bool_)
    degrees = np.array(learners.complexities)
    random = params.data is not None or params.design == "random"
    gaps = (
        random & isinstance(learners, Polynomials) & (params.n_train < ENOUGH * (degrees + 1)) & (degrees > 0)
    )
    return (measured.largest_share > max(TAIL, LARGEST / params.trials)) | gaps


def _tested(params: Params, source: Source, draws: Draws) -> tuple[Array, Array, Array]:
    """Return the error on new data of learners trained on other sets: mean, standard error, each (T, C)."""
    learners = family(params, draws["weights"])
    trained = fits(source, learners, params.n_train, beside(params), draws, source.nodes)
    errors = np.concatenate([source.errors(predictions, sets, draws) for sets, predictions in trained])
    if len(errors) < 2:  # own rows, nearly all of them in every sample
        errors = np.full((2, len(learners.complexities)), np.nan)
    return errors.mean(axis=0), errors.std(axis=0, ddof=1) / np.sqrt(len(errors)), errors


def _at_point(params: Params, source: Source, x: float, draws: Draws) -> AtPoint:
    """Keep single predictions at one x."""
    assert isinstance(source, KnownTruth)  # Params excludes the others
    learners, at = family(params, draws["weights"]), np.array([x])
    kept = fits(source, learners, params.n_train, min(params.trials, KEPT), draws, at)
    predictions = np.concatenate([block[..., 0] for _, block in kept]).T
    truth = float(source.at(at)[0])
    return AtPoint(x, truth, predictions.mean(axis=1), predictions.std(axis=1, ddof=1), predictions)


def _more_data(params: Params, source: Source, best: float, draws: Draws) -> BySize:
    """Measure the best learner and 1-NN on smaller and larger training sets."""
    both = replace(family(params, draws["weights"]), complexities=[best]), Neighbors([1])
    measured = [
        [measure(source, one, n, beside(params), deepcopy(draws)).term(0) for n in SIZES] for one in both
    ]
    return BySize(list(SIZES), *measured)


def _compare(params: Params, source: Source, draws: Draws) -> Comparison:
    """Train linear regression and a network on the same sets."""
    trials, learners = beside(params), (Polynomials([1]), Networks([MLP_WIDTH], draws["weights"]))
    line, mlp = (measure(source, one, params.n_train, trials, deepcopy(draws)) for one in learners)
    return _pair(source, (line, 0), (mlp, 0), MLP_WIDTH, trials)


def _pair(
    source: Source, line: tuple[Decomposition, int], mlp: tuple[Decomposition, int], width: int, trials: int
) -> Comparison:
    """Return two measurements, each at one complexity, side by side."""
    named = {"linear": line, "mlp": mlp}
    mean = {name: one.mean[i] for name, (one, i) in named.items()}
    sample = {name: one.kept[:SHOWN, i] for name, (one, i) in named.items()}
    curves = Curves(source.x, source.truth, mean, sample)
    return Comparison(line[0].term(line[1]), mlp[0].term(mlp[1]), trials, width, curves)
