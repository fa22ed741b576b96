"""What only tables behind the first screen need: closed forms, the inputs themselves, and more data."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.random import Generator

from mlbasics.kit import Tick
from mlbasics.lessons.bias_variance.simulate import AtTraining, BySize, Draws, Result, beside, measure
from mlbasics.lessons.bias_variance.source import Source, family, inputs
from mlbasics.numerics import smoothers
from mlbasics.numerics.learners import Family, Neighbours, Pair

if TYPE_CHECKING:
    from mlbasics.lessons.bias_variance import Params

SIZES = (10, 30, 100, 300)


def details(params: Params, source: Source, result: Result, rng: Generator, tick: Tick) -> Result:
    """Return the result with its closed forms, where it has any, and the effect of more data."""
    draws = Draws(*rng.spawn(6))
    learners = family(params, draws.weights)
    best = replace(learners, complexities=[result.best])
    closed = source.origin is None and params.design == "fixed" and learners.linear
    polynomial = params.family == "polynomial"
    return replace(
        result,
        theory=_theory(params, source, learners) if closed else None,
        at_training=_at_training(params, source, learners, draws.inputs) if closed and polynomial else None,
        by_n_train=_more_data(params, source, best, draws.sizes),
    )


def _theory(params: Params, source: Source, learners: Family) -> smoothers.Theory:
    """Return the closed forms; predictions for unit vectors y are the weights s(x) of f̂(x) = s(x)ᵀy."""
    x = inputs(params.n_train)
    s = learners.predict(x, np.eye(params.n_train), source.nodes)  # (n, C, Q)
    return smoothers.theory(s, source.truth(x)[0], source.truth(source.nodes), source.weights, params.noise)


def _at_training(params: Params, source: Source, learners: Family, rng: Generator) -> AtTraining:
    """Return the variance at the training points, where polynomials have the plainest closed form."""
    n = params.n_train
    measured, _ = measure(source, learners, n, beside(params), rng, (inputs(n)[0], np.full(n, 1 / n)))
    columns = np.minimum(np.array(learners.complexities) + 1, n)
    return AtTraining(measured.variance, measured.se.variance, params.noise**2 * columns / n)


def _more_data(params: Params, source: Source, best: Family, rng: Generator) -> BySize:
    """Measure the best learner and 1-NN on smaller and larger training sets."""
    pairs = [measure(source, Pair(best, Neighbours([1])), n, beside(params), rng)[0] for n in SIZES]
    return BySize(list(SIZES), *([measured.term(i) for measured in pairs] for i in (0, 1)))
