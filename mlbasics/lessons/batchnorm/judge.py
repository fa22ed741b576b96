"""What a textbook says of batch normalisation, judged on one run."""

from __future__ import annotations

import math
from statistics import median
from typing import TYPE_CHECKING

from mlbasics.kit import Claim, Verdict, judge_by, phrase

if TYPE_CHECKING:
    from mlbasics.lessons.batchnorm import Params
    from mlbasics.lessons.batchnorm.simulate import Result

DEEP = 5  # layers from which a network counts as deep
LITTLE = 0.1  # standard deviations that inputs move, and of guessing's loss along a gradient: hardly any
STUCK, FREED = 0.95, 0.8  # of guessing's loss: above the one nothing is learned, under the other much is
FAR, NEAR = 3, 5  # times: a rate far larger for certain, and one that is not for certain
NO_BATCH_NORM = phrase("because.no-batch-norm")
DIVERGED = phrase("because.diverged")


def inputs_drift(params: Params, result: Result) -> Verdict:
    """Averaged over layers, inputs move over 0.1 standard deviations, and over twice as far as with it."""
    layers = result.shift.by_layer
    without, with_ = float(layers.without.farthest.mean()), float(layers.with_.farthest.mean())
    if params.placement == "none":
        return None, {}, NO_BATCH_NORM
    if not math.isfinite(without + with_):
        return None, {}, DIVERGED
    if len(result.shift.step) < 2:
        return None, {}, phrase("because.short")
    evidence = {"without": without, "with": with_, "rate": result.shift.learning_rate}
    if without <= LITTLE:
        return False, evidence, phrase("because.still")
    if without > 2 * with_:
        return True, evidence, None
    return False, evidence, phrase("because.after" if params.placement == "after" else "because.moved-too")


def normalised(params: Params, result: Result) -> Verdict:
    """On a batch every unit's mean is within 1e-6 of 0 and its variance within 1e-6 of σ²/(σ² + ε)."""
    if result.check is None:
        return None, {}, NO_BATCH_NORM if params.placement == "none" else DIVERGED
    check = result.check
    evidence = {"units": check.units, "mean": check.mean, "var": check.var}
    holds = check.mean < 1e-6 and check.var < 1e-6
    return holds, evidence, None if holds else phrase("because.rounding")


def larger_learning_rate(params: Params, result: Result) -> Verdict:
    """With it, the largest rate that trains is 3 times the first above all that train without, or more.

    Not seen: the first rate above all that train with it is under 5 times the largest that trains without.
    """
    rates = result.learning_rates
    without, with_ = result.without.largest_rate, result.with_.largest_rate
    if params.placement == "none":
        return None, {}, NO_BATCH_NORM
    if without is None or with_ is None:
        return None, {}, phrase("because.none-trains")
    evidence = {"without": without, "with": with_, "ratio": with_ / without}
    lost_without, lost_with = (min((r for r in rates if r > at), default=math.inf) for at in (without, with_))
    if with_ >= FAR * lost_without:
        return True, evidence, None
    if lost_with < NEAR * without:
        return False, evidence, phrase("because.no-further")
    top = math.inf in (lost_without, lost_with)
    return None, evidence, phrase("because.larger-rates" if top else "because.few-rates")


def trains_faster(params: Params, result: Result) -> Verdict:
    """At best rates, batch norm gets there in under half the steps, or it alone gets there at all."""
    without, with_ = result.without.fewest_steps, result.with_.fewest_steps
    if params.placement == "none":
        return None, {}, NO_BATCH_NORM
    if without is None and with_ is None:
        return None, {}, phrase("because.neither")
    evidence = {"without": _known(without), "with": _known(with_), "steps": result.steps}
    if without is None or (with_ is not None and with_ < without / 2):
        return True, evidence, None
    return False, evidence, phrase("because.not-reached" if with_ is None else "because.keeps-up")


def deep_sigmoid_stuck_without(params: Params, result: Result) -> Verdict:
    """Of 5 layers or more: above 95 % of guessing's loss at every rate; with it, under 80 % at one."""
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
    if params.layers < DEEP:
        return None, evidence, phrase("because.shallow")
    if evidence["without"] <= STUCK * result.guessing:
        return False, evidence, phrase("because.learns")
    if evidence["with"] < FREED * result.guessing:
        return True, evidence, None
    return None, evidence, phrase("because.stuck-too")


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
    without, shaken = result.without.fewest_steps, noisy.sweep.fewest_steps
    if without is None and shaken is None:
        return None, {}, phrase("because.neither")
    evidence = {**shifts, "without": _known(without), "noisy": _known(shaken)}
    if _fewer(shaken, without):
        return True, evidence, None
    gains = _fewer(result.with_.fewest_steps, without)
    return False, evidence, phrase("because.strong-noise" if gains else "because.no-gain")


def smoother_loss(params: Params, result: Result) -> Verdict:
    """Along its gradient, the loss varies less than half as much with batch norm (medians over training)."""
    along = result.gradient_predictiveness
    without, with_ = (_median(s.loss_range.tolist()) for s in (along.without, along.with_))
    if params.placement == "none":
        return None, {}, NO_BATCH_NORM
    if not math.isfinite(without + with_):
        return None, {}, DIVERGED
    evidence = {
        "without": without,
        "with": with_,
        "change_without": _median(along.without.gradient_change.tolist()),
        "change_with": _median(along.with_.gradient_change.tolist()),
    }
    if with_ < without / 2:
        return True, evidence, None
    best = result.without.best
    stuck = best is not None and result.without.final_loss[best] > STUCK * result.guessing
    flat = stuck and without < LITTLE * result.guessing
    return False, evidence, phrase("because.flat" if flat else "because.smooth-too")


def _median(values: list[float]) -> float:
    return math.nan if any(map(math.isnan, values)) else median(values)


def _known(steps: int | None) -> float:
    return math.nan if steps is None else steps


def _fewer(a: int | None, b: int | None) -> bool:
    return a is not None and (b is None or a < b)


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
