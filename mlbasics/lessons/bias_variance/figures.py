"""The pictures of bias and variance: fits side by side, and the error as a stack of its terms."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from mlbasics.data.origin import told
from mlbasics.kit import (
    Block,
    Dial,
    Frame,
    Look,
    Panels,
    Phrase,
    Plot,
    Role,
    Rough,
    Series,
    Share,
    line,
    phrase,
    points,
    suggest,
)
from mlbasics.kit.targets import formula_of, readable
from mlbasics.lessons.bias_variance import SUGGESTIONS, tables

if TYPE_CHECKING:
    from mlbasics.lessons.bias_variance import Params
    from mlbasics.lessons.bias_variance.experiment import Result
    from mlbasics.numerics import Array

NARROWEST = 11  # columns in which fits can still be made out
ROOM = 0.15  # of the truth's height, above and below it
FAR, NEAR = 1 / 16, 1 / 20  # of the truth's variance: what is seen at a glance to stray, and not to
HANGING = 0.4  # of the way up to the frame is left free under the mark
FOLLOWED = 5  # fits that can be followed one by one


def look(params: Params, result: Result) -> Look:
    """Show that the too simple is wrong in one way, the too flexible in many, and what errors are made of."""
    counts, origin = {"trials": params.trials, "n_train": params.n_train}, result.origin
    if origin is None:
        scene = phrase("scene.mlp" if params.family == "mlp" else "scene", **counts)
    else:
        scene = phrase("scene.own", rows=told(origin), **counts)
    heroes = dial(params, result).look.heroes
    suggestions = suggest(SUGGESTIONS[1:] if origin else SUGGESTIONS, params)
    return Look(scene, heroes, tables.parts(result), suggestions)


def more(params: Params, result: Result) -> list[Block]:
    """Show how the data are made, and the terms with their standard errors."""
    counts = {"trials": params.trials, "n_train": params.n_train, "noise": params.noise}
    setup = phrase("setup", formula=readable(formula_of(params)), **counts)
    blocks: list[Block] = [phrase("own-data") if result.origin else setup, tables.terms(result)]
    if result.heavy_tail:
        blocks.append(phrase("heavy-tail", where=", ".join(f"{c:g}" for c in result.heavy_tail)))
    return blocks


def dial(params: Params, result: Result) -> Dial:
    """Return the dial: every complexity, at first the best."""
    name = phrase(f"axis.{result.family}")
    return Dial(name, result.complexity, result.best_index, partial(by_complexity, result))


def by_complexity(result: Result, complexity: float) -> Frame:
    """Show the fits of one complexity between those of the ends, and mark it on the stack."""
    i = result.complexity.index(complexity)
    total = float(result.total[i])
    terms = max(float(result.bias2[i]), 0.0), float(result.variance[i])
    bias2, variance = (Share(term / total if total else 0.0) for term in terms)
    named = tables.complexity(result, i)
    caption = phrase("caption", name=named, total=Rough(total), bias2=bias2, variance=variance)
    names = (phrase(f"measure.{name}") for name in ("total", "bias2", "variance"))
    measures = list(zip(names, map(Rough, (total, *terms)), strict=True))
    return Frame([fans(result, i), stack(result, i)], caption, measures)


def fans(result: Result, middle: int) -> Panels:
    """Return fits of a few models, and their means, on one scale."""
    plots = [fan(result, i) for i in result.shown(middle)]
    return Panels(plots, NARROWEST, share_x=True, share_y=True)


def fan(result: Result, i: int) -> Plot:
    """Return a few fits of one model, and the mean, over the truth, which on own data is the rows."""
    x, y, fits = result.x, result.truth, result.fits[:FOLLOWED, i]
    margin = ROOM * float(np.ptp(y)) or max(1.0, float(abs(y).max()))
    own, name = result.origin is not None, tables.complexity(result, i)
    below = Series(phrase("series.rows"), "data", "dots", x.tolist(), y.tolist())
    label = phrase("series.fit", shown=len(fits))
    return Plot(
        id="fan",
        title=name if own else caption(result, i) or name,
        series=[
            below if own else line("truth", "truth", x, y),
            *(line(label, "data", x, fit) for fit in fits),
            line("mean", "best", x, result.mean[i]),
        ],
        x_range=(float(x[0]), float(x[-1])) if own else (0, 1),
        y_range=(float(y.min()) - margin, float(y.max()) + margin),
        height=14,
    )


def caption(result: Result, i: int) -> Phrase | None:
    """Say of fits whether they are alike, and right on average; None where either is unclear.

    What is squared and averaged is far above a sixteenth of the truth's variance over x, by three standard
    errors, and near below a twentieth.
    """
    x, y = result.x, result.truth
    spread = float(np.trapezoid(np.square(y - np.trapezoid(y, x)), x))
    terms = [(getattr(result, name)[i], 3 * getattr(result.se, name)[i]) for name in ("bias2", "variance")]
    far = [distance2 - error > FAR * spread for distance2, error in terms]
    near = [distance2 + error < NEAR * spread for distance2, error in terms]
    unclear = not all(one or other for one, other in zip(far, near, strict=True))
    if all(far) or unclear or result.complexity[i] in result.heavy_tail:
        return None
    kind = "wrong" if far[0] else "apart" if far[1] else "right"
    return phrase(f"plot.fan.{kind}", name=tables.complexity(result, i))


def stack(result: Result, marked: int) -> Plot:
    """Return noise, variance and bias² on top of each other, by complexity, with one complexity marked.

    What is far above the least is cut, and said.
    """
    at, total, own = np.arange(len(result.complexity)), result.total, result.origin is not None
    best = result.best_index
    top = 1.1 * tables.longest(total, float(total[best]))
    bias2 = phrase("series.bias2.own" if own else "series.bias2")
    name = phrase(
        "series.best" if marked == best else "series.marked", name=tables.complexity(result, marked)
    )
    series = [
        *([] if own else [_layer(phrase("series.noise"), "floor", result.noise)]),
        _layer(phrase("series.variance"), "high", result.variance),
        _layer(bias2, "low", result.bias2),
    ]
    if (total > top).any():
        series.append(line(bias2, "plain", at, np.where(total > top, total, np.nan)))
    if own:
        series.append(points("oob", "cv", at, np.where(result.oob_mse > top, np.nan, result.oob_mse)))
    start = min(float(total[marked]), top)
    series.append(line(name, "plain", [marked] * 2, [start + HANGING * (top - start), top]))
    return Plot(
        id="terms",
        series=series,
        x_range=(0, max(1, len(at) - 1)),
        y_range=(0, top),
        x_names=[f"{c:.3g}" for c in result.complexity],
        height=14,
        x_name=phrase(f"axis.{result.family}"),
    )


def _layer(name: Phrase, role: Role, terms: Array) -> Series:
    return Series(name, role, "stack", list(range(len(terms))), np.maximum(terms, 0).tolist())
