"""What a textbook says of overfitting, judged on one run of the classification."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlbasics.kit import Share, Verdict, phrase

if TYPE_CHECKING:
    from mlbasics.lessons.overfit import Params
    from mlbasics.lessons.overfit.classification.experiment import Result
    from mlbasics.words import Phrase

    Doubt = tuple[bool | None, Phrase]
    """False or, where the run cannot tell, None; and why."""

FEW_ROWS = 10  # test rows; the standard error of fewer is itself too uncertain to count in
COINS = 0.4  # a Bayes error from which on labels are little more than coins, whose is 0.5
LITTLE = 0.05  # a Bayes error, or a gap from it, up to which there is little to be wrong about


def train_error_falls(params: Params, result: Result) -> Verdict:
    """Training error is zero at k = 1, and above zero at k = n."""
    error = result.train_error
    evidence = {"train_error": error[0], "n_train": len(result.k), "simplest_train_error": error[-1]}
    if error[-1] == 0:
        return None, evidence, phrase("because.one-class")
    holds = bool(error[0] == 0)
    return holds, evidence, None if holds else phrase("because.same-place")


def underfitting_hurts_both(params: Params, result: Result) -> Verdict:
    """Test error at k = n exceeds the best k's by three paired standard errors, training error by two.

    Which k is the best is chosen for each half of the test points by the other half.
    """
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
    if unclear := _unclear(params, result):
        return None, evidence, unclear
    if (
        result.test_gap[-1] > 3 * result.test_gap_se[-1]
        and result.train_gap[-1] > 2 * result.train_gap_se[-1]
    ):
        return True, evidence, None
    holds, reason = _n_is_no_worse(params, result)
    return holds, evidence, reason


def overfitting_hurts(params: Params, result: Result) -> Verdict:
    """Test error at k = 1 exceeds the best k's by over three paired standard errors.

    Which k is the best is chosen for each half of the test points by the other half.
    """
    best = result.best_k.test
    evidence = {
        "test_error": Share(result.test_error[0]),
        "best_k": best,
        "best_test_error": Share(result.test_error[best - 1]),
        "bayes_error": Share(result.bayes_error),
    }
    if best == 1:
        return None, evidence, phrase("because.best-is-one")
    if unclear := _unclear(params, result):
        return None, evidence, unclear
    if result.test_gap[0] > 3 * result.test_gap_se[0]:
        return True, evidence, None
    holds, reason = _one_is_no_worse(params, result)
    return holds, evidence, reason


def noise_is_learned(params: Params, result: Result) -> Verdict:
    """At k = 1 every mislabelled training point is reproduced, at the best k less than half of them."""
    best = result.best_k.test
    evidence: dict[str, float] = {"mislabelled": result.mislabelled, "best_k": best}
    if result.origin is not None:
        return None, evidence, phrase("because.own-data")
    if result.mislabelled == 0:
        return None, evidence, phrase("because.none-mislabelled")
    share = result.noise_share
    evidence |= {"share": Share(share[0]), "best_share": Share(share[best - 1])}
    if best == 1:
        return None, evidence, phrase("because.best-is-one")
    if unclear := _unclear(params, result):
        return None, evidence, unclear
    holds = bool(share[0] == 1 and share[best - 1] < 0.5)
    return holds, evidence, None if holds else _one_is_no_worse(params, result)[1]


def cv_finds_it(params: Params, result: Result) -> Verdict:
    """Test error at the k picked is below those at k = 1 and k = n by over three paired standard errors."""
    pick, best = result.best_k.cv, result.best_k.test
    evidence = {
        "picked_k": pick,
        "picked_test_error": Share(result.test_error[pick - 1]),
        "best_test_error": Share(result.test_error[best - 1]),
    }
    if best in (1, len(result.k)):
        return None, evidence, phrase("because.best-k-is-an-end")
    if unclear := _unclear(params, result):
        return None, evidence, unclear
    beats_one, beats_n = (result.cv_gap[end] > 3 * result.cv_gap_se[end] for end in (0, -1))
    if beats_one and beats_n:
        return True, evidence, None
    holds, reason = (_one_is_no_worse if beats_n else _n_is_no_worse)(params, result)
    return False if pick in (1, len(result.k)) else holds, evidence, reason


def _unclear(params: Params, result: Result) -> Phrase | None:
    """Return why no gap between the errors of two k could be told from chance, if none could."""
    if result.origin is not None:
        few = result.origin.rows - len(result.k) < FEW_ROWS
        return phrase("because.few-rows") if few else None
    lost = 0.5 - result.bayes_error < 3 * result.test_gap_se.max()  # guessing errs half the time
    return phrase("because.only-noise", noise=params.noise, bayes=result.bayes_error) if lost else None


def _one_is_no_worse(params: Params, result: Result) -> Doubt:
    """Say what leaves k = 1 no worse than more neighbors, or the run unable to tell."""
    if result.origin is not None:
        return _own(result, 0, "because.hardly-worse.own")
    if result.bayes_error == 0:
        return None, phrase("because.noise-zero", noise=params.noise)
    if result.bayes_error <= LITTLE:
        return False, phrase("because.little-noise", noise=params.noise, mislabelled=result.mislabelled)
    return _much_noise(params, result) or (None, phrase("because.few-points"))


def _n_is_no_worse(params: Params, result: Result) -> Doubt:
    """Say what leaves the same label everywhere no worse than votes of fewer, or the run unable to tell."""
    if result.origin is not None:
        return _own(result, -1, "because.one-label.own")
    if much := _much_noise(params, result):
        return much
    if result.test_error[-1] - result.bayes_error <= LITTLE:
        return False, phrase("because.one-label")
    return None, phrase("because.few-points")


def _much_noise(params: Params, result: Result) -> Doubt | None:
    if result.bayes_error < COINS:
        return None
    return False, phrase("because.only-noise", noise=params.noise, bayes=result.bayes_error)


def _own(result: Result, end: int, little: str) -> Doubt:
    """Say whether, on the learner's rows, the gap of an end is little or just uncertain."""
    gap = result.test_gap[end]
    return (None, phrase("because.chance.own")) if gap > LITTLE else (False, phrase(little))


HEADLINES = (noise_is_learned, overfitting_hurts, cv_finds_it)
RULES = (*HEADLINES, train_error_falls, underfitting_hurts_both)
