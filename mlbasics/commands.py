"""The commands beside the lessons: their list, and of one its idea in words or the schema of its JSON."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import typer

from mlbasics import lesson as lessons
from mlbasics.kinds import InputError, no_such
from mlbasics.options import Option, command, completing, option, screen_options, shown_on
from mlbasics.phrase import phrase
from mlbasics.words import Words, load


def explain_command(lang: str) -> Any:
    """Return the command that tells a lesson in words."""
    words = load(lang)

    def explain(lesson: str, **given: Any) -> None:
        _check_named("explain", lesson)
        from mlbasics.render.prose import explain

        shown = shown_on(sys.stdout, lang, **given)
        sys.stdout.write(explain(load(shown.lang, lesson), shown))

    return command("explain", words["help.explain"], explain, _lesson(words) | screen_options(words))


def schema_command(lang: str) -> Any:
    """Return the command that prints the JSON Schema of a lesson's output."""
    words = load(lang)

    def schema(lesson: str) -> None:
        _check_named("schema", lesson)
        import json

        from mlbasics.schema import schema

        sys.stdout.write(json.dumps(schema(lesson), indent=2) + "\n")

    return command("schema", words["help.schema"], schema, _lesson(words))


def lessons_command(lang: str) -> Any:
    """Return the command that lists the lessons."""
    words = load(lang)

    def list_lessons(json: bool, **given: Any) -> None:
        if json:
            from json import dumps

            sys.stdout.write(dumps(_listed()) + "\n")
            return
        from mlbasics.render.prose import in_order

        shown = shown_on(sys.stdout, lang, **given)
        sys.stdout.write(in_order(shown))

    options = {"json": option(words, "json", bool, False)} | screen_options(words)
    return command("lessons", words["help.lessons"], list_lessons, options)


def _listed() -> dict[str, Any]:
    from mlbasics import __version__

    told = {name: load("en", name) for name in lessons.names()}
    return {
        "version": __version__,
        "lessons": [
            {
                "name": name,
                "order": order,
                "question": words["question"],
                "summary": words["summary"],
                "command": lessons.typed(name, {}),
            }
            for order, (name, words) in enumerate(told.items(), 1)
        ],
    }


def _lesson(words: Words) -> dict[str, Option]:
    told = typer.Argument(
        help=words["help.lesson"],
        metavar="LESSON",
        show_default=False,
        autocompletion=completing(lessons.names()),
    )
    return {"lesson": (str, told, "")}


def _check_named(command: str, lesson: str) -> None:
    if not lesson:
        raise InputError(phrase("error.which", command=command, names=", ".join(lessons.names())))
    if lesson not in lessons.names():
        raise no_such("error.lesson", lesson, lessons.names())


COMMANDS: dict[str, Callable[[str], Any]] = {
    "lessons": lessons_command,
    "explain": explain_command,
    "schema": schema_command,
}
"""The commands beside the lessons, each made for the language of its help."""
