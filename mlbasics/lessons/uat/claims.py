"""What a textbook says of universal approximation, judged on one run."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING

from mlbasics.kit import Rough, Verdict, phrase
from mlbasics.lessons.uat import MOST, stepped
from mlbasics.lessons.uat.reasons import (
    NEAR,
    extent,
    rounding,
    why_it_stays,
    why_no_bound,
    why_not_half,
    why_not_near,
)

if TYPE_CHECKING:
    from mlbasics.lessons.uat import Params
    from mlbasics.lessons.uat.result import Result


FOUND = 0.01  # of the target's range: weights that err no more are good enough to count as found
TWICE = 2.0  # times the error of weights that are known: what errs more has missed them


def follows_the_curve(params: Params, result: Result) -> Verdict:
    """The network's largest error is at most a quarter of the target's range."""
    span = extent(result)
    told = _told(result)
    evidence = {"neurons": params.neurons, "sup_error": told(result.sup_error), "range": told(span)}
    if result.sup_error <= NEAR * span + rounding(result):
        return True, evidence, None
    return False, evidence, why_not_near(params, result)


def rate_is_one_over_n(params: Params, result: Result) -> Verdict:
    """From 10 to 200 neurons, the slope of log largest error against log neurons is within 0.15 of -1."""
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
    return holds, evidence, None if holds else why_not_half(params, result)


def training_can_miss(params: Params, result: Result) -> Verdict:
    """Training from random weights leaves over twice the largest error of output weights solved for.

    It also leaves over 1 % of the target's range, where those solved for leave at most a quarter of it.
    """
    if result.from_random is None or result.solved is None:
        return None, {}, phrase("because.untrained", most=MOST["trained"])
    ended, possible = result.from_random.sup_error, result.solved.sup_error
    told, span = _told(result), extent(result)
    evidence = {"ended": told(ended), "possible": told(possible)}
    if span <= rounding(result):
        return None, evidence, phrase("because.exact")
    if possible > NEAR * span:
        reason = why_not_near(params, result)
        few = reason.key == "because.few-neurons"
        return None, evidence, phrase("because.none-solved") if few else reason
    if ended <= FOUND * span:
        return False, evidence, phrase("because.found")
    holds = ended > TWICE * possible
    return holds, evidence, None if holds else phrase("because.as-near")


def steps_from_steepness(params: Params, result: Result) -> Verdict:
    """The mean distance from a step falls with every larger weight, and is under 1 % at the largest."""
    distance, weight = result.ladder.distance, result.ladder.weight
    evidence = {
        "weight": weight[-1],
        "distance": distance[-1],
        "first_weight": weight[0],
        "first_distance": distance[0],
    }
    holds = all(b < a for a, b in pairwise(distance)) and distance[-1] < 0.01
    return holds, evidence, None if holds else phrase("because.no-step", activation=params.activation)


def error_falls_with_width(params: Params, result: Result) -> Verdict:
    """The RMS error of the widest network tried is under a tenth of the narrowest's."""
    widths, rms = result.by_width.neurons, result.by_width.rms_error
    evidence = {"narrowest": widths[0], "first_rms": rms[0], "widest": widths[-1], "last_rms": rms[-1]}
    if len(widths) == 1:
        return None, evidence, phrase("because.one-width")
    if max(rms) <= rounding(result):
        return None, evidence, phrase("because.exact")
    holds = rms[-1] < rms[0] / 10
    return holds, evidence, None if holds else why_it_stays(params, result)


def within_bound(params: Params, result: Result) -> Verdict:
    """The sup error is at most L h (1 + tails) at every width: L bounds the slope, h is a cell's width."""
    if result.bound is None:
        return None, {}, why_no_bound(params, result)
    evidence = {"sup_error": result.sup_error, "bound": result.bound, "lipschitz": result.lipschitz}
    pairs = zip(result.by_width.sup_error, result.by_width.bound, strict=True)
    slack = rounding(result)
    holds = all(bound is not None and error <= bound + slack for error, bound in pairs)
    holds = holds and result.sup_error <= result.bound + slack
    return holds, evidence, None if holds else phrase("because.floats")


def one_hidden_layer(params: Params, result: Result) -> Verdict:
    """Summed neuron by neuron from its weights, the network is the same to 1e-12 of the weights' sum."""
    evidence = {"difference": result.recomputed, "neurons": params.neurons}
    holds = result.recomputed <= 1e-12
    return holds, evidence, None if holds else phrase("because.floats")


def jump_resists(params: Params, result: Result) -> Verdict:
    """The sup error stays above 0.4 of the jump at every width, while the RMS error falls by half."""
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
    """Half as far again beyond the interval, the sup error is over five times that inside."""
    outside = result.outside.sup_error
    if math.isnan(outside):
        return None, {"inside": result.sup_error}, phrase("because.undefined-outside")
    evidence = {"inside": result.sup_error, "outside": outside}
    holds = outside > 5 * result.sup_error + rounding(result)
    coarse = result.sup_error > extent(result) / 10
    reason = phrase("because.coarse" if coarse else "because.flat")
    return holds, evidence, None if holds else reason


def linear_cannot(params: Params, result: Result) -> Verdict:
    """The widest linear network errs as the narrowest, by more than 1 % of the target's range."""
    rms, widths = result.linear.rms_error, result.linear.neurons
    evidence = {"narrowest": widths[0], "first_rms": rms[0], "widest": widths[-1], "last_rms": rms[-1]}
    holds = rms[-1] > 0.99 * rms[0] and rms[-1] > 0.01 * extent(result) + rounding(result)
    return holds, evidence, None if holds else phrase("because.straight")


def _told(result: Result) -> Callable[[float], float]:
    """Return how errors are told: to two digits, unless the target is tiny or huge."""
    return Rough if 0.01 <= extent(result) < 1e6 else float


HEADLINES = (follows_the_curve, rate_is_one_over_n, training_can_miss)
RULES = (
    *HEADLINES,
    steps_from_steepness,
    error_falls_with_width,
    within_bound,
    one_hidden_layer,
    jump_resists,
    lost_outside,
    linear_cannot,
)
