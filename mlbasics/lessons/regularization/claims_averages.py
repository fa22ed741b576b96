"""What a textbook says of penalties on average: over fresh training sets from the same source."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from mlbasics.kit import Rough, Share, Verdict, needs_truth, phrase

if TYPE_CHECKING:
    from mlbasics.lessons.regularization import Params
    from mlbasics.lessons.regularization.simulate import Result, VarianceByLambda
    from mlbasics.numerics.spreads import Spread

ALIKE = 0.9  # correlation of neighbours from which on one often stands for several, at the defaults


@needs_truth
def selects_features(params: Params, result: Result) -> Verdict:
    """Over fresh sets L1 keeps 4 in 5 informative features or more, of the others a share less by 1 in 5.

    At the λ of least mean error over those sets.
    """
    by_lambda = _measured(result)
    kept, lam = by_lambda.lasso.kept[by_lambda.lasso_best.place], Rough(by_lambda.lasso_best.lam)
    informative = result.marked
    if informative.all() or not informative.any():
        return None, {"lam": lam}, phrase("because.nothing-to-select")
    right, wrong = (float(kept[of].mean()) for of in (informative, ~informative))
    evidence = {"right": Share(right), "wrong": Share(wrong), "repeats": params.repeats, "lam": lam}
    if right >= 0.8 and right - wrong >= 0.2:
        return True, evidence, None
    if right >= 0.8:
        return False, evidence, phrase("because.keeps-most", **points(params))
    if params.correlation >= ALIKE and params.features < params.n_train:
        return False, evidence, phrase("because.alike", correlation=params.correlation)
    return False, evidence, phrase("because.loses-some", **points(params))


@needs_truth
def lowers_variance(params: Params, result: Result) -> Verdict:
    """At the λ of least mean error over fresh sets both have less variance, by over three standard errors."""
    free, l1, l2, l1_at, l2_at = _at_best(result)
    evidence = _evidence(result, free.variance[0], l1.variance[l1_at], l2.variance[l2_at])
    zs = (l1.variance_gap_z[l1_at], l2.variance_gap_z[l2_at])
    return _judged(params, result, evidence, zs, "because.shortest", "because.uneven")


@needs_truth
def raises_bias(params: Params, result: Result) -> Verdict:
    """At the same λ both have more bias², by over three standard errors."""
    free, l1, l2, l1_at, l2_at = _at_best(result)
    without, error, least = float(free.bias2[0]), float(free.bias2_se[0]), -math.inf
    if params.features < params.n_train:  # least squares has no bias, by a theorem; and no square is below 0
        without = error = least = 0.0
    bias2 = [(float(s.bias2[at]), float(s.bias2_se[at])) for s, at in ((l1, l1_at), (l2, l2_at))]
    evidence = _evidence(result, without, *(size for size, _ in bias2))
    if not result.marked.any():
        return False, evidence, phrase("because.zero-is-right")
    zs = [max(least, (size - without) / (math.hypot(error, se) or 1)) for size, se in bias2]
    return _judged(params, result, evidence, zs, "because.biased-anyway", "because.biased-anyway")


@needs_truth
def eases_overfitting(params: Params, result: Result) -> Verdict:
    """At a λ best on other sets, both have less mean test error, by over three standard errors."""
    by_lambda, noise = _measured(result), params.noise**2
    l1, l2 = by_lambda.lasso_best, by_lambda.ridge_best
    without = float(by_lambda.unpenalised.total[0]) + noise
    evidence = _evidence(result, without, l1.error + noise, l2.error + noise)
    return _judged(
        params, result, evidence, (l1.gap_z, l2.gap_z), "because.held-back", "because.little-noise"
    )


def _measured(result: Result) -> VarianceByLambda:
    assert result.variance_by_lambda is not None  # it is where the truth is known
    return result.variance_by_lambda


def _at_best(result: Result) -> tuple[Spread, Spread, Spread, int, int]:
    by_lambda = _measured(result)
    at = by_lambda.lasso_best.place, by_lambda.ridge_best.place
    return by_lambda.unpenalised, by_lambda.lasso, by_lambda.ridge, *at


def _evidence(result: Result, without: float, l1: float, l2: float) -> dict[str, float]:
    """Return means over fresh sets; no square is shown below zero."""
    by_lambda = _measured(result)
    lams = {"l1_lam": Rough(by_lambda.lasso_best.lam), "l2_lam": Rough(by_lambda.ridge_best.lam)}
    values = {"unpenalised": without, "l1": l1, "l2": l2}
    return {**{name: Rough(max(0.0, value)) for name, value in values.items()}, **lams}


def points(params: Params) -> dict[str, float]:
    """Return what reasons tell of the data."""
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
    return False, evidence, phrase(key, penalty=penalty, **points(params))
