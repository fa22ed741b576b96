"""The tables of the classification."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlbasics.kit import Column, Phrase, Role, Row, Share, Table, phrase, picked

if TYPE_CHECKING:
    from mlbasics.lessons.overfit.classification.simulate import Result

ROWS = 8
COLUMNS = ("k", "train_error", "test_error", "gap", "cv_error", "cv_se", "mislabelled", "note")
OPTIONAL = ("cv_error", "cv_se", "mislabelled")


def k(result: Result) -> Table:
    """Return the errors by k, and which choice picks which k."""
    best, n = result.best_k, len(result.k)
    roles: dict[int, Role] = {n: "low", 1: "high"}
    roles |= {best.test: "best"}
    must = (k - 1 for k in (1, best.test, best.cv, best.cv_one_se, n))
    return Table(
        id="k",
        columns=[Column(c, optional=c in OPTIONAL, words=c == "note") for c in COLUMNS],
        rows=[
            Row(
                (
                    i + 1,
                    result.train_error[i],
                    result.test_error[i],
                    result.test_error[i] - result.bayes_error,
                    result.cv_error[i],
                    result.cv_se[i],
                    result.noise_share[i],
                    _notes(i + 1, result),
                ),
                roles.get(i + 1, "plain"),
            )
            for i in picked(n, must, ROWS, ratio=True)
        ],
    ).known


def errors(result: Result) -> Table:
    """Return the shares of seen and of new points labelled wrong, by one neighbour and by the best number."""
    n, best = len(result.k), result.best_k.test
    shown: dict[int, Role] = {result.best_k.cv: "cv", 1: "high", best: "best"}
    return Table(
        id="wrong",
        columns=[
            Column("wrong", words=True),
            Column("seen", phrase("column.seen", n_train=n)),
            Column("new"),
        ],
        rows=[
            Row(
                (
                    phrase("row.k", k=k),
                    Share(result.train_error[k - 1]),
                    Share(result.test_error[k - 1]),
                ),
                role,
            )
            for k, role in sorted(shown.items())
        ],
    )


def _notes(k: int, result: Result) -> tuple[Phrase, ...]:
    best = result.best_k
    picks = (("note.test", best.test), ("note.cv", best.cv), ("note.one_se", best.cv_one_se))
    return tuple(phrase(key) for key, pick in picks if pick == k)
