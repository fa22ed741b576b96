"""What a textbook says of universal approximation, judged on one run."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING

from mlbasics.kit import Phrase, Rough, Verdict, phrase
from mlbasics.lessons.uat import stepped

if TYPE_CHECKING:
    from mlbasics.lessons.uat import Params
    from mlbasics.lessons.uat.experiment import Result

NEAR = 1 / 4  # of the target's range: what is off by more does not follow it
FOUND = 0.01  # of the target's range: weights that are off by no more are good


def follows_the_curve(params: Params, result: Result) -> Verdict:
    """The network's largest error is at most a quarter of the target's range."""
    span, told = extent(result), _told(result)
    evidence = {"neurons": params.neurons, "sup_error": told(result.sup_error), "range": told(span)}
    holds = result.sup_error <= NEAR * span + rounding(result)
    return holds, evidence, None if holds else _why_far(params, result)


def rate_is_one_over_n(params: Params, result: Result) -> Verdict:
    """From 10 to 200 neurons, the slope of log largest error against log neurons is -1, to within 0.15."""
    by, told = result.widths, _told(result)
    once, twice = by.neurons.index(50), by.neurons.index(100)
    evidence = {
        "slope": result.slope,
        "neurons": by.neurons[once],
        "sup_error": told(by.sup_error[once]),
        "twice": by.neurons[twice],
        "half": told(by.sup_error[twice]),
    }
    if max(by.sup_error) <= rounding(result):
        return None, evidence, phrase("because.exact")
    if params.activation != "linear" and not stepped(params):
        return None, evidence, phrase("because.not-steps")
    holds = abs(result.slope + 1) < 0.15
    widest = by.neurons[-1]
    return (
        holds,
        evidence,
        None if holds else _why(params, result, phrase("because.wide-steps", widest=widest)),
    )


def training_has_to_find(params: Params, result: Result) -> Verdict:
    """Training from random weights ends with less than half the largest error it has after few steps.

    Few steps are a tenth of all; the error after them is over 1% of the target's range.
    """
    training, told, span = result.training, _told(result), extent(result)
    first, last = training.sup_error
    evidence = {
        "neurons": training.neurons,
        "few": training.steps[0],
        "first": told(first),
        "many": training.steps[1],
        "last": told(last),
    }
    if span <= rounding(result):
        return None, evidence, phrase("because.exact")
    if first <= FOUND * span:
        return None, evidence, phrase("because.found", few=training.steps[0])
    holds = last < first / 2
    return (
        holds,
        evidence,
        None
        if holds
        else _why(params, result, phrase("because.hard", neurons=training.neurons, many=training.steps[1])),
    )


def steps_from_steepness(params: Params, result: Result) -> Verdict:
    """The mean distance from a step falls with each larger weight, and is below 1% at the largest."""
    distance, weight = result.ladder.distance, result.ladder.weight
    evidence = {
        "weight": weight[-1],
        "distance": distance[-1],
        "first_weight": weight[0],
        "first_distance": distance[0],
    }
    holds = all(b < a for a, b in pairwise(distance)) and distance[-1] < 0.01
    return holds, evidence, None if holds else phrase("because.no-step", activation=params.activation)


def jump_resists(params: Params, result: Result) -> Verdict:
    """The largest error stays above 0.4 of the jump at every width, while the RMS error falls by half."""
    jump = result.jump
    evidence = {
        "jump": jump.size,
        "narrowest": jump.neurons[0],
        "widest": jump.neurons[-1],
        "sup_error": min(jump.sup_error),
        "first_rms": jump.rms_error[0],
        "last_rms": jump.rms_error[-1],
    }
    if max(jump.rms_error) <= 1e-6 * jump.size:
        return None, evidence, phrase("because.lone-point")
    stays, falls = min(jump.sup_error) > 0.4 * jump.size, jump.rms_error[-1] < jump.rms_error[0] / 2
    if stays and falls:
        return True, evidence, None
    if not stays:  # beside a jump a continuous network errs by half of it: the floats there lie too far apart
        return False, evidence, phrase("because.floats")
    if params.steepness is not None and min(jump.sup_error) < 0.75 * jump.size:  # nothing else is as far off
        return False, evidence, phrase("because.steepness")
    return False, evidence, phrase("because.too-fine", widest=jump.neurons[-1])


def lost_outside(params: Params, result: Result) -> Verdict:
    """Up to half a width beyond the interval, the largest error is over five times that inside."""
    outside = result.outside.sup_error
    if math.isnan(outside):
        return None, {"inside": result.sup_error}, phrase("because.undefined-outside")
    evidence = {"inside": result.sup_error, "outside": outside}
    holds = outside > 5 * result.sup_error + rounding(result)
    coarse = result.sup_error > extent(result) / 10
    return holds, evidence, None if holds else phrase("because.coarse" if coarse else "because.flat")


def _why_far(params: Params, result: Result) -> Phrase:
    """Return why the network is not near the target everywhere, and how many neurons of those tried are."""
    tried = zip(result.widths.neurons, result.widths.sup_error, strict=True)
    enough = [n for n, error in tried if n > params.neurons and error <= NEAR * extent(result)]
    if enough:
        return phrase("because.few-neurons", enough=enough[0])
    return _why(params, result, phrase("because.too-fine", widest=params.neurons))


def _why(params: Params, result: Result, otherwise: Phrase) -> Phrase:
    """Return why networks of this kind stay away from the target."""
    if params.activation == "linear":
        return phrase("because.linear")
    if result.largest_jump > FOUND * extent(result):
        return phrase("because.half-jump")
    if math.isinf(result.lipschitz):
        return phrase("because.jump")
    return otherwise if params.steepness is None else phrase("because.steepness")


def extent(result: Result) -> float:
    """Return how far the target goes up and down."""
    return float(result.curves.target.max() - result.curves.target.min())


def rounding(result: Result) -> float:
    """Return what is no error, but the rounding of values as large as the target's."""
    return 1e-12 * float(abs(result.curves.target).max())


def _told(result: Result) -> Callable[[float], float]:
    """Return how errors are told: to two digits, unless the target is tiny or huge."""
    return Rough if 0.01 <= extent(result) < 1e6 else float


HEADLINES = (follows_the_curve, rate_is_one_over_n, training_has_to_find)
RULES = (*HEADLINES, steps_from_steepness, jump_resists, lost_outside)
