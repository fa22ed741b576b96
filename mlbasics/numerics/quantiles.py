"""How far from zero is far enough."""

from __future__ import annotations


def three_sigma(df: float) -> float:
    """Return Student's quantile for df degrees of freedom, 4 or more, as rare as 3 is for a normal variable.

    Source: M. Abramowitz, I. A. Stegun, "Handbook of Mathematical Functions" (1964), 26.7.5, at x = 3.
    """
    terms = (3, 30 / 4, 1656 / 96, 11592 / 384, 3557520 / 92160)
    return sum(term / df**k for k, term in enumerate(terms))
