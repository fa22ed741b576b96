"""What the screen of universal approximation shows."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from mlbasics.data.origin import told
from mlbasics.kit import Block, Look, Phrase, Plot, Series, Suggestion, phrase, suggest
from mlbasics.kit.targets import readable
from mlbasics.lessons.uat import MOST, SUGGESTIONS
from mlbasics.lessons.uat.claims import training_can_miss
from mlbasics.lessons.uat.dial import dial, kind
from mlbasics.lessons.uat.tables import halving, methods

if TYPE_CHECKING:
    from mlbasics.lessons.uat import Params
    from mlbasics.lessons.uat.result import Result

TINY = 1e-290  # the least of a logarithmic axis
BENT = Suggestion({"activation": "relu"}, phrase("try.relu"))


def look(params: Params, result: Result) -> Look:
    """Show the bumps, their sum and what it follows, how a bump is made, and what more neurons bring."""
    origin = result.origin
    scene = phrase(f"scene.{kind(params, result.drawn[params.neurons])}")
    if origin is not None:
        scene = phrase("scene.own", y=origin.y, x=origin.x[0], rows=told(origin))
    return Look(
        scene=scene,
        heroes=dial(params, result).look.heroes,
        table=halving(result),
        suggestions=suggest(_fitting(params), params),
    )


def _fitting(params: Params) -> list[Suggestion]:
    """Return the suggestions that change what is seen: beside --data no curve, beside a formula no target."""
    idle = {"function", "target"} if params.data else {"target"} if params.function else set()
    fitting = [s for s in SUGGESTIONS if not idle & s.options.keys()]
    return [BENT, *fitting] if params.activation == "linear" else fitting


def more(params: Params, result: Result) -> list[Block]:
    """Show the setting, the errors by width, the training, and the methods side by side."""
    a, b = result.interval
    setup = phrase(
        "setup", formula=readable(result.formula), a=a, b=b, neurons=params.neurons,
        activation=params.activation, method=phrase(f"method.{params.method}"),
    )  # fmt: skip
    blocks: list[Block] = [setup, _by_width(result)]
    if result.losses:
        blocks.append(_losses(result))
    return [*blocks, methods(params, result), _existence(params, result)]


def _existence(params: Params, result: Result) -> Phrase:
    """Say what became of the good weights that exist: as the claim about training was judged."""
    if result.solved is None or result.from_random is None:
        return phrase("existence.untrained", most=MOST["trained"])
    holds, evidence, _ = training_can_miss(params, result)
    return Phrase({True: "existence.true", False: "existence.false", None: "existence.null"}[holds], evidence)


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
        id="widths",
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
        id="losses",
        axes=phrase("plot.losses.axes"),
        series=[Series(phrase("series.loss"), "train", "line", list(range(len(losses))), losses)],
        x_range=(0, max(1, len(losses) - 1)),
        y_range=(max(min(losses) / 2, TINY), 2 * max(*losses, TINY)),
        log_y=True,
        whole_x=True,
        height=12,
    )
