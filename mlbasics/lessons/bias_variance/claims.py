"""What a textbook says of bias and variance, judged on one run."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from mlbasics.kit import Phrase, Rough, Share, Verdict, judged, needs_truth, phrase
from mlbasics.numerics.decomposition import KEPT

if TYPE_CHECKING:
    from mlbasics.lessons.bias_variance import Params
    from mlbasics.lessons.bias_variance.experiment import Result

MANY = 30  # training sets: from fewer, a standard error says little
SAME = 0.05  # a change known to be smaller than this share is none


@needs_truth
def too_simple_is_biased(params: Params, result: Result) -> Verdict:
    """The error of the line, or else the simplest model, is over 10% above the lowest, mostly by bias².

    Both hold on more than half of the data sets, by over three standard errors; mostly is by over half.
    """
    return _owed_to(params, result, result.simple_index, "bias2")


def too_free_varies(params: Params, result: Result) -> Verdict:
    """The error of the most flexible model is over 10% above the lowest, mostly by variance.

    Both hold on more than half of the data sets, by over three standard errors; mostly is by over half.
    """
    return _owed_to(params, result, len(result.complexity) - 1, "variance")


def sweet_spot_inside(params: Params, result: Result) -> Verdict:
    """A model between the simple one and the most flexible has a lower error than both.

    On more than half of the data sets, by over three standard errors.  The simple one is the line, if the
    best is more flexible, else the simplest.
    """
    best, last = result.best_index, len(result.complexity) - 1
    ends = result.simple_index, last
    worse = {i: _more_often(result.shares.worse[i], params.trials) for i in range(ends[0], last + 1)}
    names = ("total", "simplest_total", "most_complex_total")
    error = result.total if result.origin is None else result.oob_mse
    evidence = {"best": result.best} | {
        name: Rough(error[i]) for name, i in zip(names, (best, *ends), strict=True)
    }
    unknown = _unknown(params, result, 3, "few-complexities")
    lowest = phrase(f"because.{'most-complex' if best else 'simplest'}-best")
    tie = phrase("because.tie", end=result.complexity[min(ends, key=lambda i: worse[i])])
    return judged(
        evidence,
        (unknown, None, unknown),
        (not result.variance.any(), False, phrase("because.no-variance")),
        (worse[ends[0]] == worse[last] == 1, True, None),
        (best in ends and all(worse[i] == 1 for i in worse if i != best), False, lowest),
        (best not in ends and -1 in (worse[ends[0]], worse[last]), False, tie),
        (True, None, phrase("because.close")),
    )


def bias_falls(params: Params, result: Result) -> Verdict:
    """Bias² of the most flexible model is below that of the simplest by over three standard errors."""
    return _less_biased(params, result, len(result.complexity) - 1, ("simplest_bias2", "most_complex_bias2"))


def variance_grows(params: Params, result: Result) -> Verdict:
    """A fit of the most flexible model is farther from the median fit than one of the simplest.

    On more than half of the data sets, by over three standard errors.
    """
    last = len(result.complexity) - 1
    return _varies_more(params, result, last, ("simplest_variance", "most_complex_variance"))


def linear_more_biased_than_mlp(params: Params, result: Result) -> Verdict:
    """Bias² of linear regression is above the best network's by over three standard errors."""
    return _less_biased(params, result, result.network, ("linear_bias2", "mlp_bias2"))


def mlp_varies_more(params: Params, result: Result) -> Verdict:
    """A fit of the best network is farther from the median fit than one of linear regression.

    On more than half of the data sets, by over three standard errors.
    """
    return _varies_more(params, result, result.network, ("linear_variance", "mlp_variance"))


Rules = Sequence[Callable[["Params", "Result"], Verdict]]

RULES: Rules = (too_simple_is_biased, too_free_varies, sweet_spot_inside, bias_falls, variance_grows)
HEADLINES: Rules = RULES[:3]
OWN_HEADLINES: Rules = (too_free_varies, sweet_spot_inside, variance_grows)
MLP_HEADLINES: Rules = (linear_more_biased_than_mlp, mlp_varies_more, too_simple_is_biased)
MLP_RULES: Rules = (*MLP_HEADLINES, too_free_varies, sweet_spot_inside)


