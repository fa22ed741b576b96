"""Columns of text, read as numbers when a lesson asks for them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from mlbasics.kit.errors import InputError, no_such, quoted
from mlbasics.numerics import Array
from mlbasics.words import phrase

MISSING = frozenset({"", "na", "n/a", "nan", "null", "none", "-", "?", "."})
LARGEST = 1e100
MOST_NAMES = 12  # named in an error


@dataclass(frozen=True)
class Columns:
    """A table as it was read: for each name its cells, and the lines they stand in."""

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
        if name in self.cells:
            return name
        shown = self.names if len(self.names) <= MOST_NAMES else (*self.names[:MOST_NAMES], "…")
        nearest = no_such("data.no-column", name, self.names).sentence.values["suggestion"]
        raise InputError(
            phrase(
                "data.no-column",
                option=option,
                given=quoted(name),
                source=quoted(self.source),
                names=", ".join(shown),
                suggestion=nearest,
            )
        )

    def _refuse(self, name: str, cell: str, line: int) -> InputError:
        comma = cell.strip().replace(",", ".", 1)
        kind = "infinite" if _is_number(cell) else "comma" if reads(comma) else "text"
        return refusal(kind, self.source, column=name, cell=quoted(cell), line=line, dotted=comma)


def refusal(kind: str, source: str, **values: object) -> InputError:
    """Return the error for data that cannot be used: the sentence of that kind, naming the source."""
    return InputError(phrase(f"data.{kind}", source=quoted(source), **values), exit_code=1)


def is_missing(cell: str) -> bool:
    """Return whether a cell says that its value is missing."""
    return cell.strip().lower() in MISSING


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
