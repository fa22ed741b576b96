"""The dial of batch normalization: how many steps the networks have trained."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from mlbasics.kit import Dial, Frame, Panels, Plot, Regions, Role, Series, Share, phrase
from mlbasics.lessons.batchnorm.result import Plane, Result
from mlbasics.numerics import Array, Integers
from mlbasics.numerics.sweeps import Sweep

if TYPE_CHECKING:
    from mlbasics.lessons.batchnorm import Params

ABREAST = 18  # columns in which regions can still be told apart
CLASSES: tuple[Role, ...] = ("data", "below", "faint", "high")  # the first three part for every eye
BESIDE = 10  # % over and under all that is shown: room for names


def dial(params: Params, result: Result) -> Dial:
    """Return the dial: the steps at which the networks were tested, at first the last."""
    steps = [*result.watched, result.steps]
    return Dial(phrase("dial.step"), steps, len(steps) - 1, partial(frame, params, result))


def frame(params: Params, result: Result, step: float) -> Frame:
    """Show what a network makes of the plane after so many steps, and how many points are right at each rate.

    Where the points are not of a plane, the latter alone.
    """
    by_rate, plane, normed = _plot(params, result, step), result.plane, params.placement != "none"
    moment = [*result.watched, result.steps].index(int(step))
    if plane is None:
        best = result.with_.best or 0
        rate, middle = result.learning_rates[best], (best, params.networks // 2)
        right = [_accuracies(result, sweep, step)[middle] for sweep in (result.without, result.with_)]
    else:
        rate, right = plane.learning_rate, [side.right[moment] for side in (plane.without, plane.with_)]
    shares = dict(zip(("without", "with") if normed else ("without",), map(Share, right), strict=False))
    key = "caption.step" if normed else "caption.step.none"
    caption = phrase(key, step=int(step), steps=result.steps, rate=rate, **shares)
    measures = [(phrase(f"measure.{name}"), share) for name, share in shares.items()]
    if plane is None:
        return Frame([by_rate], caption, measures)
    sides = zip(shares.items(), (plane.without, plane.with_), strict=False)
    regions = [_regions(name, plane, side.classes[moment], share) for (name, share), side in sides]
    return Frame([Panels([*regions, by_rate], ABREAST)], caption, measures)


def _regions(name: str, plane: Plane, classes: Integers, right: Share) -> Plot:
    """Return which class each place is put into, under test points in the colours of their own."""
    (left, low), (far, high) = plane.corners.tolist()
    labels, roles = [phrase("series.class", name=name) for name in plane.names], CLASSES[: len(plane.names)]
    points = [plane.points[plane.labels == i].T.tolist() for i in range(len(labels))]
    return Plot(
        id="regions",
        title=phrase(f"plot.regions.{name}"),
        axes=phrase("plot.regions.axes", right=right, rate=plane.learning_rate),
        series=[
            Series(label, role, "dots", *of) for label, role, of in zip(labels, roles, points, strict=True)
        ],
        x_range=(left, far),
        y_range=(low, high),
        x_names=("",),
        y_measured=False,
        regions=Regions(labels, roles, classes.tolist()),
    )


def _accuracies(result: Result, sweep: Sweep, step: float) -> Array:
    """Return the accuracy of every network then, (R, networks); of one that has diverged, guessing's."""
    if step == result.steps:
        return np.where(np.isnan(sweep.accuracies), result.guessing_accuracy, sweep.accuracies)
    return sweep.on_the_way[result.watched.index(int(step))]


def _plot(params: Params, result: Result, step: float) -> Plot:
    """Return the middle network's share at each rate, and those of all; crosses where it diverged."""
    rates, guessing = list(result.learning_rates), 100 * result.guessing_accuracy
    sides: list[tuple[str, Role, Sweep]] = [("without", "high", result.without)]
    if params.placement != "none":
        sides.append(("with", "best", result.with_))
    series, crosses, least = [], 0, guessing
    for name, role, sweep in sides:
        label = phrase(f"series.{name}" if result.plane is None else f"series.{name}.beside")
        each = 100 * _accuracies(result, sweep, step)
        middle = each[:, params.networks // 2]
        lost = [i for i, diverged in enumerate(sweep.diverged) if diverged and step == result.steps]
        marks = [rates[i] for i in lost], middle[lost].tolist()
        crosses += len(lost)
        series += [
            Series(label, role, "band", rates, each[:, -1].tolist(), each[:, 0].tolist()),
            Series(label, role, "both", rates, middle.tolist()),
            Series(label, role, "points", *marks, shape="cross"),
        ]
        tested = [*sweep.on_the_way, _accuracies(result, sweep, result.steps)]
        least = min(least, *(100 * float(moment.min()) for moment in tested))
    ends = rates[0] / 1.5, rates[-1] * 1.5
    series.append(Series(phrase("series.guessing"), "floor", "line", ends, [guessing] * 2))
    return Plot(
        id="accuracies",
        axes=phrase(f"plot.accuracies.{'lost' if crosses else 'axes'}", networks=params.networks),
        series=series,
        x_range=ends,
        y_range=(max(0, least - BESIDE), 100 + BESIDE),
        log_x=True,
        x_name=phrase("axis.rate"),
    )
