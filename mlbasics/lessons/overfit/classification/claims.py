"""What a textbook says of overfitting, judged on one run of the classification."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlbasics.kit import Phrase, Share, Verdict, judged, phrase

if TYPE_CHECKING:
    from mlbasics.lessons.overfit import Params
    from mlbasics.lessons.overfit.classification.experiment import Result

FEW_ROWS = 10  # test rows; the standard error of fewer is itself too uncertain to count in
COINS = 0.4  # a Bayes error from which on labels are little more than coins, whose is 0.5
LITTLE = 0.05  # a Bayes error, or a gap from it, up to which there is little to be wrong about


def overfitting_hurts(params: Params, result: Result) -> Verdict:
    """At k = 1, the test error is above that of the best k by more than three paired standard errors.

    For each half of the test points, the best k is chosen on the other half.
    """
    best, own, bayes = result.best_k.test, result.origin is not None, result.bayes_error
    evidence = {
        "test_error": Share(result.test_error[0]),
        "best_k": best,
        "best_test_error": Share(result.test_error[best - 1]),
        "bayes_error": Share(bayes),
    }
    little = phrase("because.little-noise", noise=params.noise, mislabeled=result.mislabeled)
    return judged(
        evidence,
        (best == 1, None, phrase("because.best-is-one")),
        _unclear(params, result),
        (result.test_gap[0] > 3 * result.test_gap_se[0], True, None),
        (own and result.test_gap[0] > LITTLE, None, phrase("because.chance")),
        (own, False, phrase("because.hardly-worse.own")),
        (bayes == 0, None, phrase("because.no-noise")),
        (bayes <= LITTLE, False, little),
        (bayes >= COINS, False, _only_noise(params, result)),
        (True, None, phrase("because.few-points")),
    )


def underfitting_hurts_both(params: Params, result: Result) -> Verdict:
    """At k = n, the test error is above that of the best k, and so is the training error.

    The test error by more than three paired standard errors. For each half of the test points, the best k is
    chosen on the other half.
    """
    best, n, own = result.best_k.test, len(result.k), result.origin is not None
    train, test, bayes = result.train_error, result.test_error, result.bayes_error
    evidence = {
        "n_train": n,
        "train_error": Share(train[-1]),
        "test_error": Share(test[-1]),
        "best_k": best,
        "best_train_error": Share(train[best - 1]),
        "best_test_error": Share(test[best - 1]),
    }
    one_label = phrase("because.one-label", wrong=Share(test[-1]), bayes=Share(bayes))
    return judged(
        evidence,
        (best == n, None, phrase("because.best-is-n")),
        _unclear(params, result),
        (result.test_gap[-1] > 3 * result.test_gap_se[-1] and train[-1] > train[best - 1], True, None),
        (own and result.test_gap[-1] > LITTLE, None, phrase("because.chance")),
        (own, False, phrase("because.one-label.own")),
        (bayes >= COINS, False, _only_noise(params, result)),
        (test[-1] - bayes <= LITTLE, False, one_label),
        (True, None, phrase("because.few-points")),
    )


def cv_finds_it(params: Params, result: Result) -> Verdict:
    """On this data set, the k that cross-validation picks has a lower test error than k = 1 and k = n."""
    pick, best, n, test = result.best_k.cv, result.best_k.test, len(result.k), result.test_error
    evidence = {
        "picked_k": pick,
        "picked_test_error": Share(test[pick - 1]),
        "best_test_error": Share(test[best - 1]),
    }
    return judged(
        evidence,
        (min(test[0], test[-1]) == test.min(), None, phrase("because.best-k-is-an-extreme")),
        _unclear(params, result),
        (test[pick - 1] < min(test[0], test[-1]), True, None),
        (True, False, phrase("because.picked-badly", n_train=n)),
    )


def train_error_falls(params: Params, result: Result) -> Verdict:
    """The training error is zero at k = 1, and above zero at k = n."""
    error = result.train_error
    shares = {"train_error": Share(error[0]), "simplest_train_error": Share(error[-1])}
    return judged(
        {"n_train": len(result.k), **shares},
        (error[-1] == 0, None, phrase("because.one-class")),
        (error[0] == 0, True, None),
        (True, False, phrase("because.same-place")),
    )


def _unclear(params: Params, result: Result) -> tuple[object, bool | None, Phrase]:
    """Return why no gap between the errors of two k could be told from chance, where none could."""
    if result.origin is not None:
        return result.origin.rows - len(result.k) < FEW_ROWS, None, phrase("because.few-rows")
    hidden = 0.5 - result.bayes_error < 3 * result.test_gap_se.max()  # guessing is wrong half the time
    return hidden, None, _only_noise(params, result)


def _only_noise(params: Params, result: Result) -> Phrase:
    return phrase("because.only-noise", noise=params.noise, bayes=Share(result.bayes_error))


HEADLINES = (overfitting_hurts, underfitting_hurts_both, cv_finds_it)
RULES = (*HEADLINES, train_error_falls)
