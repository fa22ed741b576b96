"""The pictures of bias and variance: fans of fits side by side, and the error as a stack of its terms."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from mlbasics.kit import Panels, Phrase, Plot, Role, Series, phrase
from mlbasics.lessons.bias_variance import tables
from mlbasics.numerics.decomposition import Term

if TYPE_CHECKING:
    from mlbasics.lessons.bias_variance.simulate import Curves, Result
    from mlbasics.numerics import Array

NARROWEST = 11  # columns in which a fan of fits can still be made out
ROOM = 0.25  # of the truth's height, above and below it
FAR = 1 / 4  # of the truth's standard deviation: what strays farther is seen to at a glance
NEAR = 0.9 * FAR
HANGING = 0.4  # of the way up to the frame is left free under the mark
HIGHEST = 5  # times the least error: a bar that is higher is cut


def fans(result: Result, middle: int, sets: int | None = None) -> Panels:
    """Return the fits of the simplest, of one in the middle, and of the most complex, on one scale.

    Of all sets, or of the first so many, of which too little is known for a caption.
    """
    plots, curves = [], result.every_curve
    for i in result.shown(middle):
        term = Term(result.bias2[i], result.variance[i], result.se.bias2[i], result.se.variance[i])
        heavy = result.complexity[i] in result.heavy_tail
        said = None if heavy or result.origin or sets else caption(curves, term)
        plots.append(
            fan(
                result,
                result.every_curve,
                f"{result.complexity[i]:g}",
                tables.complexity(result, i),
                said,
                sets,
            )
        )
    return Panels(plots, NARROWEST, share_x=True, share_y=True)


def pair(result: Result) -> Panels:
    """Return the fits of linear regression beside those of a network, on the same training sets."""
    both, own = result.linear_vs_mlp, result.origin
    learners = (("linear", tables.linear(), both.linear), ("mlp", tables.network(both.width), both.mlp))
    plots = [
        fan(result, both.curves, key, name, None if own else caption(both.curves, term))
        for key, name, term in learners
    ]
    return Panels(plots, NARROWEST, share_x=True, share_y=True)


def fan(
    result: Result, curves: Curves, key: str, name: Phrase, said: Phrase | None, sets: int | None = None
) -> Plot:
    """Return the fits of one learner, their mean, and the truth, which on own data is the rows themselves."""
    x, y, fits = curves.x.tolist(), curves.truth.tolist(), curves.sample[key][:sets]
    mean = fits.mean(axis=0) if sets else curves.mean[key]
    low, high = min(y), max(y)
    margin = ROOM * (high - low) or max(1.0, abs(high))
    truth = Series(phrase("series.truth"), "truth", "line", x, y)
    rows = Series(phrase("series.rows"), "data", "dots", x, y)
    parted = [y for fit in fits for y in (*fit.tolist(), math.nan)]
    many = Series(phrase("series.fit", shown=len(fits)), "faint", "line", [*x, x[-1]] * len(fits), parted)
    return Plot(
        id=(said or name).key.split(".")[1],
        title=said or name,
        axes=name if said else None,
        series=[
            many,
            *([rows] if result.origin else []),
            Series(phrase("series.mean"), "best", "line", x, mean.tolist()),
            *([] if result.origin else [truth]),
        ],
        x_range=(x[0], x[-1]) if result.origin else (0, 1),
        y_range=(low - margin, high + margin),
        height=14,
    )


def caption(curves: Curves, term: Term) -> Phrase | None:
    """Say of a fan of fits whether they are alike, and right on average; None where either is unclear.

    The distance of fits from their mean, or of that from the truth, squared and averaged, has a root that is
    far above a quarter of the truth's standard deviation over x, and near below nine tenths of that.
    """
    spread = float(np.trapezoid(np.square(curves.truth - np.trapezoid(curves.truth, curves.x)), curves.x))
    wrong = _far(term.bias2, 3 * term.bias2_se, spread)
    apart = _far(term.variance, 3 * term.variance_se, spread)
    if wrong is None or apart is None or (wrong and apart):
        return None
    return phrase(f"plot.fan.{'wrong' if wrong else 'apart' if apart else 'right'}")


def _far(distance2: float, error: float, spread: float) -> bool | None:
    if distance2 - error > FAR**2 * spread:
        return True
    return False if distance2 + error < NEAR**2 * spread else None


def stack(result: Result, marked: int) -> Plot:
    """Return noise, variance and bias² on top of each other, by complexity, with one complexity marked.

    What is far above the least is cut, on either side, and said.
    """
    at, total, own = np.arange(len(result.complexity)), result.total, result.origin is not None
    best = result.best_index
    top = 1.1 * (min(float(total.max()), HIGHEST * float(total[best])) or 1.0)
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
        cut = [float(y) if y > top and here else math.nan for y, here in zip(total, side, strict=True)]
        if not all(map(math.isnan, cut)):
            series.append(Series(bias2, "plain", "line", at.tolist(), cut))
    if own:
        series.append(Series(phrase("series.oob"), "cv", "points", at.tolist(), result.test_mse.tolist()))
    start = min(float(total[marked]), top)
    series.append(Series(name, "best", "line", [marked] * 2, [start + HANGING * (top - start), top]))
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
