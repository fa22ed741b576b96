"""Characters with the color of each and of its ground, as rich prints them, and axes as plotext draws them.

This file alone knows plotext.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from threading import Lock

import numpy as np
import plotext
from rich.cells import cell_len
from rich.color import Color
from rich.console import Console, ConsoleOptions
from rich.measure import Measurement
from rich.segment import Segment
from rich.style import Style

from mlbasics.render.axes import TINY, Axis

BELOW = 2  # rows under the cells of a frame: its line, and the labels of the x axis

_LOCK = Lock()  # plotext has one figure for the whole process
_END = "\x1b[0m"


@lru_cache(maxsize=64)  # pictures that follow one another, as a dial turns, mostly share their axes
def spines(x: Axis, y: Axis, beside: int) -> tuple[str, ...]:
    """Return the rows of a frame of two sides, from the top; to its left are so many columns for labels."""
    labels = [label.rjust(beside) for label in y.labels] or [" " * beside]
    under, ticks = _under(x, beside + 1)
    with _LOCK:
        plotext.clear_figure()
        plotext.limit_size(False, False)
        plotext.plot_size(beside + 1 + x.cells, y.cells + BELOW)
        plotext.theme("clear")
        plotext.xaxes(True, False)
        plotext.yaxes(True, False)
        plotext.xlim(0, x.cells - 1)
        plotext.ylim(0, y.cells - 1)
        plotext.xticks(ticks or [-9], [" "] * max(len(ticks), 1))
        plotext.yticks([cell(t, y) for t in y.ticks] or [-9], labels)
        plotext.scatter([-9], [-9])  # plotext has no frame around nothing
        drawn: str = plotext.build()
    return *(row.replace(_END, "") for row in drawn.split("\n")[: y.cells + BELOW - 1]), under


def _under(x: Axis, left: int) -> tuple[str, Sequence[int]]:
    """Return the labels of an x axis on a row, and their ticks: all, or every second, third, … .

    plotext takes them in no order of its own, so that of two without room for both either may stand.
    """
    width = left + x.cells
    for every in range(1, len(x.ticks) + 1):
        row, ticks = "", [cell(tick, x) for tick in x.ticks[::every]]
        for tick, said in zip(ticks, x.labels[::every], strict=True):
            low = max(0, left + tick + 1 - len(said))
            start = (low + max(low + 1, min(left + tick + len(said), width - 1)) - len(said)) // 2
            if start < len(row) + bool(row):
                break
            row = row.ljust(start) + said
        else:
            if len(row) <= width:
                return row.ljust(width), ticks
    return " " * width, []


def cell(at: float, axis: Axis) -> int:
    """Return the cell that holds a place on an axis."""
    return min(max(int(at + TINY), 0), axis.cells - 1)


class Cells:
    """A part of a screen, rows from the top; a character wider than a cell is followed by an empty one."""

    def __init__(self, rows: int, columns: int) -> None:
        self.characters = np.full((rows, columns), " ", "<U1")
        self.ink = np.zeros((rows, columns), int)  # positions in colors
        self.ground = np.zeros((rows, columns), int)
        self.turned = np.zeros((rows, columns), bool)  # ink is the ground's color, and the other way round
        self.colors: list[str | None] = [None]

    def color(self, code: str | None) -> int:
        """Return the number of a color as rich names it; 0 is the terminal's own."""
        if code not in self.colors:
            self.colors.append(code)
        return self.colors.index(code)

    def write(self, row: int, column: int, said: str, ink: int) -> None:
        """Write into a row, from a column on, as much as fits; the ground stays."""
        for character in said:
            width = cell_len(character)
            if width and column + width <= self.characters.shape[1]:
                self.characters[row, column : column + width] = [character, ""][:width]
                self.ink[row, column : column + width] = ink
                self.turned[row, column : column + width] = False
                column += width

    @property
    def plain(self) -> str:
        """The rows without color."""
        return "\n".join("".join(row).rstrip() for row in self.characters.tolist())

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        look = (self.ink * len(self.colors) + self.ground) * 2 + self.turned
        changes = look[:, 1:] != look[:, :-1]
        for row, characters in enumerate(self.characters.tolist()):
            start = 0
            for end in [*(np.flatnonzero(changes[row]) + 1).tolist(), len(characters)]:
                ink, ground = self.colors[self.ink[row, start]], self.colors[self.ground[row, start]]
                yield Segment(
                    "".join(characters[start:end]), _style(ink, ground, bool(self.turned[row, start]))
                )
                start = end
            yield Segment.line()

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement(*2 * [self.characters.shape[1]])


@lru_cache
def _style(ink: str | None, ground: str | None, turned: bool) -> Style:
    color, bgcolor = (None if code is None else Color.parse(code) for code in (ink, ground))
    return Style(color=color, bgcolor=bgcolor, reverse=turned or None)
