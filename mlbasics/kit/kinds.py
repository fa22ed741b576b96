"""The kinds of values a parameter accepts, and the sentence for a value that none of them does."""

from __future__ import annotations

import math
import numbers
from typing import Any, NamedTuple

from mlbasics.kit import formula
from mlbasics.kit.errors import InputError, no_such, printable, quoted
from mlbasics.words import phrase

MOST_NUMBERS = 100  # in a list
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


class Numbers(NamedTuple):
    """A list of numbers between low and high, sorted: 0,1,3 or a range, 0:12.

    A range of whole numbers holds them all; another, a:b:n, holds n values at equal ratios.
    """

    low: float
    high: float
    whole: bool = False

    @property
    def metavar(self) -> str:
        """How the help shows a list: 0,1,3 or 0:12."""
        return "a,b,c|a:b" if self.whole else "a,b,c|a:b:n"

    def accept(self, option: str, given: object) -> tuple[float | int, ...]:
        """Return the numbers in order, each once; raise InputError where one is none or out of range."""
        items = (
            given.split(",")
            if isinstance(given, str)
            else given
            if isinstance(given, list | tuple)
            else [given]
        )
        values: set[float | int] = set()
        for item in items:
            read = self._range(item) if isinstance(item, str) and ":" in item else [self._one.read(item)]
            values |= {math.nan if v is None else v for v in read}
        if not 1 <= len(values) <= MOST_NUMBERS or any(math.isnan(v) for v in values):
            key = "error.wholes" if self.whole else "error.numbers"
            raise InputError(
                phrase(
                    key, option=option, given=quoted(given), low=self.low, high=self.high, most=MOST_NUMBERS
                )
            )
        return tuple(sorted(values))

    def typed(self, values: tuple[float | int, ...]) -> str:
        """Return the numbers as they are typed: a range where they are one."""
        first, last, n = values[0], values[-1], len(values)
        span = f"{first}:{last}" if self.whole else f"{first:g}:{last:g}:{n}"
        if n > 2 and tuple(sorted(self._range(span), key=float)) == values:  # type: ignore[arg-type]
            return span
        return ",".join(map(str, values))

    @property
    def _one(self) -> Number:
        return Number(self.low, self.high, self.whole)

    def _range(self, item: str) -> list[float | int | None]:
        first, last, *count = (part.strip() for part in item.split(":"))
        a, b = self._one.read(first), self._one.read(last)
        n = Number(2, MOST_NUMBERS, whole=True).read(count[0]) if len(count) == 1 else None
        if a is None or b is None or a > b or bool(count) == self.whole:
            return [None]
        if self.whole:
            return list(range(int(a), min(int(b), int(a) + MOST_NUMBERS) + 1))
        return [a * (b / a) ** (i / (n - 1)) for i in range(int(n))] if n and a > 0 else [None]


class Choice(NamedTuple):
    """A parameter that is one of a few names."""

    names: tuple[str, ...]

    @property
    def metavar(self) -> str:
        """The names as the help shows them: sin|step|line."""
        return "|".join(self.names)

    def accept(self, option: str, given: object) -> str:
        """Return the name; raise InputError, with the nearest name, where it is not one of them."""
        if isinstance(given, str) and given in self.names:
            return given
        raise no_such("error.choice", given, self.names, option=option)

    def typed(self, value: str) -> str:
        """Return the name."""
        return value

    def turned(self, value: str, steps: int) -> str:
        """Return the name so many places on; after the last comes the first."""
        return self.names[(self.names.index(value) + steps) % len(self.names)]


class Text(NamedTuple):
    """A text, or None; the lesson reads it."""

    metavar: str = "TEXT"

    def accept(self, option: str, given: object) -> str | None:
        """Return the text."""
        return None if given is None else str(given)

    def typed(self, value: str) -> str:
        """Return the text."""
        return value


class Formula(NamedTuple):
    """A formula in x, or None; it can be read when it is accepted."""

    metavar: str = "TEXT"

    def accept(self, option: str, given: object) -> str | None:
        """Return the formula; raise InputError, with the position, where it is none."""
        if given is None:
            return None
        text = printable(str(given))  # what a terminal would obey may hide in a comment
        formula.read(text)
        return text

    def typed(self, value: str) -> str:
        """Return the formula."""
        return value


class Interval(NamedTuple):
    """Two numbers, the first below the second: --interval 0 1 on the command line."""

    metavar: str = "FROM TO"

    def accept(self, option: str, given: object) -> tuple[float, float]:
        """Return both; raise InputError unless they are finite, in order, and not too near each other."""
        ends = given.replace(",", " ").split() if isinstance(given, str) else given
        one = Number(-1e12, 1e12)
        read = [one.read(end) for end in ends] if isinstance(ends, list | tuple) else []
        match read:
            case [float() as a, float() as b] if b - a >= max(1e-9 * abs(a), 1e-9 * abs(b), 1e-12):
                return a, b
        shown = " ".join(map(quoted, ends)) if isinstance(ends, list | tuple) else given
        raise InputError(phrase("error.interval", option=option, given=quoted(shown)))

    def typed(self, value: tuple[float, float]) -> tuple[str, str]:
        """Return both ends, a word each."""
        return f"{value[0]:.12g}", f"{value[1]:.12g}"


Accepts = Number | Numbers | Choice | Text | Formula | Interval
