"""The tables of bias and variance, and the sentence on more data."""

from __future__ import annotations

import numpy as np

from mlbasics.kit import Cell, Column, Rough, Row, Table, picked
from mlbasics.kit.figures import decimals
from mlbasics.lessons.bias_variance.simulate import Result
from mlbasics.numerics import Array
from mlbasics.numerics.decomposition import Term, Terms
from mlbasics.words import Phrase, phrase

MOST_ROWS = 5


def complexity(result: Result, i: int) -> Phrase:
    """Return the name of a complexity, as in degree 3 or k = 7."""
    return phrase(f"complexity.{result.family}", value=result.complexity[i])


def linear() -> Phrase:
    """Return the name of linear regression."""
    return phrase("learner.linear")


def network(width: int) -> Phrase:
    """Return the name of a network of one hidden layer so wide."""
    return phrase("learner.mlp", width=width)


def terms(result: Result) -> Table:
    """Return the terms of the error, their sum, and the error measured apart from them."""
    se, heavy = result.se, np.isin(result.complexity, result.heavy_tail)
    off = _in_errors(result.residual, se.residual)
    bias2_se, variance_se, off = (np.where(heavy, np.nan, error) for error in (se.bias2, se.variance, off))
    bias2 = np.maximum(result.bias2, 0)
    cells = (bias2, bias2_se, result.variance, variance_se, result.total, result.test_mse, off)
    tested = "oob" if result.origin else "test_mse"
    names = ("bias2", "bias2_se", "variance", "variance_se", "total", tested, "off")
    return _by_complexity(
        "table.terms", result, names, cells, optional=("test_mse", "bias2_se", "variance_se", "off")
    )


def theory(result: Result, closed: Terms) -> Table:
    """Return the closed forms and how far, in standard errors, the measurement is from them."""
    names = ["bias2", "bias2_off", "variance", "variance_off"]
    cells = [
        closed.bias2,
        _in_errors(result.bias2 - closed.bias2, closed.se.bias2),
        closed.variance,
        _in_errors(result.variance - closed.variance, closed.se.variance),
    ]
    at = result.at_training
    if at is not None:
        names += ["at_training", "at_training_off"]
        cells += [at.theory, _in_errors(at.variance - at.theory, at.se)]
    return _by_complexity(
        "table.theory", result, names, cells, optional=("variance_off", "bias2_off", *names[4:])
    )


def linear_vs_mlp(result: Result) -> Table:
    """Return linear regression beside the network, both on the same training sets."""
    pair = result.linear_vs_mlp
    noise = 0.0 if result.origin else float(result.noise[0])
    learners = ((linear(), pair.linear), (network(pair.width), pair.mlp))
    return Table(
        id="pair",
        title=phrase("table.pair", trials=pair.trials, converged=pair.converged, gradient=pair.gradient),
        columns=_columns("learner", "bias2", "bias2_se", "variance", "variance_se", "total"),
        rows=[Row(((name,), *_cells(term), term.bias2 + term.variance + noise)) for name, term in learners],
    )


def by_size(result: Result) -> Table:
    """Return the effect of more data on the best learner and on 1-NN."""
    sizes = result.by_n_train
    columns = [Column("n_train")]
    columns += [
        Column(f"{name}_{of}", phrase(f"column.{name}_of", learner=learner))
        for of, learner in (
            ("best", complexity(result, result.best_index)),
            ("one_nn", phrase("learner.one_nn")),
        )
        for name in ("bias2", "variance")
    ]
    return Table(
        id="sizes",
        columns=columns,
        rows=[
            Row((n, max(best.bias2, 0.0), best.variance, max(nn.bias2, 0.0), nn.variance))
            for n, best, nn in zip(sizes.n_train, sizes.best, sizes.one_nn, strict=True)
        ],
    )


def more_data(result: Result) -> Phrase:
    """Say what more data did to each term of the best learner and to the bias of 1-NN."""
    sizes = result.by_n_train
    first, last = sizes.best[0], sizes.best[-1]
    moved = [abs(a.bias2 - b.bias2) > 3 * np.hypot(a.bias2_se, b.bias2_se) for a, b in
             ((first, last), (sizes.one_nn[0], sizes.one_nn[-1]))]  # fmt: skip
    return phrase(
        "more-data",
        learner=complexity(result, result.best_index),
        few=sizes.n_train[0],
        many=sizes.n_train[-1],
        variance_few=Rough(first.variance),
        variance_many=Rough(last.variance),
        best=phrase(
            "more-data.moved" if moved[0] else "more-data.stayed",
            few=Rough(max(first.bias2, 0)),
            many=Rough(max(last.bias2, 0)),
        ),
        one_nn=phrase(
            "more-data.moved" if moved[1] else "more-data.stayed",
            few=Rough(max(sizes.one_nn[0].bias2, 0)),
            many=Rough(max(sizes.one_nn[-1].bias2, 0)),
        ),
    )


def _by_complexity(
    title: str, result: Result, names: tuple[str, ...] | list[str], cells: tuple[Array, ...] | list[Array],
    optional: tuple[str, ...] | list[str],
) -> Table:  # fmt: skip
    last = len(result.complexity) - 1
    shown = picked(last + 1, result.shown(result.best_index), MOST_ROWS)
    return Table(
        id=title.removeprefix("table."),
        columns=[
            Column(result.family),
            *(
                Column(name, optional=name in optional, decimals=decimals(column[shown]))
                for name, column in zip(names, cells, strict=True)
            ),
        ],
        rows=[
            Row(
                (result.complexity[i], *(column[i] for column in cells)),
                "best" if i == result.best_index else "plain",
            )
            for i in shown
        ],
    ).known


def _columns(*names: str) -> list[Column]:
    return [Column(name, optional=name.endswith("_se")) for name in names]


def _cells(term: Term) -> tuple[Cell, ...]:
    return max(term.bias2, 0.0), term.bias2_se, term.variance, term.variance_se


def _in_errors(difference: Array, error: Array) -> Array:
    """Return the differences in standard errors; NaN where there is no error to measure in."""
    return np.divide(difference, error, out=np.full_like(difference, np.nan), where=error > 0)
