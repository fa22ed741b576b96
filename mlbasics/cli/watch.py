"""A lesson that plays in the terminal: screens in place of one another, written where they change alone."""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from rich.cells import cell_len

from mlbasics.cli.leaving import cleared
from mlbasics.cli.streams import put
from mlbasics.render.terminal import Terminal

CLEAN = "\x1b[H\x1b[2J"  # an empty screen, written from its top
BELOW = "\x1b[0m\x1b[999B\r"  # out of the midst of a row, to under all rows
NEAR = 3  # rows down to which a vertical tab each is the shorter way
SIGNS = re.compile(r"\x1b\[([\d;]*)m|(.)")
COLOUR = r"8;5;\d+|8;2;\d+;\d+;\d+"
CODES = re.compile(rf"\b(?:([1-9])|(4(?:{COLOUR}|[0-7])|10[0-7])|(3(?:{COLOUR}|[0-7])|9[0-7]))(?=;|$)")
REVERSED = "7"


class Pen(NamedTuple):
    """How a cell is written, in codes: bold or the like, on which colour, and in which."""

    manner: str = ""
    ground: str = "49"
    ink: str = "39"  # "" where none shows


PLAIN = Pen()
Cell = tuple[str, Pen]
Row = list[tuple[Cell, Cell]]  # each cell as it was and as it is to be
BLANK = " ", Pen(ink="")

Screen = Callable[[int, Terminal], str]
"""screen(which, terminal): one of the screens, as that terminal shows it."""


def play(count: int, screen: Screen, inspect: Callable[[], Terminal], fps: int) -> None:
    """Write so many screens to the terminal, so many a second; the last stays, with the cursor below it.

    On a terminal that has changed its size the next is written anew, and on one too low to go back up in,
    the last alone.
    """
    player, due = _Player(), time.monotonic()
    with cleared(player.leave):
        for which in range(count):
            terminal = inspect()
            text = screen(which, terminal)
            if which == count - 1 or text.count("\n") < os.get_terminal_size(sys.stdout.fileno()).lines:
                time.sleep(max(0, due - time.monotonic()))
                player.show(text, terminal)
                due += 1 / fps


class _Player:
    """What stands on the terminal, and whether the cursor rests below it."""

    def __init__(self) -> None:
        self.rows: list[str] = []
        self.terminal: Terminal | None = None
        self.resting = True

    def show(self, text: str, terminal: Terminal) -> None:
        """Put a screen in the place of the one before."""
        rows = text.rstrip("\n").split("\n")
        if self.terminal == terminal:
            written = "".join(_changes(self.rows, rows))
        else:
            written = (CLEAN if self.rows else "") + "\n".join(rows) + "\n"
        self.resting = False
        put(written, terminal.lang)
        self.resting = True
        self.rows, self.terminal = rows + [""] * (len(self.rows) - len(rows)), terminal

    def leave(self) -> None:
        if not self.resting:
            os.write(sys.stdout.fileno(), BELOW.encode())


def _changes(before: list[str], after: list[str]) -> Iterator[str]:
    """Yield what turns the rows before into those after; the cursor is below them first and last.

    Cells that change are written pen by pen: to turn a pen costs more than to move the cursor.
    """
    pairs = zip(before, [*after, *[""] * len(before)], strict=False)
    rows = [
        [*zip_longest(_cells(was), _cells(now), fillvalue=BLANK)] if was != now else [] for was, now in pairs
    ]
    at, pen = (len(before), 0), PLAIN
    for wanted, row, column, character in sorted(_changed(rows)):
        turned = wanted if wanted.ink else wanted._replace(ink=pen.ink)
        yield _turn(pen, turned)
        yield _way(at, (row, column), rows[row], turned) + character
        at, pen = (row, column + cell_len(character)), turned
    yield _turn(pen, PLAIN) + _down(len(before) - at[0]) + "\r"
    yield from (f"{row}\n" for row in after[len(before) :])


def _changed(rows: list[Row]) -> Iterator[tuple[Pen, int, int, str]]:
    """Yield each character that is not as it was: its pen, its row, its column and itself."""
    for i, row in enumerate(rows):
        for column, (was, now) in enumerate(row):
            character, pen = now
            if character and now != was:
                yield pen, i, column, character


def _way(at: tuple[int, int], to: tuple[int, int], cells: Row, pen: Pen) -> str:
    """Return the shortest way of the cursor: to a column, left, right, or over cells of the same pen."""
    (row, column), (to_row, to_column) = at, to
    right = to_column - column
    if row == to_row and right == 0:
        return ""
    ways, between = [f"\x1b[{to_column + 1}G"], cells[column:to_column]
    if right > 0:
        ways.append(f"\x1b[{right}C")
    elif column < len(cells):  # else it may be at the edge, where terminals differ in what is left of it
        ways.append("\b" * -right)
    if row == to_row and between and all(look in (pen, pen._replace(ink="")) for _, (_, look) in between):
        ways.append("".join(character for _, (character, _) in between))
    return _down(to_row - row) + min(ways, key=lambda way: len(way.encode()))


def _cells(row: str) -> list[Cell]:
    """Return the cells of a row; a wide character's second is empty."""
    cells, pen = [], PLAIN
    for codes, character in SIGNS.findall(row):
        if character:
            seen = pen if character != " " or REVERSED in pen.manner else pen._replace(ink="")
            cells += [(character, seen), ("", seen)][: cell_len(character)]
        else:
            pen = _pen(codes)
    return cells


@lru_cache
def _pen(codes: str) -> Pen:
    """Return the pen that these codes make of a plain one: rich takes up each from there."""
    found = CODES.findall(codes)
    manner, ground, ink = (";".join(filter(None, (code[kind] for code in found))) for kind in range(3))
    return Pen(manner, ground or PLAIN.ground, ink or PLAIN.ink)


def _turn(pen: Pen, wanted: Pen) -> str:
    """Return what turns one pen into another."""
    if pen.manner != wanted.manner:
        codes = ["0", *(code for code, plain in zip(wanted, PLAIN, strict=True) if code != plain)]
    else:
        codes = [code for code, had in zip(wanted, pen, strict=True) if code != had]
    return f"\x1b[{';'.join(codes)}m" if codes else ""


def _down(rows: int) -> str:
    """Return what moves the cursor so many rows down, or up if it is less than none, in its column."""
    return "\v" * rows if 0 <= rows <= NEAR else f"\x1b[{abs(rows)}{'B' if rows > 0 else 'A'}"
