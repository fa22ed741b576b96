"""What is seen of the regression: the curve of a degree, its errors, and the tables of all degrees."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from mlbasics.data.origin import told
from mlbasics.data.rows import trained
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
    from collections.abc import Mapping

    from mlbasics.lessons.overfit import Params
    from mlbasics.lessons.overfit.regression.experiment import Result
    from mlbasics.numerics import Array

UNNAMED = phrase("picture.curve")
CROWD = 60  # points from which on marks would hide the curves
DECADES = 8  # the error plot shows at most this many powers of ten
ROWS = 6
COLUMNS = ("degree", "train_mse", "test_mse", "cv_mse", "note")
MORE_ROWS = 300
OF_ROWS = Suggestion({"n_train": MORE_ROWS}, phrase("try.rows"))
OWN_SUGGESTIONS = (
    Suggestion({"max_degree": 5}, phrase("try.max_degree")),
    Suggestion({"seed": 2}, phrase("try.seed")),
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
    """Show the points, how far noise moved each, and over the truth the curves of up to three degrees."""
    return curves(params, result, _shown(result, degree))


def curves(params: Params, result: Result, shown: Mapping[int, Role], *, told: bool = True) -> Plot:
    """Show the points and the curves of some degrees; told: with the truth, and with their names."""
    true, data = result.curves, result.train
    marks = points("train", "data", data.x, data.y)
    drawn = [
        line(named(result, d) if told else UNNAMED, role, true.x, result.every_fit[d])
        for d, role in shown.items()
    ]
    crowd = len(data.x) > CROWD
    if told and result.origin is None:
        moved = np.interp(data.x, true.x, true.truth).tolist()
        stems = [] if crowd else [Series(marks.label, "data", "stems", marks.x, moved, marks.y)]
        drawn = [*stems, line("truth", "truth", true.x, true.truth), *drawn]
    seen = (true.truth, result.every_fit[params.drawn]) if told else (data.y, data.y)
    return Plot(
        id="fits",
        title=phrase("plot.fits" if told else "picture.points"),
        series=[*drawn, replace(marks, kind="dots") if crowd else marks],
        x_range=(true.x[0].item(), true.x[-1].item()),
        y_range=_seen(data.y, *seen),
    )


def _shown(result: Result, degree: int) -> dict[int, Role]:
    """Return the degrees to compare, up to this one: one too simple, the best, and this one itself."""
    simple, best = result.simple_degree, result.best_degree.test
    roles: dict[int | None, Role] = {simple: "low", degree: _side(result, degree), best: "best"}
    return {d: role for d, role in roles.items() if d is not None and d <= degree}


def _side(result: Result, degree: int) -> Role:
    return "low" if degree < result.best_degree.test else "high"


def named(result: Result, degree: int) -> Phrase:
    """Return the name of a degree: what it does, where that is so."""
    best = result.best_degree.test
    does = "best" if degree == best else _side(result, degree) if result.worse[degree] else "plain"
    return phrase(f"degree.{does}", degree=degree)


def _seen(y: Array, truth: Array, wild: Array) -> tuple[float, float]:
    """Return what of the y axis is seen: points and truth, and a little beyond of the curve looked at."""
    low, high = span([*y, *truth], 0.2)
    near_low, near_high = span([*y, *truth], 0.1)
    return min(near_low, max(low, wild.min())), max(near_high, min(high, wild.max()))


def errors(result: Result, degree: int) -> Plot:
    """Show the errors on the points and on new ones up to this degree, and which of them are too simple."""
    x, (low, high), best = result.degrees[: degree + 1], _decades(result), result.best_degree.test
    under = band("underfitting", "low", [0, min(best, degree)], [low] * 2, [high] * 2)
    over = band("overfitting", "high", [best, degree], [low] * 2, [high] * 2)
    zones = [zone for zone in (under, over) if zone.x[0] < zone.x[1]]
    seen = line("train_mse", "data", x, result.train_mse[: degree + 1])
    new = line("test_mse", "plain", x, result.test_mse[: degree + 1])
    return Plot(
        id="errors",
        axes=phrase("plot.errors.axes"),
        series=[
            *(zone for zone in zones if zone.x[0] < zone.x[1]),
            replace(seen, kind="both"),
            replace(new, kind="both"),
        ],
        x_range=(0, max(1, len(result.degrees) - 1)),
        y_range=(low, high),
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
    """Show one curve too stiff for the points, the best, and one that has copied their noise."""
    own = result.origin is not None
    scene = phrase("scene.regression" if params.noise else "scene.exact", n_train=params.n_train)
    return Look(
        scene=_own(result) if own else scene,
        heroes=dial(params, result).look.heroes,
        table=_missed(params, result),
        suggestions=suggest(_own_suggestions(result) if own else SUGGESTIONS, params),
    )


def _own_suggestions(result: Result) -> list[Suggestion]:
    """Return what to try on the learner's rows, no more of them than there are."""
    origin = result.origin
    enough = origin is not None and trained(origin.rows, MORE_ROWS) == MORE_ROWS
    return [*([OF_ROWS] if enough else []), *OWN_SUGGESTIONS]


