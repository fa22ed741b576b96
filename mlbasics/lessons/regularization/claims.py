"""What a textbook says of L1 and L2, judged on one run."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

from mlbasics.kit import Rough, Share, Verdict, needs_truth, phrase

if TYPE_CHECKING:
    from mlbasics.lessons.regularization import Params
    from mlbasics.lessons.regularization.experiment import Result, VarianceByLambda
    from mlbasics.numerics import Booleans
    from mlbasics.numerics.paths import Pick

BEARS = 1e-12  # of the largest: where a ridge weight is smaller at every λ, it is rounding
HARDLY = 0.1  # of the error without a penalty: to save no more is little
ALIKE = 0.9  # correlation of neighbors from which on one often stands for several, at the defaults


def calms_the_curve(params: Params, result: Result) -> Verdict:
    """On new points, the curve has a lower error at the λ drawn than at λ = 0.

    This λ is picked by cross-validation, unless --lam is set.
    """
    found, i = result.calming, result.calming.picked
    errors = {"test_mse": Rough(found.test_mse[i]), "free_mse": Rough(found.test_mse[-1])}
    evidence = {**errors, "lam": Rough(found.lambdas[i])}
    saved = 1 - found.test_mse[i] / found.test_mse[-1]
    if saved > 0:
        return True, evidence, phrase("verdict.barely", share=Share(saved)) if saved < HARDLY else None
    if params.lam is not None:
        return False, evidence, phrase("because.too-strong", lam=f"{params.lam:,.6g}")
    return False, evidence, phrase("because.picked-badly")


def corners_give_zeros(params: Params, result: Result) -> Verdict:
    """In the plane, L1's touching point has a weight of exactly 0.0 and L2's has none.

    The same must hold for their weights of the features, at the λ that cross-validation picks (or --lam).
    Columns that have no effect on y do not count.
    """
    l1, l2 = result.chosen.lasso, result.chosen.ridge
    plane, zeros = result.geometry, _zeros(result, l1, l2)
    evidence = {"l1_zeros": zeros[0], "l2_zeros": zeros[1], "features": len(result.features)}
    if not plane.held_l2:
        return None, evidence, phrase("because.inside", t=plane.t_l2)
    if plane.l1_point.all():
        return False, evidence, phrase("because.on-an-edge")
    return _zero(params, result, evidence, l1.lam, l2.lam)


def buys_variance(params: Params, result: Result) -> Verdict:
    """At the λ drawn, the variance is at most half of what it is without a penalty.

    And bias² grows by less than the variance falls. Both are averages over all noise, in closed form.
    """
    found, i = result.calming, result.calming.picked
    bias2, variance, free = found.bias2[i], found.variance[i], found.variance[-1]
    evidence = {"bias2": Rough(bias2), "variance": Rough(variance), "free_variance": Rough(free)}
    if variance <= free / 2 and bias2 < free - variance:
        return True, evidence, None
    return False, evidence, phrase("because.hardly-penalised")


def l1_zeros_l2_does_not(params: Params, result: Result) -> Verdict:
    """At the λ that cross-validation picks (or --lam), L1 has weights of exactly 0.0 and L2 has none.

    Weights of columns that have no effect on y do not count.
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


def l1_lands_on_axes(params: Params, result: Result) -> Verdict:
    """More random losses touch the diamond on an axis than the disk, by more than three standard errors."""
    n, l1, l2 = result.odds.problems, result.odds.l1_on_axis, result.odds.l2_on_axis
    evidence = {"problems": n, "l1": Share(l1), "l2": Share(l2)}
    if l1 - l2 > 3 * math.sqrt((l1 * (1 - l1) + l2 * (1 - l2)) / n):
        return True, evidence, None
    return None, evidence, phrase("because.few-problems", problems=n)


@needs_truth
def selects_features(params: Params, result: Result) -> Verdict:
    """Over fresh data sets, L1 keeps at least 4 in 5 informative features, and clearly fewer of the others.

    The share it keeps of the others must be lower by at least 1 in 5. This is judged at the λ with the
    lowest mean error over those data sets.
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
    points = {"n_train": params.n_train, "features": params.features, "noise": params.noise}
    if right >= 0.8:
        return False, evidence, phrase("because.keeps-most", **points)
    if params.correlation >= ALIKE and params.features < params.n_train:
        return False, evidence, phrase("because.alike", correlation=params.correlation)
    return False, evidence, phrase("because.loses-some", **points)


@needs_truth
def eases_overfitting(params: Params, result: Result) -> Verdict:
    """Both L1 and L2 have a lower mean test error, by more than three standard errors.

    To keep the comparison fair, each λ is the one that is best on other data sets.
    """
    from mlbasics.numerics.quantiles import three_sigma  # loads NumPy

    by_lambda, noise, beyond = _measured(result), params.noise**2, three_sigma(params.repeats - 1)
    best = {"l1": by_lambda.lasso_best, "l2": by_lambda.ridge_best}
    evidence = {"unpenalised": Rough(by_lambda.unpenalised.total[0] + noise)}
    evidence |= {name: Rough(one.error + noise) for name, one in best.items()}
    evidence |= {f"{name}_lam": Rough(one.lam) for name, one in best.items()}
    if not result.ridge.coef.any():
        return None, evidence, phrase("because.nothing-to-learn")
    if min(one.gap_z for one in best.values()) > beyond:
        return True, evidence, None
    worse = [name for name, one in best.items() if one.gap_z < -beyond]
    if not worse:
        return None, evidence, phrase("because.within-error", repeats=params.repeats)
    penalty = phrase("penalty.both" if len(worse) == 2 else f"penalty.{worse[0]}")
    wide = params.features >= params.n_train
    points = {"n_train": params.n_train, "features": params.features, "noise": params.noise}
    return (
        False,
        evidence,
        phrase(f"because.{'held-back' if wide else 'little-noise'}", penalty=penalty, **points),
    )


def _measured(result: Result) -> VarianceByLambda:
    assert result.variance_by_lambda is not None  # it is where the truth is known
    return result.variance_by_lambda


HEADLINES = (calms_the_curve, corners_give_zeros, buys_variance)
OTHERS = (l1_zeros_l2_does_not, l1_lands_on_axes, selects_features, eases_overfitting)
