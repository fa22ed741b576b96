"""Where the learner's rows come from, and how that is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import reduce

from mlbasics.words import Phrase, phrase

MOST_TOLD = 3  # columns of a kind


@dataclass(frozen=True)
class Origin:
    """Where the data come from: how many rows were read, kept for the sample, and left out for gaps."""

    source: str
    x: list[str]  # columns
    y: str
    rows_read: int
    sampled: int
    dropped: int
    left_out: dict[str, str] = field(default_factory=dict)  # columns, and why: as empty, or of words
    read_as: dict[str, str] = field(default_factory=dict)  # columns, and how: as with decimal commas
    notes: Sequence[Phrase] = field(default=(), metadata={"picture": True})  # of the file

    @property
    def rows(self) -> int:
        """The rows that are used."""
        return self.sampled - self.dropped


def told(origin: Origin) -> Phrase:
    """Return what is said of the rows: how many are used, and what became of the others."""
    values = {"source": origin.source, "rows": origin.rows, "rows_read": origin.rows_read}
    if origin.rows_read > origin.sampled:
        return phrase("data.told.sampled", dropped=origin.dropped, **values)
    return phrase("data.told.dropped" if origin.dropped else "data.told", dropped=origin.dropped, **values)


def columns_told(origin: Origin) -> Phrase:
    """Return what is said of the columns: which are used, how they were read, and which are left out."""
    used = phrase("data.used", y=origin.y, x=_listed(origin.x))
    by_kind: dict[str, list[str]] = {}
    for name, how in [*origin.read_as.items(), *origin.left_out.items()]:
        by_kind.setdefault(how, []).append(name)
    kinds = [phrase(f"data.note.{how}", columns=_listed(names)) for how, names in by_kind.items()]
    return reduce(_then, [used, *kinds, *origin.notes])


def _then(said: Phrase, next: Phrase) -> Phrase:
    return phrase("data.then", said=said, next=next)


def _listed(names: Sequence[str]) -> Phrase | str:
    few = ", ".join(names[:MOST_TOLD])
    others = len(names) - MOST_TOLD
    return phrase("data.listed", few=few, others=others) if others > 0 else few
