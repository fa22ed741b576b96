"""What a textbook says of L1 and L2, judged on one run."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from mlbasics.kit import Ratio, Rough, Share, Verdict, phrase

if TYPE_CHECKING:
    from mlbasics.lessons.regularization import Params
    from mlbasics.lessons.regularization.experiment import Result
    from mlbasics.numerics.paths import LeftOut

BEARS = 1e-12  # of the largest: where a ridge weight is smaller at every λ, it is rounding
HARDLY = 0.1  # of the error, or the variance, without a penalty: to save no more is little
LITTLE = 0.2  # of the error without a penalty: what L1 may cost on own rows
TEN = 10  # times as much as bias² rises, variance falls


def calms_the_curve(params: Params, result: Result) -> Verdict:
    """On new points, the curve's error is lower than without a penalty and less than half of a flat line's.

    The curve is the one drawn: at the λ that cross-validation picks, unless --lam is set. The flat line is
    the curve at the largest λ.
    """
    found, i = result.calming, result.calming.picked
    error, free, flat = found.test_mse[i], found.test_mse[-1], found.test_mse[0]
    evidence = {"test_mse": Rough(error), "free_mse": Rough(free), "lam": Rough(result.lam)}
    saved = 1 - error / free
    if error <= flat / 2 and saved > (0 if params.lam is None else HARDLY):
        return True, evidence, phrase("verdict.barely", share=Share(saved)) if saved < HARDLY else None
    if params.lam is None:
        return False, evidence, phrase("because.picked-badly")
    wrong = "still-wild" if result.lam < result.lam_by_cv else "too-strong"
    return False, evidence, phrase(f"because.{wrong}", lam=_typed(result.lam))


def corners_give_zeros(params: Params, result: Result) -> Verdict:
    """Where the smallest ring touches the diamond, a weight is exactly 0.0.

    And of random losses more touch the diamond on an axis than the disk.
    """
    plane, found = result.geometry, result.odds
    shares = {"l1": Share(found.l1_on_axis), "l2": Share(found.l2_on_axis)}
    evidence = {
        "w1": Rough(plane.l1_point[0]),
        "w2": Rough(plane.l1_point[1]),
        **shares,
        "problems": found.problems,
    }
    if not plane.held_l1:
        return None, evidence, phrase("because.inside", t=params.budget)
    if plane.l1_point.all():
        return False, evidence, phrase("because.on-an-edge")
    return found.l1_on_axis > found.l2_on_axis, evidence, None


def buys_variance(params: Params, result: Result) -> Verdict:
    """At the λ drawn, variance is lower by over ten times as much as bias² is higher, and by a tenth or more.

    Both are averages over all possible noise, in closed form.
    """
    found, i = result.calming, result.calming.picked
    bias2, variance, free = found.bias2[i], found.variance[i], found.variance[-1]
    evidence = {"bias2": Rough(bias2), "variance": Rough(variance), "free_variance": Rough(free)}
    if free - variance < HARDLY * free:
        return False, evidence, phrase("because.too-weak", lam=_typed(result.lam))
    if TEN * bias2 < free - variance:
        return True, evidence, None
    return False, evidence, phrase("because.too-biased", lam=_typed(result.lam))


def _typed(lam: float) -> str:
    """Return a λ as a sentence says it: without an exponent."""
    return f"{lam:.6f}".rstrip("0") if lam < 1 else f"{lam:,.0f}" if lam >= 1000 else f"{lam:.4g}"


def l1_zeros_l2_does_not(params: Params, result: Result) -> Verdict:
    """At the λ that cross-validation picks (or --lam), L1 has weights of exactly 0.0 and L2 has none.

    On your own data it is the largest λ within one standard error of the lowest error. Weights of columns
    that have no effect on y do not count.
    """
    l1, l2 = result.shown["l1"], result.shown["l2"]
    size = abs(result.ridge.coef * result.feature_sd).max(axis=0)
    bears = size > BEARS * size.max()
    l1_zeros, l2_zeros = (int((pick.coef[bears] == 0).sum()) for pick in (l1, l2))
    lams = {"l1_lam": Rough(l1.lam), "l2_lam": Rough(l2.lam)}
    evidence = {"l1_zeros": l1_zeros, "l2_zeros": l2_zeros, "features": len(result.features), **lams}
    if not bears.any():
        return None, evidence, phrase("because.nothing-to-learn")
    if l1_zeros and not l2_zeros:
        return True, evidence, None
    return False, evidence, phrase("because.lam-small", lam=_typed(l1.lam))


def predicts_as_well(params: Params, result: Result) -> Verdict:
    """L1's error on rows left out of the fit is at most a fifth larger than without a penalty.

    Its λ is the largest within one standard error of the lowest cross-validation error (or --lam). A few rows
    may decide a mean: it fails only if clearly more rows are predicted worse, by over three standard errors.
    """
    found = _left_out(result)
    errors = {"free_mse": Rough(found.free_mse), "mse": Rough(found.mse), "rows": found.rows}
    share, ratio = Share(found.closer / found.rows), _ratio(found.mse, found.free_mse)
    evidence = {**errors, "ratio": ratio, "closer": share}
    if not result.ridge.coef.any():
        return None, evidence, phrase("because.nothing-to-learn")
    if found.mse <= (1 + LITTLE) * found.free_mse:
        return True, evidence, None
    if found.farther - found.closer > 3 * math.sqrt(found.closer + found.farther):
        wrong = "too-simple" if params.lam is None else "held-too-much"
        return False, evidence, phrase(f"because.{wrong}", lam=_typed(result.lam))
    return None, evidence, phrase("because.few-rows", rows=found.rows)


def steadies_the_fit(params: Params, result: Result) -> Verdict:
    """Over fits that each leave out one fold, L1's predictions vary less than without a penalty.

    By a tenth of their variance or more.
    """
    found = _left_out(result)
    ratio = _ratio(found.variance, found.free_variance)
    evidence = {
        "variance": Rough(found.variance),
        "free_variance": Rough(found.free_variance),
        "ratio": ratio,
    }
    if not result.ridge.coef.any():
        return None, evidence, phrase("because.nothing-to-learn")
    holds = found.variance <= (1 - HARDLY) * found.free_variance
    return holds, evidence, None if holds else phrase("because.as-unsteady")


def _ratio(with_penalty: float, without: float) -> Ratio:
    return Ratio(with_penalty / without if without else math.inf if with_penalty else 1.0)


def _left_out(result: Result) -> LeftOut:
    assert result.left_out is not None  # it is where the rows are the learner's
    return result.left_out


DRAWN = (
    (corners_give_zeros, calms_the_curve, buys_variance),
    (l1_zeros_l2_does_not,),
)
OWN = ((predicts_as_well, l1_zeros_l2_does_not, steadies_the_fit), (corners_give_zeros,))
"""Headlines and others, of data that are drawn and of the learner's rows."""
