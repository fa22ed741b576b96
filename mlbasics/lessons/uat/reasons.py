"""Why a claim of this lesson does not hold, or cannot be judged."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from mlbasics.kit import Phrase, phrase
from mlbasics.lessons.uat import stepped

if TYPE_CHECKING:
    from mlbasics.lessons.uat import Params
    from mlbasics.lessons.uat.result import Result

NEAR = 1 / 4  # of the target's range: what errs more at worst does not follow it
MANY = 100  # neurons: what so many cannot follow is too fine, whatever their weights


def why_not_near(params: Params, result: Result) -> Phrase:
    """Return why the network, or the best of its size, is not near the target everywhere."""
    if params.activation == "linear":
        return phrase("because.linear")
    if _jumps(result):
        return phrase("because.half-jump")
    if math.isinf(result.lipschitz):
        return phrase("because.jump")
    if params.steepness is not None:
        return phrase("because.steepness")
    if params.neurons >= MANY:
        return phrase("because.too-fine", widest=params.neurons)
    return phrase("because.few-neurons")


def why_not_half(params: Params, result: Result) -> Phrase:
    """Return why twice the neurons do not leave half the error."""
    if params.activation == "linear":
        return phrase("because.linear")
    if params.steepness is not None:
        return phrase("because.steepness")
    if 2 * result.largest_jump >= result.widths.sup_error[-1]:
        return phrase("because.half-jump")
    if math.isinf(result.lipschitz):
        return phrase("because.jump")
    return phrase("because.wide-steps", widest=result.widths.neurons[-1])


def why_it_stays(params: Params, result: Result) -> Phrase:
    """Return why the RMS error does not fall to a tenth."""
    widest, rms = result.by_width.neurons[-1], result.by_width.rms_error
    if params.activation == "linear":
        return phrase("because.linear")
    misses = result.by_width.sup_error[-1] > extent(result) / 4
    if misses and math.isinf(result.lipschitz):
        return phrase("because.jump")
    if params.steepness is not None and params.method != "trained":
        return phrase("because.steepness")
    if misses and widest >= 100:
        return phrase("because.too-fine", widest=widest)
    if rms[0] < extent(result) / 20:
        return phrase("because.already-small")
    return phrase("because.few-widths")


def why_no_bound(params: Params, result: Result) -> Phrase:
    """Return why there is no bound."""
    if not stepped(params):
        return phrase("because.not-steps")
    return phrase("because.steepness" if params.steepness is not None else "because.jump")


def _jumps(result: Result) -> bool:
    """Return whether no network can be near the target: at a jump it is off by half of it."""
    return result.largest_jump / 2 > NEAR * extent(result)


def extent(result: Result) -> float:
    """Return how far the target goes up and down."""
    return float(result.curves.target.max() - result.curves.target.min())


def rounding(result: Result) -> float:
    """Return what is no error, but the rounding of values as large as the target's."""
    return 1e-12 * float(abs(result.curves.target).max())
