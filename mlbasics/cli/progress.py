"""A progress bar on standard error: only on a terminal, only for work that lasts."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from mlbasics.kit.story import Tick

if TYPE_CHECKING:
    from rich.progress import Progress

PATIENCE = 0.5  # seconds that pass before a bar is worth showing


@contextmanager
def progress(stream: TextIO, label: str) -> Iterator[Tick]:
    """Yield a tick; after PATIENCE seconds it draws a bar, wiped when the work ends or is cut short."""
    started, bar = time.monotonic(), None

    def tick(done: int, total: int) -> None:
        nonlocal bar
        if not stream.isatty() or (bar is None and time.monotonic() - started < PATIENCE):
            return
        if bar is None:
            bar = _bar(stream)
            bar.add_task(label)
        bar.update(bar.task_ids[0], completed=done, total=total)

    try:
        yield tick
    finally:
        if bar is not None:
            bar.stop()


def _bar(stream: TextIO) -> Progress:
    from rich.console import Console
    from rich.progress import Progress

    bar = Progress(console=Console(file=stream), transient=True)
    bar.start()
    return bar
