"""What only is shown behind --more: a line beside a network, the variance at the inputs, and more data."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.random import Generator

from mlbasics.kit import Tick
from mlbasics.lessons.bias_variance.simulate import (
    SHOWN,
    AtTraining,
    BySize,
    Comparison,
    Curves,
    Result,
    beside,
)
from mlbasics.lessons.bias_variance.source import Draws, Source, family, inputs, measure, studies
from mlbasics.numerics.learners import Neighbours, Networks, Polynomials
from mlbasics.numerics.networks import TOLERANCE

if TYPE_CHECKING:
    from mlbasics.lessons.bias_variance import Params

SIZES = (10, 30, 100, 300)
MLP_WIDTH = 5


def details(params: Params, source: Source, result: Result, rng: Generator, tick: Tick) -> Result:
    """Return the result with the comparison, the variance at the inputs, and the effect of more data."""
    draws = studies(rng)
    plain = result.theory is not None and params.family == "polynomial"
    return replace(
        result,
        linear_vs_mlp=_compare(params, source, draws.pair),
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


def _compare(params: Params, source: Source, draws: Draws) -> Comparison:
    """Train linear regression and a network on the same sets."""
    trials, networks = beside(params), Networks([MLP_WIDTH], draws.weights)
    line = measure(source, Polynomials([1]), params.n_train, trials, deepcopy(draws))
    mlp = measure(source, networks, params.n_train, trials, draws)
    gradients = np.concatenate(networks.gradients)
    pair = {"linear": line, "mlp": mlp}
    return Comparison(
        linear=line.term(0),
        mlp=mlp.term(0),
        trials=trials,
        width=MLP_WIDTH,
        converged=float(np.mean(gradients <= TOLERANCE)),
        gradient=float(np.quantile(gradients, 0.9)),
        curves=Curves(
            x=source.original(source.nodes),
            truth=source.truth(source.nodes),
            mean={name: one.mean[0] for name, one in pair.items()},
            sample={name: one.kept[:SHOWN, 0] for name, one in pair.items()},
        ),
    )
