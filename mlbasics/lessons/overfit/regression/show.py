"""What the screen of the regression shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mlbasics.data.origin import told
from mlbasics.kit import Block, Panels, Phrase, Plot, Role, Series, Story, Suggestion, phrase, span, suggest
from mlbasics.kit.targets import formula_of, readable
from mlbasics.lessons.overfit.regression.tables import degrees, roles

if TYPE_CHECKING:
    from mlbasics.lessons.overfit import Params
    from mlbasics.lessons.overfit.regression.simulate import Result

CROWD = 60  # from so many points on, the curves are drawn over them
DECADES = 8  # the error plot shows at most this many powers of ten

SUGGESTIONS = (
    Suggestion({"n_train": 300}, phrase("try.n_train")),
    Suggestion({"noise": 0}, phrase("try.noise")),
    Suggestion({"task": "classification"}, phrase("try.classification")),
)
OF_CURVES = Suggestion({"target": "runge"}, phrase("try.target"))  # means nothing beside a formula
OWN_SUGGESTIONS = (
    Suggestion({"n_train": 300}, phrase("try.n_train")),
    Suggestion({"max_degree": 5}, phrase("try.max_degree")),
    Suggestion({"seed": 1}, phrase("try.seed")),
    Suggestion({"repeats": 1000}, phrase("try.repeats")),
)


def show(params: Params, result: Result) -> Story:
    """Show the fits, the errors by degree, and what cross-validation makes of them."""
    if result.origin is not None:
        return Story(_own(params, result), _blocks(params, result), suggest(OWN_SUGGESTIONS, params))
    setup = phrase(
        "setup.regression",
        n_train=params.n_train,
        formula=readable(formula_of(params)),
        noise=params.noise,
        max_degree=params.max_degree,
    )
    suggestions = (*SUGGESTIONS, *([OF_CURVES] if params.function is None else []))
    return Story(setup, _blocks(params, result), suggest(suggestions, params))


def _own(params: Params, result: Result) -> Phrase:
    origin = result.origin
    assert origin is not None
    return phrase(
        "setup.own", y=origin.y, x=origin.x[0], rows=told(origin), n_train=len(result.train.x),
        n_test=origin.rows - len(result.train.x), max_degree=params.max_degree,
    )  # fmt: skip


def _blocks(params: Params, result: Result) -> list[Block]:
    blocks: list[Block] = [Panels((_fits(result), _errors(params, result))), degrees(params, result)]
    if params.max_degree >= len(result.train.x):
        blocks.append(phrase("exhausted", degree=len(result.train.x) - 1))
    return blocks


def _fits(result: Result) -> Plot:
    curves, data, role = result.curves, result.train, roles(result)
    x = curves.x.tolist()
    order: dict[Role, int] = {"low": 0, "best": 1, "high": 2}
    drawn = [
        Series(phrase(f"series.{role[int(d)]}", degree=int(d)), role[int(d)], "line", x, fit.tolist())
        for d, fit in sorted(curves.fits.items(), key=lambda fit: order[role[int(fit[0])]])
    ]
    if result.origin is None:
        drawn.insert(0, Series(phrase("series.truth"), "truth", "line", x, curves.truth.tolist()))
    points = Series(phrase("series.train"), "data", "points", data.x.tolist(), data.y.tolist())
    return Plot(
        title=phrase("plot.fits"),
        axes=phrase("plot.fits.axes"),
        series=[points, *drawn] if len(data.x) > CROWD else [*drawn, points],
        x_range=(x[0], x[-1]),
        y_range=span([*data.y, *curves.truth]),
        height=13,
    )


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
