"""What a textbook says of overfitting, judged on one run of the classification."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlbasics.kit import Claim, Verdict, judge_by, phrase

if TYPE_CHECKING:
    from mlbasics.lessons.overfit import Params
    from mlbasics.lessons.overfit.classification.simulate import Result


def train_error_falls(params: Params, result: Result) -> Verdict:
    """Training error is zero at k = 1, and above zero at k = n."""
    error = result.train_error
    evidence = {"train_error": error[0], "n_train": len(result.k), "simplest_train_error": error[-1]}
    if error[-1] == 0:
        return None, evidence, phrase("because.one-class")
    return bool(error[0] == 0), evidence, None


def underfitting_hurts_both(params: Params, result: Result) -> Verdict:
    """Training and test error at k = n exceed the best k's by over two paired standard errors."""
    best = result.best_k.test
    evidence = {
        "n_train": len(result.k),
        "train_error": result.train_error[-1],
        "test_error": result.test_error[-1],
        "best_k": best,
        "best_train_error": result.train_error[best - 1],
        "best_test_error": result.test_error[best - 1],
    }
    if best == len(result.k):
        return None, evidence, phrase("because.best-is-n")
    holds = bool(
        result.train_gap[-1] > 2 * result.train_gap_se[-1]
        and result.test_gap[-1] > 2 * result.test_gap_se[-1]
    )
    return holds, evidence, None if holds else phrase("because.few-points")


def overfitting_hurts(params: Params, result: Result) -> Verdict:
    """Test error at k = 1 exceeds the best k's by over two paired standard errors."""
    best = result.best_k.test
    evidence = {
        "test_error": result.test_error[0],
        "best_k": best,
        "best_test_error": result.test_error[best - 1],
        "bayes_error": result.bayes_error,
    }
    if result.bayes_error == 0:
        return None, evidence, phrase("because.noise-zero")
    if best == 1:
        return None, evidence, phrase("because.best-is-one")
    holds = bool(result.test_gap[0] > 2 * result.test_gap_se[0])
    return holds, evidence, None if holds else phrase(_few_or_no_noise(result))


def noise_is_learned(params: Params, result: Result) -> Verdict:
    """At k = 1 every mislabelled training point is reproduced, at the best k less than half of them."""
    best = result.best_k.test
    evidence = {"mislabelled": result.mislabelled, "best_k": best}
    if result.origin is not None:
        return None, evidence, phrase("because.own-data")
    if result.mislabelled == 0:
        return None, evidence, phrase("because.none-mislabelled")
    share = result.noise_share
    evidence |= {"share": share[0], "best_share": share[best - 1]}
    if best == 1:
        return None, evidence, phrase("because.best-is-one")
    return bool(share[0] == 1 and share[best - 1] < 0.5), evidence, None


def cv_finds_it(params: Params, result: Result) -> Verdict:
    """Test error at the k picked is below those at k = 1 and k = n by over two paired standard errors."""
    pick, best = result.best_k.cv, result.best_k.test
    evidence = {
        "picked_k": pick,
        "picked_test_error": result.test_error[pick - 1],
        "best_test_error": result.test_error[best - 1],
    }
    if best in (1, len(result.k)):
        return None, evidence, phrase("because.best-k-is-an-end")
    gap, error = result.cv_gap, result.cv_gap_se
    holds = bool(gap[0] > 2 * error[0] and gap[-1] > 2 * error[-1])
    return holds, evidence, None if holds else phrase(_few_or_no_noise(result))


def _few_or_no_noise(result: Result) -> str:
    return "because.noise-zero" if result.bayes_error == 0 else "because.few-points"


RULES = (train_error_falls, underfitting_hurts_both, overfitting_hurts, noise_is_learned, cv_finds_it)


def judge(params: Params, result: Result) -> list[Claim]:
    """Judge every claim."""
    return judge_by(RULES, params, result, variant="classification")
