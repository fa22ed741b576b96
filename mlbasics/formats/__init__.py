"""One file per output format, found by walking this folder, so that adding one touches no other file.

A format is a module with ENDINGS, the file endings it is chosen by, and render(run, words, view) -> str. What
it draws with (canvas, vector, look, …) is in mlbasics.render.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from mlbasics.terminal import Terminal

if TYPE_CHECKING:
    from mlbasics.api import Run
    from mlbasics.report import Report
    from mlbasics.words import Words

DEFAULT = "text"


@dataclass(frozen=True)
class View:
    """How a run is told, whatever the format."""

    terminal: Terminal = field(default_factory=Terminal)
    carry: str = ""  # options the suggested commands repeat
    table: str | None = None  # the one table of formats that hold one
    brief: bool = False  # the claims alone

    def report(self, run: Run) -> Report:
        """Return what of the run is told."""
        report = run.report()
        return replace(report, blocks=(), suggestions=()) if self.brief else report


class Format(Protocol):
    """The face of a module of this folder."""

    ENDINGS: tuple[str, ...]

    def render(self, run: Run, words: Words, view: View) -> str:
        """Return the run in this format."""


def names() -> tuple[str, ...]:
    """Return the formats' names."""
    found = Path(__file__).parent.glob("*.py")
    return tuple(sorted(p.stem for p in found if not p.name.startswith((".", "_"))))


def find(name: str) -> Format:
    """Return the format of that name."""
    return cast(Format, import_module(f"{__name__}.{name}"))


def endings() -> dict[str, str]:
    """Return the name of the format of every file ending."""
    return {ending: name for name in names() for ending in find(name).ENDINGS}
