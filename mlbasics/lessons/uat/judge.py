"""What a textbook says of universal approximation, judged on one run."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

from mlbasics.kit import Claim, Phrase, Verdict, judge_by, phrase

if TYPE_CHECKING:
    from mlbasics.lessons.uat import Params
    from mlbasics.lessons.uat.simulate import Result


def steps_from_steepness(params: Params, result: Result) -> Verdict:
    """The mean distance from a step falls with every larger weight, and is under 1 % at the largest."""
    distance, weight = result.ladder.distance, result.ladder.weight
    evidence = {
        "weight": weight[-1],
        "distance": distance[-1],
        "first_weight": weight[0],
        "first_distance": distance[0],
    }
    falls = all(b < a for a, b in pairwise(distance))
    return falls and distance[-1] < 0.01, evidence, None


def error_falls_with_width(params: Params, result: Result) -> Verdict:
    """The RMS error of the widest network tried is under a tenth of the narrowest's."""
    widths, rms = result.by_width.neurons, result.by_width.rms_error
    evidence = {"narrowest": widths[0], "first_rms": rms[0], "widest": widths[-1], "last_rms": rms[-1]}
    if len(widths) == 1:
        return None, evidence, phrase("because.one-width")
    if max(rms) <= _rounding(result):
        return None, evidence, phrase("because.exact")
    holds = rms[-1] < rms[0] / 10
    return holds, evidence, None if holds else _why_it_stays(params, result)


def rate_is_one_over_n(params: Params, result: Result) -> Verdict:
    """From 10 neurons on, the slope of log sup error against log neurons is within 0.15 of -1."""
    evidence = {} if math.isnan(result.slope) else {"slope": result.slope}
    if result.bound is None:
        return None, evidence, _no_bound(params, result)
    if max(result.by_width.sup_error) <= _rounding(result):
        return None, evidence, phrase("because.exact")
    if sum(n >= 10 for n in result.by_width.neurons) < 3:
        return None, evidence, phrase("because.few-widths")
    holds = abs(result.slope + 1) < 0.15
    reason = phrase("because.wide-steps", widest=result.by_width.neurons[-1])
    return holds, evidence, None if holds else reason


def within_bound(params: Params, result: Result) -> Verdict:
    """The sup error is at most L h (1 + tails) at every width: L bounds the slope, h is a cell's width."""
    if result.bound is None:
        return None, {}, _no_bound(params, result)
    evidence = {"sup_error": result.sup_error, "bound": result.bound, "lipschitz": result.lipschitz}
    pairs = zip(result.by_width.sup_error, result.by_width.bound, strict=True)
    slack = _rounding(result)
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
    holds = outside > 5 * result.sup_error + _rounding(result)
    coarse = result.sup_error > _range(result) / 10
    reason = phrase("because.coarse" if coarse else "because.flat")
    return holds, evidence, None if holds else reason


def linear_cannot(params: Params, result: Result) -> Verdict:
    """The widest linear network errs as the narrowest, by more than 1 % of the target's range."""
    rms, widths = result.linear.rms_error, result.linear.neurons
    evidence = {"narrowest": widths[0], "first_rms": rms[0], "widest": widths[-1], "last_rms": rms[-1]}
    holds = rms[-1] > 0.99 * rms[0] and rms[-1] > 0.01 * _range(result) + _rounding(result)
    return holds, evidence, None if holds else phrase("because.straight")


def _why_it_stays(params: Params, result: Result) -> Phrase:
    """Return why the RMS error does not fall to a tenth."""
    widest, rms = result.by_width.neurons[-1], result.by_width.rms_error
    if params.activation == "linear":
        return phrase("because.linear")
    misses = result.by_width.sup_error[-1] > _range(result) / 4
    if misses and math.isinf(result.lipschitz):
        return phrase("because.jump")
    if params.steepness is not None and params.method != "trained":
        return phrase("because.steepness")
    if misses and widest >= 100:
        return phrase("because.too-fine", widest=widest)
    if rms[0] < _range(result) / 20:
        return phrase("because.already-small")
    return phrase("because.few-widths")


def _no_bound(params: Params, result: Result) -> Phrase:
    """Return why there is no bound."""
    if params.method != "steps" or params.activation not in ("sigmoid", "tanh"):
        return phrase("because.not-steps")
    return phrase("because.steepness" if params.steepness is not None else "because.jump")


def _range(result: Result) -> float:
    return float(result.curves.target.max() - result.curves.target.min())


def _rounding(result: Result) -> float:
    return 1e-12 * float(abs(result.curves.target).max())


RULES = (
    steps_from_steepness,
    error_falls_with_width,
    rate_is_one_over_n,
    within_bound,
    one_hidden_layer,
    jump_resists,
    lost_outside,
    linear_cannot,
)


def judge(params: Params, result: Result) -> list[Claim]:
    """Judge every claim."""
    return judge_by(RULES, params, result)
