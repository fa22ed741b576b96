"""Every human sentence, by language; ids never change with the language.

A language is its words files alone: one here for what lessons share, and one in the words folder of each
lesson.  A sentence that a language lacks is said in English.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from mlbasics.words.particles import joined
from mlbasics.words.phrase import Phrase, phrase

__all__ = [
    "FALLBACK",
    "Phrase",
    "Ratio",
    "Rough",
    "SentenceError",
    "Share",
    "Words",
    "languages",
    "load",
    "number",
    "phrase",
    "sentences",
]

FALLBACK = "en"
HUGE = 10_000  # from which on the size of a rough number says no more than that it is huge


@cache
def languages() -> tuple[str, ...]:
    """Return the languages that have a file of sentences here."""
    found = (module.name for module in iter_modules(__path__))
    return tuple(sorted(name for name in found if name not in ("particles", "phrase")))


def load(language: str) -> Words:
    """Return the sentences that lessons share."""
    return Words({**sentences(__name__, FALLBACK), **sentences(__name__, language)})


def sentences(package: str, language: str) -> Mapping[str, str]:
    """Return what a file of words holds, or nothing where the package has none for the language."""
    name = f"{package}.{language}"
    try:
        found: Mapping[str, str] = import_module(name).WORDS
    except ModuleNotFoundError as error:
        if error.name != name or language == FALLBACK:
            raise
        return {}
    return found


class SentenceError(LookupError):
    """A sentence that is not there, or that lacks a value: its key, and what is wrong."""

    def __str__(self) -> str:
        return ": ".join(self.args)


class Words:
    """The sentences of one language."""

    def __init__(self, sentences: Mapping[str, str]) -> None:
        self.sentences = sentences

    def __getitem__(self, key: str) -> str:
        if key not in self.sentences:
            raise SentenceError(key, "not in the words")
        return self.sentences[key]

    def __contains__(self, key: str) -> bool:
        return key in self.sentences

    def say(self, said: Phrase | str) -> str:
        """Return the sentence with its values filled in: phrases said, numbers at a readable length."""
        if isinstance(said, str):
            return said
        words = {name: _Word(self._word(value)) for name, value in said.values.items()}
        try:
            return self[said.key].format_map(words)
        except (KeyError, IndexError, ValueError) as error:
            raise SentenceError(said.key, f"{type(error).__name__} {error}") from error

    def cell(self, value: Phrase | str | float | tuple[Phrase, ...] | None, decimals: int | None) -> str:
        """Return what stands in a cell of a table: words, a share in percent, a number with so many decimals."""
        if isinstance(value, tuple):
            return ", ".join(map(self.say, value))
        return self._word(value) if isinstance(value, Share | Phrase | str) else number(value, decimals)

    def _word(self, value: object) -> str:
        if isinstance(value, Phrase | str):
            return self.say(value)
        if isinstance(value, Share):
            return self.sentences["share"].format(percent=two_digits(100 * value))
        if isinstance(value, Ratio | Rough) and HUGE <= abs(value) < math.inf:
            kind = "ratio" if isinstance(value, Ratio) else "rough" if value > 0 else "rough.negative"
            return self.sentences[f"{kind}.huge"].format(limit=f"{HUGE:,}")
        if isinstance(value, Ratio):
            near = f"{value:.3g}" if abs(value - 1) < 0.1 else two_digits(value)
            return self.sentences["ratio"].format(times=near)
        if isinstance(value, Rough):
            return two_digits(value)
        return number(value) if isinstance(value, float) else str(value)


class _Word(str):
    """What fills a place in a sentence, and what follows from it: {degree:이} its particle, {n:row/rows} its noun."""

    def __format__(self, following: str) -> str:
        one, of_many, many = following.partition("/")
        if of_many:
            return f"{self} {one if self == '1' else many}"
        return joined(self, one) if one else str(self)


class Rough(float):
    """A number that a sentence tells to two digits."""


class Share(float):
    """A share of a whole, told in percent."""


class Ratio(float):
    """How many times as large one thing is as another."""


def two_digits(value: float) -> str:
    """Return a number to two digits, without an exponent: 0.071, 1.3, 12, 880; – for what is none."""
    if not math.isfinite(value):
        return "–"
    if value == 0 or abs(value) >= 10:
        return f"{float(f'{value:.2g}'):.0f}"
    if abs(value) < 0.001:
        return "<0.001" if value > 0 else "0"
    return f"{float(f'{value:.2g}'):g}"


def number(value: float | None, decimals: int | None = None) -> str:
    """Return a number at a readable length: 0.0625, 12.3, 1340, 2.1e6; – for what is not a number.

    With so many decimals where they are given, unless it is too large for them to be of use.
    """
    if value is None or not math.isfinite(value):
        return "–"
    if decimals is not None and abs(value) < 1e5:
        return f"{round(value, decimals) + 0.0:.{decimals}f}"
    if 0.001 <= abs(value) < 1000 or value == 0:
        return f"{value:.3g}"
    if 1000 <= abs(value) < 1e5:
        return f"{value:.0f}"
    mantissa, _, exponent = f"{value:.1e}".partition("e")
    return f"{mantissa}e{int(exponent)}"
