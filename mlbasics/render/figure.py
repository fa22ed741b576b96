"""Plots in characters: areas, lines and points over them, names; under titles, alone or side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from mlbasics.kit.report import Panels, Plot, Series
from mlbasics.render import axes, canvas, marks
from mlbasics.render.canvas import Cells
from mlbasics.render.layout import Layout, Place, name_of
from mlbasics.render.marks import NONE
from mlbasics.render.palette import ABOVE, ASCII, BELOW, STYLES, Colors
from mlbasics.render.terminal import Terminal
from mlbasics.words import Phrase

HIGH = 2.0  # a cell's height over its width
HAIR = 4  # columns from one dot of a hair line to the next
LEAST = 4  # columns and rows that a frame has at least
SHORT = 8  # cells up to which a name of the x axis takes the place of labels, before it takes a row

Say = Callable[[Phrase | str], str]


class Figure(NamedTuple):
    """A drawn plot, how it is laid out, and those of its series whose names found no place in it."""

    cells: Cells
    layout: Layout
    unnamed: Sequence[Series]


def draw(
    plot: Plot, width: int, terminal: Terminal, say: Say, least: int = 0, *, labeled: bool = True
) -> Figure:
    """Return the plot in so many columns, of which at least so many are for the labels of its y axis.

    Not labeled: its y axis has none, as those of a neighbor hold for it too.
    """
    painter = _Painter(plot, width, terminal, say, max(least, room(plot, width, say)) if labeled else 0)
    painter.paint()
    unnamed = painter.names()
    painter.axis_name()
    return Figure(painter.cells, painter.layout, unnamed)


def room(plot: Plot, width: int, say: Say) -> int:
    """Return the columns that the labels of a plot's y axis take, where it has so many columns in all."""
    given, needed = 0, 1
    while needed > given:  # a narrower frame may have other labels
        given = needed
        needed = max(map(len, _axes(plot, width - given - 1, say)[1].labels), default=1)
    return given


