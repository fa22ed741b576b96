"""What a textbook says of L1 and L2, judged on one run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from mlbasics.kit import Rough, Share, Verdict, needs_truth, phrase
from mlbasics.lessons.regularization.claims_averages import (
    eases_overfitting,
    lowers_variance,
    points,
    raises_bias,
    selects_features,
)
from mlbasics.lessons.regularization.claims_planes import (
    disc_has_none,
    l1_lands_on_axes,
    l1_subtracts,
    l2_divides,
    same_problem,
    small_and_large,
    touches_a_corner,
)

if TYPE_CHECKING:
    from mlbasics.lessons.regularization import Params
    from mlbasics.lessons.regularization.simulate import Result
    from mlbasics.numerics import Booleans
    from mlbasics.numerics.paths import Pick

BEARS = 1e-12  # of the largest: where a ridge weight is smaller at every λ, it is rounding
HARDLY = 0.1  # of the error without a penalty: to save no more is little
ROUNDING = 1e-9  # of a norm, or of a pull


def calms_the_curve(params: Params, result: Result) -> Verdict:
    """On new points the curve at the λ that cross-validation picks (or --lam) errs less than at λ = 0."""
    found, i = result.calming, result.calming.picked
    errors = {"test_mse": Rough(found.test_mse[i]), "free_mse": Rough(found.test_mse[-1])}
    evidence = {**errors, "lam": Rough(found.lambdas[i])}
    saved = 1 - found.test_mse[i] / found.test_mse[-1]
    if saved > 0:
        return True, evidence, phrase("verdict.barely", share=Share(saved)) if saved < HARDLY else None
    if params.lam is not None:
        return False, evidence, phrase("because.too-strong", lam=Rough(params.lam))
    return False, evidence, phrase("because.picked-badly")


def corners_give_zeros(params: Params, result: Result) -> Verdict:
    """L1's touching point in the plane has a weight of 0.0, L2's none; and so have their weights of features.

    These are the weights at the λ that cross-validation picks (or --lam), of columns that bear on y.
    """
    l1, l2 = result.chosen.lasso, result.chosen.ridge
    plane, zeros = result.geometry, _zeros(result, l1, l2)
    evidence = {"l1_zeros": zeros[0], "l2_zeros": zeros[1], "features": len(result.features)}
    if not plane.held:
        return None, evidence, phrase("because.inside", t=plane.t)
    if plane.l1_point.all():
        return False, evidence, phrase("because.on-an-edge")
    return _zero(params, result, evidence, l1.lam, l2.lam)


def buys_variance(params: Params, result: Result) -> Verdict:
    """Averaged over all noise, at the λ drawn, variance is at most half of what it is without a penalty.

    And bias² is larger by less than variance is smaller.  Both are closed forms.
    """
    found, i = result.calming, result.calming.picked
    bias2, variance, free = found.bias2[i], found.variance[i], found.variance[-1]
    evidence = {"bias2": Rough(bias2), "variance": Rough(variance), "free_variance": Rough(free)}
    if variance <= free / 2 and bias2 < free - variance:
        return True, evidence, None
    return False, evidence, phrase("because.hardly-penalised")


def l1_zeros_l2_does_not(params: Params, result: Result) -> Verdict:
    """At the λ that cross-validation picks (or --lam) L1 has weights of 0.0, L2 none.

    Weights of columns that do not bear on y are not counted.
    """
    l1, l2 = result.chosen.lasso, result.chosen.ridge
    zeros = _zeros(result, l1, l2)
    lams = {"l1_lam": Rough(l1.lam), "l2_lam": Rough(l2.lam)}
    evidence = {"l1_zeros": zeros[0], "l2_zeros": zeros[1], "features": len(result.features), **lams}
    return _zero(params, result, evidence, l1.lam, l2.lam)


def _bears(result: Result) -> Booleans:
    size = abs(result.ridge.coef * result.feature_sd).max(axis=0)
    return size > BEARS * size.max()


def _zeros(result: Result, *picks: Pick) -> list[int]:
    """Return how many weights of columns that bear on y are 0.0."""
    return [int((pick.coef[_bears(result)] == 0).sum()) for pick in picks]


def _zero(params: Params, result: Result, evidence: Mapping[str, float], l1: float, l2: float) -> Verdict:
    """Judge whether L1 has zeros and L2 none, at these λ."""
    if not _bears(result).any():
        return None, evidence, phrase("because.nothing-to-learn")
    if evidence["l2_zeros"]:
        return False, evidence, phrase("because.crosses-zero", lam=Rough(l2))
    if evidence["l1_zeros"]:
        return True, evidence, None
    if params.lam is not None:
        return False, evidence, phrase("because.lam-small", lam=params.lam)
    return False, evidence, phrase("because.all-stay", lam=Rough(l1))


def lam_shrinks(params: Params, result: Result) -> Verdict:
    """Along both paths ‖w‖₁ of L1 and ‖w‖ of L2, of standardised columns, never fall as λ does."""
    l1 = abs(result.lasso.coef * result.feature_sd).sum(axis=1)
    l2 = ((result.ridge.coef * result.feature_sd) ** 2).sum(axis=1) ** 0.5
    evidence = {name: Rough(size[-1]) for name, size in (("l1", l1), ("l2", l2))}
    if not l2.any():
        return None, evidence, phrase("because.nothing-to-learn")
    holds = all((size[1:] >= size[:-1] - ROUNDING * size[-1]).all() for size in (l1, l2))
    return holds, evidence, None if holds else phrase("because.rounding")


@needs_truth
def best_in_between(params: Params, result: Result) -> Verdict:
    """On the better path the least error on new data is less than without a penalty and at the largest λ.

    The error is the one expected, known with the truth.
    """
    both = (result.lasso, result.ridge)
    least = [float(path.test_mse.min()) for path in both]
    free = result.unpenalised.test_mse
    evidence = {"l1": Rough(least[0]), "l2": Rough(least[1]), "unpenalised": Rough(free)}
    if not result.ridge.coef.any():
        return None, evidence, phrase("because.nothing-to-learn")
    if not result.marked.any():
        return False, evidence, phrase("because.zero-is-right")
    if min(least) < min(free, *(path.test_mse[0] for path in both)):
        return True, evidence, None
    wide = params.features >= params.n_train
    reason = "because.held-back" if wide else "because.little-noise"
    return False, evidence, phrase(reason, penalty=phrase("penalty.both"), **points(params))


def optimal(params: Params, result: Result) -> Verdict:
    """No fit breaks its conditions of optimality (KKT) by more than 1e-9 of the largest pull on a weight."""
    holds = result.kkt_residual <= ROUNDING
    evidence = {"residual": result.kkt_residual, "fits": result.fits}
    return holds, evidence, None if holds else phrase("because.rounding")


HEADLINES = {
    "overview": (calms_the_curve, corners_give_zeros, buys_variance),
    "paths": (l1_zeros_l2_does_not, lam_shrinks, best_in_between),
    "variance": (lowers_variance, raises_bias, eases_overfitting),
    "geometry": (touches_a_corner, disc_has_none, l1_lands_on_axes),
    "shrinkage": (l1_subtracts, l2_divides, small_and_large),
}
"""By view, the three rules of what it shows."""

OTHERS = {
    "overview": (
        l1_zeros_l2_does_not, l1_lands_on_axes, selects_features, lowers_variance, raises_bias,
        eases_overfitting, same_problem, optimal,
    ),
    "paths": (selects_features, optimal),
    "geometry": (same_problem,),
}  # fmt: skip
