"""The dial of the regression: the degree of the curve that is looked at."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from mlbasics.kit import Dial, Frame, Phrase, Plot, Role, Rough, Series, phrase, span

if TYPE_CHECKING:
    from mlbasics.lessons.overfit import Params
    from mlbasics.lessons.overfit.regression.simulate import Result
    from mlbasics.numerics import Array

CROWD = 60  # from so many points on, the curves are drawn over them
DECADES = 8  # the error plot shows at most this many powers of ten


def dial(params: Params, result: Result) -> Dial:
    """Return the dial: every degree fitted, at first the one that is looked at."""
    return Dial(
        phrase("dial.degree"), result.degrees.tolist(), result.drawn, partial(frame, result), "degree"
    )


def frame(result: Result, degree: float) -> Frame:
    """Show the curve of a degree, and how the errors went up to it."""
    d = int(degree)
    seen, new = Rough(result.train_mse[d]), Rough(result.test_mse[d])
    caption = phrase("caption.degree", degree=d, n_train=len(result.train.x), train=seen, test=new)
    measures = [(phrase("measure.seen"), seen), (phrase("measure.new"), new)]
    return Frame([_fits(result, d), errors(result, d)], caption, measures)


def _fits(result: Result, degree: int) -> Plot:
    """Show the points, how far noise moved each, the best curve, and over it the one that is looked at."""
    curves, data, best = result.curves, result.train, result.best_degree.test
    x = curves.x.tolist()
    points = Series(phrase("series.train"), "data", "points", data.x.tolist(), data.y.tolist())
    drawn = [_fit(result, best, "best")] if best < degree else []
    drawn.append(_fit(result, degree, "best" if best == degree else "high"))
    if result.origin is None:
        moved = np.interp(data.x, curves.x, curves.truth).tolist()
        noise = Series(points.label, "data", "stems", data.x.tolist(), moved, data.y.tolist())
        drawn = [noise, *drawn, Series(phrase("series.truth"), "truth", "line", x, curves.truth.tolist())]
    return Plot(
        id="fits",
        title=_title(result, degree),
        series=[points, *drawn] if len(data.x) > CROWD else [*drawn, points],
        x_range=(x[0], x[-1]),
        y_range=_seen(data.y, curves.truth, result.every_fit[result.drawn]),
    )


def _title(result: Result, degree: int) -> Phrase:
    if result.train_mse[degree] <= result.rounding:
        return phrase("plot.fits.through")
    return phrase("plot.fits" if result.origin is None else "plot.fits.own", degree=degree)


def _seen(y: Array, truth: Array, wild: Array) -> tuple[float, float]:
    """Return what of the y axis is seen: points and truth, and half as much again of the curve looked at."""
    low, high = span([*y, *truth], 0.5)
    near_low, near_high = span([*y, *truth], 0.1)
    return min(near_low, max(low, wild.min())), max(near_high, min(high, wild.max()))


def _fit(result: Result, degree: int, role: Role) -> Series:
    through = role == "high" and result.train_mse[degree] <= result.rounding
    label = phrase("series.through" if through else f"series.{role}", degree=degree)
    return Series(label, role, "line", result.curves.x.tolist(), result.every_fit[degree].tolist())


def errors(result: Result, degree: int) -> Plot:
    """Show the errors on the points that were seen and on new ones, from degree 0 up to this one."""
    x = result.degrees[: degree + 1].tolist()
    return Plot(
        id="errors",
        axes=phrase("plot.errors.axes"),
        series=[
            Series(phrase("series.train_mse"), "train", "both", x, result.train_mse[: degree + 1].tolist()),
            Series(phrase("series.test_mse"), "test", "both", x, result.test_mse[: degree + 1].tolist()),
        ],
        x_range=(0, max(1, len(result.degrees) - 1)),
        y_range=_decades(result),
        log_y=True,
        whole_x=True,
        x_name=phrase("dial.degree"),
    )


def _decades(result: Result) -> tuple[float, float]:
    """Return the errors worth a place on a plot: those near the best's, and of the simplest degree."""
    errors = np.concatenate([result.test_mse, result.train_mse, [np.nan_to_num(result.noise_mse)]])
    best = result.test_mse.min()
    high = max(3 * result.test_mse[0], min(errors.max(), 1000 * best)) or 1.0
    least = high * 10.0**-DECADES
    return max(errors[errors > 0].min() / 2, best / 100, least) if best > 0 else least, high
