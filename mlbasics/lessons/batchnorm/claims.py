"""What a textbook says of batch normalization, judged on one run."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import wraps
from statistics import median
from typing import TYPE_CHECKING

from mlbasics.kit import Ratio, Share, Verdict, phrase

if TYPE_CHECKING:
    from mlbasics.lessons.batchnorm import Params
    from mlbasics.lessons.batchnorm.experiment import Result
    from mlbasics.numerics.sweeps import Sweep

DEEP = 5  # layers from which a network counts as deep
HARDLY_MOVED = 0.1  # standard deviations
HARDLY_WRONG = 0.1  # of the test points
FLAT = 0.1  # of guessing's loss, along a gradient
STUCK, FREED = 0.95, 0.8  # of guessing's loss: above the one nothing is learned, under the other much is
FEW_POINTS, FEW_ROWS = 10, 50  # test points that make no difference; test points too few to tell one
ONE_VALUE = 0.01  # of the mean square: samples that differ less are all alike to a layer
DIVERGED, COLLAPSED = phrase("because.diverged"), phrase("because.collapsed")


def needs_batch_norm(rule: Callable[[Params, Result], Verdict]) -> Callable[[Params, Result], Verdict]:
    """Return the rule for a claim that compares batch norm with none: without it the run cannot tell."""

    @wraps(rule)
    def judged(params: Params, result: Result) -> Verdict:
        if params.placement == "none":
            return None, {}, phrase("because.no-batch-norm")
        return rule(params, result)

    return judged


@needs_batch_norm
def inputs_drift(params: Params, result: Result) -> Verdict:
    """Averaged over layers, inputs move over 0.1 standard deviations, and over twice as far as with it."""
    layers = result.shift.by_layer
    without, with_ = float(layers.without.farthest.mean()), float(layers.with_.farthest.mean())
    if not math.isfinite(without + with_):
        return None, {}, DIVERGED
    if len(result.watched) < 2:
        return None, {}, phrase("because.short")
    if collapsed(result)[-1]:
        return None, {}, COLLAPSED
    evidence = {"without": without, "with": with_, "rate": result.shift.learning_rate}
    if without <= HARDLY_MOVED:
        return False, evidence, phrase("because.still")
    if without > 2 * with_:
        return True, evidence, None
    return False, evidence, phrase("because.after" if params.placement == "after" else "because.moved-too")


@needs_batch_norm
def larger_learning_rate(params: Params, result: Result) -> Verdict:
    """At a rate above all at which networks train without it, they train with it, and err on 10 fewer points.

    They train where the middle one ends with less than 80 % of guessing's loss.
    """
    rates, without, with_ = result.learning_rates, result.without, result.with_
    largest = [one.largest_rate or -math.inf for one in (without, with_)]
    if max(largest) == -math.inf:
        return None, {}, phrase("because.none-trains")
    beyond = [i for i, rate in enumerate(rates) if largest[0] < rate <= largest[1]]
    known = [i for i in beyond if not math.isnan(with_.final_loss[i])]
    at = min(known, key=lambda i: with_.final_loss[i]) if known else rates.index(max(largest))
    evidence = {
        "rate": rates[at],
        "with": Share(_accuracy(result, with_, at)),
        "without": Share(_accuracy(result, without, at)),
        "largest_with": _known(with_.largest_rate),
        "largest_without": _known(without.largest_rate),
    }
    if known and _fewer_errors(result, evidence["with"], evidence["without"]):
        return True, evidence, None
    if beyond:
        few = result.n_test < FEW_ROWS
        return None if few else False, evidence, phrase("because.few-rows" if few else "because.no-better")
    if largest[0] == rates[-1]:
        return None, evidence, phrase("because.larger-rates")
    return False, evidence, phrase("because.no-further")


@needs_batch_norm
def learns_more(params: Params, result: Result) -> Verdict:
    """Each at its best rate, batch norm errs on under half as many test points, and on 10 fewer at least.

    The best rate is that of the lowest training loss; the middle network at it counts.
    """
    without, with_ = (_accuracy(result, sweep, sweep.best) for sweep in (result.without, result.with_))
    if result.without.largest_rate is result.with_.largest_rate is None:
        return None, {}, phrase("because.none-trains")
    evidence = {"with": Share(with_), "without": Share(without), "steps": result.steps}
    if _fewer_errors(result, with_, without) and 1 - with_ < (1 - without) / 2:
        return True, evidence, None
    if result.n_test < FEW_ROWS:
        return None, evidence, phrase("because.few-rows")
    return (
        False,
        evidence,
        phrase("because.good-without" if without > 1 - HARDLY_WRONG else "because.no-better"),
    )


@needs_batch_norm
def shift_is_not_the_whole_story(params: Params, result: Result) -> Verdict:
    """Shaken, inputs move farther a step than without batch norm, and yet it errs on 10 fewer test points.

    Both at the rate below the largest at which networks train without batch norm.
    """
    drift = result.shift.by_layer
    if result.shaken is None or drift.noisy is None:
        return None, {}, phrase("because.no-batch-norm")
    noisy = _or_guessing(result, result.shaken.test_accuracy)
    moved = [float(side.per_step.mean()) for side in (drift.noisy, drift.without)]
    if not all(map(math.isfinite, moved)):
        return None, {}, DIVERGED
    if collapsed(result)[-1]:
        return None, {}, COLLAPSED
    if moved[0] <= moved[1]:
        return None, {}, phrase("because.weak-noise")
    at = result.learning_rates.index(result.shift.learning_rate)
    without, with_ = (_accuracy(result, one, at) for one in (result.without, result.with_))
    evidence = {
        "noisy_shift": moved[0],
        "shift": moved[1],
        "times": Ratio(moved[0] / (moved[1] or math.nan)),
        "shaken": Share(noisy),
        "without": Share(without),
    }
    if _fewer_errors(result, noisy, without):
        return True, evidence, None
    if result.n_test < FEW_ROWS:
        return None, evidence, phrase("because.few-rows")
    if without > 1 - HARDLY_WRONG:
        return False, evidence, phrase("because.good-without")
    gains = _fewer_errors(result, with_, without)
    return False, evidence, phrase("because.strong-noise" if gains else "because.no-gain")


def collapsed(result: Result) -> list[bool]:
    """Return for each layer whether, without batch norm, all samples are alike to it."""
    return [spread < ONE_VALUE for spread in result.shift.by_layer.without.spread.tolist()]


def _accuracy(result: Result, sweep: Sweep, at: int | None) -> float:
    """Return the middle network's accuracy at a rate; where there is none, guessing's."""
    return _or_guessing(result, math.nan if at is None else float(sweep.test_accuracy[at]))


def _or_guessing(result: Result, accuracy: float) -> float:
    return result.guessing_accuracy if math.isnan(accuracy) else accuracy


def _fewer_errors(result: Result, a: float, b: float) -> bool:
    """Return whether accuracy a leaves fewer test points wrong than b, by more than chance would."""
    return round(result.n_test * (a - b)) >= FEW_POINTS


@needs_batch_norm
def trains_faster(params: Params, result: Result) -> Verdict:
    """At best rates, batch norm gets there in under half the steps, or it alone gets there at all."""
    without, with_ = result.without.fewest_steps, result.with_.fewest_steps
    if without is None and with_ is None:
        return None, {}, phrase("because.neither")
    evidence = {"without": _known(without), "with": _known(with_), "steps": result.steps}
    if without is None or (with_ is not None and with_ < without / 2):
        return True, evidence, None
    return False, evidence, phrase("because.not-reached" if with_ is None else "because.keeps-up")


@needs_batch_norm
def deep_sigmoid_stuck_without(params: Params, result: Result) -> Verdict:
    """Of 5 layers or more: above 95 % of guessing's loss at every rate; with it, under 80 % at one."""
    without = result.sigmoid.without.final_loss.tolist()
    with_ = [loss for loss in result.sigmoid.with_.final_loss.tolist() if math.isfinite(loss)]
    if not all(map(math.isfinite, without)) or not with_:
        return None, {}, DIVERGED
    losses = {"without": min(without), "with": min(with_), "guessing": result.guessing}
    evidence = {**losses, "layers": params.layers}
    if params.layers < DEEP:
        return None, evidence, phrase("because.shallow")
    if evidence["without"] <= STUCK * result.guessing:
        return False, evidence, phrase("because.learns")
    if evidence["with"] < FREED * result.guessing:
        return True, evidence, None
    return None, evidence, phrase("because.stuck-too")


@needs_batch_norm
def smoother_loss(params: Params, result: Result) -> Verdict:
    """Along its gradient, the loss varies less than half as much with batch norm (medians over training)."""
    along = result.gradient_predictiveness
    without, with_ = (_median(s.loss_range.tolist()) for s in (along.without, along.with_))
    if not math.isfinite(without + with_):
        return None, {}, DIVERGED
    changes = [_median(s.gradient_change.tolist()) for s in (along.without, along.with_)]
    evidence = {"without": without, "with": with_, "change_without": changes[0], "change_with": changes[1]}
    if with_ < without / 2:
        return True, evidence, None
    best = result.without.best
    stuck = best is not None and result.without.final_loss[best] > STUCK * result.guessing
    flat = stuck and without < FLAT * result.guessing
    return False, evidence, phrase("because.flat" if flat else "because.smooth-too")


def _median(values: list[float]) -> float:
    return math.nan if any(map(math.isnan, values)) else median(values)


def _known(value: float | None) -> float:
    return math.nan if value is None else value


HEADLINES = (larger_learning_rate, learns_more, shift_is_not_the_whole_story)
RULES = (*HEADLINES, trains_faster, inputs_drift, deep_sigmoid_stuck_without, smoother_loss)
