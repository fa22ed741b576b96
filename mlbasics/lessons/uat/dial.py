"""The dial of universal approximation: how many neurons there are."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from mlbasics.kit import Dial, Frame, Panels, Phrase, Plot, Role, Rough, Series, phrase, span
from mlbasics.lessons.uat import STEPS
from mlbasics.numerics import Array

if TYPE_CHECKING:
    from mlbasics.lessons.uat import Params
    from mlbasics.lessons.uat.result import Drawn, Result

NARROWEST = 24
ROLES: tuple[Role, ...] = ("low", "middle", "high")
MOST_BARS = 400  # more could not be told apart on any screen
SEEN = 0.05  # of the range: what is missed by less is no area
MOST_DRAWN = 5  # neurons of the diagram


def dial(params: Params, result: Result) -> Dial:
    """Return the dial: the widths that were built, at first the one asked for."""
    positions = list(result.drawn)
    at, shown = positions.index(params.neurons), partial(frame, params, result)
    return Dial(phrase("dial.neurons"), positions, at, shown, "neurons")


def frame(params: Params, result: Result, neurons: float) -> Frame:
    """Show what so many neurons add up to, and how: one, two, and all of them."""
    n = int(neurons)
    error = Rough(result.drawn[n].sup_error)
    parts = Panels([*_ladder(params, result), _diagram(result, n)], NARROWEST)
    caption = phrase("caption.neurons", count=_count(n), sup_error=error)
    return Frame([_sum(params, result, n), parts], caption, [(phrase("measure.largest"), error)])


def _sum(params: Params, result: Result, neurons: int) -> Plot:
    """Show what so many neurons add up to on the target: their bumps, or what is missing."""
    at, curves = result.drawn[neurons], result.curves
    a, b = result.interval
    x = curves.x
    areas = []
    if at.bumps is not None:
        count = min(len(at.bumps), MOST_BARS)
        heights = at.bumps[((np.arange(count) + 0.5) * len(at.bumps) / count).astype(int)]
        edges = np.linspace(a, b, count + 1)
        areas = [Series(phrase("series.bumps"), "best", "bars", edges.tolist(), heights.tolist())]
    elif abs(at.network - curves.target).max() > SEEN * np.ptp(curves.target):
        ends = at.network.tolist(), curves.target.tolist()
        areas = [Series(phrase("series.missed"), "high", "band", x.tolist(), *ends)]
    return Plot(
        id=kind(params, at),
        title=phrase(f"plot.{kind(params, at)}", count=_count(neurons)),
        series=[
            *areas,
            _line(phrase("series.network"), "best", x, at.network),
            _line(phrase("series.target"), "truth", x, curves.target),
        ],
        x_range=(a, b),
        y_range=span(curves.target, 0.02),
    )


def _count(neurons: int) -> Phrase:
    return phrase("neurons", neurons=neurons)


def kind(params: Params, at: Drawn) -> str:
    """Return what the neurons are: steps that make bumps, soft ones that overlap, bends, or lines."""
    if params.activation not in STEPS:
        return params.activation
    return "soft" if at.bumps is None else "bumps"


def _ladder(params: Params, result: Result) -> list[Plot]:
    """Show one neuron at three weights, and two, one up and one down."""
    ladder = result.ladder
    weights = [
        _line(phrase("series.weight", weight=w), role, ladder.x, y)
        for w, role, y in zip(ladder.weight, ROLES, ladder.step, strict=True)
    ]
    two = [_line(phrase("series.bump"), "best", ladder.x, ladder.bump)]
    kind = "step" if params.activation in STEPS else params.activation
    return [
        Plot(
            "one",
            weights,
            result.interval,
            span(np.concatenate(ladder.step), 0.1),
            phrase(f"plot.one.{kind}"),
        ),
        Plot("two", two, result.interval, span([0, *ladder.bump], 0.1), phrase(f"plot.two.{kind}")),
    ]


def _diagram(result: Result, neurons: int) -> Plot:
    """Show how x goes through the neurons to their sum, and the weights of one in the midst of them."""
    weight, bias, factor = result.drawn[neurons].neuron
    count = min(MOST_DRAWN, neurons)
    top, *others = ((count - 1) / 2 - k for k in range(count))
    wires = [p for h in others for p in ((0, 0), (1, h), (2, 0), (math.nan, math.nan))]
    name = phrase("series.neurons", neurons=neurons)
    return Plot(
        id="diagram",
        series=[
            Series(phrase("series.into", weight=weight), "low", "line", [0, 1], [0, top]),
            Series(phrase("series.out", factor=factor), "high", "line", [1, 2], [top, 0]),
            Series(phrase("series.bias", bias=bias), "low", "points", [1], [top]),
            Series(name, "best", "points", [1.0] * len(others), others),
            Series(name, "faint", "line", [x for x, _ in wires], [y for _, y in wires]),
            Series(name, "plain", "points", [0, 2], [0, 0], shape="disc"),
        ],
        x_range=(-0.1, 2.1),
        y_range=(-top - 0.5, top + 0.8),
        x_names=("x", "", "f(x)"),
        y_measured=False,
    )


def _line(name: Phrase, role: Role, x: Array, y: Array) -> Series:
    return Series(name, role, "line", x.tolist(), y.tolist())