def _own(result: Result) -> Phrase:
    origin, n = result.origin, len(result.train.x)
    assert origin is not None
    return phrase("setup.own", rows=told(origin), n_train=n, n_test=origin.rows - n)


def _missed(params: Params, result: Result) -> Table:
    """Return the errors of the curves that are drawn: on the points they are fitted to, and on new ones."""
    return Table(
        id="errors",
        columns=[Column("curve", words=True), Column("seen", decimals=3), Column("new", decimals=3)],
        rows=[
            Row((named(result, d), result.train_mse[d], result.test_mse[d]), role)
            for d, role in sorted(_shown(result, params.drawn).items())
        ],
    )


def more(params: Params, result: Result) -> list[Block]:
    """Show the errors by degree, and what cross-validation makes of them."""
    blocks: list[Block] = [_by_degree(params, result), degrees(params, result)]
    if result.origin is None:
        formula = readable(formula_of(params))
        setup = {"n_train": params.n_train, "noise": params.noise, "max_degree": params.max_degree}
        blocks.insert(0, phrase("setup.regression", formula=formula, **setup))
    return blocks


def _by_degree(params: Params, result: Result) -> Plot:
    """Show the errors of all degrees, with cross-validation's."""
    plot = errors(result, params.max_degree)
    *_, train, test = plot.series
    floor = [result.noise_mse] * 2 if result.noise_mse > 0 else []
    series = [
        line("floor", "floor", [0, params.max_degree] if floor else [], floor),
        train,
        points("cv_mse", "cv", result.degrees, result.cv_mse),
        test,
    ]
    return replace(plot, id="spread", title=phrase("plot.spread"), series=series, x_name=None, height=12)


def degrees(params: Params, result: Result) -> Table:
    """Return the errors by degree, and which choice picks which degree."""
    best = result.best_degree
    roles: dict[int, Role] = {params.max_degree: "high"}
    if result.simple_degree is not None:
        roles[result.simple_degree] = "low"
    roles |= {best.test: "best"}  # where two coincide, the best is named
    picks = (("note.test", best.test), ("note.cv", best.cv))
    shown = picked(params.max_degree + 1, {0, *roles, best.cv}, ROWS)
    rows = [
        Row(
            (
                d,
                result.train_mse[d],
                result.test_mse[d],
                result.cv_mse[d],
                tuple(phrase(key) for key, pick in picks if pick == d),
            ),
            roles.get(d, "plain"),
            d in shown,
        )
        for d in range(params.max_degree + 1)
    ]
    columns = [Column(c, optional=c == "cv_mse", words=c == "note") for c in COLUMNS]
    return Table("degrees", columns, rows).known
