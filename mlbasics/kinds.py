"""The kinds of values a parameter accepts, and the sentence for a value that none of them does."""

from __future__ import annotations

import math
from typing import Any, NamedTuple, cast

from mlbasics.phrase import Phrase, phrase

MOST_NUMBERS = 100  # in a list


class InputError(ValueError):
    """A request that cannot be met: one sentence saying what was given and what is accepted."""

    def __init__(self, sentence: Phrase, exit_code: int = 2) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.exit_code = exit_code

    def __str__(self) -> str:
        from mlbasics.words import load

        return load("en").say(self.sentence)


class Number(NamedTuple):
    """A parameter between low and high, both included; whole accepts integers only, optional also None."""

    low: float
    high: float
    whole: bool = False
    optional: bool = False

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
        try:
            value = int(cast(Any, given)) if self.whole else float(cast(Any, given))
        except (TypeError, ValueError, OverflowError):
            return None
        exact = isinstance(given, str) or value == given
        return value if exact and not isinstance(given, bool) and self.low <= value <= self.high else None


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
        if given in self.names:
            return str(given)
        raise no_such("error.choice", str(given), self.names, option=option)


class Text(NamedTuple):
    """A text, or None; the lesson reads it."""

    metavar: str = "TEXT"

    def accept(self, option: str, given: object) -> str | None:
        """Return the text."""
        return None if given is None else str(given)


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
        shown = " ".join(map(str, ends)) if isinstance(ends, list | tuple) else str(given)
        raise InputError(phrase("error.interval", option=option, given=quoted(shown)))


Accepts = Number | Numbers | Choice | Text | Interval


def no_such(key: str, given: str, names: tuple[str, ...], **values: object) -> InputError:
    """Return the error for a name that is not in names, suggesting the nearest."""
    from difflib import get_close_matches  # only errors need it

    near = get_close_matches(given, names, n=1)
    suggestion = phrase("error.nearest", name=near[0]) if near else ""
    return InputError(
        phrase(key, given=quoted(given), names=", ".join(names), suggestion=suggestion, **values)
    )


def quoted(given: object) -> str:
    """Return what a user gave, fit for one line of an error: printable, and not too long."""
    text = "".join(c if c.isprintable() else "·" for c in str(given))
    return text if len(text) <= 60 else text[:59] + "…"
