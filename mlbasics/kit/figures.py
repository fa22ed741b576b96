"""What figures and tables of many values have in common: a range with a margin, the rows worth a place."""

from __future__ import annotations

import math
from collections.abc import Iterable


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
