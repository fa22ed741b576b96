"""Where the learner's rows come from, and how that is told."""

from __future__ import annotations

from dataclasses import dataclass

from mlbasics.words import Phrase, phrase


@dataclass(frozen=True)
class Origin:
    """Where the data come from: how many rows were read, kept for the sample, and left out for gaps."""

    source: str
    x: list[str]  # columns
    y: str
    rows_read: int
    sampled: int
    dropped: int

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
