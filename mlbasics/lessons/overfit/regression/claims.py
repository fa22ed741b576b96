"""What a textbook says of overfitting, judged on one run of the regression."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlbasics.kit import Ratio, Rough, Share, Verdict, judged, phrase
from mlbasics.numerics.order import equal

if TYPE_CHECKING:
    from mlbasics.lessons.overfit import Params
    from mlbasics.lessons.overfit.regression.experiment import Result

MANY_POINTS = 5  # points a coefficient from which on a curve has little noise to learn
FEW_ROWS = 10  # test rows; the standard error of fewer is itself too uncertain to count in
FEW_FOLDS = 5  # with fewer each fit lacks so many points that it says little of the fit to all
HALF_AS_MUCH_AGAIN = 1.5  # more than the few coefficients of a good fit alone take off the train MSE


def overfitting_hurts(params: Params, result: Result) -> Verdict:
    """The drawn degree is above the best one, and its test MSE is larger: by a tenth, and not by chance.

    Not by chance: by three paired standard errors or, where few points make up the mean, on so many more than
    half of the test points that they exceed half by three standard errors. The drawn degree is the highest,
    unless --degree is set. For each half of the test points, the best degree is chosen on the other half.
    """
    degree, best, n = params.drawn, result.best_degree.test, len(result.train.x)
    test = result.test_mse
    evidence = {
        "degree": degree,
        "test_mse": test[degree],
        "best_degree": best,
        "best_test_mse": test[best],
        "ratio": Ratio(test[degree] / max(test[best], result.rounding)),
        "worse": Share(result.test_worse[degree]),
    }
    own = "" if result.origin is None else ".own"
    higher = "--degree" if degree < params.max_degree else "--max-degree"
    return judged(
        evidence,
        (result.constant, None, phrase("because.constant-y")),
        (_few_rows(result), None, phrase("because.few-rows")),
        (degree < best, None, phrase("because.too-simple", degree=degree, best=best)),
        (result.worse[degree], True, None),
        (result.larger[degree], None, phrase("because.chance")),
        (test[best] <= result.rounding, None, phrase("because.exact", degree=best)),
        (result.noise_mse <= result.rounding, None, phrase("because.no-noise")),
        (
            n >= MANY_POINTS * (degree + 1),
            False,
            phrase("because.many-points", n_train=n, share=Share((degree + 1) / n)),
        ),
        (degree == best, None, phrase("because.best-is-drawn", degree=degree, option=higher)),
        (n <= degree, None, phrase(f"because.few-points{own}")),
        (True, False, phrase("because.hardly-worse", degree=degree, option=higher)),
    )


def underfitting_hurts_both(params: Params, result: Result) -> Verdict:
    """A degree that is too low has a larger test MSE and a training MSE larger by half than the best degree.

    The test MSE is larger by a tenth, and not by chance, as in overfitting. The degree is 1, or 0 where
    degree 1 is the best or the truth is a straight line.
    """
    simple, best = result.simple_degree, result.best_degree.test
    train, test = result.train_mse, result.test_mse
    evidence = {"best_degree": best, "best_train_mse": train[best], "best_test_mse": test[best]}
    if simple is None:
        reason = phrase("because.constant-y" if result.constant else "because.best-is-simplest")
        return None, evidence, phrase("because.constant") if best else reason
    evidence = {"degree": simple, "train_mse": train[simple], "test_mse": test[simple], **evidence}
    known, noise = result.origin is None, result.noise_mse
    return judged(
        evidence,
        (_few_rows(result), None, phrase("because.few-rows")),
        (result.worse[simple] and train[simple] > HALF_AS_MUCH_AGAIN * train[best], True, None),
        (known and noise > test[simple] - noise, False, phrase("because.noise-drowns", degree=simple)),
        (known and result.worse[simple], False, phrase("because.none-better")),
        (known, None, phrase("because.few-points")),
        (test[best] > result.test_gap[simple], False, phrase("because.noise-drowns.own", degree=simple)),
        (True, None, phrase("because.chance")),
    )


def cv_finds_it(params: Params, result: Result) -> Verdict:
    """On this data set, the degree that cross-validation picks has a lower test MSE than both extremes.

    The extremes are degree 0 and the highest degree; where one of them is the best, than the other one.
    """
    pick, mse, n = result.best_degree.cv, result.test_mse, len(result.train.x)
    evidence = {
        "picked_degree": pick,
        "picked_test_mse": Rough(mse[pick]),
        "simplest_test_mse": Rough(mse[0]),
        "degree": params.max_degree,
        "test_mse": Rough(mse[-1]),
    }
    extremes = [end for end in (mse[0], mse[-1]) if not equal(end, mse.min(), result.rounding)]
    avoided = all(mse[pick] < end and not equal(mse[pick], end, result.rounding) for end in extremes)
    return judged(
        evidence,
        (result.constant, None, phrase("because.constant-y")),
        (not extremes, None, phrase("because.no-better-extreme")),
        (avoided, True, None),
        (result.folds < min(n, FEW_FOLDS), False, phrase("because.few-folds", folds=result.folds)),
        (True, False, phrase("because.picked-badly", n_train=n)),
    )


def train_error_falls(params: Params, result: Result) -> Verdict:
    """The training MSE never rises with the degree and ends lower; it ends at zero if coefficients suffice.

    They suffice where the highest degree has as many as there are points. What rounding leaves is no rise.
    """
    mse, n = result.train_mse, len(result.train.x)
    evidence = {"degree": params.max_degree, "train_mse": Rough(mse[-1]), "simplest_train_mse": Rough(mse[0])}
    rises = (mse[1:] > mse[:-1]) & ~equal(mse[1:], mse[:-1], result.rounding)
    return judged(
        evidence,
        (params.max_degree == 0, None, phrase("because.one-degree")),
        (mse[0] <= result.rounding, None, phrase("because.constant-y")),
        (params.max_degree + 1 >= n and mse[-1] > result.rounding, False, phrase("because.shared-x")),
        (rises.any() or equal(mse[-1], mse[0], result.rounding), False, phrase("because.no-better-fit")),
        (True, True, None),
    )


def _few_rows(result: Result) -> bool:
    """Return whether the learner's rows leave too few to test on."""
    return result.origin is not None and result.test_points < FEW_ROWS


HEADLINES = (overfitting_hurts, underfitting_hurts_both, cv_finds_it)
RULES = (*HEADLINES, train_error_falls)
