"""Two ways to the same end, timed in turn and in processor time, so that a busy machine disturbs little."""

import resource
from collections.abc import Callable
from statistics import median, quantiles
from time import process_time
from typing import Any, NamedTuple

import numpy as np

Pairs = list[tuple[float, float]]
"""Seconds of both, ours first, round by round."""


class Row(NamedTuple):
    """One line of the table: what was done, and what a user would do it with otherwise."""

    what: str
    peer: str
    pairs: Pairs
    same: str = ""  # how far the two answers are apart
    floor: bool = False  # the peer is a part of the work that nobody can do without

    @property
    def id(self) -> str:
        """What the row is known by from one day to another."""
        return f"{self.what} beside {self.peer}"

    @property
    def ratios(self) -> list[float]:
        """How many times as long the peer took, round by round."""
        return [theirs / ours for ours, theirs in self.pairs]

    @property
    def cells(self) -> tuple[str, ...]:
        """The row as the table shows it: medians, and the quartiles of the ratio over the rounds."""
        ours, theirs = (seconds(median(side)) for side in zip(*self.pairs, strict=True))
        ratios = [1 / ratio for ratio in self.ratios] if self.floor else self.ratios
        low, _, high = quantiles(ratios, n=4, method="inclusive")
        unit = " of it" if self.floor else "x"
        spread = f"{low:.3g} to {high:.3g}"
        return self.what, ours, self.peer, theirs, f"{median(ratios):.3g}{unit}", spread, self.same


def interleaved(ours: Callable[[], Any], theirs: Callable[[], Any], rounds: int) -> tuple[Pairs, Any, Any]:
    """Return the seconds of so many rounds in which each runs once, and what each returned last."""
    pairs = []
    for _ in range(rounds):
        start = taken()
        a = ours()
        between = taken()
        b = theirs()
        pairs.append((between - start, taken() - between))
    return pairs, a, b


def taken() -> float:
    """Return the seconds, user and system, that processors have given this process and its ended children."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return process_time() + children.ru_utime + children.ru_stime


def seconds(time: float) -> str:
    """Return a time as the table shows it."""
    return f"{1e3 * time:.3g} ms" if time < 1 else f"{time:.3g} s"


def apart(a: np.ndarray, b: np.ndarray) -> str:
    """Return how far two answers are apart, relative to the largest number of them."""
    return f"{np.abs(a - b).max() / np.abs(b).max():.0e}"
