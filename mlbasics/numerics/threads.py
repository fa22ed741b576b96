"""Independent work on two threads: NumPy lets go of the interpreter's lock while it computes.

Where each computation is short, threads wait for the lock longer than they compute, and one is faster.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import TypeVar

THREADS = 2  # of more, each waits for the lock

Part = TypeVar("Part")
Done = TypeVar("Done")


def together(
    work: Callable[[Part, Event], Done], parts: Sequence[Part], threads: int = THREADS
) -> list[Done]:
    """Return work(part, ended) for each part, one a thread; the event is set where there is no more need.

    That is where one of them, or Ctrl-C, has raised: the others had better return.
    """
    ended = Event()
    with ThreadPoolExecutor(threads) as pool:
        promised = [pool.submit(work, part, ended) for part in parts]
        try:
            return [one.result() for one in promised]
        except BaseException:
            ended.set()
            raise
