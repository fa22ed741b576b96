"""The kinds of values a parameter accepts, and the sentence for a value that none of them does."""

from __future__ import annotations

import math
from os import PathLike
from typing import NamedTuple

from mlbasics.kit import formula
from mlbasics.kit.errors import InputError, no_such, printable, quoted
from mlbasics.kit.number import Number
from mlbasics.words import phrase

MOST_NUMBERS = 100  # in a list


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


def _text(option: str, given: object) -> str:
    try:
        return str(given)
    except ValueError:  # an int of thousands of digits
        raise InputError(phrase("error.text", option=option, given=quoted(given))) from None


class Text(NamedTuple):
    """A text, or None; the lesson reads it."""

    metavar: str = "TEXT"

    def accept(self, option: str, given: object) -> str | None:
        """Return the text; names as they stand between commas; raise InputError for what is none."""
        if isinstance(given, list | tuple):
            return ",".join(f'"{name}"' if "," in str(name) else str(name) for name in given)
        return None if given is None else _text(option, given)

    def typed(self, value: str) -> str:
        """Return the text."""
        return value


class Held(str):
    """A table that Python holds, told by the name of its type."""

    table: object


class Data(NamedTuple):
    """The name of a file, a table that Python holds, or None."""

    metavar: str = "FILE"

    def accept(self, option: str, given: object) -> str | None:
        """Return the name, or the table, which is looked at when it is read."""
        if given is None or isinstance(given, Held):
            return given
        if isinstance(given, str | PathLike):
            return str(given)
        held = Held(type(given).__name__)
        held.table = given
        return held

    def typed(self, value: str) -> str:
        """Return the name."""
        return value


class Formula(NamedTuple):
    """A formula in x, or None; it can be read when it is accepted."""

    metavar: str = "TEXT"

    def accept(self, option: str, given: object) -> str | None:
        """Return the formula; raise InputError, with the position, where it is none."""
        if given is None:
            return None
        text = printable(_text(option, given))  # what a terminal would obey may hide in a comment
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


Accepts = Number | Numbers | Choice | Text | Data | Formula | Interval
