"""What a textbook says of bias and variance, judged on one run."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from mlbasics.kit import Phrase, Rough, Share, Verdict, needs_truth, phrase
from mlbasics.lessons.bias_variance.simulate import BESIDE
from mlbasics.lessons.bias_variance.trends import (
    SAME,
    bends,
    few_sets,
    in_errors,
    more_often,
    one_way,
    rounding,
    tail,
    typical_total,
)
from mlbasics.numerics import smoothers

if TYPE_CHECKING:
    from mlbasics.lessons.bias_variance import Params
    from mlbasics.lessons.bias_variance.simulate import Result

SMALL = 0.01  # of the error: who is known to be no farther behind is as good
TERMS = ("bias2", "variance")
TENTH = 0.1  # of the error: who is farther behind than that is clearly worse


@needs_truth
def too_simple_is_biased(params: Params, result: Result) -> Verdict:
    """The line, or else the simplest, errs a tenth more than the best, and over half of that is bias².

    Both by over three standard errors.  Where its tail is heavy, single sets count: on more than not, by
    three standard errors, it errs more than the best, and its fit is nearer to the median fit than that to
    the truth.
    """
    return _owed_to(params, result, result.simple_index, "bias2")


def too_free_varies(params: Params, result: Result) -> Verdict:
    """The most complex errs a tenth more than the best, and over half of that is variance.

    Both by over three standard errors.  Where its tail is heavy, single sets count: on more than not, by
    three standard errors, it errs more than the best, and its fit is farther from the median fit than that
    from the truth.
    """
    return _owed_to(params, result, len(result.complexity) - 1, "variance")


def bias_falls(params: Params, result: Result) -> Verdict:
    """Bias² falls from simplest to most complex, by over three standard errors, and rises between no two.

    A rise is one by over 5 % of the largest, in closed form or else by six standard errors too; where less of
    one is seen, the run cannot tell.  Where a tail is heavy, it is the bias² of medians of ten sets.
    """
    return one_way(params, result, "bias2", -1)


def variance_grows(params: Params, result: Result) -> Verdict:
    """Variance grows from simplest to most complex, by over three standard errors, and falls between no two.

    A fall is one by over 5 % of the largest, in closed form or else by six standard errors too; where less of
    one is seen, the run cannot tell.  Where a tail is heavy, single fits count: on more sets than not, by
    three standard errors, the most complex is farther from its median fit.
    """
    return one_way(params, result, "variance", 1)


@needs_truth
def adds_up(params: Params, result: Result) -> Verdict:
    """At each complexity, sum and error, measured on other sets, differ by at most five standard errors.

    Where a tail is heavy there is no mean to compare.
    """
    off = in_errors(abs(result.residual), result.se.residual, rounding(result, *result.total))
    off = [-1.0 if c in result.heavy_tail else z for c, z in zip(result.complexity, off, strict=True)]
    worst = max(range(len(off)), key=off.__getitem__)
    if off[worst] < 0:
        return None, {}, tail(result)
    evidence = {"residual": Rough(result.residual[worst]), "standard_errors": Rough(off[worst])}
    if few := few_sets(params, result, measured=True):
        return None, evidence, few
    return off[worst] <= 5, evidence, None if off[worst] <= 5 else phrase("because.chance")


def sweet_spot_inside(params: Params, result: Result) -> Verdict:
    """A learner between the ends errs less than both, by over three standard errors on the same sets.

    Where an end has a heavy tail, it errs less on so many more sets than it errs more; medians are told.
    """
    tested = result.origin is not None and result.behind_se.max() > 0
    error = result.test_mse if tested else result.total
    best, c, last = result.best_index, result.complexity, len(result.complexity) - 1
    told = [typical_total(result, i) if c[i] in result.heavy_tail else error[i] for i in (best, 0, last)]
    names = ("total", "simplest_total", "most_complex_total")
    evidence = {"best": result.best} | dict(zip(names, map(Rough, told), strict=True))
    if last < 2:
        return None, evidence, phrase("because.few-complexities")
    if few := few_sets(params, result):
        return None, evidence, few
    behind = (result.behind > 3 * result.behind_se + rounding(result, error[best])).tolist()
    for i in map(c.index, result.heavy_tail):
        behind[i] = result.worse[i] > more_often(params)
    if behind[0] and behind[-1]:
        least = min((result.behind[i] for i in (0, -1) if c[i] not in result.heavy_tail), default=math.inf)
        return True, evidence, barely(least, error[best])
    if not behind[-1] and result.variance.max() <= rounding(result):
        return False, evidence, phrase("because.no-noise")
    at_end = best in (0, last)
    if at_end and all(behind[1:-1]):
        return False, evidence, phrase("because.most-complex-best" if best else "because.simplest-best")
    rivals = range(1, last) if at_end else [i for i in (0, last) if not behind[i]]
    near = [i for i in rivals if result.behind[i] + 3 * result.behind_se[i] <= SMALL * error[best]]
    if near:
        return False, evidence, phrase("because.tie", end=c[best if at_end else near[0]])
    return None, evidence, phrase("because.close")


def linear_more_biased_than_mlp(params: Params, result: Result) -> Verdict:
    """Bias² of linear regression is above the network's by over three standard errors."""
    linear, mlp = (pair := result.linear_vs_mlp).linear, pair.mlp
    difference, error = linear.bias2 - mlp.bias2, 3 * math.hypot(linear.bias2_se, mlp.bias2_se)
    evidence = {
        "linear_bias2": Rough(max(linear.bias2, 0)),
        "mlp_bias2": Rough(max(mlp.bias2, 0)),
        "linear_variance": Rough(max(linear.variance, 0)),
        "mlp_variance": Rough(max(mlp.variance, 0)),
    }
    if few := few_sets(params, result, measured=True):
        return None, evidence, few
    if result.origin is None and not bends(result, 1):
        return False, evidence, phrase("because.straight")
    if abs(difference) > error + rounding(result, linear.bias2):
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
    least = rounding(result, *result.bias2)
    bias2 = in_errors(result.bias2 - theory.bias2, theory.se.bias2, least)
    variance = in_errors(result.variance - theory.variance, theory.se.variance, least)
    off = [
        *map(smoothers.normal, bias2, theory.bias2_skewness),
        *map(smoothers.normal, variance, theory.variance_skewness),
    ]
    worst = max(map(abs, off))
    evidence = {"comparisons": len(off), "standard_errors": Rough(worst)}
    if few := few_sets(params, result):
        return None, evidence, few
    return worst <= 4, evidence, None if worst <= 4 else phrase("because.chance")


