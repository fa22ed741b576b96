"""What a textbook says of overfitting, judged on one run of the regression."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlbasics.kit import Phrase, Ratio, Rough, Share, Verdict, phrase

if TYPE_CHECKING:
    from mlbasics.lessons.overfit import Params
    from mlbasics.lessons.overfit.regression.experiment import Result
    from mlbasics.words import Phrase

    Doubt = tuple[bool | None, Phrase]
    """False or, where the run cannot tell, None; and why."""

MANY_POINTS = 10  # points per coefficient from which on even the highest degree has little noise to learn
FEW_ROWS = 10  # test rows; the standard error of fewer is itself too uncertain to count in
FEW_SETS = 10  # fresh sets; the mean share over fewer is too skewed for a rule in standard errors
HARDLY = 0.1  # of the best test MSE: a gap no larger is little, whatever its standard error
ALIKE = 1e-12  # of a mean squared error: a difference that the arithmetic may leave
HALF_AS_MUCH_AGAIN = 1.5  # more than the few coefficients of a good fit alone take off the train MSE
NEAR = 2  # times the best test MSE: an end that errs no more leaves little to find between the ends


def train_error_falls(params: Params, result: Result) -> Verdict:
    """Train MSE never rises with the degree, and is lower at the highest degree than at degree 0."""
    mse = result.train_mse
    evidence = {"degree": params.max_degree, "train_mse": mse[-1], "simplest_train_mse": mse[0]}
    if params.max_degree == 0:
        return None, evidence, phrase("because.one-degree")
    if mse[0] <= result.rounding:
        return None, evidence, phrase("because.nothing-to-fit")
    rises = mse[1:] - mse[:-1] > result.rounding + ALIKE * mse[:-1]
    holds = bool(not rises.any() and mse[-1] < mse[0])
    return holds, evidence, None if holds else phrase("because.no-better-fit")


def noise_in_the_curve(params: Params, result: Result) -> Verdict:
    """Of the degree drawn, the highest without --degree, train MSE is zero but for rounding."""
    degree, n = params.drawn, len(result.train.x)
    share = result.noise_share[degree]
    evidence = {
        "degree": degree,
        "coefficients": degree + 1,
        "n_train": n,
        "train_mse": Rough(result.train_mse[degree]),
        "share": Share(share),
    }
    if result.origin is None and result.noise_mse <= result.rounding:
        return None, evidence, phrase("because.no-noise")
    holds = bool(result.train_mse[degree] <= result.rounding)
    return holds, evidence, None if holds else phrase("because.fewer-coefficients")


def overfitting_hurts(params: Params, result: Result) -> Verdict:
    """Test MSE of the degree drawn, the highest without --degree, exceeds that of the best, a lower one.

    By over three paired standard errors; which degree is the best is chosen for each half of the test points
    by the other half.
    """
    degree, best = params.drawn, result.best_degree.test
    gap, error = result.test_gap[degree], result.test_gap_se[degree]
    ratio = result.test_mse[degree] / (result.test_mse[best] or float("nan"))
    evidence = {
        "degree": degree,
        "test_mse": result.test_mse[degree],
        "best_degree": best,
        "best_test_mse": result.test_mse[best],
        "ratio": Ratio(ratio),
        "gap": gap,
        "gap_se": error,
    }
    if _few_rows(result):
        return None, evidence, phrase("because.few-rows")
    if degree < best:
        return None, evidence, phrase("because.too-simple", degree=degree, best=best)
    if gap > max(3 * error, result.rounding):
        return (
            True,
            evidence,
            phrase("verdict.barely", share=Share(ratio - 1)) if ratio < 1 + HARDLY else None,
        )
    holds, reason = _no_overfitting(params, result)
    return holds, evidence, reason


def _no_overfitting(params: Params, result: Result) -> Doubt:
    """Say what leaves the degree nothing to overfit, or the run unable to tell."""
    degree, best, n = params.drawn, result.best_degree.test, len(result.train.x)
    if result.test_gap[degree] > max(HARDLY * result.test_mse[best], result.rounding):
        return None, phrase("because.chance" if result.origin is None else "because.chance.own")
    if result.noise_mse <= result.rounding:
        return None, phrase("because.noise-zero", noise=params.noise)
    if best == degree:
        return None, phrase("because.best-is-drawn", degree=degree)
    if n <= degree:  # the highest degrees pass through every point and draw the same curve
        return None, phrase("because.few-points")
    if n >= MANY_POINTS * (degree + 1):
        return False, phrase("because.many-points", n_train=n)
    return False, phrase("because.hardly-worse", degree=degree, best=best)


def underfitting_hurts_both(params: Params, result: Result) -> Verdict:
    """At a too simple degree test MSE exceeds the best's by three paired standard errors, train MSE by half.

    Which degree is the best is chosen for each half of the test points by the other half.
    """
    simple, best = result.simple_degree, result.best_degree.test
    evidence = {
        "best_degree": best,
        "best_train_mse": result.train_mse[best],
        "best_test_mse": result.test_mse[best],
    }
    if simple is None:
        return None, evidence, phrase("because.best-is-simplest" if best == 0 else "because.constant")
    of_simple = {"train_mse": result.train_mse[simple], "test_mse": result.test_mse[simple]}
    evidence = {"degree": simple, **of_simple, **evidence}
    if _few_rows(result):
        return None, evidence, phrase("because.few-rows")
    if (
        result.test_gap[simple] > max(3 * result.test_gap_se[simple], result.rounding)
        and result.train_mse[simple] > HALF_AS_MUCH_AGAIN * result.train_mse[best]
    ):
        return True, evidence, None
    holds, reason = _no_underfitting(params, result, simple)
    return holds, evidence, reason


def _no_underfitting(params: Params, result: Result, simple: int) -> Doubt:
    """Say what hides that a degree is too simple: noise, if that is more than it misses, or few points."""
    best = result.best_degree.test
    if result.origin is not None:
        if result.test_mse[best] > result.test_gap[simple]:
            return False, phrase("because.noise-drowns.own", degree=simple)
        return None, phrase("because.chance.own")
    if result.noise_mse > result.test_mse[simple] - result.noise_mse:
        return False, phrase("because.noise-drowns")
    if best == params.max_degree:
        return False, phrase("because.none-better")
    return None, phrase("because.few-points")


def noise_is_learned(params: Params, result: Result) -> Verdict:
    """At every degree the mean share over fresh sets is within four standard errors of (degree + 1)/n."""
    n, share = params.n_train, result.repeats.noise_share
    expected = (result.degrees + 1).clip(max=n) / n
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
    if params.repeats < FEW_SETS:
        return None, evidence, phrase("because.few-repeats", least=FEW_SETS)
    holds = bool((abs(share - expected) <= 4 * error + 1e-9).all())
    return holds, evidence, None if holds else phrase("because.unlucky")


def cv_finds_it(params: Params, result: Result) -> Verdict:
    """On nine in ten fresh training sets the degree picked errs less than degree 0 and than the highest."""
    pick, best = result.best_degree.cv, result.best_degree.test
    evidence = {
        "beats_ends": round(result.repeats.cv_beats_ends * params.repeats),
        "repeats": params.repeats,
        "picked_degree": pick,
        "picked_test_mse": result.test_mse[pick],
        "best_test_mse": result.test_mse[best],
    }
    typical = result.band.test_mid
    least, end = min(typical), min(typical[0], typical[-1])
    if end <= least + result.rounding:
        return None, evidence, phrase("because.best-is-an-end")
    if params.repeats < FEW_SETS:
        return None, evidence, phrase("because.few-repeats", least=FEW_SETS)
    if result.repeats.cv_beats_ends >= 0.9:
        return True, evidence, None
    if end <= NEAR * least:
        degree = 0 if typical[0] < typical[-1] else params.max_degree
        return False, evidence, phrase("because.near-end", degree=degree, ratio=float(end / least))
    return False, evidence, phrase("because.led-astray", n_train=len(result.train.x))


def cv_escapes(params: Params, result: Result) -> Verdict:
    """On this data set the degree that cross-validation picks errs less on new points than both ends do."""
    pick, mse = result.best_degree.cv, result.test_mse
    evidence = {
        "picked_degree": pick,
        "picked_test_mse": Rough(mse[pick]),
        "simplest_test_mse": Rough(mse[0]),
        "degree": params.max_degree,
        "test_mse": Rough(mse[-1]),
    }
    if result.best_degree.test in (0, params.max_degree):
        return None, evidence, phrase("because.best-is-an-end")
    holds = bool(mse[pick] < min(mse[0], mse[-1]))
    return holds, evidence, None if holds else phrase("because.picked-badly", n_train=len(result.train.x))


def _few_rows(result: Result) -> bool:
    """Return whether the learner's rows leave too few to test on."""
    return result.origin is not None and result.origin.rows - len(result.train.x) < FEW_ROWS


HEADLINES = (noise_in_the_curve, overfitting_hurts, cv_escapes)
RULES = (*HEADLINES, train_error_falls, underfitting_hurts_both, noise_is_learned, cv_finds_it)
