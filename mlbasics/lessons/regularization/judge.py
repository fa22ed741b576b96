"""What a textbook says of L1 and L2, judged on one run."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from mlbasics.kit import Claim, Verdict, judge_by, needs_truth, phrase

if TYPE_CHECKING:
    from mlbasics.lessons.regularization import Params
    from mlbasics.lessons.regularization.simulate import Result, VarianceByLambda
    from mlbasics.numerics import Booleans

BEARS = 1e-12  # of the largest: where a ridge weight is smaller at every λ, it is rounding
ONE_SE = 1  # of the λ chosen, the one-standard-error λ


def l1_zeros_l2_does_not(params: Params, result: Result) -> Verdict:
    """At the one-standard-error λ (or --lam) L1 has weights of 0.0, and L2 none in columns that bear on y."""
    l1, l2 = result.chosen.lasso.one_se, result.chosen.ridge.one_se
    size = abs(result.ridge.coef * result.feature_sd).max(axis=0)
    bears = size > BEARS * size.max()
    zeros = {name: int((pick.coef[bears] == 0).sum()) for name, pick in (("l1_zeros", l1), ("l2_zeros", l2))}
    evidence = {**zeros, "features": len(result.features), "l1_lam": l1.lam, "l2_lam": l2.lam}
    if not bears.any():
        return None, evidence, phrase("because.nothing-to-learn")
    if zeros["l2_zeros"]:
        return False, evidence, phrase("because.crosses-zero", lam=l2.lam)
    if zeros["l1_zeros"]:
        return True, evidence, None
    return (
        False,
        evidence,
        phrase("because.all-stay" if params.lam is None else "because.lam-small", lam=l1.lam),
    )


def l1_lands_on_axes(params: Params, result: Result) -> Verdict:
    """In random planes L1 is on an axis more often than L2, by over three standard errors."""
    n, l1, l2 = result.odds.problems, result.odds.l1_on_axis, result.odds.l2_on_axis
    evidence = {"problems": n, "l1": l1, "l2": l2}
    if l1 - l2 > 3 * math.sqrt((l1 * (1 - l1) + l2 * (1 - l2)) / n):
        return True, evidence, None
    return None, evidence, phrase("because.few-problems", problems=n)


def selects_features(params: Params, result: Result) -> Verdict:
    """At that λ L1 keeps 4 in 5 informative features or more, and of the others a share smaller by 1 in 5."""
    pick = result.chosen.lasso.one_se
    kept = pick.coef != 0
    evidence = {"kept": int(kept.sum()), "features": len(result.features), "lam": pick.lam}
    if result.true_coef is None:
        return None, evidence, phrase("because.own-data")
    informative = result.true_coef != 0
    evidence |= {"right": int((kept & informative).sum()), "informative": int(informative.sum())}
    if informative.all() or not informative.any():
        return None, evidence, phrase("because.nothing-to-select")
    if _selects(kept, informative):
        return True, evidence, None
    path = zip(result.lasso.lambdas, result.lasso.coef, strict=True)
    other = next((float(lam) for lam, coef in path if _selects(coef != 0, informative)), None)
    if other is not None:
        return False, evidence, phrase("because.other-lam", lam=pick.lam, other=other)
    return False, evidence, phrase("because.no-lam", **_points(params))


def _selects(kept: Booleans, informative: Booleans) -> bool:
    right, wrong = kept[informative].mean(), kept[~informative].mean()
    return bool(right >= 0.8 and right - wrong >= 0.2)


@needs_truth
def lowers_variance(params: Params, result: Result) -> Verdict:
    """At the one-standard-error λ (or --lam) both have less variance, by over three standard errors."""
    by_lambda, i = _measured(result), ONE_SE
    free, l1, l2 = by_lambda.unpenalised, by_lambda.lasso_chosen, by_lambda.ridge_chosen
    evidence = _evidence(result, free.variance[0], l1.variance[i], l2.variance[i])
    zs = (l1.variance_gap_z[i], l2.variance_gap_z[i])
    return _judged(params, result, evidence, zs, "because.shortest", "because.uneven")


@needs_truth
def raises_bias(params: Params, result: Result) -> Verdict:
    """At the same λ both have more bias², by over three standard errors."""
    by_lambda, i = _measured(result), ONE_SE
    free, l1, l2 = by_lambda.unpenalised, by_lambda.lasso_chosen, by_lambda.ridge_chosen
    without, error, least = float(free.bias2[0]), float(free.bias2_se[0]), -math.inf
    if params.features < params.n_train:  # least squares has no bias, by a theorem; and no square is below 0
        without = error = least = 0.0
    evidence = _evidence(result, without, l1.bias2[i], l2.bias2[i])
    if not result.marked.any():
        return False, evidence, phrase("because.zero-is-right")
    zs = [max(least, (s.bias2[i] - without) / (math.hypot(error, s.bias2_se[i]) or 1)) for s in (l1, l2)]
    return _judged(params, result, evidence, zs, "because.biased-anyway", "because.biased-anyway")


@needs_truth
def eases_overfitting(params: Params, result: Result) -> Verdict:
    """At a λ best on other sets, both have less mean test error, by over three standard errors."""
    by_lambda, noise = _measured(result), params.noise**2
    l1, l2 = by_lambda.lasso_best, by_lambda.ridge_best
    evidence = {
        "unpenalised": float(by_lambda.unpenalised.total[0]) + noise,
        "l1": l1.error + noise,
        "l1_lam": l1.lam,
        "l2": l2.error + noise,
        "l2_lam": l2.lam,
    }
    return _judged(
        params, result, evidence, (l1.gap_z, l2.gap_z), "because.held-back", "because.little-noise"
    )


def same_problem(params: Params, result: Result) -> Verdict:
    """In one plane, at nine budgets, both have the same solution to 1e-9 of the optimum's norm."""
    plane = result.geometry
    evidence = {"difference": plane.difference, "t": plane.t, "lam_l1": plane.lam_l1, "lam_l2": plane.lam_l2}
    holds = plane.difference <= 1e-9
    return holds, evidence, None if holds else phrase("because.rounding")