def barely(behind: float, error: float) -> Phrase | None:
    """Say by how little an end errs more than the best, where it is less than a tenth."""
    return phrase("verdict.barely", share=Share(behind / error)) if behind < TENTH * error else None


def _owed_to(params: Params, result: Result, i: int, name: str) -> Verdict:
    """Judge whether a learner errs more than the best, and does so by one of the terms."""
    best, c, typical = result.best_index, result.complexity, result.typical
    error = result.test_mse if result.origin else result.total
    heavy = typical is not None and c[i] in result.heavy_tail
    term = max(float(getattr(typical if heavy else result, name)[i]), 0.0)
    whole = typical_total(result, i) if heavy else float(error[i])
    share = Share(min(term / whole, 1) if whole > 0 else math.nan)
    evidence = {"complexity": c[i], "best": c[best], name: Rough(term), "share": share}
    if len(c) == 1:
        return None, evidence, phrase("because.one-complexity")
    if few := few_sets(params, result):
        return None, evidence, few
    if name == "variance" and result.variance.max() <= rounding(result):
        return False, evidence, phrase("because.no-variance")
    if i == best:
        return None, evidence, phrase("because.none-freer" if i else "because.none-simpler")
    if typical is not None and heavy:
        often = more_often(params) - 0.5
        most, unsure = (typical.unsteady[i] - 0.5) * (1 if name == "variance" else -1), often
        if result.worse[i] - 0.5 <= often:
            return None, evidence, tail(result)
    else:
        behind, unsure = result.behind[i], 3 * result.behind_se[i] + rounding(result, error[best])
        if behind - unsure <= TENTH * error[best]:
            close = behind + unsure <= TENTH * error[best]
            key = f"because.hardly-worse.{name}" if close else "because.few-trials"
            return (False if close else None), evidence, phrase(key, n_train=params.n_train)
        change = {one: getattr(result, one)[i] - getattr(result, one)[best] for one in TERMS}
        most = 2 * change[name] - (behind if result.origin else sum(change.values()))
        unsure = 3 * math.hypot(*(getattr(result.se, one)[k] for one in TERMS for k in (i, best)))
    if abs(most) <= unsure:
        return None, evidence, phrase("because.few-trials")
    return bool(most > 0), evidence, None if most > 0 else phrase(f"because.mostly-other.{name}")


HEADLINES = (too_simple_is_biased, too_free_varies, sweet_spot_inside)
RULES = (
    *HEADLINES, bias_falls, variance_grows, adds_up, linear_more_biased_than_mlp, matches_theory,
)  # fmt: skip
