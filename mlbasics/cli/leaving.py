"""Leaving in the middle: a signal ends the program at once, with what it had begun cleared away.

Ctrl-C as an exception would end in a traceback wherever no one can catch it: while modules are imported, in a
destructor, in a callback of the interpreter's own.  So it is none.
"""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, NoReturn

SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")  # the last is unknown to Windows
_CLEARS: list[Callable[[], None]] = []


def at_signals() -> None:
    """From now on leave at Ctrl-C, a request to end, or a terminal that hangs up, unless it is ignored."""
    for number in (getattr(signal, name) for name in SIGNALS if hasattr(signal, name)):
        if signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):
            signal.signal(number, _leave)


def at_the_end(code: int) -> NoReturn:
    """Leave at once: the interpreter would first take every module apart, for 30 ms."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # what could not be written has been reported
            stream.flush()
    os._exit(code)


@contextmanager
def cleared(clear: Callable[[], None]) -> Iterator[None]:
    """Call clear when the block ends, or where a signal ends the program within it."""
    _CLEARS.append(clear)
    try:
        yield
    finally:
        clear()
        _CLEARS.remove(clear)


def _leave(number: int, frame: Any) -> None:
    for clear in reversed(_CLEARS):
        clear()
    os._exit(128 + number)  # as a shell says it: 130 for Ctrl-C
