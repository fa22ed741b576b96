"""A parameter that is a number: how it is read, and how a slider turns it."""

from __future__ import annotations

import math
import numbers
from typing import Any, NamedTuple

from mlbasics.kit.errors import InputError, quoted
from mlbasics.words import phrase

EVEN = 100  # steps of a track up to which all are of one length


class Number(NamedTuple):
    """A parameter between low and high, both included; whole accepts integers only, optional also None.

    On a logarithmic scale equal ratios are equal steps, as befits what spans powers of ten.
    """

    low: float
    high: float
    whole: bool = False
    optional: bool = False
    log: bool = False
    step: float = 0  # a sensible one to turn it by, a ratio on a logarithmic scale; 0: by turned()'s own rule

    def typed(self, value: float | int) -> str:
        """Return the value as it is typed."""
        return str(value)

    def turned(self, value: float, steps: int) -> float | int:
        """Return the value so many steps on, within the range: a slider asks.

        Where no step is given it is 1 for whole numbers, else 1/20 of the value's power of ten; on a
        logarithmic scale the ratio 10^(1/10).  Values keep three significant digits.
        """
        if self.log:
            moved = value * (self.step or 10**0.1) ** steps
            if self.whole and round(moved) == round(value):
                moved = value + math.copysign(min(1, abs(steps)), steps)
        else:
            power = 10.0 ** math.floor(math.log10(abs(value))) if value else 1.0
            moved = value + steps * (self.step or (1 if self.whole else power / 20))
        kept = float(f"{moved:.3g}") if self.log or not self.whole else moved
        within = min(max(kept, self.low), self.high)
        return round(within) if self.whole else within

    def share(self, value: float) -> float:
        """Return how far along its track a value stands, from 0 to 1; at() is the other way round.

        By its logarithm on a logarithmic scale; else evenly, or, where there are more than 100 steps,
        by log(1 + steps from the low end), so that small values have room.
        """
        if self.log:
            return math.log(value / self.low) / math.log(self.high / self.low)
        steps, most = (value - self.low) / self._unit, (self.high - self.low) / self._unit
        return steps / most if most <= EVEN else math.log1p(steps) / math.log1p(most)

    def at(self, share: float) -> float | int:
        """Return the value that stands so far along the track, to a whole step, or three digits."""
        if self.log:
            found = float(f"{self.low * (self.high / self.low) ** share:.3g}")
        else:
            most = (self.high - self.low) / self._unit
            steps = share * most if most <= EVEN else math.expm1(share * math.log1p(most))
            found = float(f"{self.low + round(steps) * self._unit:.12g}")
        within = min(max(found, self.low), self.high)
        return round(within) if self.whole else within

    @property
    def _unit(self) -> float:
        """The step of a scale that is not logarithmic."""
        return self.step or (1 if self.whole else (self.high - self.low) / EVEN)

    @property
    def metavar(self) -> str:
        """The range as the help shows it: 2..10000."""
        return f"{self.low:g}..{self.high:.10g}"

    def accept(self, option: str, given: object) -> float | int | None:
        """Return the value as a number; raise InputError where it is none or out of range."""
        if given is None and self.optional:
            return None
        value = self.read(given)
        if value is None:
            kind = "error.whole" if self.whole else "error.number"
            raise InputError(phrase(kind, option=option, given=quoted(given), low=self.low, high=self.high))
        return value

    def read(self, given: object) -> float | int | None:
        """Return the number given, or None where it is no number or out of range."""
        if isinstance(given, bool) or not isinstance(given, str | numbers.Number):
            return None
        asked: Any = given
        try:
            value = int(asked) if self.whole else float(asked) + 0  # -0.0 is 0
        except (TypeError, ValueError, OverflowError):
            return None
        exact = isinstance(asked, str) or value == asked
        return value if exact and self.low <= value <= self.high else None
