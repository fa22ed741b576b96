"""Interleaved medians: both sides take turns, so a busy moment of the machine meets both."""

from collections.abc import Callable
from statistics import median
from time import perf_counter


def interleaved(ours: Callable[[], object], theirs: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Return the median seconds of each, over that many rounds in which each runs once."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for side, run in zip(times, (ours, theirs), strict=True):
            start = perf_counter()
            run()
            side.append(perf_counter() - start)
    return median(times[0]), median(times[1])


def seconds(time: float) -> str:
    """Return a time as the table shows it."""
    return f"{1e3 * time:.3g} ms" if time < 1 else f"{time:.3g} s"


def row(what: str, peer: str, times: tuple[float, float], same: float) -> tuple[str, ...]:
    """Return a row of the table."""
    ours, theirs = times
    return what, seconds(ours), peer, seconds(theirs), f"{theirs / ours:.3g}x", f"{same:.0e}"
