"""What figures and tables of many values have in common: series of arrays, ranges, the rows worth a place."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from mlbasics.kit.report import Role, Series, Shape
from mlbasics.words import Phrase

if TYPE_CHECKING:
    from mlbasics.numerics import Array, Integers

    Values = Sequence[float] | Array | Integers


def line(name: str | Phrase, role: Role, x: Values, y: Values) -> Series:
    """Return a curve, named series.NAME in the words files or by a phrase."""
    return Series(_said(name), role, "line", _plain(x), _plain(y))


def points(name: str | Phrase, role: Role, x: Values, y: Values, shape: Shape | None = None) -> Series:
    """Return marks, named series.NAME in the words files or by a phrase."""
    return Series(_said(name), role, "points", _plain(x), _plain(y), shape=shape)


def band(name: str | Phrase, role: Role, x: Values, low: Values, high: Values) -> Series:
    """Return the area between two curves, named series.NAME in the words files or by a phrase."""
    return Series(_said(name), role, "band", _plain(x), _plain(low), _plain(high))


def _said(name: str | Phrase) -> Phrase:
    return Phrase(f"series.{name}") if isinstance(name, str) else name


def _plain(values: Values) -> Sequence[float]:
    return values if isinstance(values, Sequence) else values.tolist()


def span(values: Iterable[float], margin: float = 0.15) -> tuple[float, float]:
    """Return the range of the finite values, wider at both ends by a share of it, or by 1 or more."""
    finite = [float(v) for v in values if math.isfinite(v)] or [0.0]
    low, high = min(finite), max(finite)
    beyond = margin * (high - low) or max(1.0, margin * abs(high))  # 1 is nothing beside 1e80
    return low - beyond, high + beyond


def picked(count: int, must: Iterable[int], most: int, *, ratio: bool = False) -> list[int]:
    """Return the positions, out of 0 … count - 1, that are worth a row.

    Those that must be there always are; up to most of them, others are spread evenly, or at equal ratios.
    """
    chosen = set(must)
    for i in range(most):
        share = i / max(1, most - 1)
        at = count**share - 1 if ratio else share * (count - 1)
        if len(chosen) < most:
            chosen.add(round(at))
    return sorted(chosen)


def decimals(values: Iterable[float], digits: int = 2) -> int:
    """Return the decimals that show so many digits of the least value above a thousandth of the largest."""
    finite = [abs(v) for v in values if math.isfinite(v) and v]
    least = min((v for v in finite if v >= max(finite) / 1000), default=1.0)
    return max(0, digits - 1 - math.floor(math.log10(least)))
