"""A sentence before it is said in a language: its key in the words files, and the values it holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Phrase:
    """A sentence of the words files by its key, and the values that fill its placeholders."""

    key: str
    values: Mapping[str, object] = field(default_factory=dict)


def phrase(key: str, **values: object) -> Phrase:
    """Return Phrase(key, values)."""
    return Phrase(key, values)
