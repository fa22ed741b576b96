"""Characters with the colour of each and of the ground it stands on, as rich prints them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import numpy as np
from rich.cells import cell_len
from rich.color import Color
from rich.console import Console, ConsoleOptions
from rich.measure import Measurement
from rich.segment import Segment
from rich.style import Style


class Cells:
    """A part of a screen, rows from the top; a character wider than a cell is followed by an empty one."""

    def __init__(self, rows: int, columns: int) -> None:
        self.characters = np.full((rows, columns), " ", "<U1")
        self.ink = np.zeros((rows, columns), int)  # positions in colors
        self.ground = np.zeros((rows, columns), int)
        self.turned = np.zeros((rows, columns), bool)  # ink is the ground's colour, and the other way round
        self.colors: list[str | None] = [None]

    def color(self, code: str | None) -> int:
        """Return the number of a colour as rich names it; 0 is the terminal's own."""
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
        """The rows without colour."""
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
