"""Characters with the colour of each and of the ground it stands on, laid together into rich text."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from rich.cells import cell_len
from rich.color import Color
from rich.style import Style
from rich.text import Span, Text


class Cells:
    """A rectangle of the screen, rows from the top; a character wider than a cell is followed by an empty one."""

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

    def text(self) -> Text:
        """Return the rows as one text."""
        spans: list[Span] = []
        lines: list[str] = []
        at = 0
        look = (self.ink * len(self.colors) + self.ground) * 2 + self.turned
        changes = look[:, 1:] != look[:, :-1]
        for row, characters in enumerate(self.characters.tolist()):
            start = 0
            for end in [*(np.flatnonzero(changes[row]) + 1).tolist(), len(characters)]:
                length = len("".join(characters[start:end]))
                if look[row, start]:
                    ink, ground = self.colors[self.ink[row, start]], self.colors[self.ground[row, start]]
                    spans.append(Span(at, at + length, _style(ink, ground, bool(self.turned[row, start]))))
                start, at = end, at + length
            lines.append("".join(characters))
            at += 1
        return Text("\n".join(lines), spans=spans)


@lru_cache
def _style(ink: str | None, ground: str | None, turned: bool) -> Style:
    color, bgcolor = (None if code is None else Color.parse(code) for code in (ink, ground))
    return Style(color=color, bgcolor=bgcolor, reverse=turned or None)
