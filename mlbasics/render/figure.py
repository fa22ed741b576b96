"""A plot as a figure in characters: areas, lines and points over them, then names where there is room."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from rich.cells import cell_len

from mlbasics.kit.report import Plot, Series
from mlbasics.numerics import Booleans, Integers
from mlbasics.render import areas, arrows, axes, canvas, colours, labels, marks
from mlbasics.render.cells import Cells
from mlbasics.render.marks import NONE, Marks
from mlbasics.render.palette import ABOVE, ASCII, BELOW, LOOKS
from mlbasics.render.terminal import Terminal
from mlbasics.words import Phrase

HIGH = 2.0  # a cell's height over its width
HAIR = 4  # columns from one dot of a hair line to the next
LEAST = 4  # columns and rows that a frame has at least
SHORT = 8  # cells up to which a name of the x axis takes the place of labels, before it takes a row

Say = Callable[[Phrase | str], str]


class Figure(NamedTuple):
    """A drawn plot, and those of its series whose names found no place in it."""

    cells: Cells
    unnamed: Sequence[Series]


def draw(
    plot: Plot, width: int, terminal: Terminal, say: Say, least: int = 0, *, labelled: bool = True
) -> Figure:
    """Return the plot in so many columns, of which at least so many are for the labels of its y axis.

    Not labelled: its y axis has none, as those of a neighbour hold for it too.
    """
    drawing = _Drawing(plot, width, terminal, say, max(least, beside(plot, width, say)) if labelled else 0)
    unnamed = drawing.names()
    drawing.axis_names()
    return Figure(drawing.cells, unnamed)


def beside(plot: Plot, width: int, say: Say) -> int:
    """Return the columns that the labels of a plot's y axis take, where it has so many columns in all."""
    room, needed = 0, 1
    while needed > room:  # a narrower frame may have other labels
        room = needed
        needed = max(map(len, _axes(plot, width - room - 1, say)[1].labels), default=1)
    return room


def _axes(plot: Plot, columns: int, say: Say) -> tuple[axes.Axis, axes.Axis, bool]:
    """Return the axes, and whether the x axis's name has a row of its own, as its labels leave it no gap."""
    name = 0 if plot.x_name is None else cell_len(say(plot.x_name))
    columns, rows = max(columns, LEAST), max(plot.height - canvas.BELOW - (plot.y_name is not None), LEAST)
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


