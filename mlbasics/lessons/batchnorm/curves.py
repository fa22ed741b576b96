"""Curves over the training: the losses, and what enters the last layer."""

from __future__ import annotations

import numpy as np

from mlbasics.kit import Panels, Phrase, Plot, Role, Series, phrase, span
from mlbasics.lessons.batchnorm.result import Result
from mlbasics.numerics import Array
from mlbasics.numerics.closeup import Track

NARROWEST = 36  # columns of a plot beside another
ARROWS = 5  # every fifth point beyond the top gets one
BEYOND = 1e6


def losses(result: Result) -> Panels:
    """Return the losses at each one's best rate, and at the largest rate that trains with batch norm."""
    rates = result.learning_rates
    high = rates[-1] if result.with_.largest_rate is None else result.with_.largest_rate
    bests = [sweep.best or 0 for sweep in (result.without, result.with_)]
    at = rates.index(high)
    lost = phrase("plot.high.diverged") if result.without.diverged[at] else ""
    best_axes = phrase("plot.best.axes", without=rates[bests[0]], **{"with": rates[bests[1]]})
    plots = [
        _loss_plot(result, bests, "best", phrase("plot.best"), best_axes),
        _loss_plot(
            result, [at, at], "high", phrase("plot.high", rate=high), phrase("plot.high.axes", diverged=lost)
        ),
    ]
    return Panels(plots, NARROWEST)


def _loss_plot(result: Result, at: list[int], id: str, title: Phrase, axes: Phrase) -> Plot:
    top = 1.5 * result.guessing
    last = result.step[-1]
    series = [
        Series(phrase("series.guessing"), "floor", "line", [0, last], [result.guessing] * 2),
        *_loss(phrase("series.without"), "high", result, result.without.loss_curve[at[0]], top),
        *_loss(phrase("series.with"), "best", result, result.with_.loss_curve[at[1]], top),
    ]
    return Plot(id, series, (0, max(last, 1)), (0, top), title, axes, whole_x=True, height=12)


def _loss(label: Phrase, role: Role, result: Result, curve: Array, top: float) -> list[Series]:
    """Return the curve, and arrows where it is beyond the top or no number any more."""
    x = np.array(result.step)
    beyond = x[~(curve <= top)][::ARROWS].tolist()
    finite = np.where(np.isfinite(curve), curve, np.nan)
    return [
        Series(label, role, "points", beyond, [BEYOND] * len(beyond)),
        Series(label, role, "line", x.tolist(), finite.tolist()),
    ]


def shift(result: Result) -> Panels:
    """Return the quantiles of a typical unit's input in the last hidden layer, on one scale."""
    shift = result.shift
    y_range = span(np.concatenate([[t.low, t.high] for t in (shift.without, shift.with_)]).flat, margin=0.1)
    without = phrase("plot.shift.without", layer=shift.layer)
    with_ = phrase("plot.shift.with", layer=shift.layer)
    plots = [
        _quantiles(without, "high", shift.step, shift.without, y_range),
        _quantiles(with_, "best", shift.step, shift.with_, y_range),
    ]
    return Panels(plots, NARROWEST)


def _quantiles(
    title: Phrase, role: Role, step: list[int], track: Track, y_range: tuple[float, float]
) -> Plot:
    known = np.isfinite(track.low + track.high)
    x = np.array(step)[known].tolist()
    quantiles = [q[known].tolist() for q in (track.low, track.median, track.high)]
    return Plot(
        id="shift",
        title=title,
        axes=phrase("plot.shift.axes"),
        series=[Series(phrase("series.quantiles"), role, "line", x, q) for q in quantiles],
        x_range=(0, max(1, step[-1])),
        y_range=y_range,
        whole_x=True,
        height=11,
    )
