"""The tables of regularization: fits beside each other, weights one by one, where contours touch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mlbasics.kit import Column, Phrase, Role, Row, Table, decimals, phrase
from mlbasics.lessons.regularization.experiment import Choices, Result, VarianceByLambda
from mlbasics.numerics.paths import Pick
from mlbasics.numerics.two_weights import Plane

if TYPE_CHECKING:
    from mlbasics.lessons.regularization import Params

ROLES: dict[str, Role] = {"none": "plain", "l2": "low", "l1": "high"}
ALL = 12  # features up to which every weight is shown
OTHERS = 5  # of those that are not informative, where not all are shown


def errors(params: Params, result: Result) -> Table:
    """Return what each penalty leaves of the weights, and how far it misses, on this data set."""
    chosen, known = result.chosen, result.true_coef is not None
    fits = {"none": result.unpenalised, "l2": chosen.ridge, "l1": chosen.lasso}
    missed = {name: pick.test_mse if known else pick.cv_mse for name, pick in fits.items()}
    places = decimals(missed.values())
    return Table(
        id="errors",
        title=phrase("table.errors", at=_at(params, result)),
        columns=[
            Column("data", phrase("column.other", features=len(result.features)), words=True),
            Column("at-zero"),
            Column("missed", phrase("column.missed" if known else "column.missed.own"), decimals=places),
        ],
        rows=[
            Row((phrase(f"row.{name}"), pick.zeros, missed[name]), ROLES[name]) for name, pick in fits.items()
        ],
    )


def weights(result: Result) -> Table:
    """Return the weights: the truth where it is known, without penalty, and with L2 and L1."""
    chosen = result.chosen
    columns = {
        "none": result.unpenalised.coef,
        "l2": chosen.ridge.coef,
        "l1": chosen.lasso.coef,
        "l1_one_se": chosen.lasso.one_se.coef,
    }
    if result.true_coef is None:
        columns["l1_standardised"] = chosen.lasso.coef * result.feature_sd
    else:
        columns = {"truth": result.true_coef, **columns}
    if chosen.elastic is not None:
        columns["elastic"] = chosen.elastic.coef
    rows = worth(result, ALL, OTHERS)
    hidden = len(result.features) - len(rows)
    return Table(
        id="weights",
        title=phrase("table.weights", hidden=hidden) if hidden else phrase("table.all-weights"),
        columns=[Column(name) for name in ("feature", *columns)],
        rows=[
            Row(
                (result.features[j], *(float(w[j]) for w in columns.values())),
                "best" if result.marked[j] else "plain",
            )
            for j in rows
        ],
    )


def worth(result: Result, most: int, others: int) -> list[int]:
    """Return the features worth showing: of those marked, and of so many others, the largest weights."""
    size = np.abs(result.chosen.lasso.coef * result.feature_sd)
    if len(size) <= most:
        return list(range(len(size)))
    by_size = np.argsort(-size, kind="stable")
    first = by_size[result.marked[by_size]][: most - others]
    rest = by_size[~result.marked[by_size]][:others]
    return [*sorted(first.tolist()), *sorted(rest.tolist())]


def fits(params: Params, result: Result) -> Table:
    """Return each fit: its zeros, the two parts of what it minimizes, and its errors."""
    chosen, known = result.chosen, result.true_coef is not None
    picks: dict[str, Pick] = {
        "none": result.unpenalised,
        "l2": chosen.ridge,
        "l2_one_se": chosen.ridge.one_se,
        "l1": chosen.lasso,
        "l1_one_se": chosen.lasso.one_se,
    }
    if chosen.elastic is not None:
        picks["elastic"] = chosen.elastic
    names = ["lam", "zeros", "kept", "loss", "penalty", "test_mse", "cv_mse", "df"]
    if not known:
        names = [name for name in names if name not in ("kept", "test_mse")]
    rows = []
    for fit, pick in picks.items():
        kept = pick.coef != 0
        right = phrase("kept", right=int((kept & result.marked).sum()), kept=int(kept.sum()))
        values = {**vars(pick), "kept": right, "loss": pick.train_mse / 2}
        rows.append(Row((phrase(f"fit.{fit}"), *(values[name] for name in names))))
    columns = [Column(name, optional=name in ("cv_mse", "df")) for name in names]
    return Table(
        id="fits",
        title=phrase("table.fits", at=_at(params, result)),
        columns=[Column("fit", words=True), *columns],
        rows=rows,
    )


def _at(params: Params, result: Result) -> Phrase:
    return phrase("at.cv", folds=result.folds) if params.lam is None else phrase("at.lam", lam=params.lam)


def spreads(chosen: Choices, by_lambda: VarianceByLambda) -> Table:
    """Return bias² and variance without a penalty, and at the λ chosen here; no square is below zero."""
    rows = [("none", 0.0, by_lambda.unpenalised, 0)]
    for name, pick, spread in (
        ("l2", chosen.ridge, by_lambda.ridge_chosen),
        ("l1", chosen.lasso, by_lambda.lasso_chosen),
    ):
        rows += [(name, pick.lam, spread, 0), (f"{name}_one_se", pick.lam_one_se, spread, 1)]
    cells = []
    for name, lam, spread, i in rows:
        bias2, variance = max(0.0, float(spread.bias2[i])), float(spread.variance[i])
        terms = bias2, float(spread.bias2_se[i]), variance, float(spread.variance_se[i]), bias2 + variance
        cells.append(Row((phrase(f"fit.{name}"), lam, *terms)))
    names = ("lam", "bias2", "bias2_se", "variance", "variance_se", "sum")
    return Table(id="spreads", columns=[Column("fit", words=True), *map(Column, names)], rows=cells)


def touching(plane: Plane) -> Table:
    """Return where the contours touch the diamond and the disk, and the λ that leads there."""
    l1, l2 = plane.l1_point, plane.l2_point
    return Table(
        id="touching",
        columns=[
            Column("constraint", words=True),
            *(Column(name, decimals=2) for name in ("w1", "w2", "norm", "lam_of_t")),
        ],
        rows=[
            Row((phrase("constraint.l1"), *l1.tolist(), float(np.abs(l1).sum()), plane.lam_l1), "high"),
            Row((phrase("constraint.l2"), *l2.tolist(), float(np.hypot(*l2)), plane.lam_l2), "low"),
        ],
    )
