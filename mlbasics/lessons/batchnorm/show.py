"""What the screen of batch normalisation shows."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from mlbasics.data.origin import told
from mlbasics.kit import Block, Panels, Phrase, Plot, Role, Series, Story, Suggestion, phrase, span, suggest
from mlbasics.lessons.batchnorm import tables
from mlbasics.lessons.batchnorm.simulate import Result
from mlbasics.numerics import Array
from mlbasics.numerics.closeup import Track

if TYPE_CHECKING:
    from mlbasics.lessons.batchnorm import Params

NARROWEST = 36
ARROWS = 5  # every fifth point beyond the top gets one
BEYOND = 1e6

PLACEMENTS = {
    "before": phrase("placement.before"),
    "after": phrase("placement.after"),
    "none": phrase("placement.none"),
}
DATASETS = {
    "spirals": phrase("dataset.spirals"),
    "rings": phrase("dataset.rings"),
    "clusters": phrase("dataset.clusters"),
}
SUGGESTIONS = (
    Suggestion({"activation": "sigmoid"}, phrase("try.sigmoid")),
    Suggestion({"layers": 2}, phrase("try.layers")),
    Suggestion({"noisy": 5}, phrase("try.noisy")),
    Suggestion({"placement": "after"}, phrase("try.after")),
    Suggestion({"dataset": "clusters"}, phrase("try.dataset")),
    Suggestion({"batch_size": 16}, phrase("try.batch_size")),
)


def show(params: Params, result: Result) -> Story:
    """Show the losses, the shift, the rates, the layers, one batch, and the variations."""
    setup = phrase(
        "setup",
        layers=params.layers,
        units=params.units,
        activation=params.activation,
        dataset=_dataset(params, result),
        batch_size=next(b.size for b in result.batch_size if b.without is result.without),
        steps=result.steps,
        placement=PLACEMENTS[params.placement],
    )
    blocks: list[Block] = [
        Panels(_losses(result), NARROWEST),
        Panels(_shift(result), NARROWEST),
        tables.by_rate(result),
        tables.by_layer(result),
    ]
    if result.worked_example is not None:
        blocks.append(tables.worked(result.worked_example))
    blocks += [tables.variations(result), phrase("disputed")]
    fitting = [s for s in SUGGESTIONS if result.origin is None or "dataset" not in s.options]
    return Story(setup, blocks, suggest(fitting, params))


def _dataset(params: Params, result: Result) -> Phrase:
    if result.origin is None:
        return DATASETS[params.dataset]
    classes = round(math.exp(result.guessing))
    return phrase("dataset.own", y=result.origin.y, classes=classes, rows=told(result.origin))


def _losses(result: Result) -> list[Plot]:
    """Return the losses at each one's best rate, and at the largest rate that trains with batch norm."""
    rates = result.learning_rates
    high = rates[-1] if result.with_.largest_rate is None else result.with_.largest_rate
    bests = [sweep.best or 0 for sweep in (result.without, result.with_)]
    at = rates.index(high)
    lost = phrase("plot.high.diverged") if result.without.diverged[at] else ""
    best_axes = phrase("plot.best.axes", without=rates[bests[0]], **{"with": rates[bests[1]]})
    return [
        _loss_plot(result, bests, phrase("plot.best"), best_axes),
        _loss_plot(result, [at, at], phrase("plot.high", rate=high), phrase("plot.high.axes", diverged=lost)),
    ]


def _loss_plot(result: Result, at: list[int], title: Phrase, axes: Phrase) -> Plot:
    top = 1.5 * result.guessing
    last = result.step[-1]
    series = [
        Series(phrase("series.guessing"), "floor", "line", [0, last], [result.guessing] * 2),
        *_loss(phrase("series.without"), "high", result, result.without.loss_curve[at[0]], top),
        *_loss(phrase("series.with"), "best", result, result.with_.loss_curve[at[1]], top),
    ]
    return Plot(title, axes, series, (0, max(last, 1)), (0, top), whole_x=True, height=12)


def _loss(label: Phrase, role: Role, result: Result, curve: Array, top: float) -> list[Series]:
    """Return the curve, and arrows where it is beyond the top or no number any more."""
    x = np.array(result.step)
    beyond = x[~(curve <= top)][::ARROWS].tolist()
    finite = np.where(np.isfinite(curve), curve, np.nan)
    return [
        Series(label, role, "points", beyond, [BEYOND] * len(beyond)),
        Series(label, role, "line", x.tolist(), finite.tolist()),
    ]


def _shift(result: Result) -> list[Plot]:
    """Return the quantiles of a typical unit's input in the last hidden layer, on one scale."""
    shift = result.shift
    y_range = span(np.concatenate([[t.low, t.high] for t in (shift.without, shift.with_)]).flat, margin=0.1)
    without = phrase("plot.shift.without", layer=shift.layer)
    with_ = phrase("plot.shift.with", layer=shift.layer)
    return [
        _quantiles(without, "high", shift.step, shift.without, y_range),
        _quantiles(with_, "best", shift.step, shift.with_, y_range),
    ]


def _quantiles(
    title: Phrase, role: Role, step: list[int], track: Track, y_range: tuple[float, float]
) -> Plot:
    known = np.isfinite(track.low + track.high)
    x = np.array(step)[known].tolist()
    quantiles = [q[known].tolist() for q in (track.low, track.median, track.high)]
    return Plot(
        title=title,
        axes=phrase("plot.shift.axes"),
        series=[Series(phrase("series.quantiles"), role, "line", x, q) for q in quantiles],
        x_range=(0, max(1, step[-1])),
        y_range=y_range,
        whole_x=True,
        height=11,
    )
