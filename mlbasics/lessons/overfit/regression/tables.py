"""The tables of the regression."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from mlbasics.kit import Column, Phrase, Role, Row, Table, phrase, picked

if TYPE_CHECKING:
    from mlbasics.lessons.overfit import Params
    from mlbasics.lessons.overfit.regression.simulate import Result

ROWS = 6
COLUMNS = ("degree", "train_mse", "test_mse", "ratio", "cv_mse", "cv_se", "noise_share", "expected", "note")
OPTIONAL = ("ratio", "cv_mse", "cv_se", "noise_share", "expected")


def degrees(params: Params, result: Result) -> Table:
    """Return the errors by degree, and which choice picks which degree."""
    best, role = result.best_degree, roles(result)
    must = {0, *role, params.max_degree, best.test, best.cv, best.cv_one_se}
    return Table(
        id="degrees",
        columns=[Column(c, optional=c in OPTIONAL, words=c == "note") for c in COLUMNS],
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
                role.get(d, "plain"),
            )
            for d in picked(params.max_degree + 1, must, ROWS)
        ],
    ).known


def errors(result: Result) -> Table:
    """Return what the best degree and the one looked at miss: on the points they saw, and on new ones."""
    n = len(result.train.x)
    shown: dict[int, Role] = {result.best_degree.test: "best", result.drawn: "high"}
    return Table(
        id="errors",
        columns=[
            Column("curve", words=True),
            Column("seen", phrase("column.seen", n_train=n), decimals=3),
            Column("new", decimals=3),
        ],
        rows=[
            Row((phrase("row.degree", degree=d), result.train_mse[d], result.test_mse[d]), role)
            for d, role in sorted(shown.items())
        ],
    )


def roles(result: Result) -> dict[int, Role]:
    """Return the role of each degree that stands out; where two coincide, the best is named."""
    found: dict[int, Role] = {int(result.degrees[-1]): "high"}
    if result.simple_degree is not None:
        found[result.simple_degree] = "low"
    return found | {result.best_degree.test: "best"}


def _notes(degree: int, result: Result) -> tuple[Phrase, ...]:
    best = result.best_degree
    picks = (("note.test", best.test), ("note.cv", best.cv), ("note.one_se", best.cv_one_se))
    return tuple(phrase(key) for key, pick in picks if pick == degree)


def _ratio(result: Result, degree: int) -> float:
    """Return how many times the best test MSE this degree's is; NaN where that is zero."""
    best = float(result.test_mse[result.best_degree.test])
    return float(result.test_mse[degree]) / best if best else math.nan
