"""What the screen of universal approximation shows."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from mlbasics.data.origin import told
from mlbasics.kit import (
    Block,
    Panels,
    Phrase,
    Plot,
    Role,
    Series,
    Story,
    Suggestion,
    phrase,
    span,
    suggest,
)
from mlbasics.kit.targets import readable
from mlbasics.lessons.uat.simulate import FEW, Result
from mlbasics.lessons.uat.tables import methods
from mlbasics.numerics import Array

if TYPE_CHECKING:
    from mlbasics.lessons.uat import Params

NARROWEST = 24
TINY = 1e-290  # the least of a logarithmic axis
ROLES: tuple[Role, ...] = ("low", "best", "high")

SUGGESTIONS = (
    Suggestion({"neurons": 200}, phrase("try.neurons")),
    Suggestion({"method": "trained"}, phrase("try.trained")),
    Suggestion({"function": "sin(6*x) + x**2"}, phrase("try.function")),
    Suggestion({"activation": "linear"}, phrase("try.linear")),
    Suggestion({"target": "step"}, phrase("try.step")),
)

FORMULAS = {"function", "target"}  # options that have no place beside --data


def show(params: Params, result: Result) -> Story:
    """Show the ladder, the network on its target, the errors by width, and the methods side by side."""
    setup = phrase(
        "setup" if result.origin is None else "setup.own",
        formula=readable(result.formula),
        rows="" if result.origin is None else told(result.origin),
        a=result.interval[0],
        b=result.interval[1],
        neurons=params.neurons,
        activation=params.activation,
        method=phrase(f"method.{params.method}"),
    )
    blocks: list[Block] = [Panels(_ladder(result), NARROWEST), _network(params, result), _by_width(result)]
    if result.losses:
        blocks.append(_losses(result))
    blocks += [methods(params, result), phrase("existence")]
    fitting = [s for s in SUGGESTIONS if result.origin is None or not FORMULAS & s.options.keys()]
    return Story(setup, blocks, suggest(fitting, params))


def _ladder(result: Result) -> list[Plot]:
    ladder = result.ladder
    x = ladder.x
    weights = [
        _line(phrase("series.weight", weight=w), role, x, y)
        for w, role, y in zip(ladder.weight, ROLES, ladder.step, strict=True)
    ]
    few = [
        _line(phrase("series.target"), "truth", x, ladder.target),
        _line(phrase("series.few", neurons=FEW), "best", x, ladder.few),
    ]
    return [
        _plot("plot.step", weights, (-0.1, 1.1), 12),
        _plot("plot.bump", [_line(phrase("series.bump"), "best", x, ladder.bump)], (-0.1, 1.1), 12),
        _plot("plot.few", few, span(ladder.target), 12),
    ]


def _network(params: Params, result: Result) -> Plot:
    curves = result.curves
    return _plot(
        "plot.network",
        [
            _line(phrase("series.error"), "high", curves.x, curves.network - curves.target),
            _line(phrase("series.target"), "truth", curves.x, curves.target),
            _line(phrase("series.network", neurons=params.neurons), "best", curves.x, curves.network),
        ],
        span(np.append(curves.target, 0)),
        16,
        sup=result.sup_error,
        rms=result.rms_error,
    )


def _by_width(result: Result) -> Plot:
    by = result.by_width
    at = list(range(len(by.neurons)))
    bounds = [math.nan if b is None else b for b in by.bound]
    known = [e for e in [*by.sup_error, *by.rms_error, *bounds] if e > 0]
    high = max(known, default=1.0)
    least = max(min(known, default=0.1) / 2, high * 1e-12, TINY)
    series = [
        Series(phrase("series.sup"), "high", "both", at, by.sup_error),
        Series(phrase("series.rms"), "low", "both", at, by.rms_error),
    ]
    if any(by.bound):
        series.insert(0, Series(phrase("series.bound"), "floor", "line", at, bounds))
    return Plot(
        title=phrase("plot.widths"),
        axes=phrase("plot.widths.axes", slope=result.slope),
        series=series,
        x_range=(0, max(1, at[-1])),
        y_range=(least, 2 * max(high, least)),
        log_y=True,
        x_names=[f"{n}" for n in by.neurons],
        height=14,
    )


def _losses(result: Result) -> Plot:
    losses = [loss for loss in result.losses if loss > 0] or [1.0]
    return Plot(
        title=phrase("plot.losses"),
        axes=phrase("plot.losses.axes"),
        series=[Series(phrase("series.loss"), "train", "line", list(range(len(losses))), losses)],
        x_range=(0, max(1, len(losses) - 1)),
        y_range=(max(min(losses) / 2, TINY), 2 * max(*losses, TINY)),
        log_y=True,
        whole_x=True,
        height=12,
    )


def _line(name: Phrase, role: Role, x: Array, y: Array) -> Series:
    return Series(name, role, "line", x.tolist(), y.tolist())


def _plot(key: str, series: list[Series], y_range: tuple[float, float], height: int, **said: object) -> Plot:
    x = series[-1].x
    return Plot(phrase(key), phrase(f"{key}.axes", **said), series, (x[0], x[-1]), y_range, height=height)
