"""The lessons, in the order in which they build on one another; each is a folder named here.

A lesson's Params stand in its __init__, which is cheap to import: NumPy is loaded by what runs.  Beside it,
each in a file of its own name or, in a lesson of one page, in __init__ too:

    source(params, columns)                     where its data come from; columns: own data or None
    simulate(params, source, rng, tick)         the Result that is shown first; all randomness is from rng
    details(params, source, result, rng, tick)  the Result with its detail() fields filled in
    judge(params, result, whole=True)           its Claims; the headlines alone where the result is not whole
    look(params, result)                        its Look, one screen, in show
    more(params, result)                        the blocks behind --more, in show
    dial(params, result)                        its Dial: what is seen at each position; one is the look's

source, details, more and dial may be missing.  The sentences are in words/, a file for each language.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, cast

from mlbasics.kit.errors import no_such
from mlbasics.kit.params import LessonParams
from mlbasics.kit.report import Report
from mlbasics.kit.story import command_line
from mlbasics.words import FALLBACK, Phrase, Words, load

COURSE = ("overfit", "bias-variance", "regularization", "uat", "batchnorm")


def named(said: str) -> str:
    """Return the name of the lesson that is meant: its name, or its place in the course counted from 1."""
    places = dict(zip(map(str, range(1, len(COURSE) + 1)), COURSE, strict=True))
    return places.get(said, said)


def find(name: str) -> Any:
    """Return the module of a lesson, which has its Params; raise InputError where there is no such lesson."""
    if name not in COURSE:
        raise no_such("error.lesson", name, COURSE)
    return import_module(f"{__name__}.{name.replace('-', '_')}")


def part(name: str, function: str, params: LessonParams) -> Callable[..., Any]:
    """Return a lesson's source, simulate, details, judge or show: its page's, or that of the file so named.

    A lesson with a VARIANT has a folder of these files for each value of the parameter of that name.
    """
    page = find(name)
    variant = getattr(page, "VARIANT", None)
    folder = import_module(f"{page.__name__}.{getattr(params, variant)}") if variant else page
    own = getattr(folder, function, None)
    if not callable(own):
        name = FILES.get(function, function)
        file = Path(str(folder.__file__)).with_name(f"{name}.py")
        named = import_module(f"{folder.__name__}.{name}") if file.exists() else None
        own = getattr(named, function, ABSENT.get(function))
    return cast(Callable[..., Any], own)


FILES = {"look": "show", "more": "show"}
"""The files of functions that have none of their own name."""

ABSENT: dict[str, Callable[..., Any]] = {
    "source": lambda params, columns: columns,
    "details": lambda params, source, result, rng, tick: result,
    "more": lambda params, result: [],
}
"""What stands for the functions a lesson may lack."""


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
    for path in (folder / "__init__.py", *folder.glob("**/judge*.py")):
        end = "" if path.parent == folder else f".{path.parent.name}"
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef):
                claim = node.name.replace("_", "-") + end
                if f"claim.{claim}" in sentences:
                    found[claim] = " ".join((ast.get_docstring(node) or "").split())
    return found
