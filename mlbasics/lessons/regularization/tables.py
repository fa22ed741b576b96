"""The tables of regularization: weights one by one, fits beside each other, where contours touch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from mlbasics.kit import Cell, Column, Phrase, Role, Row, Table, phrase
from mlbasics.kit.figures import decimals
from mlbasics.lessons.regularization.simulate import Choices, Result, VarianceByLambda
from mlbasics.numerics import Booleans
from mlbasics.numerics.paths import Pick
from mlbasics.numerics.penalties import Shrinkage
from mlbasics.numerics.spreads import Spread
from mlbasics.numerics.two_weights import Plane

if TYPE_CHECKING:
    from mlbasics.lessons.regularization import Params


FITS = ("none", "l2", "l1")
ROLES: dict[str, Role] = {"none": "plain", "l2": "low", "l1": "high"}
ALL = 12  # features up to which every weight is shown
OTHERS = 5  # of those that are not informative, where not all are shown


def errors(params: Params, result: Result) -> Table:
    """Return what each penalty leaves of the weights, and how far it misses, on this data set."""
    chosen = result.chosen
    picks = (result.unpenalised, chosen.ridge, chosen.lasso)
    known = result.true_coef is not None
    missed = [pick.test_mse if known else pick.cv_mse for pick in picks]
    data = "other" if params.view == "overview" else "this"  # than that of the curve
    return Table(
        id="errors",
        title=phrase("table.errors", at=_at(params, result)),
        columns=[
            Column("data", phrase(f"column.{data}", features=len(result.features)), words=True),
            Column("at-zero"),
            Column(
                "missed", phrase("column.missed" if known else "column.missed.own"), decimals=decimals(missed)
            ),
        ],
        rows=[
            Row((phrase(f"row.{name}"), pick.zeros, error), ROLES[name])
            for name, pick, error in zip(FITS, picks, missed, strict=True)
        ],
    )


def trade(params: Params, by_lambda: VarianceByLambda) -> Table:
    """Return bias² and variance without a penalty, and at the λ of least mean error over fresh sets."""
    l1, l2 = by_lambda.lasso_best.place, by_lambda.ridge_best.place
    spreads = ((by_lambda.unpenalised, 0), (by_lambda.ridge, l2), (by_lambda.lasso, l1))
    terms = [(max(0.0, float(s.bias2[i])), float(s.variance[i])) for s, i in spreads]  # no square is below 0
    values = [(bias2, variance, bias2 + variance) for bias2, variance in terms]
    places = decimals([v for row in values for v in row])
    return Table(
        id="trade",
        title=phrase("table.trade", repeats=params.repeats),
        columns=[
            Column("average", phrase("column.average", repeats=params.repeats), words=True),
            *(Column(name, decimals=places) for name in ("bias2", "variance", "sum")),
        ],
        rows=[
            Row((phrase(f"row.{name}"), *row), ROLES[name]) for name, row in zip(FITS, values, strict=True)
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
    """Return each fit: its zeros, the two parts of what it minimises, and its errors."""
    chosen = result.chosen
    picks: list[tuple[str, Pick]] = [
        ("none", result.unpenalised),
        ("l2", chosen.ridge),
        ("l2_one_se", chosen.ridge.one_se),
        ("l1", chosen.lasso),
        ("l1_one_se", chosen.lasso.one_se),
    ]
    if chosen.elastic is not None:
        picks.append(("elastic", chosen.elastic))
    names = ["lam", "zeros", "loss", "penalty", "cv_mse", "df"]
    if result.true_coef is not None:
        names = ["lam", "zeros", "kept", "loss", "penalty", "test_mse", "cv_mse", "df"]
    return Table(
        id="fits",
        title=phrase("table.fits", at=_at(params, result)),
        columns=[
            Column("fit", words=True),
            *(Column(name, optional=name in ("cv_mse", "df")) for name in names),
        ],
        rows=[Row((phrase(f"fit.{fit}"), *_cells(pick, result.marked, names))) for fit, pick in picks],
    )


def _at(params: Params, result: Result) -> Phrase:
    return phrase("at.cv", folds=result.folds) if params.lam is None else phrase("at.lam", lam=params.lam)


def _cells(pick: Pick, informative: Booleans, names: Sequence[str]) -> list[Cell]:
    kept = pick.coef != 0
    right = phrase("kept", right=int((kept & informative).sum()), kept=int(kept.sum()))
    known = {**vars(pick), "kept": right, "loss": pick.train_mse / 2}
    return [known[name] for name in names]


def spreads(chosen: Choices, by_lambda: VarianceByLambda) -> Table:
    """Return bias² and variance without a penalty, and at the λ chosen here."""
    rows = [("none", 0.0, by_lambda.unpenalised, 0)]
    for name, pick, spread in (
        ("l2", chosen.ridge, by_lambda.ridge_chosen),
        ("l1", chosen.lasso, by_lambda.lasso_chosen),
    ):
        rows += [(name, pick.lam, spread, 0), (f"{name}_one_se", pick.lam_one_se, spread, 1)]
    names = ("lam", "bias2", "bias2_se", "variance", "variance_se", "sum")
    return Table(
        id="spreads",
        columns=[
            Column("fit", words=True),
            *(Column(name) for name in names),
        ],
        rows=[Row((phrase(f"fit.{name}"), lam, *_spread(s, i))) for name, lam, s, i in rows],
    )


def _spread(spread: Spread, at: int) -> list[float]:
    """Return bias² and variance with their errors, and their sum; no square is shown below zero."""
    bias2, variance = max(0.0, float(spread.bias2[at])), float(spread.variance[at])
    return [bias2, float(spread.bias2_se[at]), variance, float(spread.variance_se[at]), bias2 + variance]


def touching(plane: Plane) -> Table:
    """Return where the contours touch the diamond and the disc, and the λ that leads there."""
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


def odds(result: Result) -> Phrase:
    """Return the sentence on how often each solution is on an axis."""
    found = result.odds
    return phrase("odds", problems=found.problems, l1=100 * found.l1_on_axis, l2=100 * found.l2_on_axis)


def shrinkage(found: Shrinkage) -> Phrase:
    """Return the sentence on what each penalty does to a weight."""
    zeros = {"l1_zeros": int((found.l1 == 0).sum()), "l2_zeros": int((found.l2 == 0).sum())}
    return phrase("shrinkage", lam=found.lam, weights=len(found.z), **zeros)
