"""What a textbook says of overfitting, judged on one run of the classification."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlbasics.kit import Phrase, Share, Verdict, judged, phrase

if TYPE_CHECKING:
    from mlbasics.lessons.overfit import Params
    from mlbasics.lessons.overfit.classification.experiment import Result

    Row = tuple[object, bool | None, Phrase | None]

FEW_ROWS = 10  # test rows; the standard error of fewer is itself too uncertain to count in
COINS = 0.4  # a Bayes error from which on labels are little more than coins, whose is 0.5
LITTLE = 0.05  # a Bayes error, or a gap from it, up to which there is little to be wrong about


def overfitting_hurts(params: Params, result: Result) -> Verdict:
    """At k = 1, the test error is above that of the best k by more than three paired standard errors.

    For each half of the test points, the best k is chosen on the other half.
    """
    best = result.best_k.test
    evidence = {
        "test_error": Share(result.test_error[0]),
        "best_k": best,
        "best_test_error": Share(result.test_error[best - 1]),
        "bayes_error": Share(result.bayes_error),
    }
    return judged(
        evidence,
        (best == 1, None, phrase("because.best-is-one")),
        *_unclear(params, result),
        (result.test_gap[0] > 3 * result.test_gap_se[0], True, None),
        *_one_is_no_worse(params, result),
    )


def underfitting_hurts_both(params: Params, result: Result) -> Verdict:
    """At k = n, the test error and the training error are clearly above those of the best k.

    The test error by more than three paired standard errors, the training error by more than two. For each
    half of the test points, the best k is chosen on the other half.
    """
    best, n = result.best_k.test, len(result.k)
    evidence = {
        "n_train": n,
        "train_error": Share(result.train_error[-1]),
        "test_error": Share(result.test_error[-1]),
        "best_k": best,
        "best_train_error": Share(result.train_error[best - 1]),
        "best_test_error": Share(result.test_error[best - 1]),
    }
    worse = result.test_gap[-1] > 3 * result.test_gap_se[-1]
    return judged(
        evidence,
        (best == n, None, phrase("because.best-is-n")),
        *_unclear(params, result),
        (worse and result.train_gap[-1] > 2 * result.train_gap_se[-1], True, None),
        *_n_is_no_worse(params, result),
    )


def cv_finds_it(params: Params, result: Result) -> Verdict:
    """The test error at the picked k is below that at k = 1 and at k = n.

    Both differences exceed three paired standard errors.
    """
    pick, best, n = result.best_k.cv, result.best_k.test, len(result.k)
    evidence = {
        "picked_k": pick,
        "picked_test_error": Share(result.test_error[pick - 1]),
        "best_test_error": Share(result.test_error[best - 1]),
    }
    beats_one, beats_n = (result.cv_gap[extreme] > 3 * result.cv_gap_se[extreme] for extreme in (0, -1))
    why = (_one_is_no_worse if beats_n else _n_is_no_worse)(params, result)
    return judged(
        evidence,
        (best in (1, n), None, phrase("because.best-k-is-an-extreme")),
        *_unclear(params, result),
        (beats_one and beats_n, True, None),
        *((applies, False if pick in (1, n) else holds, reason) for applies, holds, reason in why),
    )


def train_error_falls(params: Params, result: Result) -> Verdict:
    """The training error is zero at k = 1, and above zero at k = n."""
    error = result.train_error
    evidence = {
        "train_error": Share(error[0]),
        "n_train": len(result.k),
        "simplest_train_error": Share(error[-1]),
    }
    return judged(
        evidence,
        (error[-1] == 0, None, phrase("because.one-class")),
        (error[0] == 0, True, None),
        (True, False, phrase("because.same-place")),
    )


def noise_is_learned(params: Params, result: Result) -> Verdict:
    """At k = 1, every mislabeled training point is reproduced; at the best k, fewer than half of them."""
    best, share = result.best_k.test, result.noise_share
    evidence: dict[str, float] = {"mislabelled": result.mislabelled, "best_k": best}
    if result.mislabelled:
        evidence |= {"share": Share(share[0]), "best_share": Share(share[best - 1])}
    return judged(
        evidence,
        (result.origin is not None, None, phrase("because.own-data")),
        (result.mislabelled == 0, None, phrase("because.none-mislabelled")),
        (best == 1, None, phrase("because.best-is-one")),
        *_unclear(params, result),
        (share[0] == 1 and share[best - 1] < 0.5, True, None),
        *_one_is_no_worse(params, result),
    )


def _unclear(params: Params, result: Result) -> list[Row]:
    """Return why no gap between the errors of two k could be told from chance, where none could."""
    if result.origin is not None:
        return [(result.origin.rows - len(result.k) < FEW_ROWS, None, phrase("because.few-rows"))]
    hidden = 0.5 - result.bayes_error < 3 * result.test_gap_se.max()  # guessing is wrong half the time
    return [(hidden, None, _only_noise(params, result))]


def _one_is_no_worse(params: Params, result: Result) -> list[Row]:
    """Return what leaves k = 1 no worse than more neighbors, or the run unable to tell."""
    if result.origin is not None:
        return _own(result, 0, "because.hardly-worse.own")
    bayes = result.bayes_error
    little = phrase("because.little-noise", noise=params.noise, mislabelled=result.mislabelled)
    return [
        (bayes == 0, None, phrase("because.no-noise")),
        (bayes <= LITTLE, False, little),
        (bayes >= COINS, False, _only_noise(params, result)),
        (True, None, phrase("because.few-points")),
    ]


def _n_is_no_worse(params: Params, result: Result) -> list[Row]:
    """Return what leaves one label everywhere no worse than votes of fewer, or the run unable to tell."""
    if result.origin is not None:
        return _own(result, -1, "because.one-label.own")
    wrong, bayes = result.test_error[-1], result.bayes_error
    return [
        (bayes >= COINS, False, _only_noise(params, result)),
        (wrong - bayes <= LITTLE, False, phrase("because.one-label", wrong=Share(wrong), bayes=Share(bayes))),
        (True, None, phrase("because.few-points")),
    ]


def _only_noise(params: Params, result: Result) -> Phrase:
    return phrase("because.only-noise", noise=params.noise, bayes=Share(result.bayes_error))


def _own(result: Result, extreme: int, little: str) -> list[Row]:
    """Return whether, on the learner's rows, the gap of an extreme is little or just uncertain."""
    return [
        (result.test_gap[extreme] > LITTLE, None, phrase("because.chance")),
        (True, False, phrase(little)),
    ]


HEADLINES = (overfitting_hurts, underfitting_hurts_both, cv_finds_it)
RULES = (*HEADLINES, train_error_falls, noise_is_learned)
