"""A lesson that plays in the terminal: screens in place of one another, only changed rows written anew."""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from rich.cells import cell_len

from mlbasics.cli.leaving import cleared
from mlbasics.cli.streams import put
from mlbasics.render.terminal import Terminal

CLEAN = "\x1b[H\x1b[2J"  # an empty screen, written from its top
BELOW = "\x1b[0m\x1b[999B\r"  # out of the midst of a row, to under all rows
FAR = 24  # cells that stay, of which it costs less to pass over than to write them again
SIGNS = re.compile(r"\x1b\[([\d;]*)m|(.)")
COLOUR = r"8;5;\d+|8;2;\d+;\d+;\d+"
CODES = re.compile(rf"\b(?:([1-9])|(3(?:{COLOUR}|[0-7])|9[0-7])|(4(?:{COLOUR}|[0-7])|10[0-7]))(?=;|$)")
REVERSED = "7"


class Pen(NamedTuple):
    """How a cell is written, in codes: bold or the like, in which colour, on which."""

    manner: str = ""
    ink: str = "39"  # "" where none shows
    ground: str = "49"


PLAIN = Pen()
Cell = tuple[str, Pen]

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
    """Yield what turns the rows before into those after; the cursor is below them first and last."""
    at, pen = len(before), PLAIN
    for i, (old, new) in enumerate(zip(before, [*after, *[""] * len(before)], strict=False)):
        written, pen = _row(_cells(old), _cells(new), pen) if old != new else ("", pen)
        if written:
            yield _down(i - at) + written
            at = i
    yield _turn(pen, PLAIN) + _down(len(before) - at) + "\r"
    yield from (f"{row}\n" for row in after[len(before) :])


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
    manner, ink, ground = (";".join(filter(None, (code[kind] for code in found))) for kind in range(3))
    return Pen(manner, ink or PLAIN.ink, ground or PLAIN.ground)


def _row(old: list[Cell], new: list[Cell], pen: Pen) -> tuple[str, Pen]:
    """Return what writes the cells that change, and the pen that is left; the cursor may stand anywhere.

    Cells that stay, between two that change, are passed over, or written too where that is shorter.
    """
    size = max(len(old), len(new))
    old, new = ([*row, *[(" ", Pen(ink=""))] * (size - len(row))] for row in (old, new))
    written, at = "", -FAR
    for i, cell in enumerate(new):
        if cell != old[i] or (not cell[0] and new[i - 1] != old[i - 1]):
            over, through = (f"\x1b[{i + 1}G", *_written([cell], pen)), ("", *_written(new[at : i + 1], pen))
            ways = [over, through] if 0 < i - at < FAR else [through] if i == at else [over]
            move, text, pen = min(ways, key=lambda way: len((way[0] + way[1]).encode()))
            written, at = written + move + text, i + 1
    return written, pen


def _written(cells: Sequence[Cell], pen: Pen) -> tuple[str, Pen]:
    """Return what writes the cells, and the pen that is left: of each only what another pen has is said."""
    text = ""
    for character, look in cells:
        wanted = look if look.ink else look._replace(ink=pen.ink)
        text += _turn(pen, wanted) + character
        pen = wanted
    return text, pen


def _turn(pen: Pen, wanted: Pen) -> str:
    """Return what turns one pen into another."""
    if pen.manner != wanted.manner:
        codes = ["0", *(code for code, plain in zip(wanted, PLAIN, strict=True) if code != plain)]
    else:
        codes = [code for code, had in zip(wanted, pen, strict=True) if code != had]
    return f"\x1b[{';'.join(codes)}m" if codes else ""


def _down(rows: int) -> str:
    """Return what moves the cursor so many rows down, or up if it is less than none."""
    return f"\x1b[{abs(rows)}{'B' if rows > 0 else 'A'}" if rows else ""