def _axes(plot: Plot, columns: int, say: Say) -> tuple[axes.Axis, axes.Axis, bool]:
    """Return the axes, and whether the x axis's name has a row of its own, as its labels leave it no gap."""
    name = 0 if plot.x_name is None else cell_len(say(plot.x_name))
    columns, rows = max(columns, LEAST), max(plot.height - canvas.BELOW, LEAST)
    for apart, own in ((8, False), (name + 7, False), (8, True)):
        most = max(3, columns // apart), max(2, (2 * (rows - own) + 4) // 5)
        x, y = axes.pair(plot, columns, max(rows - own, LEAST), HIGH, most)
        if own or not name or (_gap(x) >= name + 4 and (apart == 8 or name <= SHORT)):
            break
    return x, y, own


def _gap(x: axes.Axis) -> float:
    """Return the most columns that the labels of an x axis leave between two of them, or after the last."""
    starts = [t - len(said) / 2 for t, said in zip(x.ticks, x.labels, strict=True)]
    ends = [t + len(said) / 2 + 1 for t, said in zip(x.ticks, x.labels, strict=True)]
    return max((start - end for start, end in zip([*starts[1:], x.cells + 2], ends, strict=True)), default=0)


class _Painter:
    """One plot on its way to a figure; rows inside the frame are counted from below."""

    def __init__(self, plot: Plot, width: int, terminal: Terminal, say: Say, beside: int) -> None:
        self.plot, self.terminal, self.say, self.colors = plot, terminal, say, Colors(terminal)
        x, y, own = _axes(plot, width - beside - 1, say)
        y = y._replace(labels=tuple(label[:beside] for label in y.labels))
        self.layout = Layout(plot, x, y, ascii_only=terminal.ascii_only, shapes=terminal.color is None)
        self.left = beside + 1
        self.cells = Cells(y.cells + canvas.BELOW + own, self.left + x.cells)
        inside = slice(y.cells), slice(self.left, None)
        self.characters, self.ink, self.ground, self.turned = (
            array[inside][::-1]
            for array in (self.cells.characters, self.cells.ink, self.cells.ground, self.cells.turned)
        )
        self.frame = self.cells.color(self.colors.line("grey"))
        areas = self.layout.cover.areas
        self.fills = np.array([True, *map(self.colors.fills, areas)])  # by area, of none first
        self.grounds = np.array([0, *(self.cells.color(self.colors.area(area)) for area in areas)])
        self.inks = np.array([[0] * (1 + len(areas)), *map(self._inks, plot.series)])

    def _inks(self, series: Series) -> list[int]:
        """Return the color of a series on nothing, and on each area."""
        hue = STYLES[series.role].hue
        codes = [self.colors.line(hue), *(self.colors.mark(hue, area) for area in self.layout.cover.areas)]
        return [self.cells.color(code) for code in codes]

    def paint(self) -> None:
        """Paint all but names: what plotext draws around it, areas, lines and points, arrows."""
        x, y, shown = self.layout.x, self.layout.y, self.layout.marked
        for row, line in enumerate(canvas.spines(x, y, self.left - 1)):
            drawn = line.translate(ASCII) if self.terminal.ascii_only else line
            self.cells.characters[row, : len(line)] = list(drawn)
        self.characters[shown] = self.layout.marks.characters()[shown]
        self.cells.ink[:] = self.frame
        if self.colors.painted and not self.terminal.ascii_only:
            hair = self.cells.color(self.colors.hair())
            for row in {canvas.cell(tick, y) for tick in y.ticks}:
                columns = np.flatnonzero(~shown[row])
                columns = columns[columns % HAIR == HAIR // 2]
                self.characters[row, columns], self.ink[row, columns] = "⠐", hair
        self._areas()
        self._marks()
        for arrow, place, said in self.layout.arrows(
            *(sign[self.terminal.ascii_only] for sign in (ABOVE, BELOW))
        ):
            self._write(place, said, arrow.series)

    def _areas(self) -> None:
        """Fill the cells: with grounds and blocks, or, where grounds cannot be had, with characters."""
        cover, free = self.layout.cover, ~self.layout.marked
        for kind, area in enumerate(cover.areas, 1):
            here = cover.most == kind
            if self.fills[kind]:
                self.characters[free & here] = " "
                self.ground[(~free & here) | (free & (cover.ground == kind))] = self.grounds[kind]
                self.ink[free & (cover.block != "") & (cover.over == kind)] = self.grounds[kind]
            else:
                style = STYLES[area.role]
                shade = "░" if self.terminal.color else style.fill
                self.characters[free & here] = style.ascii_fill if self.terminal.ascii_only else shade
                self.ink[free & here] = self.cells.color(self.colors.line(style.hue))
        blocks = free & (cover.block != "") & self.fills[cover.ground] & self.fills[cover.over]
        self.characters[blocks] = cover.block[blocks]
        bare = blocks & (cover.over == 0)  # the block is the part without area: colors are turned about
        self.ink[bare], self.ground[bare], self.turned[bare] = self.ground[bare], 0, True

    def _marks(self) -> None:
        """Color lines and points, each as it reads on its ground."""
        most, found = self.layout.cover.most, self.layout.marks
        lower, upper = found.halves[::2], found.halves[1::2]
        for owner in (found.owner, lower, upper):
            self.ink[owner != NONE] = self.inks[owner + 1, most][owner != NONE]
        both = (lower != NONE) & (upper != NONE) & (lower != upper)
        self.ground[both] = self.inks[lower + 1, most][both]

    def _write(self, place: Place, said: str, series: Series) -> None:
        """Write into cells inside the frame, in the color of a series."""
        row, column = place
        inside = row, slice(column, column + cell_len(said))
        self.cells.write(self.layout.y.cells - 1 - row, self.left + column, said, 0)
        most = self.layout.cover.most[inside]
        self.ink[inside] = np.array(self._inks(series))[most]
        self.ground[inside] = (self.grounds * self.fills)[most]

    def names(self) -> list[Series]:
        """Write each name next to what it names; return what found no place."""
        unnamed = []
        for series, place, said in self.layout.names(self._name):
            if place is None:
                unnamed.append(series)
            elif self.fills.all():
                self._write(place, said, series)
            else:  # in the midst of characters that fill an area
                self._write((place[0], place[1] - 1), f" {said} ", series)
        return unnamed

    def _name(self, series: Series) -> str:
        """Return a name; without color with its mark, in brackets, lest that be taken for a point."""
        said = self.say(series.label)
        if not said or self.terminal.color is not None:
            return said
        return f"[{marks.key(series, ascii_only=self.terminal.ascii_only, shapes=True)} {said}]"

    def axis_name(self) -> None:
        """Write the x axis's name among its labels, or below if it is long."""
        rows, columns = self.cells.characters.shape
        if self.plot.x_name is not None:
            said = self.say(self.plot.x_name)
            width = cell_len(said)
            blank = self.cells.characters[-1] == " "
            gaps = [
                s for s in range(columns - width, self.left, -1) if blank[max(s - 2, 0) : s + width + 2].all()
            ]
            alone = max(0, self.left + (columns - self.left - width) // 2)
            self.cells.write(rows - 1, alone if blank.all() or not gaps else gaps[0], said, self.frame)


def stacked(panels: Panels, width: int) -> bool:
    """Return whether there is no room for the plots side by side."""
    return min(_widths(panels, width)) < panels.narrowest


def _widths(panels: Panels, width: int) -> list[int]:
    """Return the columns of each plot side by side."""
    shares = list(panels.shares or [1] * len(panels.plots))[: len(panels.plots)]
    return [(width - 2 * (len(shares) - 1)) * share // sum(shares) for share in shares]


def titled(panels: Panels, terminal: Terminal, say: Say, console: Console) -> list[RenderableType]:
    """Return plots under their titles, side by side, or one above the other where there is no room.

    What the longest head takes beyond one row, the frames give.
    """
    plots, one_above = panels.level(), stacked(panels, terminal.width)
    widths = [terminal.width] * len(plots) if one_above else _widths(panels, terminal.width)
    rooms = [room(plot, width, say) for plot, width in zip(plots, widths, strict=True)]
    labels = max(rooms)
    once = panels.share_y and not one_above  # only the first has labels on its y axis, and their room
    if once:
        widths = _widths(panels, terminal.width - labels)
        widths[0] += labels
    heads = _heads(plots, widths, say, console)
    over = max(map(len, heads)) - 1
    if not one_above:  # titles stand level, and so do frames
        heads = [[*head, *[Text()] * (over + 1 - len(head))] for head in heads]
    drawn = [
        draw(
            replace(plot, height=max(plot.height - over, LEAST)),
            width, terminal, say, rooms[i] if panels.shares else labels, labeled=not (once and i),
        )
        for i, (plot, width) in enumerate(zip(plots, widths, strict=True))
    ]  # fmt: skip
    alike = len({tuple(map(name_of, plot.series)) for plot in plots}) == 1
    parts = []
    for head, one, width in zip(heads, drawn, widths, strict=True):
        keys = [] if alike else legend(one.unnamed, terminal._replace(width=width), say, console)
        parts.append(Group(*head, one.cells, *keys))
    nowhere = set.intersection(*({name_of(series) for series in one.unnamed} for one in drawn))
    unnamed = {name: s for s in drawn[0].unnamed if (name := name_of(s)) in nowhere}
    key = legend(list(unnamed.values()), terminal, say, console) if alike else []
    if one_above:
        return [*parts, *key]
    grid = Table.grid(padding=(0, 2, 0, 0))
    for _ in plots:
        grid.add_column()
    grid.add_row(*parts)
    return [grid, *key]


def _heads(plots: Sequence[Plot], widths: Sequence[int], say: Say, console: Console) -> list[list[Text]]:
    """Return the lines over each plot; remarks stand below titles where one of them has no room beside."""
    heads = [_head(plot, width, say) for plot, width in zip(plots, widths, strict=True)]
    if all(_joined(head).cell_len <= width for head, width in zip(heads, widths, strict=True)):
        return [[_joined(head)] for head in heads]
    parted = zip(heads, widths, strict=True)
    return [[line for part in head for line in part.wrap(console, width)] for head, width in parted]


def _head(plot: Plot, width: int, say: Say) -> list[Text]:
    """Return the title, too long for its row broken at its comma, and the remark beside it, if any."""
    title = say(plot.title)
    head = Text(title if cell_len(title) <= width else title.replace(", ", ",\n", 1), "bold")
    remark = "" if plot.axes is None else say(plot.axes)
    return [head, Text(remark, "dim")] if remark else [head]


def _joined(head: Sequence[Text]) -> Text:
    return Text("  ").join(head)


def legend(unnamed: Sequence[Series], terminal: Terminal, say: Say, console: Console) -> list[Text]:
    """Return names of series beside how they look, in as few lines as hold them."""
    lines: list[Text] = []
    for series in unnamed:
        sample = marks.key(series, ascii_only=terminal.ascii_only, shapes=terminal.color is None)
        color = Colors(terminal).line(STYLES[series.role].hue)
        entry = Text.assemble((sample, color or ""), " ", say(series.label))
        if lines and lines[-1].cell_len + 3 + entry.cell_len <= terminal.width:
            lines[-1] = Text.assemble(lines[-1], "   ", entry)
        else:
            lines.append(entry)
    return [part for line in lines for part in line.wrap(console, terminal.width)]
