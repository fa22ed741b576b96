"""A lesson that plays in the terminal: screens in place of one another."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from itertools import zip_longest

from mlbasics.cli.streams import put
from mlbasics.render.terminal import Terminal

CLEAN = "\x1b[H\x1b[2J"  # an empty screen, written from its top

Screen = Callable[[int, Terminal], str]
"""screen(which, terminal): one of the screens, as that terminal shows it."""


def play(count: int, screen: Screen, inspect: Callable[[], Terminal], fps: int) -> None:
    """Write so many screens to the terminal, so many a second; the last stays, with the cursor below it.

    On a terminal that has changed its size the next is written anew, and on one too low to go back up in,
    the last alone.
    """
    rows: list[str] = []
    before, due = None, time.monotonic()
    for which in range(count):
        terminal = inspect()
        text = screen(which, terminal)
        if which < count - 1 and text.count("\n") >= os.get_terminal_size(sys.stdout.fileno()).lines:
            continue
        time.sleep(max(0, due - time.monotonic()))
        due += 1 / fps
        after = text.rstrip("\n").split("\n")
        if terminal == before:
            put(changes(rows, after), terminal.lang)
        else:
            put((CLEAN if rows else "") + "\n".join(after) + "\n", terminal.lang)
        rows, before = after + [""] * (len(rows) - len(after)), terminal


def changes(before: list[str], after: list[str]) -> str:
    """Return what turns the rows before into those after; the cursor is below them first and last."""
    rows = zip_longest(before, after, fillvalue="")
    up = f"\x1b[{len(before)}A" if before else ""
    return up + "".join("\n" if was == now else f"\x1b[K{now}\n" for was, now in rows)
