"""The rows and columns a lesson uses: chosen by name, words turned into columns of 0 and 1, gaps left out."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mlbasics.data.columns import Column, Columns, labels, refusal
from mlbasics.data.origin import Origin
from mlbasics.data.spellings import is_missing, is_value
from mlbasics.kit.errors import quoted
from mlbasics.numerics import Array, Booleans
from mlbasics.words import Phrase, phrase

MOST_WORDS = 12  # different ones in a column that becomes columns of 0 and 1
SHOWN = 100  # cells that tell what a column was meant to be
MOST_GAPS = 0.5  # of a column that is used unasked


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
    """Return the columns x (names, separated by commas) and y; where they are not named, those that fit.

    With classes the target is read as words; inputs says how many features are wanted, the first so many
    where x does not name them.  A lesson that takes powers of numbers says the largest, whose inverse is the
    smallest that a whole column may keep to.  Raises InputError where a column is not there, is text that
    cannot be used, too large or too small, or fewer than the least rows are complete.
    """
    target, features, unfit = _chosen(columns, x, y, classes, inputs)
    of_words = {n for n in features if inputs is None and columns.columns[n].kind in ("words", "empty")}
    numbers = {name: columns.numbers(name) for name in features if name not in of_words}
    y_values = np.zeros(len(columns.lines)) if classes else columns.numbers(target)
    if largest is not None:
        for name, values in (numbers if classes else {**numbers, target: y_values}).items():
            _check_size(columns, name, values, largest)
    used = [columns.columns[name] for name in (target, *features)]
    complete = ~np.any([column.missing for column in used], axis=0)
    rows = int(complete.sum())
    if rows < least:
        raise refusal("few", columns.source, rows=rows, least=least)
    blocks = [
        _dummies(columns, name, complete)
        if name in of_words
        else ([_shown(columns, name)], numbers[name][complete, None])
        for name in features
    ]
    names = [name for block, _ in blocks for name in block]
    if len(names) > most:
        raise refusal("wide", columns.source, given=len(names), most=most)
    origin = Origin(
        quoted(columns.source),
        [_shown(columns, name) for name in features],
        target if classes else _shown(columns, target),
        columns.rows_read,
        len(complete),
        len(complete) - rows,
        unfit,
        {
            name: how
            for name in (*([] if classes else [target]), *numbers)
            if (how := columns.columns[name].how)
        },
        [*columns.notes, *(note for name in (target, *features) for note in _of_gaps(columns, name))],
    )
    X, words = np.column_stack([values for _, values in blocks]), np.array(used[0].cells, object)[complete]
    return Selection(X, names, y_values[complete], words.tolist() if classes else [], origin)


def _chosen(
    columns: Columns, x: str | None, y: str | None, classes: bool, inputs: int | None
) -> tuple[str, list[str], dict[str, str]]:
    """Return the column of the target, those of the features, and why others are none."""
    asked = (
        [] if x is None else [x] if x in columns.names else next(csv.reader([x], skipinitialspace=True), [x])
    )
    asked = [columns.find("--x", name) for name in asked or [""]] if x is not None else []
    if asked and inputs not in (None, len(asked)):
        raise refusal("inputs", columns.source, given=len(asked), wanted=inputs)
    target = columns.find("--y", y) if y is not None else _default_target(columns, asked, classes, inputs)
    others = [] if asked else [name for name in columns.names if name != target]
    unfit = {name: why for name in others if (why := _unfit(columns.columns[name]))}
    features = asked or [name for name in others if name not in unfit]
    if inputs is not None and not asked:
        numeric = [name for name in features if name in columns.numeric]
        varied = [name for name in numeric if len(set(columns.columns[name].cells)) > 1]
        features = (varied or numeric)[:inputs]
    if target in features or not features or inputs not in (None, len(features)):
        _explain(columns, asked or columns.names)
        if inputs is not None and not asked:
            raise refusal("inputs", columns.source, given=len(features), wanted=inputs)
        raise refusal("same", columns.source, column=target)
    return target, features, unfit


def _unfit(column: Column) -> str:
    """Return why a column is not used unasked, or nothing."""
    if column.kind in ("labels", "empty"):
        return column.kind
    if column.kind == "words" and len(set(column.cells)) > MOST_WORDS:
        return "words"
    if column.how == "either-date":
        return "dates"
    return "gaps" if column.missing.mean() > MOST_GAPS else ""


def _of_gaps(columns: Columns, name: str) -> list[Phrase]:
    """Return what is said of words as NA in a column of words: which are gaps, and which are not."""
    cells, kind, missing, _ = columns.columns[name]
    said = (
        {c: m for c, m in zip(cells, missing, strict=True) if c and is_missing(c)} if kind == "words" else {}
    )
    return [
        phrase("data.note.gap" if gap else "data.note.word", word=w, column=name) for w, gap in said.items()
    ]


def _shown(columns: Columns, name: str) -> str:
    """Return a column's name with its unit."""
    reading = columns.columns[name].reading
    return f"{name} ({reading.unit})" if reading and reading.unit and reading.unit not in name else name


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
    """Raise the InputError of the first column that was meant to be numbers: half of its cells are."""
    for name in names:
        column = columns.columns[name]
        known = [cell for cell in column.cells[:SHOWN] if not is_missing(cell)]
        meant = column.kind == "words" and 2 * sum(map(is_value, known)) >= len(known)
        if meant or column.how.startswith("either"):
            columns.numbers(name)


def _default_target(columns: Columns, asked: Sequence[str], classes: bool, inputs: int | None) -> str:
    """Return the last column that fits; of pairs the second of numbers; a class has few values, or words."""
    free = [n for n in columns.names if n not in asked and columns.columns[n].kind not in ("labels", "empty")]
    if classes and free:
        few = [n for n in free if 2 <= len(set(columns.columns[n].cells)) <= MOST_WORDS]
        words = [n for n in few if columns.columns[n].kind == "words"]
        return free[-1] if free[-1] in few else (words or few or free)[-1]
    numeric = columns.numeric
    ordered = [*numeric[1:], *numeric[:1]] if inputs == 1 else numeric[::-1]
    numbers = [name for name in ordered if name in free and columns.columns[name].kind == "numbers"]
    if not numbers:
        _explain(columns, columns.names)
        raise refusal("no-numbers", columns.source)
    return next((name for name in numbers if not _unfit(columns.columns[name])), numbers[0])


def _dummies(columns: Columns, name: str, complete: Booleans) -> tuple[list[str], Array]:
    """Return a column of words as columns of 0 and 1, one for each word that a complete row has."""
    cells = np.array(columns.columns[name].cells, object)[complete]
    words = sorted(set(cells))
    if len(words) > MOST_WORDS:
        raise refusal("many-words", columns.source, column=name, given=len(words), most=MOST_WORDS)
    values = np.column_stack([cells == word for word in words]).astype(float)
    return [f"{name}={label}" for label in labels(words).values()], values
