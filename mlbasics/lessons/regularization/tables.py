"""The tables of regularization: fits beside each other, weights one by one, where contours touch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mlbasics.kit import Column, Phrase, Role, Row, Table, decimals, phrase
from mlbasics.lessons.regularization.experiment import Result
from mlbasics.numerics.paths import Pick

if TYPE_CHECKING:
    from mlbasics.lessons.regularization import Params

ROLES: dict[str, Role] = {"none": "plain", "l2": "low", "l1": "high"}
ALL = 12  # features up to which every weight is shown
OTHERS = 5  # of those that are not informative, where not all are shown


def errors(params: Params, result: Result) -> Table:
    """Return what each penalty leaves of the weights, and how far it misses, on this data set."""
    fits, known = result.shown, result.true_coef is not None
    missed = {name: pick.test_mse if known else pick.cv_mse for name, pick in fits.items()}
    counts = {"features": len(result.features), "informative": int(result.marked.sum())}
    columns = [
        Column("data", phrase("column.true" if known else "column.weights", **counts), words=True),
        Column("lam", decimals=decimals(pick.lam for pick in fits.values())),
        Column("at-zero"),
        Column("true-kept", phrase("column.true-kept", **counts)),
        Column("missed" if known else "cv", decimals=decimals(missed.values())),
    ]
    rows = []
    for name, pick in fits.items():
        cells = phrase(f"row.{name}"), pick.lam or None, pick.zeros, _true_kept(result, pick), missed[name]
        rows.append(Row(cells, ROLES[name]))
    at = phrase("at.one-se") if params.lam is None and not known else _at(params, result)
    return Table("errors", columns, rows, phrase("table.errors", at=at)).known


def _true_kept(result: Result, pick: Pick) -> int | None:
    """Return how many informative features have a weight that is not zero, where the truth is known."""
    return None if result.true_coef is None else int(((pick.coef != 0) & result.marked).sum())


def weights(result: Result) -> Table:
    """Return the weights: the truth where it is known, without penalty, and with L2 and L1."""
    chosen = result.chosen
    columns = {
        "none": result.unpenalized.coef,
        "l2": chosen.ridge.coef,
        "l1": chosen.lasso.coef,
        "l1_one_se": chosen.lasso.one_se.coef,
    }
    if result.true_coef is None:
        columns["l1_standardized"] = chosen.lasso.coef * result.feature_sd
    else:
        columns = {"truth": result.true_coef, **columns}
    shown = worth(result, ALL, OTHERS)
    hidden = len(result.features) - len(shown)
    rows = []
    for j, name in enumerate(result.features):
        values = (float(w[j]) for w in columns.values())
        rows.append(Row((name, *values), "best" if result.marked[j] else "plain", shown=j in shown))
    return Table(
        id="weights",
        title=phrase("table.weights", hidden=hidden) if hidden else phrase("table.all-weights"),
        columns=[Column(name) for name in ("feature", *columns)],
        rows=rows,
    )


def worth(result: Result, most: int, others: int) -> list[int]:
    """Return the features worth showing: of those marked, and of so many others, the largest weights."""
    size = np.abs(result.shown["l1"].coef * result.feature_sd)
    if len(size) <= most:
        return list(range(len(size)))
    by_size = np.argsort(-size, kind="stable")
    first = by_size[result.marked[by_size]][: most - others]
    rest = by_size[~result.marked[by_size]][:others]
    return [*sorted(first.tolist()), *sorted(rest.tolist())]


def _at(params: Params, result: Result) -> Phrase:
    return phrase("at.cv", folds=result.folds) if params.lam is None else phrase("at.lam", lam=params.lam)
