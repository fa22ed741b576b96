"""The rows and columns a lesson uses: chosen by name, words turned into columns of 0 and 1, gaps left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mlbasics.data.columns import Columns, fits, is_missing, labels, refusal
from mlbasics.data.origin import Origin
from mlbasics.kit.errors import quoted
from mlbasics.numerics import Array

MOST_WRONG = 3  # cells in a column that was meant to be numbers
MOST_WORDS = 12  # different ones in a column that becomes columns of 0 and 1


@dataclass(frozen=True)
class Selection:
    """Features X (n, p) with their names, and the target: numbers y (n,), or the words of a class column."""

    X: Array
    names: list[str]
    y: Array
    words: list[str]  # empty where the target is numbers
    origin: Origin


def select(
    columns: Columns,
    x: str | None,
    y: str | None,
    *,
    least: int,
    most: int = 1000,
    classes: bool = False,
    inputs: int | None = None,
    largest: float | None = None,
) -> Selection:
    """Return the columns x (names, separated by commas; default all others) and y (default the last).

    With classes the target is read as words; inputs says how many features are wanted, the first so many
    where x does not name them.  A lesson that takes powers of numbers says the largest, whose inverse is the
    smallest that a whole column may keep to.  Raises InputError where a column is not there, is text that
    cannot be used, too large or too small, or fewer than the least rows are complete.
    """
    target = columns.find("--y", y) if y is not None else _default_target(columns, classes, inputs)
    asked = [columns.find("--x", name) for name in x.split(",")] if x is not None else None
    features = asked or [name for name in columns.names if name != target]
    if inputs is not None:
        features = features if asked else [n for n in columns.numeric if n != target][:inputs]
        if len(features) != inputs:
            _explain(columns, asked or columns.names)
            raise refusal("inputs", columns.source, given=len(features), wanted=inputs)
    if not features or target in features:
        raise refusal("same", columns.source, column=target)
    blocks = [_block(columns, name, numeric=inputs is not None) for name in features]
    names = [name for block, _ in blocks for name in block]
    if len(names) > most:
        raise refusal("wide", columns.source, given=len(names), most=most)
    X = np.column_stack([values for _, values in blocks])
    words = list(columns.cells[target]) if classes else []
    numbers = np.zeros(len(X)) if classes else columns.numbers(target)
    if largest is not None:
        for name, values in (*zip(names, X.T, strict=True), (target, numbers)):
            _check_size(columns, name, values, largest)
    complete = ~np.isnan(X).any(axis=1) & ~np.isnan(numbers)
    complete &= np.array([not (classes and is_missing(cell)) for cell in columns.cells[target]])
    rows = int(complete.sum())
    if rows < least:
        raise refusal("few", columns.source, rows=rows, least=least)
    origin = Origin(
        quoted(columns.source), features, target, columns.rows_read, len(complete), len(complete) - rows
    )
    kept = [word for word, use in zip(words, complete, strict=False) if use]
    return Selection(X[complete], names, numbers[complete], kept, origin)


def _check_size(columns: Columns, name: str, values: Array, largest: float) -> None:
    """Raise InputError where the powers of a column's numbers would be infinite, or all of them zero."""
    most = float(np.nanmax(abs(values), initial=0))
    if most > largest or 0 < most < 1 / largest:
        raise refusal(
            "size",
            columns.source,
            column=name,
            most=f"{most:.2g}",
            low=f"{1 / largest:g}",
            high=f"{largest:g}",
        )


def distinct(selection: Selection) -> None:
    """Raise InputError where the first feature has one value only."""
    if np.ptp(selection.X[:, 0]) == 0:
        raise refusal("one-x", selection.origin.source, column=selection.names[0])


def classes_of(selection: Selection, most: int) -> tuple[list[str], NDArray[np.intp]]:
    """Return the classes' names and the class of each row; raise InputError unless there are 2 to most."""
    names = sorted(set(selection.words))
    if not 2 <= len(names) <= most:
        wanted = "2" if most == 2 else f"2–{most}"
        values = {"column": selection.origin.y, "given": len(names), "wanted": wanted}
        raise refusal("classes", selection.origin.source, **values)
    numbered = {name: i for i, name in enumerate(names)}
    return list(labels(names).values()), np.array([numbered[word] for word in selection.words])


def _explain(columns: Columns, names: Sequence[str]) -> None:
    """Raise the InputError of the first column that is all numbers but for a cell or two."""
    for name in names:
        wrong = [cell for cell in columns.cells[name] if not fits(cell)]
        if 0 < len(wrong) <= MOST_WRONG:
            columns.numbers(name)


def _default_target(columns: Columns, classes: bool, inputs: int | None) -> str:
    """Return the last column; of plain pairs the second numeric one."""
    if classes:
        return columns.names[-1]
    numeric = columns.numeric
    if not numeric:
        raise refusal("no-numbers", columns.source)
    return numeric[1] if inputs == 1 and len(numeric) > 1 else numeric[-1]


def _block(columns: Columns, name: str, *, numeric: bool) -> tuple[Sequence[str], Array]:
    """Return a column as it is, (n, 1), or, where it is words, a column of 0 and 1 for each of them."""
    if numeric or name in columns.numeric:
        return [name], columns.numbers(name)[:, None]
    cells = columns.cells[name]
    words = sorted({cell for cell in cells if not is_missing(cell)})
    if len(words) > MOST_WORDS:
        raise refusal("many-words", columns.source, column=name, given=len(words), most=MOST_WORDS)
    values = np.array(
        [[np.nan] * len(words) if is_missing(c) else [float(c == w) for w in words] for c in cells]
    )
    return [f"{name}={label}" for label in labels(words).values()], values
