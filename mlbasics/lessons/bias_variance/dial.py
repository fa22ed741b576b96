"""The dials of bias and variance: how many sets are drawn, or the complexity between the ends."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from mlbasics.kit import Dial, Frame, Panels, Plot, Rough, Share, phrase, picked
from mlbasics.lessons.bias_variance import tables
from mlbasics.lessons.bias_variance.heroes import fans, stack
from mlbasics.lessons.bias_variance.strips import strips

if TYPE_CHECKING:
    from mlbasics.lessons.bias_variance import Params
    from mlbasics.lessons.bias_variance.simulate import Result

COUNTS = 10  # numbers of sets from one to all that are drawn, at about equal ratios


def dial(params: Params, result: Result) -> Dial:
    """Return the dial: the sets drawn so far, at first all; or every complexity, at first the best."""
    if params.dial == "complexity":
        name = phrase(f"axis.{result.family}")
        return Dial(name, result.complexity, result.best_index, partial(by_complexity, result))
    counts = [i + 1 for i in picked(_drawn(result), (), COUNTS, ratio=True)]
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
    """Show the fits to the first so many sets, and their mean; beside them the stack of all."""
    count, best = int(sets), result.best_index
    some = None if count == _drawn(result) else count
    simple, free = (f"{result.complexity[i]:g}" for i in (result.shown(best)[0], -1))
    drawn = result.every_curve.sample
    spread = {name: Rough(_spread(drawn[key][:count])) for name, key in (("simple", simple), ("free", free))}
    caption = phrase("caption.sets" if count > 1 else "caption.set", sets=count, **spread)
    measures = [(phrase(f"measure.{name}"), found) for name, found in spread.items()]
    return Frame([*_at(result, best), fans(result, best, some), stack(result, best)], caption, measures)


def _at(result: Result, i: int) -> list[Plot | Panels]:
    return [] if result.at is None else [strips(result, result.at, i)]


def _drawn(result: Result) -> int:
    """Return the number of sets whose fits are drawn."""
    return min(map(len, result.every_curve.sample.values()))


def _spread(fits: np.ndarray) -> float:
    """Return how far the fits are from their mean, the root of the mean square over sets and x."""
    return float(np.sqrt(fits.var(axis=0).mean()))