def _owed_to(params: Params, result: Result, i: int, name: str) -> Verdict:
    """Judge whether a learner errs more than the best, and does so by one of the terms."""
    best, c, free = result.best_index, result.complexity, name == "variance"
    term = max(float(getattr(result, name)[i]), 0.0)
    total = float(result.total[i])
    share = Share(min(term / total, 1) if total > 0 else math.nan)
    evidence = {"complexity": c[i], "best": c[best], name: Rough(term), "share": share}
    worse = _more_often(result.shares.tenth_worse[i], params.trials)
    varied = _more_often(result.shares.by_variance[i], min(params.trials, KEPT))
    sign = varied if free else -varied
    other = phrase("because.mostly-other", other=phrase(f"series.{'bias2' if free else 'variance'}"))
    unknown = _unknown(params, result, 2)
    return judged(
        evidence,
        (unknown, None, unknown),
        (free and not result.variance.any(), False, phrase("because.no-variance")),
        (i == best, None, phrase(f"because.none-{'freer' if i else 'simpler'}")),
        (worse < 0, False, phrase(f"because.hardly-worse.{name}", n_train=params.n_train)),
        (worse and sign > 0, True, None),
        (worse and sign < 0, False, other),
        (True, None, phrase("because.few-trials")),
    )


def _less_biased(params: Params, result: Result, i: int, names: tuple[str, str]) -> Verdict:
    """Judge whether bias² of a model is below that of the simplest."""
    ends = [0, i]
    before, after = result.bias2[ends]
    known = 3 * result.se.bias2[ends]
    fall, unsure = before - after, math.hypot(*known)
    evidence = _evidence(names, before, after)
    unknown = _unknown(params, result, 2)
    heavy = np.isin(result.complexity, result.heavy_tail)[ends].any()
    return judged(
        evidence,
        (unknown, None, unknown),
        (heavy, None, phrase("because.heavy-tail")),
        (max(before - known[0], after - known[1]) <= 0, None, phrase("because.no-bias")),
        (abs(fall) + unsure <= SAME * before, False, phrase("because.same")),
        (fall > unsure, True, None),
        (-fall > unsure, False, phrase("because.other-way")),
        (True, None, phrase("because.few-trials")),
    )


def _varies_more(params: Params, result: Result, i: int, names: tuple[str, str]) -> Verdict:
    """Judge whether the fits of a model vary more than those of the simplest."""
    farther = float(np.mean(result.distance2[:, i] > result.distance2[:, 0]))
    sign = _more_often(farther, min(params.trials, KEPT))
    unknown = _unknown(params, result, 2)
    return judged(
        _evidence(names, result.variance[0], result.variance[i]),
        (unknown, None, unknown),
        (not result.variance.any(), False, phrase("because.no-variance")),
        (sign > 0, True, None),
        (sign < 0, False, phrase("because.other-way")),
        (True, None, phrase("because.few-trials")),
    )


def _evidence(names: tuple[str, str], *values: float) -> dict[str, float]:
    return {name: Rough(max(value, 0)) for name, value in zip(names, values, strict=True)}


def _more_often(share: float, sets: int) -> int:
    """Return 1 where a share of sets is over half by three standard errors of a fair coin, -1 where under."""
    return int(np.sign(share - 0.5)) * (abs(share - 0.5) > 1.5 / math.sqrt(sets))


def _unknown(params: Params, result: Result, models: int, few: str = "one-complexity") -> Phrase | None:
    """Return why a run cannot tell: it has fewer models than are compared, or too few sets."""
    if len(result.complexity) < models:
        return phrase(f"because.{few}")
    if result.origin and not np.ptp(result.truth):
        return phrase("because.constant-y")
    return phrase("because.few-sets", least=MANY) if params.trials < MANY else None
