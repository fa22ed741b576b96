"""The columns of a table: their cells, and what they mean as numbers, dates or words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from mlbasics.data.spellings import LARGEST, Reading, is_missing, misfit, plain, read
from mlbasics.kit.errors import InputError, nearest, printable, quoted
from mlbasics.numerics import Array, Booleans
from mlbasics.words import Phrase, phrase

Kind = Literal["numbers", "dates", "words", "labels", "empty"]
MOST_NAMES = 12  # named in an error
ROW_LABELS = frozenset({"rownames", "row.names", ".rownames", "unnamed: 0"})
"""Names that R and pandas give a column which had none."""


class Column(NamedTuple):
    """One column: labels are numbers that count the rows, in a column without a name."""

    cells: Sequence[str]
    kind: Kind
    missing: Booleans  # (n,)
    reading: Reading | None  # of numbers and dates

    @property
    def how(self) -> str:
        """How its numbers are read, where they are not written as a computer writes them."""
        return self.reading.how if self.reading else ""


@dataclass(frozen=True)
class Columns:
    """A table as it was read: its columns by their names, and the lines that their cells stand in.

    Names and cells are printable and without spaces about them: they were cleaned where they came in.
    """

    source: str
    columns: Mapping[str, Column]
    lines: Sequence[int]
    rows_read: int  # more than there are lines here where a sample was drawn
    notes: Sequence[Phrase]  # what was taken for granted

    @property
    def names(self) -> tuple[str, ...]:
        """The columns' names, in order."""
        return tuple(self.columns)

    @property
    def numeric(self) -> tuple[str, ...]:
        """The names of the columns of numbers or dates."""
        return tuple(name for name in self.names if self.columns[name].kind in ("numbers", "dates"))

    def numbers(self, name: str) -> Array:
        """Return the numbers of a column, NaN where one is missing; raise InputError for anything else."""
        cells, kind, _, reading = self.columns[name]
        if reading is not None and not reading.how.startswith("either"):
            return reading.values
        if kind == "empty":
            return np.full(len(cells), np.nan)
        if reading is not None:
            why, place = reading.how, next(i for i, c in enumerate(cells) if re.search("[^0-9]", c))
        else:
            place = misfit(cells)
            alone = plain([cells[place]])
            why = "infinite" if alone and not abs(alone.values[0]) <= LARGEST else "text"
        cell = cells[place]
        values = {"plain": re.sub("[,.]", "", cell), "dotted": cell.replace(",", ".", 1)}
        raise refusal(why, self.source, line=self.lines[place], column=name, cell=cell, **values)

    def find(self, option: str, name: str) -> str:
        """Return the column of that name; raise InputError, with the nearest name, where there is none."""
        clean = cleaned(name)
        for known in (clean, quoted(clean)):  # long names may have been cut
            if known in self.columns:
                return known
        shown = self.names if len(self.names) <= MOST_NAMES else (*self.names[:MOST_NAMES], "…")
        values = {
            "given": quoted(name),
            "source": quoted(self.source),
            "names": ", ".join(map(quoted, shown)),
        }
        suggestion = nearest(name, self.names)
        raise InputError(phrase("data.no-column", option=option, suggestion=suggestion, **values))


def columns(
    source: str,
    cells: Mapping[str, Sequence[str]],
    lines: Sequence[int],
    rows_read: int,
    *,
    decimal: str = "",
    delimiter: str = ",",
    nameless: Iterable[str] = (),
    notes: Sequence[Phrase] = (),
) -> Columns:
    """Return the columns of these cells, read.

    What leaves the decimal mark open is read by the one that the other columns show.  In a column of words
    a gap is an empty cell, and what stands for one among the numbers: elsewhere None is a word as any other.
    """
    readings = {name: read(column, decimal, delimiter) for name, column in cells.items()}
    marks = {reading.mark for reading in readings.values() if reading and reading.mark}
    if len(marks) == 1:
        mark = marks.pop()
        readings |= {
            n: read(cells[n], mark, delimiter) for n, r in readings.items() if r and r.how == "either"
        }
    among = [n for n, reading in readings.items() if reading and np.isnan(reading.values).any()]
    gaps = {"", *(cell for name in among for cell in set(cells[name]) if is_missing(cell))}
    read_columns = {}
    for name, reading in readings.items():
        unnamed = name in nameless or name.lower() in ROW_LABELS
        kind = _kind(reading, cells[name], unnamed)
        missing = np.isnan(reading.values) if reading else np.array([cell in gaps for cell in cells[name]])
        read_columns[name] = Column(cells[name], kind, missing | (kind == "empty"), reading)
    return Columns(source, read_columns, lines, rows_read, notes)


def _kind(reading: Reading | None, cells: Sequence[str], unnamed: bool) -> Kind:
    if reading is None:
        return "empty" if all(map(is_missing, cells)) else "words"
    if reading.how in ("date", "either-date"):
        return "dates"
    steps = np.diff(reading.values)
    return "labels" if unnamed and ((steps >= 1) & (steps % 1 == 0)).all() else "numbers"


def refusal(kind: str, source: str, **values: object) -> InputError:
    """Return the error for data that cannot be used: the sentence of that kind, naming the source."""
    said = {name: quoted(value) if isinstance(value, str) else value for name, value in values.items()}
    return InputError(phrase(f"data.{kind}", source=quoted(source), **said), exit_code=1)


def labels(words: Iterable[str]) -> dict[str, str]:
    """Return how each word is told: at a readable length, unless that would make two the same."""
    whole = list(dict.fromkeys(words))
    cut = Counter(map(quoted, whole))
    return {word: quoted(word) if cut[quoted(word)] == 1 else word for word in whole}


def cleaned(cell: str) -> str:
    """Return a text from outside without spaces about it, printable, on one line."""
    cell = cell.strip()
    return cell if cell.isprintable() else printable(" ".join(cell.split()))
