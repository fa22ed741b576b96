"""What a textbook says of bias and variance, judged on one run."""

from __future__ import annotations

import math
from itertools import combinations
from typing import TYPE_CHECKING

from mlbasics.kit import Claim, Verdict, judge_by, needs_truth
from mlbasics.lessons.bias_variance.simulate import BESIDE
from mlbasics.numerics import smoothers
from mlbasics.numerics.decomposition import KEPT
from mlbasics.words import Phrase, phrase

if TYPE_CHECKING:
    from mlbasics.lessons.bias_variance import Params
    from mlbasics.lessons.bias_variance.simulate import Result
    from mlbasics.numerics import Array

FEW = 10  # training sets: from fewer, a standard error says little itself
ROUNDING = 1e-8  # of a value, and squared of the squared signal: what the arithmetic may leave
SAME = 0.05  # a change known to be smaller than this share is none
SMALL = 0.01  # of the error: who is known to be no farther behind is as good


def bias_falls(params: Params, result: Result) -> Verdict:
    """Bias² falls from the simplest to the most complex, by over three standard errors.

    So do nine in ten of all pairs that differ: by 5 % of the largest, in closed form or else by six standard
    errors too.  Where a tail is heavy, it is the bias² of medians of ten sets.
    """
    return _one_way(params, result, "bias2", -1)


def variance_grows(params: Params, result: Result) -> Verdict:
    """Variance grows from the simplest to the most complex, by over three standard errors.

    So do nine in ten of all pairs that differ: by 5 % of the largest, in closed form or else by six standard
    errors too.  Where a tail is heavy, single fits count: on more sets than not, by three standard errors,
    the most complex is farther from its median fit.
    """
    return _one_way(params, result, "variance", 1)


@needs_truth
def adds_up(params: Params, result: Result) -> Verdict:
    """At each complexity, sum and error, measured on other sets, differ by at most five standard errors.

    Where a tail is heavy there is no mean to compare.
    """
    off = _in_errors(abs(result.residual), result.se.residual, _rounding(result, *result.total))
    off = [-1.0 if c in result.heavy_tail else z for c, z in zip(result.complexity, off, strict=True)]
    worst = max(range(len(off)), key=off.__getitem__)
    if off[worst] < 0:
        return None, {}, _tail(result)
    evidence = {"residual": result.residual[worst], "standard_errors": off[worst]}
    if params.trials < FEW:
        return None, evidence, phrase("because.few-sets")
    return off[worst] <= 5, evidence, None if off[worst] <= 5 else phrase("because.chance")


def sweet_spot_inside(params: Params, result: Result) -> Verdict:
    """A learner between the ends errs less than both, by over three standard errors on the same sets.

    Where an end has a heavy tail, it errs less on so many more sets than it errs more.
    """
    tested = result.origin is not None and result.behind_se.max() > 0
    error = result.test_mse if tested else result.total
    best, last = result.best_index, len(result.complexity) - 1
    evidence = {"best": result.best, "total": error[best]}
    evidence |= {"simplest_total": error[0], "most_complex_total": error[-1]}
    if last < 2:
        return None, evidence, phrase("because.few-complexities")
    if params.trials < FEW:
        return None, evidence, phrase("because.few-sets")
    behind = (result.behind > 3 * result.behind_se + _rounding(result, error[best])).tolist()
    for i in map(result.complexity.index, result.heavy_tail):
        behind[i] = result.worse[i] > _more_often(params)
    if behind[0] and behind[-1]:
        return True, evidence, None
    if not behind[-1] and result.variance.max() <= _rounding(result):
        return False, evidence, phrase("because.no-noise")
    at_end = best in (0, last)
    if at_end and all(behind[1:-1]):
        return False, evidence, phrase("because.most-complex-best" if best else "because.simplest-best")
    rivals = range(1, last) if at_end else [i for i in (0, last) if not behind[i]]
    near = [i for i in rivals if result.behind[i] + 3 * result.behind_se[i] <= SMALL * error[best]]
    if near:
        return False, evidence, phrase("because.tie", end=result.complexity[best if at_end else near[0]])
    return None, evidence, phrase("because.close")


def linear_more_biased_than_mlp(params: Params, result: Result) -> Verdict:
    """Bias² of linear regression is above the network's by over three standard errors."""
    linear, mlp = (pair := result.linear_vs_mlp).linear, pair.mlp
    difference, error = linear.bias2 - mlp.bias2, 3 * math.hypot(linear.bias2_se, mlp.bias2_se)
    evidence = {
        "linear_bias2": linear.bias2,
        "mlp_bias2": mlp.bias2,
        "linear_variance": linear.variance,
        "mlp_variance": mlp.variance,
    }
    if params.trials < FEW:
        return None, evidence, phrase("because.few-sets")
    if result.origin is None and not _bends(result, 1):
        return False, evidence, phrase("because.straight")
    if abs(difference) > error + _rounding(result, linear.bias2):
        holds = difference > 0
        return holds, evidence, None if holds else phrase("because.network-biased", n_train=params.n_train)
    if abs(difference) + error <= SAME * linear.bias2:
        return False, evidence, phrase("because.as-biased")
    key = "because.few-trials" if pair.trials < BESIDE else "because.most-sets"
    return None, evidence, phrase(key, trials=pair.trials)


