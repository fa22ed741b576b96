"""What the screen of batch normalisation shows."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from mlbasics.data.origin import told
from mlbasics.kit import (
    Block,
    Look,
    Panels,
    Phrase,
    Plot,
    Ratio,
    Series,
    phrase,
    suggest,
)
from mlbasics.lessons.batchnorm import SUGGESTIONS, curves, tables
from mlbasics.lessons.batchnorm.claims import collapsed
from mlbasics.lessons.batchnorm.dial import dial
from mlbasics.lessons.batchnorm.result import Result

if TYPE_CHECKING:
    from mlbasics.lessons.batchnorm import Params

THIRD = 24  # columns of a plot beside two others
LEAST = 10  # % that a histogram shows at least

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


def look(params: Params, result: Result) -> Look:
    """Show at which rates networks learn, with batch norm and without, and what enters their layers."""
    fitting = [s for s in SUGGESTIONS if result.origin is None or "dataset" not in s.options]
    return Look(
        scene=_scene(params, result),
        heroes=[*dial(params, result).look.heroes, _entering(params, result)],
        table=None,
        suggestions=suggest(fitting, params),
    )


def more(params: Params, result: Result) -> list[Block]:
    """Show the losses, the shift, the rates, the layers, one batch, and the variations."""
    blocks: list[Block] = [
        _setup(params, result),
        curves.losses(result),
        curves.shift(result),
        tables.by_rate(result),
        tables.by_layer(result),
    ]
    if result.worked_example is not None:
        blocks += [tables.worked(result.worked_example), phrase("pair")]
    return [*blocks, tables.variations(result), *_shaken(result), phrase("disputed")]


def _scene(params: Params, result: Result) -> Phrase:
    pair = ".pair" if result.batch == 2 and params.placement != "none" else ""
    return phrase(
        "scene",
        layers=params.layers,
        dataset=_dataset(params, result),
        steps=result.steps,
        placement=phrase(f"scene.{params.placement}{pair}", batch=result.batch),
    )


def _setup(params: Params, result: Result) -> Phrase:
    return phrase(
        "setup",
        layers=params.layers,
        units=params.units,
        activation=params.activation,
        networks=params.networks,
        placement=PLACEMENTS[params.placement],
    )


def _dataset(params: Params, result: Result) -> Phrase:
    if result.origin is None:
        return DATASETS[params.dataset]
    classes = round(math.exp(result.guessing))
    return phrase("dataset.own", y=result.origin.y, classes=classes, rows=told(result.origin))


def _entering(params: Params, result: Result) -> Panels:
    """Return the layers' inputs at the end as histograms: with batch norm filled, without as an outline."""
    entering, alike = result.entering, collapsed(result)
    x = np.repeat(entering.edges, 2).tolist()
    shares = [100 * entering.without, *([] if params.placement == "none" else [100 * entering.with_])]
    top = 1.5 * np.nanmax(np.append(shares[-1], LEAST))  # all points alike are one bar, cut there
    plots = []
    for i, layer in enumerate(entering.layer):
        outline = [0.0, *np.repeat(shares[0][i], 2).tolist(), 0.0]
        series = [Series(phrase("series.without"), "high", "line", x, outline)]
        for filled in shares[1:]:
            bars = filled[i].tolist() if np.isfinite(filled[i]).all() else []
            series.insert(0, Series(phrase("series.with"), "best", "bars", entering.edges.tolist(), bars))
        plots.append(
            Plot(
                id="entering",
                title=phrase("plot.entering", layer=layer),
                axes=phrase("plot.entering.alike" if alike[layer - 1] else "plot.entering.axes"),
                series=series,
                x_range=(float(entering.edges[0]), float(entering.edges[-1])),
                y_range=(0, float(top)),
                height=11,
            )
        )
    return Panels(plots, THIRD, share_x=True, share_y=True)


def _shaken(result: Result) -> list[Block]:
    """Say in plain words what shaking the inputs came to."""
    drift, noisy = result.shift.by_layer, result.noisy
    if noisy is None or drift.noisy is None or not (moved := float(drift.without.per_step.mean())):
        return []
    steps = [sweep.fewest_steps for sweep in (noisy.sweep, result.without)]
    took = [phrase("steps", steps=n) if n else phrase("steps.more", steps=result.steps) for n in steps]
    times = Ratio(float(drift.noisy.per_step.mean()) / moved)
    return [phrase("shaken", times=times, noisy=took[0], without=took[1])]
