"""What a textbook says of L1 and L2, judged on one run."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from mlbasics.kit import Claim, Phrase, Verdict, judge_by, needs_truth, phrase

if TYPE_CHECKING:
    from mlbasics.lessons.regularization import Params
    from mlbasics.lessons.regularization.simulate import Result, VarianceByLambda
    from mlbasics.numerics.spreads import Spread


def l1_zeros_l2_does_not(params: Params, result: Result) -> Verdict:
    """At the one-standard-error λ the lasso has weights of exactly 0.0, ridge none in varying columns."""
    varying = result.ridge.coef.any(axis=0)
    l1, l2 = (
        int((pick.one_se.coef[varying] == 0).sum()) for pick in (result.chosen.lasso, result.chosen.ridge)
    )
    evidence = {"l1_zeros": l1, "l2_zeros": l2, "features": len(result.features)}
    if not result.ridge.coef.any():
        return None, evidence, phrase("because.nothing-to-learn")
    holds = l1 > 0 and l2 == 0
    return holds, evidence, None if holds else _lam_or(params, "because.all-wanted")


def l1_lands_on_axes(params: Params, result: Result) -> Verdict:
    """In random planes L1 is on an axis more often than L2, by over three standard errors."""
    n, l1, l2 = result.odds.problems, result.odds.l1_on_axis, result.odds.l2_on_axis
    evidence = {"problems": n, "l1": l1, "l2": l2}
    return bool(l1 - l2 > 3 * math.sqrt((l1 * (1 - l1) + l2 * (1 - l2)) / n)), evidence, None


def selects_features(params: Params, result: Result) -> Verdict:
    """At the one-standard-error λ the lasso keeps 4 in 5 informative features, and drops more of the rest."""
    kept = result.chosen.lasso.one_se.coef != 0
    evidence = {"kept": int(kept.sum()), "features": len(result.features)}
    if result.true_coef is None:
        return None, evidence, phrase("because.own-data")
    informative = result.true_coef != 0
    evidence |= {"right": int((kept & informative).sum()), "informative": int(informative.sum())}
    if informative.all() or not informative.any():
        return None, evidence, phrase("because.nothing-to-select")
    holds = kept[informative].mean() >= 0.8 and kept[~informative].mean() < kept[informative].mean()
    return bool(holds), evidence, None if holds else _lam_or(params, "because.too-noisy")


@needs_truth
def lowers_variance(params: Params, result: Result) -> Verdict:
    """At the λ of cross-validation both penalties have less variance, by over three standard errors."""
    free, l1, l2 = _spreads(result)
    evidence = {"unpenalised": free.variance[0], "l1": l1.variance[0], "l2": l2.variance[0]}
    holds = all(free.variance[0] - s.variance[0] > 3 * s.variance_gap_se[0] for s in (l1, l2))
    return bool(holds), evidence, None if holds else _little_to_save(params)


@needs_truth
def raises_bias(params: Params, result: Result) -> Verdict:
    """At the one-standard-error λ both penalties have more bias², by over three standard errors."""
    free, l1, l2 = _spreads(result)
    evidence = {"unpenalised": free.bias2[0], "l1": l1.bias2[1], "l2": l2.bias2[1]}
    holds = all(
        s.bias2[1] - free.bias2[0] > 3 * math.hypot(free.bias2_se[0], s.bias2_se[1]) for s in (l1, l2)
    )
    if holds:
        return True, evidence, None
    if result.true_coef is not None and not result.true_coef.any():
        return False, evidence, phrase("because.zero-is-right")
    wide = params.features >= params.n_train
    return (
        False,
        evidence,
        phrase("because.biased-anyway") if wide else _lam_or(params, "because.little-penalty"),
    )


@needs_truth
def eases_overfitting(params: Params, result: Result) -> Verdict:
    """At its best λ the mean test error of each is below the unpenalised, by over three standard errors."""
    by_lambda, noise = _measured(result), params.noise**2
    free = by_lambda.unpenalised
    error = float(free.bias2[0] + free.variance[0])
    evidence = {"unpenalised": error + noise}
    holds = True
    for name, spread, lambdas in (
        ("l1", by_lambda.lasso, by_lambda.lambdas),
        ("l2", by_lambda.ridge, by_lambda.ridge_lambdas),
    ):
        total = spread.total
        best = int(total.argmin())
        evidence |= {name: float(total[best]) + noise, f"{name}_lam": float(lambdas[best])}
        holds &= error - total[best] > 3 * spread.error_gap_se[best]
    return bool(holds), evidence, None if holds else _little_to_save(params)


def same_problem(params: Params, result: Result) -> Verdict:
    """At nine budgets, constraint and penalty have the same solution to 1e-9 of the optimum's norm."""
    plane = result.geometry
    evidence = {"difference": plane.difference, "t": plane.t, "lam_l1": plane.lam_l1, "lam_l2": plane.lam_l2}
    return plane.difference <= 1e-9, evidence, None


def optimal(params: Params, result: Result) -> Verdict:
    """No fit breaks its conditions of optimality (KKT) by more than 1e-9 of the largest pull on a weight."""
    return result.kkt_residual <= 1e-9, {"residual": result.kkt_residual, "fits": result.fits}, None


def _measured(result: Result) -> VarianceByLambda:
    assert result.variance_by_lambda is not None  # it is where the truth is known
    return result.variance_by_lambda


def _spreads(result: Result) -> tuple[Spread, Spread, Spread]:
    by_lambda = _measured(result)
    return by_lambda.unpenalised, by_lambda.lasso_chosen, by_lambda.ridge_chosen


def _lam_or(params: Params, otherwise: str) -> Phrase:
    return phrase("because.lam", lam=params.lam) if params.lam is not None else phrase(otherwise)


def _little_to_save(params: Params) -> Phrase:
    if params.noise == 0:
        return phrase("because.no-noise")
    if params.n_train >= 10 * params.features:
        return phrase("because.much-data", n_train=params.n_train, features=params.features)
    return _lam_or(params, "because.little-penalty")


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