def optimal(params: Params, result: Result) -> Verdict:
    """No fit breaks its conditions of optimality (KKT) by more than 1e-9 of the largest pull on a weight."""
    holds = result.kkt_residual <= 1e-9
    evidence = {"residual": result.kkt_residual, "fits": result.fits}
    return holds, evidence, None if holds else phrase("because.rounding")


def _measured(result: Result) -> VarianceByLambda:
    assert result.variance_by_lambda is not None  # it is where the truth is known
    return result.variance_by_lambda


def _evidence(result: Result, without: float, l1: float, l2: float) -> dict[str, float]:
    lams = {"l1_lam": result.chosen.lasso.lam_one_se, "l2_lam": result.chosen.ridge.lam_one_se}
    return {"unpenalised": without, "l1": l1, "l2": l2, **lams}


def _points(params: Params) -> dict[str, float]:
    return {"n_train": params.n_train, "features": params.features, "noise": params.noise}


def _judged(
    params: Params, result: Result, evidence: dict[str, float], zs: Sequence[float], wide: str, narrow: str
) -> Verdict:
    """Judge by how many standard errors L1 and L2 are on the right side of the unpenalised fit.

    Where one is clearly on the wrong side, the reason depends on whether there are more points than features.
    """
    from mlbasics.numerics.quantiles import three_sigma  # loads NumPy

    beyond = three_sigma(params.repeats - 1)
    if not result.ridge.coef.any():
        return None, evidence, phrase("because.nothing-to-learn")
    if min(zs) > beyond:
        return True, evidence, None
    if min(zs) >= -beyond:
        return None, evidence, phrase("because.within-error", repeats=params.repeats)
    wrong = [name for name, z in zip(("l1", "l2"), zs, strict=True) if z < -beyond]
    penalty = phrase("penalty.both" if len(wrong) == 2 else f"penalty.{wrong[0]}")
    key = narrow if params.features < params.n_train else wide
    return False, evidence, phrase(key, penalty=penalty, **_points(params))


RULES = (
    l1_zeros_l2_does_not,
    l1_lands_on_axes,
    selects_features,
    lowers_variance,
    raises_bias,
    eases_overfitting,
    same_problem,
    optimal,
)


def judge(params: Params, result: Result) -> list[Claim]:
    """Judge every claim."""
    return judge_by(RULES, params, result)
