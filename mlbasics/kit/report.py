"""What a lesson wants shown, as plain data: no color, no language, no array.

A renderer turns a Report into text or another format; words are looked up by key when it does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, replace
from itertools import compress
from typing import Literal, NamedTuple

from mlbasics.kit.claims import Claim
from mlbasics.words import Phrase

UNNAMED = Phrase("")

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
    "wrong",
    "class1",
    "class2",
    "class3",
    "class4",
    "plain",
]
"""What a series or row stands for; each renderer gives every role one look."""

AREAS = ("band", "bars", "stack")
"""The kinds of series that are areas."""

Shape = Literal["disc", "ring", "square", "diamond", "up", "down", "cross", "plus", "star", "dot"]


@dataclass(frozen=True)
class Series:
    """One curve, cloud of points, or area of a plot.

    Lines and points: line joins (x, y), with a gap where y is NaN; points marks them; both does the two; dots
    marks each with the finest dot there is; stems goes, dotted, from each (x, y) to (x, y_top).
    Areas, under all lines and points: band fills from y to y_top; bars stand from zero to y[i] over
    x[i] … x[i + 1], so that x has one value more than y; stack fills y upward from where the one before ends.
    """

    label: Phrase  # where it says nothing, the series is drawn without a name
    role: Role
    kind: Literal["line", "points", "both", "dots", "stems", "band", "bars", "stack"]
    x: Sequence[float]
    y: Sequence[float]
    y_top: Sequence[float] = ()
    shape: Shape | None = None  # of its points, where it is to be another than its role's
    explained: bool = False  # in the text beside the plot: it is named where there is room, and else not


class Regions(NamedTuple):
    """Areas that tile the plane: which class each place belongs to.

    rows[i][j] is the class at the middle of the j-th of equal parts of x_range and the i-th, from below, of
    y_range; a class is a position in labels and roles.
    """

    labels: Sequence[Phrase]
    roles: Sequence[Role]
    rows: Sequence[Sequence[int]]


@dataclass(frozen=True)
class Plot:
    """Series on shared axes; what lies outside the ranges is cut, and arrows say so.

    A renderer may widen the ranges a little, so that labeled values fall on rows of cells.
    """

    id: str  # its name in every language, as --plot takes it
    series: Sequence[Series]
    x_range: tuple[float, float]
    y_range: tuple[float, float]
    title: Phrase = UNNAMED  # plot.ID, where none is given
    axes: Phrase | None = None  # a remark beside the title
    log_x: bool = False
    log_y: bool = False
    whole_x: bool = False  # x counts something: ticks at whole numbers only
    x_names: Sequence[str] = ()  # what stands at x = 0, 1, 2, … where x only counts positions
    y_measured: bool = True  # if not, as in a diagram, heights mean nothing and have no ticks
    level: float | None = None  # a height that lies in the middle of a row: what touches there, touches
    equal_units: bool = False  # a unit is as long on both axes: x_range is widened about its middle
    height: int = 16
    x_name: Phrase | None = None  # what the x axis measures, said below it
    regions: Regions | None = None

    def __post_init__(self) -> None:
        """Take the title that the id has in the words files, where none is given."""
        _name(self, "title", "plot")


@dataclass(frozen=True)
class Column:
    """A column of numbers, or of words, which start at the left; an optional one is left out for room."""

    id: str
    name: Phrase | str = UNNAMED  # column.ID, where none is given
    _: KW_ONLY
    optional: bool = False
    words: bool = False
    drawn: bool = False  # of pictures in characters, which are no data
    decimals: int | None = None  # of its numbers, the same down the column; None: three digits each

    def __post_init__(self) -> None:
        """Take the name that the id has in the words files, where none is given."""
        _name(self, "name", "column")


class Row(NamedTuple):
    """One line of a table; a role other than plain makes it stand out.

    What would only fill a screen is not shown there: as data, a table has all of its rows.
    """

    cells: Sequence[Cell]
    role: Role = "plain"
    shown: bool = True


@dataclass(frozen=True)
class Table:
    """Named columns and their rows."""

    id: str  # its name in every language, as --table takes it
    columns: Sequence[Column]
    rows: Sequence[Row]
    title: Phrase = UNNAMED  # table.ID, where none is given

    def __post_init__(self) -> None:
        """Take the title that the id has in the words files, where none is given."""
        _name(self, "title", "table")

    @property
    def shown(self) -> Sequence[Row]:
        """The rows that are shown where people read."""
        return [row for row in self.rows if row.shown]

    @property
    def known(self) -> Table:
        """The table without columns of which no row has a value: on own data there is no truth to tell."""
        columns = zip(*(row.cells for row in self.rows), strict=True)
        kept = [any(cell is not None and cell == cell for cell in column) for column in columns]
        rows = [row._replace(cells=tuple(compress(row.cells, kept))) for row in self.rows]
        return replace(self, columns=list(compress(self.columns, kept)), rows=rows)


@dataclass(frozen=True)
class Panels:
    """Plots that belong together: side by side where there is room, else one above the other.

    Plots that are compared share axes: each shows the ranges of all.
    """

    plots: Sequence[Plot]
    narrowest: int = 54  # columns a plot needs to stand beside another
    share_x: bool = False
    share_y: bool = False
    shares: Sequence[int] = ()  # of the width that each plot takes beside the others; none: all the same

    @classmethod
    def of(cls, figure: Plot | Panels) -> Panels:
        """Return a figure as panels: a plot that stands alone is their only one."""
        return figure if isinstance(figure, Panels) else cls([figure], narrowest=0)

    @property
    def id(self) -> str:
        """Its name in every language: that of the first of the plots."""
        return self.plots[0].id

    def level(self) -> Sequence[Plot]:
        """Return the plots with the ranges that they share."""
        x, y = _hull([plot.x_range for plot in self.plots]), _hull([plot.y_range for plot in self.plots])
        return [
            replace(p, x_range=x if self.share_x else p.x_range, y_range=y if self.share_y else p.y_range)
            for p in self.plots
        ]


def _name(block: Plot | Column | Table, field: str, kind: str) -> None:
    if getattr(block, field) == UNNAMED:
        object.__setattr__(block, field, Phrase(f"{kind}.{block.id}"))


def _hull(ranges: Sequence[tuple[float, float]]) -> tuple[float, float]:
    return min(low for low, _ in ranges), max(high for _, high in ranges)


Block = Plot | Panels | Table | Phrase


class Suggestion(NamedTuple):
    """A command worth typing next: the options to give the lesson, and why."""

    options: Mapping[str, object]
    why: Phrase


@dataclass(frozen=True)
class Report:
    """Everything a renderer needs, in the order it is read; of a run whose details were left out, no more."""

    lesson: str
    scene: Phrase
    heroes: Sequence[Plot | Panels]
    table: Table | None
    more: Sequence[Block]
    claims: Sequence[Claim]
    suggestions: Sequence[Suggestion]
    note: Phrase | None = None  # what was read of the learner's own data

    @property
    def look(self) -> Sequence[Block]:
        """What stands on the first screen, or at the head of the article: the figures and the table."""
        return [*self.heroes, *([self.table] if self.table else [])]

    @property
    def figures(self) -> Mapping[str, Plot | Panels]:
        """All figures by their names, those of the look first; then what stands in panels beside another."""
        drawn = [block for block in (*self.heroes, *self.more) if isinstance(block, Plot | Panels)]
        parts = [
            replace(figure, plots=[plot for plot in figure.plots if plot.id == name])
            for figure in drawn
            if isinstance(figure, Panels)
            for name in {plot.id: None for plot in figure.plots}
        ]
        return {figure.id: figure for figure in reversed([*drawn, *parts])}

    @property
    def headlines(self) -> Sequence[Claim]:
        """The claims that carry the lesson."""
        return [claim for claim in self.claims if claim.headline]
