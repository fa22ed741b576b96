"""A lesson that plays in the terminal: screens in place of one another, only changed rows written anew."""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Callable, Iterator

from rich.cells import cell_len

from mlbasics.cli.leaving import cleared
from mlbasics.cli.streams import put
from mlbasics.render.terminal import Terminal

CLEAN = "\x1b[H\x1b[2J"  # an empty screen, written from its top
BELOW = "\x1b[0m\x1b[999B\r"  # out of the midst of a row, to under all rows
PLAIN = "\x1b[0m"
APART = 6  # cells: to write so many that stay costs no more than to pass over them
SIGNS = re.compile(r"\x1b\[([\d;]*)m|(.)")
Cell = tuple[str, str]

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
    at = len(before)
    for i, (old, new) in enumerate(zip(before, [*after, *[""] * len(before)], strict=False)):
        if old != new:
            yield _down(i - at) + "".join(_runs(_cells(old), _cells(new)))
            at = i
    yield _down(len(before) - at) + "\r"
    yield from (f"{row}\n" for row in after[len(before) :])


def _cells(row: str) -> list[Cell]:
    """Return the cells of a row, each its character and its colours; a wide character's second is empty."""
    cells, colours = [], ""
    for codes, character in SIGNS.findall(row):
        if character:
            cells += [(character, colours), ("", colours)][: cell_len(character)]
        else:
            colours = "" if codes in ("", "0") else f"{colours};{codes}"
    return cells


def _runs(old: list[Cell], new: list[Cell]) -> Iterator[str]:
    """Yield each stretch of cells that change, where it begins; few that stay between two are written too."""
    size = max(len(old), len(new))
    old, new = ([*row, *[(" ", "")] * (size - len(row))] for row in (old, new))
    written, at = "", -APART
    for i, cell in enumerate(new):
        if cell == old[i] and (cell[0] or new[i - 1] == old[i - 1]):
            continue
        start = at if i - at < APART else i
        for j in range(start, i + 1):
            character, colours = new[j]
            if j == i and i - at >= APART:
                yield f"\x1b[{i + 1}G"
            if colours != written:
                yield f"\x1b[0{colours}m"
                written = colours
            yield character
        at = i + 1
    yield PLAIN if written else ""


def _down(rows: int) -> str:
    """Return what moves the cursor so many rows down, or up if it is less than none."""
    return f"\x1b[{abs(rows)}{'B' if rows > 0 else 'A'}" if rows else ""