@needs_truth
def matches_theory(params: Params, result: Result) -> Verdict:
    """At every complexity bias² and variance are within four of the closed form's standard errors of it.

    They are brought to the scale of a normal number first, since few sets leave them skew.
    """
    theory = result.theory
    if theory is None:
        return None, {}, phrase("because.not-linear" if params.family == "mlp" else "because.not-fixed")
    rounding = _rounding(result, *result.bias2)
    bias2 = _in_errors(result.bias2 - theory.bias2, theory.se.bias2, rounding)
    variance = _in_errors(result.variance - theory.variance, theory.se.variance, rounding)
    off = [
        *map(smoothers.normal, bias2, theory.bias2_skewness),
        *map(smoothers.normal, variance, theory.variance_skewness),
    ]
    worst = max(map(abs, off))
    evidence = {"comparisons": len(off), "standard_errors": worst}
    if params.trials < FEW:
        return None, evidence, phrase("because.few-sets")
    return worst <= 4, evidence, None if worst <= 4 else phrase("because.chance")


def _one_way(params: Params, result: Result, name: str, sign: int) -> Verdict:
    """Judge whether a term grows (sign 1) or falls (-1): end to end as measured, in pairs as far as sure."""
    terms, known, c = result.typical or result, result.theory, result.complexity
    term, error = getattr(terms, name).tolist(), getattr(terms.se, name).tolist()
    sure = getattr(known, name).tolist() if known else term
    unsure = [0.0 if known else 6 * e for e in error]  # twice the usual: estimates of squares are skew
    evidence = {
        "simplest": c[0],
        "simplest_term": term[0],
        "most_complex": c[-1],
        "most_complex_term": term[-1],
    }
    if len(c) == 1:
        return None, evidence, phrase("because.one-complexity")
    if params.trials < FEW:
        return None, evidence, phrase("because.few-sets")
    if name == "variance" and max(sure) <= _rounding(result):
        return False, evidence, phrase("because.no-variance")
    if name == "bias2" and all(b <= e + _rounding(result) for b, e in zip(sure, unsure, strict=True)):
        constant = result.origin is None and not _bends(result, 0)
        holds = False if constant or known else None
        return holds, evidence, phrase("because.constant" if constant else "because.no-bias")
    if back := _way_back(result, sure, unsure, sign):
        i, j = back
        key = "because.falls" if sign > 0 else "because.rises"
        return False, evidence, phrase(key, simple=c[i], complex=c[j], before=sure[i], after=sure[j])
    clear = sign * (term[-1] - term[0]) > 3 * math.hypot(error[0], error[-1]) + _rounding(result, *term)
    if result.typical and name == "variance":
        clear = result.typical.farther[-1] > _more_often(params)
    if clear:
        return True, evidence, None
    if sign * (sure[-1] - sure[0]) + math.hypot(unsure[0], unsure[-1]) <= SAME * sure[0]:
        return False, evidence, phrase("because.same")
    return None, evidence, _tail(result) if result.heavy_tail else phrase("because.few-trials")


def _way_back(result: Result, term: list[float], error: list[float], sign: int) -> tuple[int, int] | None:
    """Return the pair that goes the wrong way farthest, where over a tenth of those that differ do."""
    least = max(SAME * max(term), _rounding(result, *term))
    moves = {(i, j): sign * (term[j] - term[i]) for i, j in combinations(range(len(term)), 2)}
    differ = [
        pair for pair, move in moves.items() if abs(move) > max(least, math.hypot(*(error[i] for i in pair)))
    ]
    back = [pair for pair in differ if moves[pair] < 0]
    return min(back, key=moves.__getitem__) if 10 * len(back) > len(differ) else None


def _more_often(params: Params) -> float:
    """Return the share of the sets kept that is over half by three standard errors of a fair coin."""
    return 0.5 + 1.5 / math.sqrt(min(params.trials, KEPT))


def _in_errors(difference: Array, error: Array, rounding: float) -> list[float]:
    """Return each difference in standard errors, where rounding counts as none."""
    sizes = [d if abs(d) > rounding else 0.0 for d in difference.tolist()]
    return [s / e if e > 0 else math.inf if s else 0.0 for s, e in zip(sizes, error.tolist(), strict=True)]


def _rounding(result: Result, *values: float) -> float:
    """Return what the arithmetic may leave of values, beside the squared signal, where there is no noise."""
    return ROUNDING * max(map(abs, values), default=0.0) + ROUNDING**2 * float(
        (result.curves.truth**2).mean()
    )


def _bends(result: Result, degree: int) -> bool:
    """Return whether the truth leaves the chord between its ends, or, at degree 0, its first value."""
    x, y = result.curves.x, result.curves.truth
    line = y[0] + degree * (y[-1] - y[0]) * (x - x[0]) / (x[-1] - x[0])
    return bool(abs(y - line).max() > ROUNDING * abs(y).max())


def _tail(result: Result) -> Phrase:
    return phrase("because.heavy-tail" if result.origin is None else "because.heavy-tail.own")


RULES = (bias_falls, variance_grows, adds_up, sweet_spot_inside, linear_more_biased_than_mlp, matches_theory)


def judge(params: Params, result: Result) -> list[Claim]:
    """Judge every claim."""
    return judge_by(RULES, params, result)
