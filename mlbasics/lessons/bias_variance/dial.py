"""The dial of bias and variance: the complexity between the simplest and the most complex."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from mlbasics.kit import Dial, Frame, Rough, Share, phrase
from mlbasics.lessons.bias_variance import tables
from mlbasics.lessons.bias_variance.heroes import fans, stack
from mlbasics.lessons.bias_variance.strips import strips

if TYPE_CHECKING:
    from mlbasics.lessons.bias_variance import Params
    from mlbasics.lessons.bias_variance.simulate import Result


def dial(params: Params, result: Result) -> Dial:
    """Return the dial: every complexity, simplest first, at first the best."""
    return Dial(phrase(f"axis.{result.family}"), result.complexity, result.best_index, partial(frame, result))


def frame(result: Result, complexity: float) -> Frame:
    """Show the fits of one complexity between those of the ends, and mark it on the stack."""
    i = result.complexity.index(complexity)
    total = float(result.total[i])
    caption = phrase(
        "caption",
        name=tables.complexity(result, i),
        total=Rough(total),
        bias2=Share(max(float(result.bias2[i]), 0) / total if total else 0.0),
        variance=Share(float(result.variance[i]) / total if total else 0.0),
    )
    at = [] if result.at is None else [strips(result, result.at, i)]
    return Frame([*at, fans(result, i), stack(result, i)], caption)
