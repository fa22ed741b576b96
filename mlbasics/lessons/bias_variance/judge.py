"""What a textbook says of bias and variance, judged on one run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mlbasics.kit import Claim, Verdict, judge_by
from mlbasics.lessons.bias_variance.simulate import Result
from mlbasics.numerics import Array
from mlbasics.words import Phrase, phrase

if TYPE_CHECKING:
    from mlbasics.lessons.bias_variance import Params

FEW = 10  # training sets: from fewer, a standard error says little itself
ROUNDING = 1e-9  # beside the squared signal: what the arithmetic leaves where there is no noise at all


def bias_falls(params: Params, result: Result) -> Verdict:
    """Bias² of the most complex learner is below the simplest's by over three standard errors."""
    return _end_to_end(params, result, result.bias2, result.se.bias2, rises=False)


def variance_grows(params: Params, result: Result) -> Verdict:
    """Variance of the most complex learner is above the simplest's by over three standard errors."""
    return _end_to_end(params, result, result.variance, result.se.variance, rises=True)


def adds_up(params: Params, result: Result) -> Verdict:
    """Averaged over the complexities, sum and measured error differ by at most three standard errors."""
    if result.origin is not None:
        return None, {}, phrase("because.own-data")
    off = _in_errors(np.array(result.mean_residual), np.array(result.mean_residual_se), result)
    evidence = {"residual": result.mean_residual, "standard_errors": float(off)}
    return bool(off <= 3), evidence, None if off <= 3 else _tail_or_chance(result)


def sweet_spot_inside(params: Params, result: Result) -> Verdict:
    """The learner of the least total error is neither the simplest nor the most complex."""
    evidence = {"best": result.best, "total": result.total[result.best_index]}
    evidence |= {"simplest_total": result.total[0], "most_complex_total": result.total[-1]}
    if len(result.complexity) < 3:
        return None, evidence, phrase("because.few-complexities")
    holds = 0 < result.best_index < len(result.complexity) - 1
    if holds:
        return True, evidence, None
    return False, evidence, phrase("because.no-noise" if result.noise[0] == 0 else "because.best-is-an-end")


def linear_more_biased_than_mlp(params: Params, result: Result) -> Verdict:
    """Bias² of linear regression is above the network's by over three standard errors."""
    linear, mlp = result.linear_vs_mlp.linear, result.linear_vs_mlp.mlp
    error = float(np.hypot(linear.bias2_se, mlp.bias2_se))
    evidence = {
        "linear_bias2": linear.bias2,
        "mlp_bias2": mlp.bias2,
        "linear_variance": linear.variance,
        "mlp_variance": mlp.variance,
    }
    holds = linear.bias2 - mlp.bias2 > 3 * error + _rounding(result)
    straight = params.target in ("line", "constant") and result.origin is None
    return holds, evidence, phrase("because.straight") if straight and not holds else None


def matches_theory(params: Params, result: Result) -> Verdict:
    """At every complexity bias² and variance are within four standard errors of their closed forms."""
    if result.origin is not None:
        return None, {}, phrase("because.own-data")
    if result.theory is None:
        return None, {}, phrase("because.not-linear" if params.family == "mlp" else "because.not-fixed")
    off = np.concatenate(
        [
            _in_errors(result.bias2 - result.theory.bias2, result.se.bias2, result),
            _in_errors(result.variance - result.theory.variance, result.se.variance, result),
        ]
    )
    evidence = {"comparisons": len(off), "standard_errors": off.max()}
    if params.trials < FEW:
        return None, {}, phrase("because.few-trials")
    return bool(off.max() <= 4), evidence, None


def _end_to_end(params: Params, result: Result, term: Array, error: Array, *, rises: bool) -> Verdict:
    evidence = {
        "simplest": result.complexity[0],
        "simplest_term": term[0],
        "most_complex": result.complexity[-1],
        "most_complex_term": term[-1],
    }
    if len(result.complexity) == 1:
        return None, evidence, phrase("because.one-complexity")
    change = term[-1] - term[0] if rises else term[0] - term[-1]
    if change > 3 * np.hypot(error[0], error[-1]) + _rounding(result):
        return True, evidence, None
    if rises and result.noise[0] == 0:
        return False, evidence, phrase("because.no-noise")
    if not rises and params.target == "constant":
        return False, evidence, phrase("because.constant")
    return False, evidence, _tail_or_chance(result)


def _in_errors(difference: Array, error: Array, result: Result) -> Array:
    """Return the size of each difference in standard errors, where rounding counts as none."""
    size = np.maximum(np.abs(difference) - _rounding(result), 0)
    unmeasured = np.where(size > 0, np.inf, 0.0)  # two or three sets may leave an error of zero
    return np.divide(size, error, out=unmeasured, where=error > 0)


def _rounding(result: Result) -> float:
    return ROUNDING * float(np.mean(result.curves.truth**2))


def _tail_or_chance(result: Result) -> Phrase:
    if not result.heavy_tail:
        return phrase("because.few-trials")
    return phrase("because.heavy-tail" if result.origin is None else "because.heavy-tail.own")


RULES = (
    bias_falls,
    variance_grows,
    adds_up,
    sweet_spot_inside,
    linear_more_biased_than_mlp,
    matches_theory,
)


def judge(params: Params, result: Result) -> list[Claim]:
    """Judge every claim."""
    return judge_by(RULES, params, result)
