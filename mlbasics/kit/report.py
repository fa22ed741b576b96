"""What a lesson wants shown, as plain data: no colour, no language, no array.

A renderer turns a Report into text, and later into other formats; words are looked up by key when it does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from mlbasics.kit.claims import Claim
from mlbasics.words import Phrase

Cell = Phrase | str | float | int | tuple[Phrase, ...] | None
"""A number, a word, several words, or None: not to be had in this run."""

Role = Literal[
    "truth",
    "data",
    "other",
    "faint",
    "low",
    "best",
    "high",
    "train",
    "test",
    "cv",
    "floor",
    "above",
    "below",
    "plain",
]
"""What a series or row stands for; each renderer gives every role one look."""


@dataclass(frozen=True)
class Series:
    """One curve, cloud of points, or band of a plot.

    line joins (x, y); points marks them; both does the two; dots marks each with the finest dot there is
    (a boundary, found on a grid); band fills from y to y_top.
    """

    label: Phrase
    role: Role
    kind: Literal["line", "points", "both", "dots", "band"]
    x: Sequence[float]
    y: Sequence[float]
    y_top: Sequence[float] = ()


@dataclass(frozen=True)
class Plot:
    """Series on shared axes; what lies outside the ranges is cut, and marked points become arrows."""

    title: Phrase
    axes: Phrase
    series: Sequence[Series]
    x_range: tuple[float, float]
    y_range: tuple[float, float]
    log_x: bool = False
    log_y: bool = False
    whole_x: bool = False  # x counts something: ticks at whole numbers only
    x_names: Sequence[str] = ()  # what stands at x = 0, 1, 2, … where x only counts positions
    equal_units: bool = False  # a unit is as long on both axes: x_range is widened about its middle
    height: int = 16


@dataclass(frozen=True)
class Column:
    """A column of numbers, or of words, which start at the left; an optional one is left out for room."""

    name: Phrase | str
    optional: bool = False
    words: bool = False


@dataclass(frozen=True)
class Row:
    """One line of a table; a role other than plain makes it stand out."""

    cells: Sequence[Cell]
    role: Role = "plain"


@dataclass(frozen=True)
class Table:
    """Named columns and their rows."""

    title: Phrase
    columns: Sequence[Column]
    rows: Sequence[Row]

    @property
    def id(self) -> str:
        """Its name in every language, as --table takes it: the title's key without table."""
        return self.title.key.removeprefix("table.")


@dataclass(frozen=True)
class Panels:
    """Plots that belong together: side by side where there is room, else one above the other."""

    plots: Sequence[Plot]
    narrowest: int = 54  # columns a plot needs to stand beside another


Block = Plot | Panels | Table | Phrase


@dataclass(frozen=True)
class Suggestion:
    """A command worth typing next: the options to give the lesson, and why."""

    options: Mapping[str, object]
    why: Phrase


@dataclass(frozen=True)
class Report:
    """Everything a renderer needs, in the order it is read."""

    lesson: str
    setup: Phrase
    blocks: Sequence[Block]
    claims: Sequence[Claim]
    suggestions: Sequence[Suggestion]
