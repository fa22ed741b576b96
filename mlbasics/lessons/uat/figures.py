"""What the screen of universal approximation shows, and its dial: how many neurons there are."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from mlbasics.data.origin import told
from mlbasics.kit import (
    Block,
    Column,
    Dial,
    Frame,
    Look,
    Panels,
    Plot,
    Role,
    Rough,
    Row,
    Series,
    Suggestion,
    Table,
    band,
    line,
    phrase,
    span,
    suggest,
)  # fmt: skip
from mlbasics.kit.targets import readable
from mlbasics.lessons.uat import PAIR, STEPS, SUGGESTIONS
from mlbasics.lessons.uat.claims import FOUND, extent

if TYPE_CHECKING:
    from mlbasics.lessons.uat import Params
    from mlbasics.lessons.uat.experiment import Drawn, Result

NARROWEST = 15
MOST_BARS = 400  # more could not be told apart on any screen
SEEN = 0.05  # of the range: what is missed by less is no area
MOST_DECIMALS = 6  # more are not read; numbers are then told with powers of ten
TINY = 1e-290  # the least of a logarithmic axis
BENT = Suggestion({"activation": "relu"}, phrase("try.relu"))


def dial(params: Params, result: Result) -> Dial:
    """Return the dial: the widths that were built, at first the one asked for."""
    positions = list(result.drawn)
    at, shown = positions.index(params.neurons), partial(frame, params, result)
    return Dial(phrase("dial.neurons"), positions, at, shown, "neurons")


def frame(params: Params, result: Result, neurons: float) -> Frame:
    """Show what so many neurons add up to, and how: one, and two."""
    n = int(neurons)
    error = Rough(result.drawn[n].sup_error)
    proof = Panels([summed(params, result, n), *_proof(params, result)], NARROWEST, shares=(2, 1, 1))
    caption = phrase("caption.neurons", neurons=n, sup_error=error)
    return Frame([proof], caption, [(phrase("measure.largest"), error)])


def summed(params: Params, result: Result, neurons: int) -> Plot:
    """Show what so many neurons add up to over the target: their bumps, or what is missing."""
    at, curves = result.drawn[neurons], result.curves
    a, b = result.interval
    areas = []
    if at.bumps is not None:
        count = min(len(at.bumps), MOST_BARS)
        heights = at.bumps[((np.arange(count) + 0.5) * len(at.bumps) / count).astype(int)]
        edges = np.linspace(a, b, count + 1)
        areas = [Series(phrase("series.bumps"), "best", "bars", edges.tolist(), heights.tolist())]
    elif abs(at.network - curves.target).max() > SEEN * np.ptp(curves.target):
        areas = [band("missed", "high", curves.x, at.network, curves.target)]
    return Plot(
        id=kind(params, at),
        title=phrase(f"plot.{kind(params, at)}", neurons=neurons),
        series=[
            *areas,
            line("target", "truth", curves.x, curves.target),
            line("network", "best", curves.x, at.network),
        ],
        x_range=(a, b),
        y_range=span(curves.target, 0.02),
    )


def kind(params: Params, at: Drawn) -> str:
    """Return what the neurons are: steps that make bumps, soft ones that overlap, bends, or lines."""
    if params.activation not in STEPS:
        return params.activation
    return "soft" if at.bumps is None else "bumps"


def _proof(params: Params, result: Result) -> list[Plot]:
    """Show one neuron at the least and the largest weight, and two of these, one less the other."""
    ladder = result.ladder
    shown: tuple[tuple[Role, int], ...] = ("low", 0), ("high", -1)
    one = [
        line(phrase("series.weight", weight=ladder.weight[i]), role, ladder.x, ladder.step[i])
        for role, i in shown
    ]
    a, b = result.interval
    bump = band("bump", "best", ladder.x, np.zeros(len(ladder.x)), ladder.bump)
    if params.activation in STEPS:
        edges, height = [a + at * (b - a) for at in PAIR], float(ladder.bump.max())
        bump = Series(phrase("series.bump"), "best", "bars", edges, [height])
    two = [bump, *(line(one[-1].label, "high", ladder.x, y) for y in ladder.pair)]
    name = "step" if params.activation in STEPS else params.activation
    values = np.concatenate([*ladder.step, *ladder.pair, ladder.bump])
    return [
        Plot(of, series, result.interval, span(values, 0.1), phrase(f"plot.{of}.{name}"))
        for of, series in (("one", one), ("two", two))
    ]


def look(params: Params, result: Result) -> Look:
    """Show the bumps, their sum and what it follows, and how a bump is made."""
    origin, kept = result.origin, kind(params, result.drawn[params.neurons])
    scene = phrase("scene.jump" if result.largest_jump > FOUND * extent(result) else f"scene.{kept}")
    if origin is not None:
        scene = phrase("scene.own", y=origin.y, x=origin.x[0], rows=told(origin))
    return Look(scene, dial(params, result).look.heroes, None, suggest(_fitting(params), params))


def _fitting(params: Params) -> list[Suggestion]:
    """Return the suggestions that change what is seen: beside --data no curve, beside a formula no target."""
    idle = {"function", "target"} if params.data else {"target"} if params.function else set()
    fitting = [s for s in SUGGESTIONS if not idle & s.options.keys()]
    return [BENT, *fitting] if params.activation == "linear" else fitting


def more(params: Params, result: Result) -> list[Block]:
    """Show the setting, the errors by width, and the training."""
    a, b = result.interval
    setup = phrase(
        "setup", formula=readable(result.formula), a=a, b=b, neurons=params.neurons,
        activation=params.activation, method=phrase(f"method.{params.method}"),
    )  # fmt: skip
    return [
        setup,
        halving(result),
        _by_width(result),
        _losses(result),
        training(result),
    ]


def halving(result: Result) -> Table:
    """Return the errors of ever more neurons."""
    by = result.widths
    return Table(
        id="halving",
        columns=[Column("neurons"), Column("sup"), Column("rms")],
        rows=[Row(cells) for cells in zip(by.neurons, by.sup_error, by.rms_error, strict=True)],
    )


def _by_width(result: Result) -> Plot:
    by = result.widths
    at = list(range(len(by.neurons)))
    known = [e for e in [*by.sup_error, *by.rms_error] if e > 0]
    high = max(known, default=1.0)
    least = max(min(known, default=0.1) / 2, high * 1e-12, TINY)
    return Plot(
        id="widths",
        axes=phrase("plot.widths.axes", slope=result.slope),
        series=[
            Series(phrase("series.sup"), "high", "both", at, by.sup_error),
            Series(phrase("series.rms"), "low", "both", at, by.rms_error),
        ],
        x_range=(0, max(1, at[-1])),
        y_range=(least, 2 * max(high, least)),
        log_y=True,
        x_names=[f"{n}" for n in by.neurons],
        height=14,
    )


def _losses(result: Result) -> Plot:
    losses = [loss if loss > 0 else math.nan for loss in result.long_training.losses]
    known = [loss for loss in losses if loss > 0] or [1.0]
    return Plot(
        id="losses",
        axes=phrase("plot.losses.axes"),
        series=[line("loss", "train", list(range(1, len(losses) + 1)), losses)],
        x_range=(1, max(2, len(losses))),
        y_range=(max(min(known) / 2, TINY), 2 * max(*known, TINY)),
        log_x=True,
        log_y=True,
        height=12,
    )


def training(result: Result) -> Table:
    """Show how far training from random weights comes in ever more steps."""
    both = result.training, result.long_training
    return Table(
        id="training",
        title=phrase("table.training", neurons=result.training.neurons),
        columns=[Column("steps"), Column("sup")],
        rows=[Row(pair) for t in both for pair in zip(t.steps, t.sup_error, strict=True)],
    )
