"""A progress bar on standard error: only on a terminal, only for work that lasts."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from mlbasics.cli.leaving import cleared
from mlbasics.cli.streams import carries, playable
from mlbasics.kit.story import Tick, no_tick

PATIENCE = 0.5  # seconds that pass before a bar is worth showing
BEAT = 0.1  # seconds from one drawing to the next
LENGTH = 20  # columns: with a label and a percentage it fits the narrowest terminal
CLEAN = "\r\x1b[2K"  # an empty line; the cursor stays, for Ctrl-C may drop what would show it again


@contextmanager
def progress(stream: TextIO, label: str, quiet: bool = False) -> Iterator[Tick]:
    """Yield a tick; after PATIENCE seconds a bar appears, ticked or not, wiped when the work ends."""
    if quiet or not playable(stream):
        yield no_tick
        return
    bar = _Bar(stream, label)
    bar.start()
    with cleared(bar.wipe):
        try:
            yield bar.tick
        finally:
            bar.stop()


class _Bar(threading.Thread):
    """A bar that is drawn while another thread works: how far it is, or only that it goes on."""

    def __init__(self, stream: TextIO, label: str) -> None:
        super().__init__(daemon=True)
        self.stream, self.label = stream, label
        self.full, self.empty = "━─" if carries(stream, "━─") else "#-"
        self.share: float | None = None  # done, where that is known
        self.drawn = False
        self.wiped = False
        self.ended = threading.Event()

    def tick(self, done: int, total: int) -> None:
        self.share = done / total

    def run(self) -> None:
        self.ended.wait(PATIENCE)
        beats = 0
        while not self.ended.wait(BEAT):
            self.write(CLEAN + f"{self.label} {self.line(beats)}")
            beats += 1

    def line(self, beats: int) -> str:
        """Return the bar: filled from the left, or a stretch that wanders where the share is unknown."""
        if self.share is None:
            at = ((k - beats) % LENGTH for k in range(LENGTH))
            return "".join(self.full if k < LENGTH // 4 else self.empty for k in at)
        filled = round(LENGTH * self.share)
        return self.full * filled + self.empty * (LENGTH - filled) + f" {self.share:4.0%}"

    def stop(self) -> None:
        self.ended.set()
        self.join()

    def wipe(self) -> None:
        """Leave the terminal as it was; no lock is taken: a signal asks for it in the middle of anything."""
        if self.drawn and not self.wiped:
            self.write(CLEAN)
            self.wiped = True

    def write(self, text: str) -> None:
        if self.wiped:
            return
        self.drawn = True
        try:
            self.stream.write(text)
            self.stream.flush()
        except (OSError, RuntimeError):  # a terminal that is gone; a signal in the midst of a write
            self.wiped = True