class _Drawing:
    """One plot on its way to a figure; rows inside the frame are counted from below."""

    def __init__(self, plot: Plot, width: int, terminal: Terminal, say: Say, beside: int) -> None:
        self.plot, self.terminal, self.colours, self.say = plot, terminal, colours.of(terminal), say
        self.x, self.y, own = _axes(plot, width - beside - 1, say)
        self.y = self.y._replace(labels=tuple(label[:beside] for label in self.y.labels))
        self.top, self.left = int(plot.y_name is not None), beside + 1
        self.cells = Cells(self.top + self.y.cells + canvas.BELOW + own, self.left + self.x.cells)
        inside = slice(self.top, self.top + self.y.cells), slice(self.left, None)
        self.characters, self.ink, self.ground, self.turned = (
            array[inside][::-1]
            for array in (self.cells.characters, self.cells.ink, self.cells.ground, self.cells.turned)
        )
        self.marks = Marks(self.x, self.y, ascii_only=terminal.ascii_only, shapes=terminal.color is None)
        for owner in marks.layers(plot.series):
            self.marks.add(plot.series[owner], owner)
        self.taken: Booleans = self.marks.taken()
        found = areas.raster(plot, self.x, self.y)
        self.areas: Sequence[areas.Area] = [] if found is None else found.areas
        self.most: Integers = np.zeros(self.taken.shape, int)  # which area has most of a cell, plus one
        self._frame()
        if found is not None:
            self._fill(areas.fill(found, blocks=not terminal.ascii_only))
        self._colour()
        self._arrows()

    def _frame(self) -> None:
        """Put lines and points into the frame that plotext draws, and hair lines where nothing is."""
        for row, line in enumerate(canvas.frame(self.x, self.y, self.left - 1), self.top):
            drawn = line.translate(ASCII) if self.terminal.ascii_only else line
            self.cells.characters[row, : len(line)] = list(drawn)
        self.characters[self.taken] = self.marks.characters()[self.taken]
        self.cells.ink[self.top :] = self.frame = self.cells.color(self.colours.line("grey"))
        if self.colours.painted and not self.terminal.ascii_only:
            hair = self.cells.color(self.colours.hair())
            for row in {canvas.cell(tick, self.y) for tick in self.y.ticks}:
                columns = np.flatnonzero(~self.taken[row])
                columns = columns[columns % HAIR == HAIR // 2]
                self.characters[row, columns], self.ink[row, columns] = "⠐", hair

    def _fill(self, filled: areas.Filled) -> None:
        """Fill the cells: with grounds and blocks, or, where grounds cannot be had, with characters."""
        self.most = filled.most
        free = ~self.taken
        for kind, area in enumerate(self.areas, 1):
            here, color = filled.most == kind, self.cells.color(self.colours.area(area))
            if self.colours.fills(area):
                self.characters[free & here] = " "
                self.ground[~free & here] = color
                self.ground[free & (filled.ground == kind)] = color
                self.ink[free & (filled.block != "") & (filled.over == kind)] = color
            else:
                look = LOOKS[area.role]
                shade = "░" if self.terminal.color else look.fill
                self.characters[free & here] = look.ascii_fill if self.terminal.ascii_only else shade
                self.ink[free & here] = self.cells.color(self.colours.line(look.hue))
        fills = np.array([True, *map(self.colours.fills, self.areas)])
        blocks = free & (filled.block != "") & fills[filled.ground] & fills[filled.over]
        self.characters[blocks] = filled.block[blocks]
        bare = blocks & (filled.over == 0)  # the block is the part without area: colours are turned about
        self.ink[bare], self.ground[bare], self.turned[bare] = self.ground[bare], 0, True

    def _colour(self) -> None:
        """Colour lines and points, each as it reads on its ground."""
        inks = np.array([[0] * (1 + len(self.areas)), *(self._inks(s) for s in self.plot.series)])
        lower, upper = self.marks.halves[::2], self.marks.halves[1::2]
        for owner in (self.marks.owner, lower, upper):
            self.ink[owner != NONE] = inks[owner + 1, self.most][owner != NONE]
        both = (lower != NONE) & (upper != NONE) & (lower != upper)
        self.ground[both] = inks[lower + 1, self.most][both]

    def _inks(self, series: Series) -> list[int]:
        """Return the colour of a series on nothing, and on each area."""
        hue = LOOKS[series.role].hue
        codes = [self.colours.line(hue), *(self.colours.mark(hue, area) for area in self.areas)]
        return [self.cells.color(code) for code in codes]

    def _write(self, row: int, column: int, said: str, series: Series) -> None:
        """Write into cells inside the frame, in the colour of a series."""
        width = cell_len(said)
        at, inside = self.top + self.y.cells - 1 - row, slice(column, column + width)
        self.cells.write(at, self.left + column, said, 0)
        grounds = [0, *(self.cells.color(self.colours.area(a)) * self.colours.fills(a) for a in self.areas)]
        self.ink[row, inside] = np.array(self._inks(series))[self.most[row, inside]]
        self.ground[row, inside] = np.array(grounds)[self.most[row, inside]]
        self.taken[row, inside] = True

    def _arrows(self) -> None:
        for series in self.plot.series:
            for arrow in arrows.beyond(series, self.x, self.y):
                row = self.y.cells - 1 if arrow.up else 0
                glyph = (ABOVE if arrow.up else BELOW)[self.terminal.ascii_only]
                column, said = arrows.place(arrow, glyph, row, self.taken)
                self._write(row, column, said, series)

    def names(self) -> list[Series]:
        """Write each name next to what it names; return what found no place."""
        unnamed = []
        for series, owners in labels.named(self.plot):
            said = self.say(series.label)
            if not said:
                continue
            if self.terminal.color is None:
                mark = marks.key(series, ascii_only=self.terminal.ascii_only, shapes=True)
                said = f"[{mark} {said}]"  # in brackets, lest the mark be taken for one of the plot
            kinds = [kind for kind, area in enumerate(self.areas, 1) if area.owner in owners]
            inside = np.isin(self.most, kinds) if kinds else None
            marked = np.isin(self.marks.owner, owners) & self.taken
            wanted = labels.Wanted(cell_len(said), marked, inside, beside=min(owners) >= 0)
            place = labels.place(wanted, self.taken, self.most)
            if place is None:
                unnamed.append(series)
            elif all(map(self.colours.fills, self.areas)):
                self._write(*place, said, series)
            else:  # in the midst of characters that fill an area
                self._write(place[0], place[1] - 1, f" {said} ", series)
        return unnamed

    def axis_names(self) -> None:
        """Write the y axis's name over it, and the x axis's among its labels, or below if it is long."""
        rows, columns = self.cells.characters.shape
        if self.plot.y_name is not None:
            said = self.say(self.plot.y_name)
            self.cells.write(0, max(0, min(self.left - 1, columns - cell_len(said))), said, self.frame)
        if self.plot.x_name is not None:
            said = self.say(self.plot.x_name)
            width = cell_len(said)
            blank = self.cells.characters[-1] == " "
            gaps = [
                s for s in range(columns - width, self.left, -1) if blank[max(s - 2, 0) : s + width + 2].all()
            ]
            alone = max(0, self.left + (columns - self.left - width) // 2)
            self.cells.write(rows - 1, alone if blank.all() or not gaps else gaps[0], said, self.frame)
