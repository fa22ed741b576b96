"""The tables of regularization: the weights one by one, and the fits beside each other."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mlbasics.lessons.regularization.experiment import Pick, Result
from mlbasics.report import Cell, Column, Phrase, Role, Row, Table, phrase

ALL = 12  # features up to which every weight is shown
OTHERS = 5  # of those that are not informative, where not all are shown


def weights(result: Result) -> Table:
    """Return the weights: the truth, without penalty, and with L2 and L1."""
    chosen = result.chosen
    columns = {
        "truth": result.true_coef,
        "none": result.unpenalised.coef,
        "l2": chosen.ridge.coef,
        "l1": chosen.lasso.coef,
        "l1_one_se": chosen.lasso.one_se.coef,
    }
    if chosen.elastic is not None:
        columns["elastic"] = chosen.elastic.coef
    informative = result.true_coef != 0
    shown = _shown(result)
    hidden = len(informative) - len(shown)
    return Table(
        title=phrase("table.weights", hidden=hidden) if hidden else phrase("table.all-weights"),
        columns=[Column(phrase(f"column.{name}")) for name in ("feature", *columns)],
        rows=[
            Row(
                (f"w{j + 1}", *(float(w[j]) for w in columns.values())), "best" if informative[j] else "plain"
            )
            for j in shown
        ],
    )


def _shown(result: Result) -> list[int]:
    """Return the features to show: the informative, and of the others those of the largest L1 weights."""
    size = np.abs(result.chosen.lasso.coef)
    if len(size) <= ALL:
        return list(range(len(size)))
    informative = np.flatnonzero(result.true_coef)[: ALL - OTHERS]
    others = np.flatnonzero(result.true_coef == 0)
    largest = others[np.argsort(-size[others], kind="stable")[:OTHERS]]
    return [*informative.tolist(), *sorted(largest.tolist())]


def fits(result: Result) -> Table:
    """Return each fit: its zeros, the two parts of what it minimises, and its errors."""
    chosen = result.chosen
    picks: list[tuple[str, Pick, Role]] = [
        ("none", result.unpenalised, "plain"),
        ("l2", chosen.ridge, "plain"),
        ("l2_one_se", chosen.ridge.one_se, "plain"),
        ("l1", chosen.lasso, "plain"),
        ("l1_one_se", chosen.lasso.one_se, "plain"),
    ]
    if chosen.elastic is not None:
        picks.append(("elastic", chosen.elastic, "plain"))
    informative = result.true_coef != 0
    names = ("lam", "zeros", "kept", "loss", "penalty", "test_mse", "df")
    return Table(
        title=phrase("table.fits", folds=result.folds),
        columns=[Column(phrase("column.fit")), *(Column(phrase(f"column.{n}"), n == "df") for n in names)],
        rows=[
            Row(((phrase(f"fit.{name}"),), *_cells(pick, informative)), role) for name, pick, role in picks
        ],
    )


def spreads(result: Result) -> Table:
    """Return bias² and variance without a penalty, and at the λ that cross-validation picks here."""
    by_lambda, chosen = result.variance_by_lambda, result.chosen
    rows = [("none", 0.0, by_lambda.unpenalised, 0)]
    for name, pick, spread in (
        ("l2", chosen.ridge, by_lambda.ridge_chosen),
        ("l1", chosen.lasso, by_lambda.lasso_chosen),
    ):
        rows += [(name, pick.lam, spread, 0), (f"{name}_one_se", pick.lam_one_se, spread, 1)]
    names = ("lam", "bias2", "bias2_se", "variance", "variance_se", "sum")
    return Table(
        title=phrase("table.spreads"),
        columns=[Column(phrase("column.fit")), *(Column(phrase(f"column.{n}")) for n in names)],
        rows=[
            Row((
                (phrase(f"fit.{name}"),), lam, s.bias2[i], s.bias2_se[i], s.variance[i], s.variance_se[i],
                s.bias2[i] + s.variance[i],
            ))
            for name, lam, s, i in rows
        ],
    )  # fmt: skip


def odds(result: Result) -> Phrase:
    """Return the sentence on how often each solution is on an axis."""
    found = result.odds
    return phrase("odds", problems=found.problems, l1=100 * found.l1_on_axis, l2=100 * found.l2_on_axis)


def _cells(pick: Pick, informative: NDArray[np.bool_]) -> tuple[Cell, ...]:
    kept = pick.coef != 0
    right = phrase("kept", right=int((kept & informative).sum()), kept=int(kept.sum()))
    return pick.lam, pick.zeros, right, pick.train_mse / 2, pick.penalty, pick.test_mse, pick.df
