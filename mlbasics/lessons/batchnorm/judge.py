"""What a textbook says of batch normalisation, judged on one run."""

from __future__ import annotations

import math
from statistics import median
from typing import TYPE_CHECKING

from mlbasics.kit import Claim, Phrase, Verdict, judge_by, phrase

if TYPE_CHECKING:
    from mlbasics.lessons.batchnorm import Params
    from mlbasics.lessons.batchnorm.simulate import Result

DEEP = 5  # layers from which depth is no longer the reason
NO_BATCH_NORM = phrase("because.no-batch-norm")
DIVERGED = phrase("because.diverged")


def inputs_drift(params: Params, result: Result) -> Verdict:
    """Averaged over the layers, inputs move more than twice as far from their start as with batch norm."""
    layers = result.shift.by_layer
    without, with_ = float(layers.without.farthest.mean()), float(layers.with_.farthest.mean())
    if params.placement == "none":
        return None, {}, NO_BATCH_NORM
    if not math.isfinite(without + with_):
        return None, {}, DIVERGED
    if len(result.shift.step) < 2:
        return None, {}, phrase("because.short")
    holds = without > 2 * with_
    evidence = {"without": without, "with": with_, "rate": result.shift.learning_rate}
    return holds, evidence, None if holds else _why_no_drift(params)


def normalised(params: Params, result: Result) -> Verdict:
    """On a batch every unit's mean is within 1e-6 of 0 and its variance within 1e-6 of σ²/(σ² + ε)."""
    if result.check is None:
        return None, {}, NO_BATCH_NORM if params.placement == "none" else DIVERGED
    check = result.check
    evidence = {"units": check.units, "mean": check.mean, "var": check.var}
    return check.mean < 1e-6 and check.var < 1e-6, evidence, None


def larger_learning_rate(params: Params, result: Result) -> Verdict:
    """The largest rate that trains with batch norm is at least five times the largest that trains without."""
    without, with_ = result.without.largest_rate, result.with_.largest_rate
    if params.placement == "none":
        return None, {}, NO_BATCH_NORM
    if without is None or with_ is None:
        return None, {}, phrase("because.none-trains")
    holds = with_ >= 5 * without
    evidence = {"without": without, "with": with_, "ratio": with_ / without}
    return holds, evidence, None if holds else _why_no_larger_rate(params)


def trains_faster(params: Params, result: Result) -> Verdict:
    """At best rates, batch norm gets there in under half the steps, or it alone gets there at all."""
    without, with_ = result.without.fewest_steps, result.with_.fewest_steps
    if params.placement == "none":
        return None, {}, NO_BATCH_NORM
    if without is None and with_ is None:
        return None, {}, phrase("because.short")
    holds = without is None or (with_ is not None and with_ < without / 2)
    evidence = {"without": _known(without), "with": _known(with_), "steps": result.steps}
    return holds, evidence, None if holds else phrase("because.easy")


def deep_sigmoid_stuck_without(params: Params, result: Result) -> Verdict:
    """Without, sigmoids end above 95 % of guessing's loss at every rate tried; with, under 80 % at one."""
    without = result.sigmoid.without.final_loss.tolist()
    with_ = [loss for loss in result.sigmoid.with_.final_loss.tolist() if math.isfinite(loss)]
    if params.placement == "none":
        return None, {}, NO_BATCH_NORM
    if not all(map(math.isfinite, without)) or not with_:
        return None, {}, DIVERGED
    evidence = {
        "without": min(without),
        "with": min(with_),
        "guessing": result.guessing,
        "layers": params.layers,
    }
    if evidence["without"] <= 0.95 * result.guessing:
        return False, evidence, phrase("because.shallow" if params.layers < DEEP else "because.easy")
    holds = evidence["with"] < 0.8 * result.guessing
    return holds, evidence, None if holds else phrase("because.stuck-too")


def shift_is_not_the_whole_story(params: Params, result: Result) -> Verdict:
    """With noise, inputs move farther a step than without batch norm, and yet it takes fewer steps."""
    noisy, drift = result.noisy, result.shift.by_layer
    if noisy is None or drift.noisy is None:
        return None, {}, NO_BATCH_NORM
    shifts = {
        "noisy_shift": float(drift.noisy.per_step.mean()),
        "shift": float(drift.without.per_step.mean()),
    }
    if not all(map(math.isfinite, shifts.values())):
        return None, {}, DIVERGED
    if shifts["noisy_shift"] <= shifts["shift"]:
        return None, {}, phrase("because.weak-noise")
    without, with_ = result.without.fewest_steps, noisy.sweep.fewest_steps
    if without is None and with_ is None:
        return None, {}, phrase("because.short")
    holds = with_ is not None and (without is None or with_ < without)
    evidence = {**shifts, "without": _known(without), "noisy": _known(with_)}
    return holds, evidence, None if holds else phrase("because.strong-noise")


def smoother_loss(params: Params, result: Result) -> Verdict:
    """Along its gradient, the loss varies less than half as much with batch norm (medians over training)."""
    along = result.gradient_predictiveness
    without, with_ = (median(s.loss_range.tolist()) for s in (along.without, along.with_))
    if params.placement == "none":
        return None, {}, NO_BATCH_NORM
    if not math.isfinite(without + with_):
        return None, {}, DIVERGED
    evidence = {
        "without": without,
        "with": with_,
        "change_without": median(along.without.gradient_change.tolist()),
        "change_with": median(along.with_.gradient_change.tolist()),
    }
    holds = with_ < without / 2
    if holds:
        return True, evidence, None
    stuck = result.without.largest_rate is None
    return False, evidence, phrase("because.flat" if stuck else "because.easy")


def _known(steps: int | None) -> float:
    return math.nan if steps is None else steps


def _why_no_drift(params: Params) -> Phrase:
    return phrase("because.after" if params.placement == "after" else "because.shallow")


def _why_no_larger_rate(params: Params) -> Phrase:
    return phrase("because.few-rates" if len(params.learning_rates) < 5 else "because.easy")


RULES = (
    inputs_drift,
    normalised,
    larger_learning_rate,
    trains_faster,
    deep_sigmoid_stuck_without,
    shift_is_not_the_whole_story,
    smoother_loss,
)


def judge(params: Params, result: Result) -> list[Claim]:
    """Judge every claim."""
    return judge_by(RULES, params, result)
