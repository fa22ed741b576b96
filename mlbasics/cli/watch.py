"""A lesson that plays in the terminal: screens in place of one another, only changed rows written anew."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from itertools import takewhile

from rich.cells import cell_len
from rich.text import Text

from mlbasics.cli.leaving import cleared
from mlbasics.cli.streams import put
from mlbasics.render.terminal import Terminal

CLEAN = "\x1b[H\x1b[2J"  # an empty screen, written from its top
BELOW = "\x1b[0m\x1b[999B\r"  # out of the midst of a row, to under all rows
PLAIN = "\x1b[0m"  # after it, what is written does not hang on what was

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
            written = "".join(_changes(self.rows, rows, terminal.width))
        else:
            written = (CLEAN if self.rows else "") + "\n".join(rows) + "\n"
        self.resting = False
        put(written, terminal.lang)
        self.resting = True
        self.rows, self.terminal = rows + [""] * (len(self.rows) - len(rows)), terminal

    def leave(self) -> None:
        if not self.resting:
            os.write(sys.stdout.fileno(), BELOW.encode())


def _changes(before: list[str], after: list[str], width: int) -> Iterator[str]:
    """Yield what turns the rows before into those after; the cursor is below them first and last."""
    at = len(before)
    for i, (old, new) in enumerate(zip(before, [*after, *[""] * len(before)], strict=False)):
        if old != new:
            same = _same(old, new)
            yield f"{_down(i - at)}\x1b[{_cells(new[:same]) + 1}G{new[same:]}"
            yield "\x1b[K" if _cells(new) < min(width, _cells(old)) else ""
            at = i
    yield _down(len(before) - at) + "\r"
    yield from (f"{row}\n" for row in after[len(before) :])


def _same(old: str, new: str) -> int:
    """Return how much of the beginning can stay: up to where both are plain."""
    alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
    end = new.rfind(PLAIN, 0, alike)
    return end + len(PLAIN) if end >= 0 else 0


def _cells(row: str) -> int:
    return cell_len(Text.from_ansi(row).plain)


def _down(rows: int) -> str:
    """Return what moves the cursor so many rows down, or up if it is less than none."""
    return f"\x1b[{abs(rows)}{'B' if rows > 0 else 'A'}" if rows else ""
