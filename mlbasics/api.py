"""A run as Python and notebooks meet it."""

from __future__ import annotations

from typing import Any

from mlbasics import formats, lessons, runs
from mlbasics.formats.view import View
from mlbasics.kit.errors import InputError
from mlbasics.kit.params import changes
from mlbasics.kit.story import Tick, command_line, no_tick
from mlbasics.render.terminal import Color, Terminal

__all__ = ["InputError", "Run", "lesson_names", "run"]


class Run(runs.Run):
    """A finished run; printing it, or leaving it at the end of a notebook cell, shows its screen."""

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON document: plain numbers, lists and English sentences, whatever the language."""
        from mlbasics.formats.json import document

        return document(self)

    def to_text(
        self, width: int = 80, lang: str = "en", *, color: Color = None, ascii_only: bool = False
    ) -> str:
        """Return the screen, each line at most width cells wide."""
        return self.render("text", View(Terminal(width, color, ascii_only, lang)))

    def render(self, format: str, view: View | None = None) -> str:
        """Return the run as text, json, csv, markdown, html or svg; by default as for a pipe, in English."""
        return formats.render(format, self, view or View())

    def __eq__(self, other: object) -> bool:
        """Return whether another run of the same settings found the same."""
        return isinstance(other, Run) and self.to_dict() == other.to_dict()

    def __hash__(self) -> int:
        return hash((self.lesson, self.params))

    def __repr__(self) -> str:
        return f"<Run: {command_line(self.lesson, changes(self.params))}>"

    def __str__(self) -> str:
        return self.to_text()

    def _repr_html_(self) -> str:
        from mlbasics.formats.html import fragment

        return fragment(self.report, lessons.words(self.lesson, "en"))


def run(name: str, /, tick: Tick = no_tick, **given: object) -> Run:
    """Run a lesson with what is given of its parameters and defaults for the rest.

    Raises InputError, a ValueError of one sentence, for a lesson, parameter or value that does not exist.
    """
    finished = runs.run(name, tick, True, **given)
    return Run(finished.lesson, finished.params, finished.result, finished.claims)


def lesson_names() -> tuple[str, ...]:
    """Return the lessons' names in learning order."""
    return lessons.COURSE
