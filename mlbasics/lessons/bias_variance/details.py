"""What only tables behind the first screen need: the variance at the inputs themselves, and more data."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.random import Generator

from mlbasics.kit import Tick
from mlbasics.lessons.bias_variance.simulate import AtTraining, BySize, Result, beside
from mlbasics.lessons.bias_variance.source import Draws, Source, family, inputs, measure, studies
from mlbasics.numerics.learners import Neighbours

if TYPE_CHECKING:
    from mlbasics.lessons.bias_variance import Params

SIZES = (10, 30, 100, 300)


def details(params: Params, source: Source, result: Result, rng: Generator, tick: Tick) -> Result:
    """Return the result with the variance at the inputs, where it has a form, and the effect of more data."""
    draws = studies(rng)
    plain = result.theory is not None and params.family == "polynomial"
    return replace(
        result,
        at_training=_at_training(params, source, draws.inputs) if plain else None,
        by_n_train=_more_data(params, source, result.best, draws.sizes),
    )


def _at_training(params: Params, source: Source, draws: Draws) -> AtTraining:
    """Return the variance at the training points, where polynomials have the plainest closed form."""
    n, learners = params.n_train, family(params, draws.weights)
    measured = measure(source, learners, n, beside(params), draws, (inputs(n)[0], np.full(n, 1 / n)))
    columns = np.minimum(np.array(learners.complexities) + 1, n)
    return AtTraining(measured.variance, measured.se.variance, params.noise**2 * columns / n)


def _more_data(params: Params, source: Source, best: float, draws: Draws) -> BySize:
    """Measure the best learner and 1-NN on smaller and larger training sets."""
    both = replace(family(params, draws.weights), complexities=[best]), Neighbours([1])
    measured = [
        [measure(source, one, n, beside(params), deepcopy(draws)).term(0) for n in SIZES] for one in both
    ]
    return BySize(list(SIZES), *measured)
