"""What the screen of the classification shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mlbasics.data.origin import told
from mlbasics.kit import Column, Panels, Plot, Role, Row, Series, Story, Suggestion, Table, suggest
from mlbasics.lessons.overfit.classification.simulate import Labels, Points, Result
from mlbasics.numerics import Array
from mlbasics.words import Phrase, phrase

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
OWN_SUGGESTIONS = (
    Suggestion({"task": "classification", "n_train": 30}, phrase("try.few.classification")),
    Suggestion({"task": "classification", "seed": 1}, phrase("try.seed")),
    Suggestion({"task": "classification", "folds": 5}, phrase("try.folds")),
    Suggestion({"task": "classification", "n_train": 300}, phrase("try.n_train.classification")),
)


def show(params: Params, result: Result) -> Story:
    """Show the border as learned by k = 1 and by the best k, and the errors by k."""
    plots = Panels([_border(result, k) for k in sorted({1, result.best_k.test})])
    if result.origin is not None:
        n, origin = len(result.k), result.origin
        setup = phrase(
            "setup.classification.own",
            y=origin.y,
            x1=origin.x[0],
            x2=origin.x[1],
            rows=told(origin),
            n_train=n,
            n_test=origin.rows - n,
        )
        return Story(setup, [plots, _table(result)], suggest(OWN_SUGGESTIONS, params))
    setup = phrase(
        "setup.classification",
        n_train=params.n_train,
        noise=params.noise,
        bayes=result.bayes_error,
        mislabelled=result.mislabelled,
    )
    return Story(setup, [plots, _table(result)], suggest(SUGGESTIONS, params))


def _border(result: Result, k: int) -> Plot:
    points, learned = result.points, result.boundaries[str(k)]
    truth = result.border.x1.tolist(), result.border.x2.tolist()
    names: list[str] | list[None] = result.classes or [None, None]
    role: Role = "best" if k == result.best_k.test else "high"
    return Plot(
        title=phrase(f"plot.border.{role}", k=k),
        axes=phrase("plot.border.axes"),
        series=[
            _class("above", names[1], points, points.label),
            _class("below", names[0], points, ~points.label),
            Series(phrase("series.learned", k=k), role, "dots", learned.x1.tolist(), learned.x2.tolist()),
            *([Series(phrase("series.border"), "truth", "line", *truth)] if result.origin is None else []),
        ],
        x_range=_range(points.x1, own=result.origin is not None),
        y_range=_range(points.x2, own=result.origin is not None),
    )


def _range(values: Array, *, own: bool) -> tuple[float, float]:
    if not own:
        return -1, 1
    low, high = float(values.min()), float(values.max())
    margin = 0.05 * (high - low) or 1.0
    return low - margin, high + margin


def _class(role: Role, name: str | None, points: Points, of: Labels) -> Series:
    label = phrase(f"series.{role}") if name is None else phrase("series.class", name=name)
    return Series(label, role, "points", points.x1[of].tolist(), points.x2[of].tolist())


def _table(result: Result) -> Table:
    best, n = result.best_k, len(result.k)
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
