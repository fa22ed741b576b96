"""Predictions at one x: for each model a strip, its bias a distance and its spread a width."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlbasics.kit import Plot, Rough, Series, phrase, span

if TYPE_CHECKING:
    from mlbasics.lessons.bias_variance.simulate import AtPoint, Result

HALF = 0.3  # of the height of a strip


def strips(result: Result, at: AtPoint, middle: int) -> Plot:
    """Return bias and spread of the simplest, of one in the middle, and of the most complex, from the top."""
    shown = result.shown(middle)
    series: list[Series] = []
    for height, i in enumerate(reversed(shown)):
        mean, sd = float(at.mean[i]), float(at.sd[i])
        low, high = [height - HALF] * 2, [height + HALF] * 2
        name = phrase("series.strip", sd=Rough(sd), bias=Rough(mean - at.truth))
        series += [
            Series(name, "high", "band", [mean - sd, mean + sd], low, high),
            Series(phrase("series.bias"), "low", "line", [at.truth, mean], [height] * 2),
            Series(phrase("series.mean"), "best", "points", [mean], [height]),
        ]
    bottom, top = -0.5, len(shown) - 0.5
    ends = [at.mean[i] + width * at.sd[i] for i in shown for width in (-2, 2)]
    return Plot(
        id="at",
        title=phrase("plot.at", x=at.x),
        series=[*series, Series(phrase("series.truth"), "truth", "line", [at.truth] * 2, [bottom, top])],
        x_range=span([*ends, at.truth], 0.05),
        y_range=(bottom, top),
        height=12,
        y_names=[f"{result.complexity[i]:.3g}" for i in reversed(shown)],
        y_name=phrase(f"column.{result.family}"),
    )
