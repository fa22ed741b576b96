"""What the screen of the regression shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mlbasics.data.origin import told
from mlbasics.kit import Block, Look, Phrase, Plot, Role, Series, Suggestion, phrase, span, suggest
from mlbasics.kit.targets import formula_of, readable
from mlbasics.lessons.overfit import SUGGESTIONS
from mlbasics.lessons.overfit.regression.tables import degrees, errors

if TYPE_CHECKING:
    from mlbasics.lessons.overfit import Params
    from mlbasics.lessons.overfit.regression.simulate import Result
    from mlbasics.numerics import Array

CROWD = 60  # from so many points on, the curves are drawn over them
DECADES = 8  # the error plot shows at most this many powers of ten

OWN_SUGGESTIONS = (
    Suggestion({"n_train": 300}, phrase("try.n_train")),
    Suggestion({"max_degree": 5}, phrase("try.max_degree")),
    Suggestion({"seed": 1}, phrase("try.seed")),
    Suggestion({"repeats": 1000}, phrase("try.repeats")),
)


def look(params: Params, result: Result) -> Look:
    """Show the wild curve through every point, the noise it learned, and what it costs between the points."""
    own = result.origin is not None
    scene = phrase("scene.regression" if params.noise else "scene.exact", n_train=params.n_train)
    return Look(
        scene=_own(params, result) if own else scene,
        heroes=[_fits(result)],
        table=errors(result),
        suggestions=suggest(OWN_SUGGESTIONS if own else SUGGESTIONS, params),
    )


def _own(params: Params, result: Result) -> Phrase:
    origin = result.origin
    assert origin is not None
    return phrase(
        "setup.own", y=origin.y, x=origin.x[0], rows=told(origin), n_train=len(result.train.x),
        n_test=origin.rows - len(result.train.x), max_degree=params.max_degree,
    )  # fmt: skip


def more(params: Params, result: Result) -> list[Block]:
    """Show the errors by degree, and what cross-validation makes of them."""
    blocks: list[Block] = [] if result.origin is not None else [_setup(params)]
    blocks += [_errors(params, result), degrees(params, result)]
    if params.max_degree >= len(result.train.x):
        blocks.append(phrase("exhausted", degree=len(result.train.x) - 1))
    return blocks


def _setup(params: Params) -> Phrase:
    return phrase(
        "setup.regression", n_train=params.n_train, formula=readable(formula_of(params)), noise=params.noise,
        max_degree=params.max_degree,
    )  # fmt: skip


def _fits(result: Result) -> Plot:
    """Show the points, how far noise moved each, the best curve, and over it the one that is looked at."""
    curves, data, best = result.curves, result.train, result.best_degree.test
    x = curves.x.tolist()
    points = Series(phrase("series.train"), "data", "points", data.x.tolist(), data.y.tolist())
    drawn = [_fit(result, best, "best")] if best != result.drawn else []
    drawn.append(_fit(result, result.drawn, "high"))
    if result.origin is None:
        moved = np.interp(data.x, curves.x, curves.truth).tolist()
        noise = Series(points.label, "data", "sticks", data.x.tolist(), moved, data.y.tolist())
        drawn = [noise, *drawn, Series(phrase("series.truth"), "truth", "line", x, curves.truth.tolist())]
    return Plot(
        title=_title(result),
        axes=None,
        series=[points, *drawn] if len(data.x) > CROWD else [*drawn, points],
        x_range=(x[0], x[-1]),
        y_range=_seen(data.y, curves.truth, curves.fits[str(result.drawn)]),
    )


def _title(result: Result) -> Phrase:
    if result.train_mse[result.drawn] <= result.rounding:
        return phrase("plot.fits.through")
    return phrase("plot.fits" if result.origin is None else "plot.fits.own", degree=result.drawn)


def _seen(y: Array, truth: Array, wild: Array) -> tuple[float, float]:
    """Return what of the y axis is seen: points and truth, and half as much again of the curve looked at."""
    low, high = span([*y, *truth], 0.5)
    near_low, near_high = span([*y, *truth], 0.1)
    return min(near_low, max(low, wild.min())), max(near_high, min(high, wild.max()))


def _fit(result: Result, degree: int, role: Role) -> Series:
    through = role == "high" and result.train_mse[degree] <= result.rounding
    label = phrase("series.through" if through else f"series.{role}", degree=degree)
    return Series(label, role, "line", result.curves.x.tolist(), result.curves.fits[str(degree)].tolist())


def _errors(params: Params, result: Result) -> Plot:
    x = result.degrees.tolist()
    floor = [result.noise_mse] * 2 if result.noise_mse > 0 else []
    band = result.band
    spread = Series(
        phrase("series.band", repeats=params.repeats), "other", "band", x,
        band.test_lo.tolist(), band.test_hi.tolist(),
    )  # fmt: skip
    return Plot(
        title=phrase("plot.errors"),
        axes=phrase("plot.errors.axes"),
        series=[
            *([spread] if params.repeats > 1 else []),
            Series(phrase("series.floor"), "floor", "line", [0, params.max_degree] if floor else [], floor),
            Series(phrase("series.train_mse"), "train", "both", x, result.train_mse.tolist()),
            Series(phrase("series.cv_mse"), "cv", "points", x, result.cv_mse.tolist()),
            Series(phrase("series.test_mse"), "test", "both", x, result.test_mse.tolist()),
        ],
        x_range=(0, max(1, params.max_degree)),
        y_range=_decades(result),
        log_y=True,
        whole_x=True,
        height=12,
    )


def _decades(result: Result) -> tuple[float, float]:
    """Return the errors worth a place on the plot: those near the best's, and of the simplest degree."""
    errors = np.concatenate([result.test_mse, result.train_mse, [np.nan_to_num(result.noise_mse)]])
    best = result.test_mse.min()
    high = max(3 * result.test_mse[0], min(errors.max(), 1000 * best)) or 1.0
    least = high * 10.0**-DECADES
    return max(errors[errors > 0].min() / 2, best / 100, least) if best > 0 else least, high
