"""What a textbook says of batch normalization, judged on one run."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING

import numpy as np

from mlbasics.kit import Ratio, Share, Verdict, phrase

if TYPE_CHECKING:
    from mlbasics.lessons.batchnorm import Params
    from mlbasics.lessons.batchnorm.experiment import Result
    from mlbasics.numerics.sweeps import Sweep

DEEP = 5  # layers from which a network counts as deep
HARDLY_MOVED = 0.1  # standard deviations
MUCH = 0.15  # of the test points: a difference in how many are right
HARDLY_WRONG = 0.1  # of the test points
LEARNED = 0.8  # of guessing's loss: under it something is learned
NEAR = 1 / 4  # of guessing's loss: what is reached by who has learned
SAMPLES = 64  # in a mean of losses on the way: of fewer, some are low by luck
FEW_POINTS, FEW_ROWS = 10, 50  # test points that make no difference; test points too few to tell one
ONE_VALUE = 0.01  # of the mean square: samples that differ less are all alike to a layer


def needs_batch_norm(rule: Callable[[Params, Result], Verdict]) -> Callable[[Params, Result], Verdict]:
    """Return the rule for a claim that compares networks, some of which have learned: else none can tell."""

    @wraps(rule)
    def judged(params: Params, result: Result) -> Verdict:
        if params.placement == "none":
            return None, {}, phrase("because.no-batch-norm")
        if result.without.largest_rate is result.with_.largest_rate is None:
            return None, {}, phrase("because.none-trains")
        return rule(params, result)

    return judged


@needs_batch_norm
def larger_learning_rate(params: Params, result: Result) -> Verdict:
    """At a rate above the best one without it, networks learn with it, and more points are right.

    That is 15% more of the test points, and 10 more at least.  Of the rates above it is the one at which the
    losses at the end differ most.  Networks learn where the median one ends with less than 80% of the loss of
    guessing.
    """
    rates, best = result.learning_rates, result.without.best
    if result.without.largest_rate is None or best is None:
        return None, {}, phrase("because.never-without")
    if best == len(rates) - 1:
        return None, {}, phrase("because.larger-rates")
    without, with_ = (
        np.nan_to_num(side.final_loss, nan=np.inf).clip(max=result.guessing)[best + 1 :]
        for side in (result.without, result.with_)
    )
    at = best + 1 + int(np.argmax(without - with_))
    accuracies = [_accuracy(result, side, at) for side in (result.with_, result.without)]
    evidence = {
        "rate": rates[at],
        "with": Share(accuracies[0]),
        "without": Share(accuracies[1]),
        "largest_with": _known(result.with_.largest_rate),
        "largest_without": _known(result.without.largest_rate),
    }
    learned = with_.min() < LEARNED * result.guessing
    if learned and _more_right(result, *accuracies) and accuracies[0] - accuracies[1] >= MUCH:
        return True, evidence, None
    if learned and result.n_test < FEW_ROWS:
        return None, evidence, phrase("because.few-rows")
    return False, evidence, phrase("because.no-better" if learned else "because.no-further")


@needs_batch_norm
def trains_faster(params: Params, result: Result) -> Verdict:
    """With it, networks need less than half as many steps to a loss that those without it reach.

    It is a quarter of the loss of guessing, or, where they do not get there, the lowest that they end with;
    where they do not learn, it is 80%, and it is enough to get there.  Each at the learning rate that takes
    the fewest steps; the loss is the median network's, as a mean over 64 points or more.
    """
    lowest = float(np.nanmin(result.without.final_loss, initial=LEARNED * result.guessing))
    loss = max(NEAR * result.guessing, lowest)
    with_, without = (steps_to(result, side, loss) for side in (result.with_, result.without))
    without = result.steps if without is None else without
    evidence = {
        "with": _known(with_),
        "without": without,
        "loss": loss,
        "steps": result.steps,
        "right_with": Share(_accuracy(result, result.with_, result.with_.best)),
        "right_without": Share(_accuracy(result, result.without, result.without.best)),
    }
    if with_ is None:
        return False, evidence, phrase("because.not-reached")
    holds = result.without.largest_rate is None or with_ < without / 2
    return holds, evidence, None if holds else phrase("because.keeps-up")


def steps_to(result: Result, sweep: Sweep, loss: float) -> int | None:
    """Return the fewest steps after which the middle network's loss is under this one, at any rate."""
    wide = -(-SAMPLES // (result.batch * result.step[0]))  # values of the loss curve
    if wide > len(result.step):
        return None
    sums = np.cumsum(np.insert(sweep.loss_curve, 0, 0, axis=1), axis=1)
    under = (sums[:, wide:] - sums[:, :-wide] < wide * loss).any(axis=0)
    return result.step[wide - 1 + int(under.argmax())] if under.any() else None


@needs_batch_norm
def shift_is_not_the_whole_story(params: Params, result: Result) -> Verdict:
    """With noise, inputs move farther a step than without batch norm; it learns, and errs on 10 fewer points.

    All at the rate below the largest at which networks learn without batch norm; the points are test points.
    """
    drift, noisy = result.shift.by_layer, result.shaken
    assert noisy
    assert drift.noisy
    moved = [float(side.per_step.mean()) for side in (drift.noisy, drift.without)]
    if collapsed(result) or not all(map(math.isfinite, moved)):
        return None, {}, phrase("because.collapsed")
    if moved[0] <= moved[1]:
        return None, {}, phrase("because.weak-noise")
    at = result.learning_rates.index(result.shift.learning_rate)
    without, with_ = (_accuracy(result, one, at) for one in (result.without, result.with_))
    accuracy = _accuracy(result, noisy, 0)
    evidence = {
        "noisy_shift": moved[0],
        "shift": moved[1],
        "times": Ratio(moved[0] / (moved[1] or math.nan)),
        "shaken": Share(accuracy),
        "without": Share(without),
    }
    learned = noisy.largest_rate is not None
    if learned and _more_right(result, accuracy, without):
        return True, evidence, None
    if result.n_test < FEW_ROWS:
        return None, evidence, phrase("because.few-rows")
    if without > 1 - HARDLY_WRONG:
        return False, evidence, phrase("because.good-without")
    gains = _more_right(result, with_, without)
    return False, evidence, phrase("because.strong-noise" if gains else "because.no-gain")


@needs_batch_norm
def inputs_drift(params: Params, result: Result) -> Verdict:
    """Averaged over layers, inputs move over 0.1 standard deviations, and over twice as far as with it.

    That is the farthest that they are from the start, at the rate below the largest at which networks learn
    without batch norm.
    """
    layers = result.shift.by_layer
    without, with_ = (float(side.farthest.mean()) for side in (layers.without, layers.with_))
    if collapsed(result) or not math.isfinite(without + with_):
        return None, {}, phrase("because.collapsed")
    evidence = {"without": without, "with": with_, "rate": result.shift.learning_rate}
    if without <= HARDLY_MOVED:
        return False, evidence, phrase("because.still")
    if without > 2 * with_:
        return True, evidence, None
    return False, evidence, phrase("because.after" if params.placement == "after" else "because.moved-too")


def collapsed(result: Result) -> bool:
    """Return whether, without batch norm, all points are alike to the last layer."""
    return bool(result.shift.by_layer.without.spread[-1] < ONE_VALUE)


def _accuracy(result: Result, sweep: Sweep, at: int | None) -> float:
    """Return the middle network's accuracy at a rate; where it diverged or there is none, guessing's."""
    accuracy = math.nan if at is None else float(sweep.test_accuracy[at])
    return result.guessing_accuracy if math.isnan(accuracy) else accuracy


def _more_right(result: Result, a: float, b: float) -> bool:
    """Return whether accuracy a has more test points right than b, by more than chance would."""
    return round(result.n_test * (a - b)) >= FEW_POINTS


def _known(value: float | None) -> float:
    return math.nan if value is None else value


HEADLINES = (larger_learning_rate, trains_faster, shift_is_not_the_whole_story)
RULES = (*HEADLINES, inputs_drift)
