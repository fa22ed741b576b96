"""The lessons, in the order in which they build on one another; each is a folder named here.

A lesson's __init__ is cheap to import, for help and completion: NumPy is loaded by what runs. It has

    Params           what the learner may change
    lesson(params)   its Lesson: what is measured, claimed and shown

Its sentences are WORDS, by language, or words/, a file for each language. A larger lesson keeps
what runs in files that lesson() imports: experiment (source, simulate, details and the Result), claims,
figures (look, more, dial) and questions. A lesson may also stand elsewhere: see elsewhere.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any, Protocol, cast

from mlbasics.kit.errors import InputError, no_such, quoted
from mlbasics.kit.lesson import Lesson
from mlbasics.kit.number import Number
from mlbasics.kit.params import LessonParams
from mlbasics.kit.report import Report
from mlbasics.kit.story import command_line
from mlbasics.words import FALLBACK, Phrase, Words, load, phrase, sentences

COURSE = ("overfit", "bias-variance", "regularization", "uat", "batchnorm")


def named(said: str) -> str:
    """Return the name of the lesson that is meant: its name in any case, or its place counted from 1.

    Raises InputError for a place that there is none of.
    """
    if said.isdecimal() and said.isascii():
        place = Number(1, len(COURSE), whole=True).read(said)
        if place is None:
            raise InputError(phrase("error.place", given=quoted(said), most=len(COURSE)))
        return COURSE[int(place) - 1]
    return said.lower() if said.lower() in COURSE else said


class Page(Protocol):
    """The module of a lesson."""

    __name__: str
    __file__: str
    Params: type[LessonParams]

    def lesson(self, params: Any) -> Lesson[Any, Any, Any]:
        """Return what runs."""


def find(name: str) -> Page:
    """Return the module of a lesson; raise InputError where there is no such lesson."""
    if name in COURSE:
        return cast(Page, import_module(f"{__name__}.{name.replace('-', '_')}"))
    from mlbasics.lessons import elsewhere

    if elsewhere.is_path(name):
        return cast(Page, elsewhere.from_path(name))
    others = elsewhere.installed()
    if not isinstance(name, str) or name not in others:
        raise no_such("error.lesson", name, (*COURSE, *others))
    return cast(Page, elsewhere.from_package(others[name][0]))


@contextmanager
def blaming(name: str) -> Iterator[None]:
    """Let a lesson elsewhere that fails be told in one sentence, with its file and line."""
    try:
        yield
    except InputError:
        raise
    except Exception as error:
        if name in COURSE:
            raise
        from mlbasics.lessons import elsewhere

        raise elsewhere.blamed(error, find(name)) from error


def exists(name: str) -> bool:
    """Return whether a word names a lesson; one elsewhere is not loaded for it."""
    if name in COURSE:
        return True
    from mlbasics.lessons import elsewhere

    return elsewhere.is_path(name) or name in elsewhere.installed()


def called(name: str) -> str:
    """Return what a lesson is called: that of a file by the file."""
    return Path(name).resolve().stem


def words(name: str, language: str) -> Words:
    """Return the shared sentences of a language and those of one lesson."""
    return Words({**load(language).sentences, **own_words(name, FALLBACK), **own_words(name, language)})


def own_words(name: str, language: str) -> Mapping[str, str]:
    """Return the sentences of a lesson in one language, without what it lacks."""
    page = find(name)
    if hasattr(page, "WORDS") or not hasattr(page, "__path__"):
        return cast(Mapping[str, str], getattr(page, "WORDS", {}).get(language, {}))
    return sentences(f"{page.__name__}.words", language)


def following(name: str) -> str:
    """Return the lesson after one; after the last, and after one elsewhere, comes the first."""
    return dict(pairwise(COURSE)).get(name, COURSE[0])


def ways_on(report: Report, carry: str) -> list[tuple[Phrase, str]]:
    """Return what to type after a run, each with why: the lesson's suggestions, then the next lesson."""
    suggested = [(s.why, command_line(report.lesson, s.options, carry)) for s in report.suggestions]
    return [*suggested, (Phrase("bridge"), command_line(following(report.lesson), {}, carry))]


def rules(name: str) -> dict[str, str]:
    """Return the rule of each claim in English: docstrings of what judges, read, not imported."""
    sentences, found = words(name, FALLBACK), {}
    for end, source in _sources(find(name)):
        for node in ast.parse(source).body:
            if isinstance(node, ast.FunctionDef):
                claim = node.name.replace("_", "-") + end
                if f"claim.{claim}" in sentences:
                    found[claim] = " ".join((ast.get_docstring(node) or "").split())
    return found


def _sources(page: Page) -> Iterator[tuple[str, str]]:
    """Yield the sources that hold a lesson's claims, each with how their names end: as its variant."""
    from importlib.resources import files  # 8 ms, for explain alone

    if not hasattr(page, "__path__"):
        yield "", Path(page.__file__).read_text("utf-8")
        return
    inside = [("", entry) for entry in files(cast(Any, page)).iterdir()]
    inside += [(f".{entry.name}", file) for _, entry in inside if entry.is_dir() for file in entry.iterdir()]
    for end, file in inside:
        if (file.name.startswith("claims") and file.name.endswith(".py")) or end + file.name == "__init__.py":
            yield end, file.read_text("utf-8")
