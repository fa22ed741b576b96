"""What the screen of the classification shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mlbasics.lesson import Story, suggest
from mlbasics.lessons.overfit.classification.experiment import Labels, Points, Result
from mlbasics.report import Column, Panels, Phrase, Plot, Role, Row, Series, Suggestion, Table, phrase

if TYPE_CHECKING:
    from mlbasics.lessons.overfit import Params

TABLE_ROWS = 8
COLUMNS = ("k", "train_error", "test_error", "gap", "cv_error", "cv_se", "mislabelled", "note")
OPTIONAL = ("cv_error", "cv_se", "mislabelled")

SUGGESTIONS = (
    Suggestion({"task": "classification", "n_train": 3000}, phrase("try.n_train.classification")),
    Suggestion({"task": "classification", "noise": 0}, phrase("try.noise")),
    Suggestion({"task": "classification", "target": "step"}, phrase("try.target.classification")),
    Suggestion({"task": "regression"}, phrase("try.regression")),
)


def show(params: Params, result: Result) -> Story:
    """Show the border as learned by k = 1 and by the best k, and the errors by k."""
    setup = phrase(
        "setup.classification",
        n_train=params.n_train,
        noise=params.noise,
        bayes=result.bayes_error,
        mislabelled=result.mislabelled,
    )
    plots = Panels([_border(result, k) for k in sorted({1, result.best_k.test})])
    return Story(setup, [plots, _table(params, result)], suggest(SUGGESTIONS, params))


def _border(result: Result, k: int) -> Plot:
    points, truth, learned = result.points, result.border, result.boundaries[str(k)]
    role: Role = "best" if k == result.best_k.test else "high"
    return Plot(
        title=phrase(f"plot.border.{role}", k=k),
        axes=phrase("plot.border.axes"),
        series=[
            _class("above", points, points.label),
            _class("below", points, ~points.label),
            Series(phrase("series.learned", k=k), role, "dots", learned.x1.tolist(), learned.x2.tolist()),
            Series(phrase("series.border"), "truth", "line", truth.x1.tolist(), truth.x2.tolist()),
        ],
        x_range=(-1, 1),
        y_range=(-1, 1),
    )


def _class(name: Role, points: Points, of: Labels) -> Series:
    return Series(phrase(f"series.{name}"), name, "points", points.x1[of].tolist(), points.x2[of].tolist())


def _table(params: Params, result: Result) -> Table:
    best, n = result.best_k, params.n_train
    picked = {1, best.test, best.cv, best.cv_one_se, n}
    for k in np.geomspace(1, n, TABLE_ROWS).round().astype(int).tolist():
        if len(picked) < TABLE_ROWS:
            picked.add(k)
    roles: dict[int, Role] = {n: "low", 1: "high"}
    roles |= {best.test: "best"}
    return Table(
        title=phrase("table.k"),
        columns=[Column(phrase(f"column.{c}"), optional=c in OPTIONAL) for c in COLUMNS],
        rows=[
            Row(
                (
                    k,
                    result.train_error[k - 1],
                    result.test_error[k - 1],
                    result.test_error[k - 1] - result.bayes_error,
                    result.cv_error[k - 1],
                    result.cv_se[k - 1],
                    result.noise_share[k - 1],
                    _notes(k, result),
                ),
                roles.get(k, "plain"),
            )
            for k in sorted(picked)
        ],
    )


def _notes(k: int, result: Result) -> tuple[Phrase, ...]:
    best = result.best_k
    picks = (("note.test", best.test), ("note.cv", best.cv), ("note.one_se", best.cv_one_se))
    return tuple(phrase(key) for key, pick in picks if pick == k)
