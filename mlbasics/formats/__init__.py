"""The output formats, a file each, named here with the endings of the files that take them.

A format is a module with render(run, words, view) -> str; what it draws with is in mlbasics.render.
"""

from __future__ import annotations

from importlib import import_module

from mlbasics import lessons
from mlbasics.formats.view import View
from mlbasics.kit.kinds import Choice
from mlbasics.runs import Run

FORMATS = {
    "csv": (".csv",),
    "html": (".html", ".htm"),
    "json": (".json",),
    "markdown": (".md", ".markdown"),
    "svg": (".svg",),
    "text": (".txt",),
}
DEFAULT = "text"
SCREENS = ("svg", "text")
"""Those that show the look, and so need no more of a run than it does, unless they are to show all."""


def render(name: str, run: Run, view: View) -> str:
    """Return the run in the format of that name."""
    known = Choice(tuple(FORMATS)).accept("--format", name)
    words = lessons.words(run.lesson, view.terminal.lang)
    return str(import_module(f"{__name__}.{known}").render(run, words, view))
