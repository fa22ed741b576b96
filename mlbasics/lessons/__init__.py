"""The lessons, in the order in which they build on one another; each is a folder named here.

A lesson's __init__ is cheap to import, for help and completion: NumPy is loaded by what runs. It has

    Params           what the learner may change
    lesson(params)   its Lesson: what is measured, claimed and shown

A larger lesson keeps what runs in files that lesson() imports: experiment (source, simulate, details and the
Result), claims, figures (look, more, dial). The sentences are in words/, a file for each language.
"""

from __future__ import annotations

import ast
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol, cast

from mlbasics.kit.errors import no_such
from mlbasics.kit.lesson import Lesson
from mlbasics.kit.params import LessonParams
from mlbasics.kit.report import Report
from mlbasics.kit.story import command_line
from mlbasics.words import FALLBACK, Phrase, Words, load

COURSE = ("overfit", "bias-variance", "regularization", "uat", "batchnorm")


def named(said: str) -> str:
    """Return the name of the lesson that is meant: its name, or its place in the course counted from 1."""
    places = dict(zip(map(str, range(1, len(COURSE) + 1)), COURSE, strict=True))
    return places.get(said, said)


class Page(Protocol):
    """The module of a lesson."""

    __name__: str
    __file__: str
    Params: type[LessonParams]

    def lesson(self, params: Any) -> Lesson[Any, Any, Any]:
        """Return what runs."""


def find(name: str) -> Page:
    """Return the module of a lesson; raise InputError where there is no such lesson."""
    if name not in COURSE:
        raise no_such("error.lesson", name, COURSE)
    return cast(Page, import_module(f"{__name__}.{name.replace('-', '_')}"))


def words(name: str, language: str) -> Words:
    """Return the shared sentences of a language and those of one lesson."""
    return load(language, f"{find(name).__name__}.words")


def following(name: str) -> str:
    """Return the lesson after one; after the last comes the first."""
    return (*COURSE, COURSE[0])[COURSE.index(name) + 1]


def ways_on(report: Report, carry: str) -> list[tuple[Phrase, str]]:
    """Return what to type after a run, each with why: the lesson's suggestions, then the next lesson."""
    suggested = [(s.why, command_line(report.lesson, s.options, carry)) for s in report.suggestions]
    return [*suggested, (Phrase("bridge"), command_line(following(report.lesson), {}, carry))]


def rules(name: str) -> dict[str, str]:
    """Return the rule of each claim in English: docstrings of what judges, read, not imported."""
    folder, sentences, found = Path(find(name).__file__).parent, words(name, FALLBACK), {}
    for path in (folder / "__init__.py", *folder.glob("**/claims*.py")):
        end = "" if path.parent == folder else f".{path.parent.name}"
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef):
                claim = node.name.replace("_", "-") + end
                if f"claim.{claim}" in sentences:
                    found[claim] = " ".join((ast.get_docstring(node) or "").split())
    return found
