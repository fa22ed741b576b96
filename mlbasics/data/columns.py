"""Columns of text, read as numbers when a lesson asks for them."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from mlbasics.kit.errors import InputError, no_such, printable, quoted
from mlbasics.numerics import Array
from mlbasics.words import phrase

MISSING = frozenset({"", "na", "n/a", "nan", "null", "none", "-", "?", "."})
LARGEST = 1e100
MOST_NAMES = 12  # named in an error
GROUPED = re.compile(r"[-+]?\d{1,3}(,\d{3})+(\.\d+)?")


@dataclass(frozen=True)
class Columns:
    """A table as it was read: for each name its cells, and the lines they stand in.

    Names and cells are printable and without spaces about them: they were cleaned where they came in.
    """

    source: str
    cells: Mapping[str, Sequence[str]]
    lines: Sequence[int]
    rows_read: int  # more than there are lines here where a sample was drawn

    @property
    def names(self) -> tuple[str, ...]:
        """The columns' names, in order."""
        return tuple(self.cells)

    @cached_property
    def numeric(self) -> tuple[str, ...]:
        """The names of those columns whose cells are numbers or missing."""
        return tuple(name for name, cells in self.cells.items() if all(map(fits, cells)))

    def numbers(self, name: str) -> Array:
        """Return the numbers of a column, NaN where one is missing; raise InputError for anything else."""
        cells = self.cells[name]
        for line, cell in zip(self.lines, cells, strict=True):
            if not fits(cell):
                raise self._refuse(name, cell, line)
        return np.array([math.nan if is_missing(cell) else float(cell) for cell in cells])

    def find(self, option: str, name: str) -> str:
        """Return the column of that name; raise InputError, with the nearest name, where there is none."""
        clean = printable(name.strip())
        for known in (clean, quoted(clean)):  # long names may have been cut
            if known in self.cells:
                return known
        shown = self.names if len(self.names) <= MOST_NAMES else (*self.names[:MOST_NAMES], "…")
        nearest = no_such("data.no-column", name, self.names).sentence.values["suggestion"]
        raise InputError(
            phrase(
                "data.no-column",
                option=option,
                given=quoted(name),
                source=quoted(self.source),
                names=", ".join(map(quoted, shown)),
                suggestion=nearest,
            )
        )

    def _refuse(self, name: str, cell: str, line: int) -> InputError:
        plain, dotted = cell.replace(",", ""), cell.replace(",", ".", 1)
        kinds = {(True, True): "thousands", (True, False): "grouped", (False, True): "comma"}
        of_commas = kinds.get((bool(GROUPED.fullmatch(cell)), reads(dotted)), "text")
        kind = "infinite" if _is_number(cell) else of_commas
        values = {"column": name, "cell": cell, "plain": plain, "dotted": dotted}
        return refusal(kind, self.source, line=line, **values)


def refusal(kind: str, source: str, **values: object) -> InputError:
    """Return the error for data that cannot be used: the sentence of that kind, naming the source."""
    said = {name: quoted(value) if isinstance(value, str) else value for name, value in values.items()}
    return InputError(phrase(f"data.{kind}", source=quoted(source), **said), exit_code=1)


def labels(words: Iterable[str]) -> dict[str, str]:
    """Return how each word is told: at a readable length, unless that would make two the same."""
    whole = list(dict.fromkeys(words))
    cut = Counter(map(quoted, whole))
    return {word: quoted(word) if cut[quoted(word)] == 1 else word for word in whole}


def is_missing(cell: str) -> bool:
    """Return whether a cell says that its value is missing."""
    return cell.lower() in MISSING


def reads(cell: str) -> bool:
    """Return whether a cell reads as a number whose square is finite."""
    return _is_number(cell) and abs(float(cell)) <= LARGEST


def fits(cell: str) -> bool:
    """Return whether a cell can stand in a column of numbers."""
    return reads(cell) or is_missing(cell)


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return "_" not in cell
