"""What tables behind the first picture need: fresh training sets, a check of the fits."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from numpy.random import Generator

from mlbasics.kit import Tick
from mlbasics.lessons.regularization.simulate import Draws, Result, variance
from mlbasics.lessons.regularization.source import OwnTable, Sparse
from mlbasics.numerics.penalties import L1, L2

if TYPE_CHECKING:
    from mlbasics.lessons.regularization import Params


def details(params: Params, source: Sparse | OwnTable, result: Result, rng: Generator, tick: Tick) -> Result:
    """Return the result with its check of optimality, and bias and variance by λ."""
    draws = Draws.of(rng)
    problem = source.problem(draws.truth)
    data = problem.draw(draws.data)
    paths = [(result.ridge, L2), (result.lasso, L1), (result.elastic, params.l1_ratio)]
    return replace(
        result,
        kkt_residual=max(data.kkt_residual(path.lambdas, a) for path, a in paths if path is not None),
        variance_by_lambda=result.variance_by_lambda or variance(params, problem, result, draws.fresh, tick),
    )
