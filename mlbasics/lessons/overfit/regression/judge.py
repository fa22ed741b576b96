"""What a textbook says of overfitting, judged on one run of the regression."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlbasics.kit import Claim, Phrase, Verdict, judge_by, phrase

if TYPE_CHECKING:
    from mlbasics.lessons.overfit import Params
    from mlbasics.lessons.overfit.regression.simulate import Result

MANY_POINTS = 10  # points per coefficient from which on even the highest degree has little noise to learn


def train_error_falls(params: Params, result: Result) -> Verdict:
    """Train MSE never rises with the degree, and is lower at the highest degree than at degree 0."""
    mse = result.train_mse
    evidence = {"degree": params.max_degree, "train_mse": mse[-1], "simplest_train_mse": mse[0]}
    if params.max_degree == 0:
        return None, evidence, phrase("because.one-degree")
    if mse[0] <= result.rounding:
        return None, evidence, phrase("because.nothing-to-fit")
    return bool((mse[1:] - mse[:-1] <= result.rounding).all() and mse[-1] < mse[0]), evidence, None


def overfitting_hurts(params: Params, result: Result) -> Verdict:
    """Test MSE of the highest degree exceeds the best's by over two paired standard errors."""
    best = result.best_degree.test
    gap, error = result.test_gap[-1], result.test_gap_se[-1]
    evidence = {
        "degree": params.max_degree,
        "test_mse": result.test_mse[-1],
        "best_degree": best,
        "best_test_mse": result.test_mse[best],
        "gap": gap,
        "gap_se": error,
    }
    if result.noise_mse == 0:
        return None, evidence, phrase("because.noise-zero")
    if best == params.max_degree:
        return None, evidence, phrase("because.best-is-highest")
    holds = bool(gap > 2 * error)
    return holds, evidence, None if holds else _why_no_overfitting(params, result)


def underfitting_hurts_both(params: Params, result: Result) -> Verdict:
    """Train and test MSE of the too simple degree exceed the best's by over two paired standard errors."""
    simple, best = result.simple_degree, result.best_degree.test
    evidence = {
        "degree": simple,
        "train_mse": result.train_mse[simple],
        "test_mse": result.test_mse[simple],
        "best_degree": best,
        "best_train_mse": result.train_mse[best],
        "best_test_mse": result.test_mse[best],
    }
    if best == 0:
        return None, evidence, phrase("because.best-is-simplest")
    holds = bool(
        result.train_gap[simple] > 2 * result.train_gap_se[simple]
        and result.test_gap[simple] > 2 * result.test_gap_se[simple]
    )
    drowned = result.noise_mse > result.test_gap[simple]
    return (
        holds,
        evidence,
        None if holds else phrase("because.noise-drowns" if drowned else "because.few-points"),
    )


def noise_is_learned(params: Params, result: Result) -> Verdict:
    """At every degree the mean share over fresh sets is within four standard errors of (degree + 1)/n."""
    share, expected = result.repeats.noise_share, result.expected_noise_share
    # For Gaussian noise the share is Beta((d+1)/2, (n-d-1)/2), which gives its variance exactly.
    error = (2 * expected * (1 - expected) / ((params.n_train + 2) * params.repeats)) ** 0.5
    evidence = {
        "degree": params.max_degree,
        "share": share[-1],
        "expected": expected[-1],
        "share_se": error[-1],
    }
    if result.origin is not None:
        return None, evidence, phrase("because.own-data")
    if params.noise == 0:
        return None, evidence, phrase("because.no-noise")
    return bool((abs(share - expected) <= 4 * error + 1e-9).all()), evidence, None


def cv_finds_it(params: Params, result: Result) -> Verdict:
    """On nine in ten fresh sets the degree picked predicts better than the simplest and the highest."""
    pick, best = result.best_degree.cv, result.best_degree.test
    evidence = {
        "beats_ends": round(result.repeats.cv_beats_ends * params.repeats),
        "repeats": params.repeats,
        "picked_degree": pick,
        "picked_test_mse": result.test_mse[pick],
        "best_test_mse": result.test_mse[best],
    }
    if best in (0, params.max_degree):
        return None, evidence, phrase("because.best-is-an-end")
    holds = result.repeats.cv_beats_ends >= 0.9
    return holds, evidence, None if holds else _why_no_overfitting(params, result)


def _why_no_overfitting(params: Params, result: Result) -> Phrase:
    """Name the setting that leaves the highest degree nothing to overfit, if one does."""
    if result.noise_mse == 0:
        return phrase("because.noise-zero")
    if len(result.train.x) >= MANY_POINTS * (params.max_degree + 1):
        return phrase("because.many-points", n_train=len(result.train.x))
    return phrase("because.few-points" if len(result.train.x) < 2 * params.folds else "because.chance")


RULES = (train_error_falls, underfitting_hurts_both, overfitting_hurts, noise_is_learned, cv_finds_it)


def judge(params: Params, result: Result) -> list[Claim]:
    """Judge every claim."""
    return judge_by(RULES, params, result, variant="regression")
