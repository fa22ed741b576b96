"""The tables of bias and variance, and the names of models."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mlbasics.kit import Column, Phrase, Role, Row, Table, decimals, phrase, picked
from mlbasics.lessons.bias_variance.experiment import Result
from mlbasics.numerics import Array

MOST_ROWS = 5
WIDE = 42  # characters of the longest bar
HIGHEST = 5  # times the least error: a bar that is longer may be cut
FILLS = "░▒▓"  # of noise, bias² and variance
ROLES: Sequence[Role] = ("plain", "low", "high")  # of a row, by its largest term


def complexity(result: Result, i: int) -> Phrase:
    """Return the name of a complexity, as in degree 3 or k = 7."""
    value = result.complexity[i]
    if result.family == "mlp" and not value:
        return phrase("complexity.linear")
    return phrase(f"complexity.{result.family}", value=value)


def parts(result: Result) -> Table:
    """Return what the error of each model shown is made of, as a bar of noise, bias² and variance."""
    shown, own = result.shown(result.best_index), result.origin is not None
    terms = np.nan_to_num([result.noise, result.bias2, result.variance])[:, shown].clip(min=0).T.tolist()
    sums = [sum(one) for one in terms]
    most = longest(sums, min(sums))
    return Table(
        id="parts",
        columns=[
            Column("model", "", words=True),
            Column("error", decimals=decimals(sums)),
            Column(
                "parts",
                phrase("column.parts.own" if own else "column.parts"),
                words=True,
                drawn=True,
                optional=True,
            ),
        ],
        rows=[
            Row((complexity(result, i), sum(one), _bar(one, most)), ROLES[one.index(max(one))])
            for i, one in zip(shown, terms, strict=True)
        ],
    )


def longest(errors: Sequence[float] | Array, best: float) -> float:
    """Return how long a bar of errors, the simplest first, may be before it is cut, lest others be small."""
    return min(float(max(errors)), max(HIGHEST * best, float(errors[0]))) or 1.0


def _bar(terms: Sequence[float], most: float) -> str:
    """Return terms side by side; of a bar that is cut, as an arrow says, they are shares of its length."""
    ends = (np.cumsum(terms) / max(most, sum(terms)) * WIDE + 0.5).astype(int).tolist()
    drawn = [(end - start) * fill for start, end, fill in zip([0, *ends], ends, FILLS, strict=False)]
    return "".join(drawn) + " →" * (sum(terms) > 1.01 * most)


def terms(result: Result) -> Table:
    """Return the terms of the error with their standard errors, and on own rows the out-of-bag error."""
    heavy = np.isin(result.complexity, result.heavy_tail)
    columns = {
        "bias2": np.maximum(result.bias2, 0),
        "bias2_se": np.where(heavy, np.nan, result.se.bias2),
        "variance": result.variance,
        "variance_se": np.where(heavy, np.nan, result.se.variance),
        "total": result.total,
        "oob": result.oob_mse,
    }
    shown = picked(len(heavy), result.shown(result.best_index), MOST_ROWS)
    return Table(
        id="terms",
        columns=[
            Column(result.family),
            *(
                Column(name, optional="_" in name, decimals=None if heavy.any() else decimals(column[shown]))
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
