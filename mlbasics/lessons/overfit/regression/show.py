"""What the screen of the regression shows."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from mlbasics.data.origin import told
from mlbasics.kit import Block, Column, Panels, Plot, Role, Row, Series, Story, Suggestion, Table, suggest
from mlbasics.lessons.overfit.regression.simulate import Result
from mlbasics.numerics.samples import TARGETS
from mlbasics.words import Phrase, phrase

if TYPE_CHECKING:
    from mlbasics.lessons.overfit import Params

TABLE_ROWS = 6
COLUMNS = ("degree", "train_mse", "test_mse", "ratio", "cv_mse", "cv_se", "noise_share", "expected", "note")
OPTIONAL = ("ratio", "cv_mse", "cv_se", "noise_share", "expected")
CROWD = 60  # from so many points on, the curves are drawn over them
DECADES = 8  # the error plot shows at most this many powers of ten

SUGGESTIONS = (
    Suggestion({"n_train": 300}, phrase("try.n_train")),
    Suggestion({"noise": 0}, phrase("try.noise")),
    Suggestion({"task": "classification"}, phrase("try.classification")),
    Suggestion({"target": "runge"}, phrase("try.target")),
)

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
        formula=TARGETS[params.target].formula,
        noise=params.noise,
        max_degree=params.max_degree,
    )
    return Story(setup, _blocks(params, result), suggest(SUGGESTIONS, params))


def _own(params: Params, result: Result) -> Phrase:
    origin = result.origin
    assert origin is not None
    return phrase(
        "setup.own", y=origin.y, x=origin.x[0], rows=told(origin), n_train=len(result.train.x),
        n_test=origin.rows - len(result.train.x), max_degree=params.max_degree,
    )  # fmt: skip


def _blocks(params: Params, result: Result) -> list[Block]:
    blocks: list[Block] = [Panels((_fits(result), _errors(params, result))), _table(params, result)]
    if params.max_degree >= len(result.train.x):
        blocks.append(phrase("exhausted", degree=len(result.train.x) - 1))
    return blocks


def _fits(result: Result) -> Plot:
    curves, data = result.curves, result.train
    roles = _roles(result)
    lines = [
        Series(phrase(f"series.{role}", degree=int(d)), role, "line", curves.x.tolist(), fit.tolist())
        for d, fit in curves.fits.items()
        for role in [roles[int(d)]]
    ]
    low, high = (
        float(np.nanmin([data.y.min(), *curves.truth])),
        float(np.nanmax([data.y.max(), *curves.truth])),
    )
    margin = 0.15 * (high - low) or 1.0
    truth = Series(phrase("series.truth"), "truth", "line", curves.x.tolist(), curves.truth.tolist())
    drawn = [
        *([truth] if result.origin is None else []),
        *sorted(lines, key=lambda s: ("low", "best", "high").index(s.role)),
    ]
    points = Series(phrase("series.train"), "data", "points", data.x.tolist(), data.y.tolist())
    return Plot(
        title=phrase("plot.fits"),
        axes=phrase("plot.fits.axes"),
        series=[points, *drawn] if len(data.x) > CROWD else [*drawn, points],
        x_range=(float(curves.x[0]), float(curves.x[-1])),
        y_range=(low - margin, high + margin),
        height=13,
    )


def _roles(result: Result) -> dict[int, Role]:
    """Return the role of each degree that stands out; where two coincide, the best is named."""
    roles: dict[int, Role] = {int(result.degrees[-1]): "high", result.simple_degree: "low"}
    return roles | {result.best_degree.test: "best"}


def _errors(params: Params, result: Result) -> Plot:
    degrees = result.degrees.tolist()
    shown = np.concatenate([result.test_mse, result.train_mse, [np.nan_to_num(result.noise_mse)]])
    best = result.test_mse.min()
    high = max(3 * result.test_mse[0], min(shown.max(), 1000 * best)) or 1.0
    positive = shown[shown > 0]
    low = max(positive.min() / 2, best / 100, high * 10.0**-DECADES) if best > 0 else high * 10.0**-DECADES
    band = result.band
    spread = Series(
        phrase("series.band", repeats=params.repeats), "other", "band", degrees,
        band.test_lo.tolist(), band.test_hi.tolist(),
    )  # fmt: skip
    floor = [result.noise_mse] * 2 if result.noise_mse > 0 else []
    return Plot(
        title=phrase("plot.errors"),
        axes=phrase("plot.errors.axes"),
        series=[
            *([spread] if params.repeats > 1 else []),
            Series(phrase("series.floor"), "floor", "line", [0, params.max_degree] if floor else [], floor),
            Series(phrase("series.train_mse"), "train", "both", degrees, result.train_mse.tolist()),
            Series(phrase("series.cv_mse"), "cv", "points", degrees, result.cv_mse.tolist()),
            Series(phrase("series.test_mse"), "test", "both", degrees, result.test_mse.tolist()),
        ],
        x_range=(0, max(1, params.max_degree)),
        y_range=(low, high),
        log_y=True,
        whole_x=True,
        height=12,
    )  # fmt: skip


def _table(params: Params, result: Result) -> Table:
    best = result.best_degree
    picked = {0, result.simple_degree, params.max_degree, best.test, best.cv, best.cv_one_se}
    spread = np.linspace(0, params.max_degree, TABLE_ROWS).round().astype(int).tolist()
    for degree in spread:
        if len(picked) < TABLE_ROWS:
            picked.add(degree)
    roles = _roles(result)
    return Table(
        title=phrase("table.degrees"),
        columns=[Column(phrase(f"column.{c}"), optional=c in OPTIONAL) for c in COLUMNS],
        rows=[
            Row(
                (
                    d,
                    result.train_mse[d],
                    result.test_mse[d],
                    _ratio(result, d),
                    result.cv_mse[d],
                    result.cv_se[d],
                    result.noise_share[d],
                    result.expected_noise_share[d],
                    _notes(d, result),
                ),
                roles.get(d, "plain"),
            )
            for d in sorted(picked)
        ],
    )


def _notes(degree: int, result: Result) -> tuple[Phrase, ...]:
    best = result.best_degree
    picks = (("note.test", best.test), ("note.cv", best.cv), ("note.one_se", best.cv_one_se))
    return tuple(phrase(key) for key, pick in picks if pick == degree)


def _ratio(result: Result, degree: int) -> float:
    """Return how many times the best test MSE this degree's is; NaN where that is zero."""
    best = float(result.test_mse[result.best_degree.test])
    return float(result.test_mse[degree]) / best if best else math.nan
