"""The dial of batch normalization: how many steps the networks have trained."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from mlbasics.kit import Dial, Frame, Plot, Role, Series, Share, phrase
from mlbasics.lessons.batchnorm.result import Result
from mlbasics.numerics import Array
from mlbasics.numerics.sweeps import Sweep

if TYPE_CHECKING:
    from mlbasics.lessons.batchnorm import Params

BELOW = 8  # % that are seen below the least accuracy


def dial(params: Params, result: Result) -> Dial:
    """Return the dial: the steps at which the networks were tested, at first the last."""
    steps = [*result.watched, result.steps]
    return Dial(phrase("dial.step"), steps, len(steps) - 1, partial(frame, params, result))


def frame(params: Params, result: Result, step: float) -> Frame:
    """Show the share of test points put right at each rate after so many steps."""
    rate = result.with_.best or 0
    middle = {
        name: Share(_accuracies(result, sweep, step)[rate, params.networks // 2])
        for name, sweep in (("without", result.without), ("with", result.with_))
    }
    key = "caption.step.none" if params.placement == "none" else "caption.step"
    told = {"step": int(step), "steps": result.steps, "rate": result.learning_rates[rate]}
    return Frame([_plot(params, result, step)], phrase(key, **told, **middle))


def _accuracies(result: Result, sweep: Sweep, step: float) -> Array:
    """Return the accuracy of every network then, (R, networks); of one that has diverged, guessing's."""
    if step == result.steps:
        return np.where(np.isnan(sweep.accuracies), result.guessing_accuracy, sweep.accuracies)
    return sweep.on_the_way[result.watched.index(int(step))]


def _plot(params: Params, result: Result, step: float) -> Plot:
    """Return the middle network's share at each rate, and those of all; crosses where it diverged."""
    rates, guessing = list(result.learning_rates), 100 * result.guessing_accuracy
    sides: list[tuple[str, Role, Sweep]] = [("without", "high", result.without)]
    if params.placement != "none":
        sides.append(("with", "best", result.with_))
    series, crosses, least = [], 0, guessing
    for name, role, sweep in sides:
        label = phrase(f"series.{name}")
        each = 100 * _accuracies(result, sweep, step)
        middle = each[:, params.networks // 2]
        lost = [i for i, diverged in enumerate(sweep.diverged) if diverged and step == result.steps]
        marks = [rates[i] for i in lost], middle[lost].tolist()
        crosses += len(lost)
        series += [
            Series(label, role, "band", rates, each[:, -1].tolist(), each[:, 0].tolist()),
            Series(label, role, "both", rates, middle.tolist()),
            Series(label, role, "points", *marks, shape="cross"),
        ]
        tested = [*sweep.on_the_way, _accuracies(result, sweep, result.steps)]
        least = min(least, *(100 * float(moment.min()) for moment in tested))
    ends = rates[0] / 1.5, rates[-1] * 1.5
    series.append(Series(phrase("series.guessing"), "floor", "line", ends, [guessing] * 2))
    return Plot(
        title=phrase("plot.accuracies"),
        axes=phrase(f"plot.accuracies.{'lost' if crosses else 'axes'}", networks=params.networks),
        series=series,
        x_range=ends,
        y_range=(max(0, least - BELOW), 100),
        log_x=True,
        x_name=phrase("axis.rate"),
    )
