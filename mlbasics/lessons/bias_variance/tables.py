"""The tables of bias and variance, and the names of models."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mlbasics.kit import Column, Phrase, Role, Row, Table, decimals, phrase, picked
from mlbasics.lessons.bias_variance.experiment import Result
from mlbasics.numerics import Array
from mlbasics.numerics.decomposition import Term

MOST_ROWS = 5
WIDE = 42  # characters of the longest bar
HIGHEST = 5  # times the least error: a bar that is longer may be cut
FILLS = "░▒▓"  # of noise, bias² and variance
ROLES: Sequence[Role] = ("plain", "low", "high")  # of a row, by its largest term


def complexity(result: Result, i: int) -> Phrase:
    """Return the name of a complexity, as in degree 3 or k = 7."""
    return phrase(f"complexity.{result.family}", value=result.complexity[i])


def parts(models: Sequence[tuple[Phrase, Term]], noise: float | None) -> Table:
    """Return what the error of each model is made of, as a bar of noise, bias² and variance."""
    shares = [(noise or 0.0, max(term.bias2, 0.0), max(term.variance, 0.0)) for _, term in models]
    sums = [sum(terms) for terms in shares]
    most = longest(sums, min(sums))
    said = phrase("column.parts" if noise is not None else "column.parts.own")
    return Table(
        id="parts",
        columns=[
            Column("model", "", words=True),
            Column("error", decimals=decimals(sums)),
            Column("parts", said, words=True, drawn=True, optional=True),
        ],
        rows=[
            Row((name, total, _bar(terms, most)), ROLES[int(np.argmax(terms))])
            for (name, _), terms, total in zip(models, shares, sums, strict=True)
        ],
    )


def longest(errors: Sequence[float] | Array, best: float) -> float:
    """Return how long a bar of errors, the simplest first, may be before it is cut, lest others be small."""
    return min(float(max(errors)), max(HIGHEST * best, float(errors[0]))) or 1.0


def _bar(terms: Sequence[float], most: float) -> str:
    """Return terms side by side, each as long as it is large; an arrow says where one is cut."""
    ends = np.minimum(np.cumsum(terms) / most * WIDE + 0.5, WIDE).astype(int).tolist()
    drawn = [(end - start) * fill for start, end, fill in zip([0, *ends], ends, FILLS, strict=False)]
    return "".join(drawn) + " →" * (sum(terms) > 1.01 * most)


def terms(result: Result) -> Table:
    """Return the terms of the error, closed forms, their sum, and the error measured apart from them."""
    heavy = np.isin(result.complexity, result.heavy_tail)
    columns = {}
    for name in ("bias2", "variance"):
        columns[name] = np.maximum(getattr(result, name), 0)
        columns[f"{name}_se"] = np.where(heavy, np.nan, getattr(result.se, name))
        if result.theory is not None:
            columns[f"{name}_theory"] = getattr(result.theory, name)
    columns |= {"total": result.total, "oob" if result.origin else "test_mse": result.test_mse}
    shown = picked(len(heavy), result.shown(result.best_index), MOST_ROWS)
    return Table(
        id="terms",
        columns=[
            Column(result.family),
            *(
                Column(name, optional="_" in name, decimals=decimals(column[shown]))
                for name, column in columns.items()
            ),
        ],
        rows=[
            Row(
                (c, *(column[i] for column in columns.values())),
                "best" if c == result.best else "plain",
                i in shown,
            )
            for i, c in enumerate(result.complexity)
        ],
    ).known


def pair(result: Result) -> Table:
    """Return linear regression beside the network, both on the same training sets."""
    both = result.linear_vs_mlp
    noise = 0.0 if result.origin else float(result.noise[0])
    models = ((phrase("learner.linear"), both.linear), (phrase("learner.mlp", width=both.width), both.mlp))
    names = ("bias2", "bias2_se", "variance", "variance_se")
    return Table(
        id="pair",
        title=phrase("table.pair", trials=both.trials),
        columns=[
            Column("model", words=True),
            *(Column(name, optional="_" in name) for name in names),
            Column("total"),
        ],
        rows=[
            Row((name, *(max(getattr(term, of), 0.0) for of in names), term.bias2 + term.variance + noise))
            for name, term in models
        ],
    )


def by_size(result: Result) -> Table:
    """Return the effect of more data on the best learner and on 1-NN."""
    sizes = result.by_n_train
    learners = {"best": complexity(result, result.best_index), "one_nn": phrase("learner.one_nn")}
    return Table(
        id="sizes",
        columns=[
            Column("n_train"),
            *(
                Column(f"{term}_{of}", phrase(f"column.{term}_of", learner=learner))
                for of, learner in learners.items()
                for term in ("bias2", "variance")
            ),
        ],
        rows=[
            Row((n, max(best.bias2, 0.0), best.variance, max(nn.bias2, 0.0), nn.variance))
            for n, best, nn in zip(sizes.n_train, sizes.best, sizes.one_nn, strict=True)
        ],
    )
