"""What is seen of the regression: the curve of a degree, its errors, and the tables of all degrees."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from mlbasics.data.origin import told
from mlbasics.kit import (
    Block,
    Column,
    Dial,
    Frame,
    Look,
    Phrase,
    Plot,
    Role,
    Rough,
    Row,
    Series,
    Suggestion,
    Table,
    band,
    line,
    phrase,
    picked,
    points,
    span,
    suggest,
)  # fmt: skip
from mlbasics.kit.targets import formula_of, readable
from mlbasics.lessons.overfit import SUGGESTIONS

if TYPE_CHECKING:
    from mlbasics.lessons.overfit import Params
    from mlbasics.lessons.overfit.regression.experiment import Result
    from mlbasics.numerics import Array

CROWD = 60  # from so many points on, the curves are drawn over them
DECADES = 8  # the error plot shows at most this many powers of ten
ROWS = 6
COLUMNS = ("degree", "train_mse", "test_mse", "ratio", "cv_mse", "cv_se", "noise_share", "expected", "note")
OPTIONAL = ("ratio", "cv_mse", "cv_se", "noise_share", "expected")
OWN_SUGGESTIONS = (
    Suggestion({"n_train": 300}, phrase("try.rows")),
    Suggestion({"max_degree": 5}, phrase("try.max_degree")),
    Suggestion({"seed": 1}, phrase("try.seed")),
    Suggestion({"repeats": 1000}, phrase("try.repeats")),
)


def dial(params: Params, result: Result) -> Dial:
    """Return the dial: every degree fitted, at first the one that is looked at."""
    frames = partial(frame, params, result)
    return Dial(phrase("dial.degree"), result.degrees.tolist(), params.drawn, frames, "degree")


def frame(params: Params, result: Result, degree: float) -> Frame:
    """Show the curve of a degree, and how the errors went up to it."""
    d = int(degree)
    seen, new = Rough(result.train_mse[d]), Rough(result.test_mse[d])
    caption = phrase("caption.degree", degree=d, n_train=len(result.train.x), train=seen, test=new)
    measures = [(phrase("measure.seen"), seen), (phrase("measure.new"), new)]
    return Frame([fits(params, result, d), errors(result, d)], caption, measures)


def fits(params: Params, result: Result, degree: int) -> Plot:
    """Show the points, how far noise moved each, the best curve, and over it the one that is looked at."""
    curves, data, best = result.curves, result.train, result.best_degree.test
    marks = points("train", "data", data.x, data.y)
    drawn = [_fit(result, best, "best")] if best < degree else []
    drawn.append(_fit(result, degree, "best" if best == degree else "high"))
    if result.origin is None:
        moved = np.interp(data.x, curves.x, curves.truth)
        stems = Series(marks.label, "data", "stems", marks.x, moved.tolist(), marks.y)
        drawn = [stems, *drawn, line("truth", "truth", curves.x, curves.truth)]
    through = result.train_mse[degree] <= result.rounding
    own = "" if result.origin is None else ".own"
    return Plot(
        id="fits",
        title=phrase("plot.fits.through") if through else phrase(f"plot.fits{own}", degree=degree),
        series=[marks, *drawn] if len(data.x) > CROWD else [*drawn, marks],
        x_range=(curves.x[0].item(), curves.x[-1].item()),
        y_range=_seen(data.y, curves.truth, result.every_fit[params.drawn]),
    )


def _seen(y: Array, truth: Array, wild: Array) -> tuple[float, float]:
    """Return what of the y axis is seen: points and truth, and half as much again of the curve looked at."""
    low, high = span([*y, *truth], 0.5)
    near_low, near_high = span([*y, *truth], 0.1)
    return min(near_low, max(low, wild.min())), max(near_high, min(high, wild.max()))


def _fit(result: Result, degree: int, role: Role) -> Series:
    through = role == "high" and result.train_mse[degree] <= result.rounding
    name = phrase("series.through" if through else f"series.{role}", degree=degree)
    return line(name, role, result.curves.x, result.every_fit[degree])


def errors(result: Result, degree: int) -> Plot:
    """Show the errors on the points that were seen and on new ones, from degree 0 up to this one."""
    x = result.degrees[: degree + 1]
    seen = line("train_mse", "train", x, result.train_mse[: degree + 1])
    new = line("test_mse", "test", x, result.test_mse[: degree + 1])
    return Plot(
        id="errors",
        axes=phrase("plot.errors.axes"),
        series=[replace(seen, kind="both"), replace(new, kind="both")],
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


def look(params: Params, result: Result) -> Look:
    """Show the wild curve through every point, the noise it learned, and what it costs between the points."""
    own = result.origin is not None
    scene = phrase("scene.regression" if params.noise else "scene.exact", n_train=params.n_train)
    return Look(
        scene=_own(params, result) if own else scene,
        heroes=dial(params, result).look.heroes,
        table=_missed(params, result),
        suggestions=suggest(OWN_SUGGESTIONS if own else SUGGESTIONS, params),
    )


def _own(params: Params, result: Result) -> Phrase:
    origin = result.origin
    assert origin is not None
    return phrase(
        "setup.own", y=origin.y, x=origin.x[0], rows=told(origin), n_train=len(result.train.x),
        n_test=origin.rows - len(result.train.x), max_degree=params.max_degree,
    )  # fmt: skip


def _missed(params: Params, result: Result) -> Table:
    """Return what the best degree and the one looked at miss: on the points they saw, and on new ones."""
    shown: dict[int, Role] = {result.best_degree.test: "best", params.drawn: "high"}
    seen = Column("seen", phrase("column.seen", n_train=len(result.train.x)), decimals=3)
    return Table(
        id="errors",
        columns=[Column("curve", words=True), seen, Column("new", decimals=3)],
        rows=[
            Row((phrase("row.degree", degree=d), result.train_mse[d], result.test_mse[d]), role)
            for d, role in sorted(shown.items())
        ],
    )


def more(params: Params, result: Result) -> list[Block]:
    """Show the errors by degree, and what cross-validation makes of them."""
    blocks: list[Block] = [_spread(params, result), degrees(params, result)]
    if result.origin is None:
        formula = readable(formula_of(params))
        setup = {"n_train": params.n_train, "noise": params.noise, "max_degree": params.max_degree}
        blocks.insert(0, phrase("setup.regression", formula=formula, **setup))
    if params.max_degree >= len(result.train.x):
        blocks.append(phrase("exhausted", degree=len(result.train.x) - 1))
    return blocks


def _spread(params: Params, result: Result) -> Plot:
    """Show the errors of all degrees, with cross-validation's, and how those of fresh data sets spread."""
    plot, x, tests = errors(result, params.max_degree), result.degrees, result.band
    train, test = plot.series
    name = phrase("series.band", repeats=params.repeats)
    floor = [result.noise_mse] * 2 if result.noise_mse > 0 else []
    series = [
        *([band(name, "other", x, tests.test_lo, tests.test_hi)] if params.repeats > 1 else []),
        line("floor", "floor", [0, params.max_degree] if floor else [], floor),
        train,
        points("cv_mse", "cv", x, result.cv_mse),
        test,
    ]
    return replace(plot, id="spread", title=phrase("plot.spread"), series=series, x_name=None, height=12)


def degrees(params: Params, result: Result) -> Table:
    """Return the errors by degree, and which choice picks which degree."""
    best, n = result.best_degree, len(result.train.x)
    roles: dict[int, Role] = {params.max_degree: "high"}
    if result.simple_degree is not None:
        roles[result.simple_degree] = "low"
    roles |= {best.test: "best"}  # where two coincide, the best is named
    picks = (("note.test", best.test), ("note.cv", best.cv), ("note.one_se", best.cv_one_se))
    least = float(result.test_mse[best.test])
    rows = [
        Row(
            (
                d,
                result.train_mse[d],
                result.test_mse[d],
                float(result.test_mse[d]) / least if least else math.nan,
                result.cv_mse[d],
                result.cv_se[d],
                result.noise_share[d],
                min(d + 1, n) / n,
                tuple(phrase(key) for key, pick in picks if pick == d),
            ),
            roles.get(d, "plain"),
        )
        for d in picked(params.max_degree + 1, {0, *roles, best.cv, best.cv_one_se}, ROWS)
    ]
    return Table(
        "degrees", [Column(c, optional=c in OPTIONAL, words=c == "note") for c in COLUMNS], rows
    ).known
