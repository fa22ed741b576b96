"""The pictures of bias and variance: fits side by side, and the error as a stack of its terms."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

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
    Suggestion,
    band,
    line,
    phrase,
    picked,
    points,
    span,
    suggest,
)
from mlbasics.kit.targets import formula_of, readable
from mlbasics.lessons.bias_variance import SUGGESTIONS, tables
from mlbasics.numerics.decomposition import Term

if TYPE_CHECKING:
    from mlbasics.lessons.bias_variance import Params
    from mlbasics.lessons.bias_variance.experiment import AtPoint, Curves, Result
    from mlbasics.numerics import Array

NARROWEST = 11  # columns in which fits can still be made out
ROOM = 0.15  # of the truth's height, above and below it
FAR, NEAR = 1 / 16, 1 / 20  # of the truth's variance: what is seen at a glance to stray, and not to
HANGING = 0.4  # of the way up to the frame is left free under the mark
FOLLOWED = 5  # fits that can be followed one by one
COUNTS = 10  # numbers of sets from one to all that are drawn, at about equal ratios
HALF = 0.3  # of the height of a strip


OWN_SUGGESTIONS = (
    Suggestion({"n_train": 100}, phrase("try.n_train")),
    Suggestion({"family": "knn"}, phrase("try.knn")),
    Suggestion({"degrees": "0:6"}, phrase("try.degrees")),
    Suggestion({"family": "ridge"}, phrase("try.ridge")),
)


class Model(NamedTuple):
    """A model that is drawn: its name, its terms, its fits, and whether a few of these make its means."""

    name: Phrase
    term: Term
    mean: Array
    sample: Array
    heavy: bool


def models(result: Result, middle: int, *, pair: bool) -> list[Model]:
    """Return linear regression and the network, or the simple one, one in the middle and the most complex."""
    if pair:
        both = result.linear_vs_mlp
        named = (
            ("linear", phrase("learner.linear"), both.linear),
            ("mlp", phrase("learner.mlp", width=both.width), both.mlp),
        )
        return [
            Model(name, term, both.curves.mean[key], both.curves.sample[key], heavy=False)
            for key, name, term in named
        ]
    curves, shown = result.every_curve, []
    for i in result.shown(middle):
        key, heavy = f"{result.complexity[i]:g}", result.complexity[i] in result.heavy_tail
        source = result.typical if heavy and result.typical else result
        term = Term(
            *(float(v[i]) for v in (source.bias2, source.variance, source.se.bias2, source.se.variance))
        )
        shown.append(Model(tables.complexity(result, i), term, curves.mean[key], curves.sample[key], heavy))
    return shown


def look(params: Params, result: Result) -> Look:
    """Show that the too simple is wrong in one way, the too flexible in many, and what errors are made of."""
    counts, origin = {"trials": params.trials, "n_train": params.n_train}, result.origin
    scene = phrase("scene.mlp" if params.family == "mlp" else "scene", **counts)
    suggestions = SUGGESTIONS
    if origin is not None:
        scene = phrase("scene.own", y=origin.y, x=origin.x[0], rows=told(origin), **counts)
        suggestions = OWN_SUGGESTIONS
    shown = models(result, result.best_index, pair=params.family == "mlp")
    rows = [(model.name, model.term) for model in shown]
    noise = None if origin else float(result.noise[0])
    return Look(
        scene, dial(params, result).look.heroes, tables.parts(rows, noise), suggest(suggestions, params)
    )


def more(params: Params, result: Result) -> list[Block]:
    """Show the terms and their standard errors, closed forms, and the two comparisons."""
    setup = phrase(
        "setup",
        trials=params.trials,
        n_train=params.n_train,
        formula=readable(formula_of(params)),
        noise=params.noise,
        design=phrase(f"design.{params.design}"),
        family=phrase(f"family.{params.family}"),
    )
    blocks: list[Block] = [phrase("own-data") if result.origin else setup, tables.terms(result)]
    if result.heavy_tail:
        blocks.append(phrase("heavy-tail", where=", ".join(f"{c:g}" for c in result.heavy_tail)))
    mlp = params.family == "mlp"
    return [
        *blocks,
        fans(result, result.best_index, pair=not mlp),
        tables.pair(result),
        tables.by_size(result),
    ]


def dial(params: Params, result: Result) -> Dial:
    """Return the dial: the sets drawn so far, at first all; or every complexity, at first the best."""
    if params.dial == "complexity":
        name = phrase(f"axis.{result.family}")
        return Dial(name, result.complexity, result.best_index, partial(by_complexity, result))
    drawn = min(map(len, result.every_curve.sample.values()))
    counts = [i + 1 for i in picked(drawn, (), COUNTS, ratio=True)]
    return Dial(phrase("dial.sets"), counts, len(counts) - 1, partial(by_sets, result))


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
    return Frame([*_at(result, i), fans(result, i), stack(result, i)], caption, measures)


def by_sets(result: Result, sets: float) -> Frame:
    """Show fits to the first so many sets, a few of them, and the mean of all; beside them the stack."""
    best, pair = result.best_index, result.family == "mlp"
    shown = models(result, best, pair=pair)
    count, drawn = int(sets), min(len(model.sample) for model in shown)
    ends = (shown[0].sample[:count], shown[-1].sample[:count])
    spread = {name: Rough(_spread(fits)) for name, fits in zip(("simple", "free"), ends, strict=True)}
    caption = phrase("caption.sets" if count > 1 else "caption.set", sets=count, **spread)
    measures = [(phrase(f"measure.{name}"), found) for name, found in spread.items()]
    hero = fans(result, best, None if count == drawn else count, pair=pair)
    return Frame([*_at(result, best), hero, stack(result, best)], caption, measures)


def _at(result: Result, i: int) -> list[Plot | Panels]:
    return [] if result.at is None else [strips(result, result.at, i)]


def _spread(fits: Array) -> float:
    """Return how far the fits are from their mean, the root of the mean square over sets and x."""
    return float(np.sqrt(fits.var(axis=0).mean()))


def fans(result: Result, middle: int, sets: int | None = None, *, pair: bool = False) -> Panels:
    """Return fits of a few models on one scale, and their means over all sets or over the first so many."""
    plots = [fan(result, model, sets) for model in models(result, middle, pair=pair)]
    return Panels(plots, NARROWEST, share_x=True, share_y=True)


def fan(result: Result, model: Model, sets: int | None) -> Plot:
    """Return a few fits of one model over the truth, which on own data is the rows themselves, and the mean.

    Of the first so many sets too little is known for a caption, and of what a few fits make.
    """
    x, y, fits = result.curves.x, result.curves.truth, model.sample[:sets]
    margin = ROOM * float(np.ptp(y)) or max(1.0, float(abs(y).max()))
    own, said = result.origin is not None, None
    if not (own or sets or model.heavy):
        said = caption(result.curves, model.name, model.term)
    below = Series(phrase("series.rows"), "data", "dots", x.tolist(), y.tolist())
    name = phrase("series.fit", shown=min(len(fits), FOLLOWED))
    return Plot(
        id="fan",
        title=said or model.name,
        series=[
            below if own else line("truth", "truth", x, y),
            *(line(name, "data", x, fit) for fit in fits[:FOLLOWED]),
            line("mean", "best", x, fits.mean(axis=0) if sets else model.mean),
        ],
        x_range=(float(x[0]), float(x[-1])) if own else (0, 1),
        y_range=(float(y.min()) - margin, float(y.max()) + margin),
        height=14,
    )


def caption(curves: Curves, name: Phrase, term: Term) -> Phrase | None:
    """Say of fits whether they are alike, and right on average; None where either is unclear.

    What is squared and averaged is far above a sixteenth of the truth's variance over x, by three standard
    errors, and near below a twentieth.
    """
    spread = float(np.trapezoid(np.square(curves.truth - np.trapezoid(curves.truth, curves.x)), curves.x))
    terms = ((term.bias2, 3 * term.bias2_se), (term.variance, 3 * term.variance_se))
    far = [distance2 - error > FAR * spread for distance2, error in terms]
    near = [distance2 + error < NEAR * spread for distance2, error in terms]
    if all(far) or not all(one or other for one, other in zip(far, near, strict=True)):
        return None
    return phrase(f"plot.fan.{'wrong' if far[0] else 'apart' if far[1] else 'right'}", name=name)


def stack(result: Result, marked: int) -> Plot:
    """Return noise, variance and bias² on top of each other, by complexity, with one complexity marked.

    What is far above the least is cut, on either side, and said.
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
    for side in (at < best, at > best):
        cut = [y if y > top and here else math.nan for y, here in zip(total.tolist(), side, strict=True)]
        if not all(map(math.isnan, cut)):
            series.append(line(bias2, "plain", at, cut))
    if own:
        series.append(points("oob", "cv", at, result.test_mse))
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


def strips(result: Result, at: AtPoint, middle: int) -> Plot:
    """Return bias and spread of the simplest, of one in the middle, and of the most complex, from the top."""
    shown = result.shown(middle)
    series: list[Series] = []
    for height, i in enumerate(reversed(shown)):
        mean, sd = float(at.mean[i]), float(at.sd[i])
        series += [
            band("spread", "high", [mean - sd, mean + sd], [height - HALF] * 2, [height + HALF] * 2),
            line("bias", "low", [at.truth, mean], [height] * 2),
            points("mean", "best", [mean], [height]),
        ]
    bottom, top = -0.5, len(shown) - 0.5
    ends = [at.mean[i] + width * at.sd[i] for i in shown for width in (-2, 2)]
    return Plot(
        id="at",
        title=phrase("plot.at", x=at.x),
        series=[*series, line("truth", "truth", [at.truth] * 2, [bottom, top])],
        x_range=span([*ends, at.truth], 0.05),
        y_range=(bottom, top),
        height=12,
        y_names=[f"{result.complexity[i]:.3g}" for i in reversed(shown)],
        y_name=phrase(f"column.{result.family}"),
    )
