"""Every human sentence, by language and lesson; ids never change with the language."""

from __future__ import annotations

import math
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

from mlbasics.phrase import Phrase

FALLBACK = "en"


def languages() -> tuple[str, ...]:
    """Return the languages that have a folder here."""
    folder = Path(__file__).parent
    return tuple(sorted(p.name for p in folder.iterdir() if p.is_dir() and not p.name.startswith("_")))


def load(language: str, lesson: str | None = None) -> Words:
    """Return the shared sentences of a language and those of one lesson."""
    tables = ["shared"] + ([lesson.replace("-", "_")] if lesson else [])
    merged: dict[str, str] = {}
    for table in tables:
        merged |= import_module(f"mlbasics.words.{language}.{table}").WORDS
    return Words(merged)


class Words:
    """The sentences of one language."""

    def __init__(self, sentences: Mapping[str, str]) -> None:
        self.sentences = sentences

    def __getitem__(self, key: str) -> str:
        return self.sentences[key]

    def __contains__(self, key: str) -> bool:
        return key in self.sentences

    def say(self, said: Phrase | str) -> str:
        """Return the sentence with its values filled in: phrases said, numbers at a readable length."""
        if isinstance(said, str):
            return said
        return self.sentences[said.key].format_map({name: self._word(v) for name, v in said.values.items()})

    def _word(self, value: object) -> str:
        if isinstance(value, Phrase | str):
            return self.say(value)
        return number(value) if isinstance(value, float) else str(value)


def number(value: float | None) -> str:
    """Return a number at a readable length: 0.0625, 12.3, 1340, 2.1e6; – for what is not a number."""
    if value is None or not math.isfinite(value):
        return "–"
    if 0.001 <= abs(value) < 1000 or value == 0:
        return f"{value:.3g}"
    if 1000 <= abs(value) < 1e5:
        return f"{value:.0f}"
    mantissa, _, exponent = f"{value:.1e}".partition("e")
    return f"{mantissa}e{int(exponent)}"
