"""The commands beside the lessons: their list, all as one page, and of one its idea or its JSON's schema."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from typing import Any

from typer.core import TyperArgument, TyperCommand

from mlbasics import lessons
from mlbasics.cli.destination import STDOUT, deliver, ending_of, file_at
from mlbasics.cli.explore import explore_command
from mlbasics.cli.lesson import ANY_FILE
from mlbasics.cli.options import carried, command, completion, flag, option, screen_options, terminal_of
from mlbasics.cli.streams import put
from mlbasics.formats import FORMATS
from mlbasics.kit.errors import InputError, no_such
from mlbasics.kit.story import Tick, command_line
from mlbasics.version import __version__
from mlbasics.words import Words, load, phrase


def lessons_command(lang: str) -> TyperCommand:
    """Return the command that lists the lessons."""
    words = load(lang)

    def list_lessons(json: bool, **screen: Any) -> None:
        if json:
            from json import dumps

            put(dumps(_listed()) + "\n", lang)
            return
        from mlbasics.render.sheet import in_order

        terminal = terminal_of(sys.stdout, lang, **screen)
        put(in_order(terminal), terminal.lang)

    options = [flag(words, "json"), *screen_options(words)]
    return command("lessons", words["help.lessons"], list_lessons, options, lang)


def course_command(lang: str) -> TyperCommand:
    """Return the command that writes the whole course as one page."""
    words = load(lang)

    def write_course(output: str | None, **screen: Any) -> None:
        from mlbasics.cli.progress import progress
        from mlbasics.formats.html import course
        from mlbasics.formats.view import View
        from mlbasics.runs import run

        if output not in STDOUT:
            ending_of(str(output), FORMATS["html"])
        file = file_at(output)
        terminal = terminal_of(ANY_FILE if file else sys.stdout, lang, **screen)
        with progress(sys.stderr, words["progress"]) as tick:
            runs = [run(name, partial(_advance, tick, place)) for place, name in enumerate(lessons.COURSE)]
            text = course(runs, View(terminal, carried(screen["lang"])))
        deliver(text, file, terminal.lang)

    options = [option(words, "output", "FILE", short=("-o",)), *screen_options(words)]
    return command("course", words["help.course"], write_course, options, lang)


def _advance(tick: Tick, place: int, done: int, total: int) -> None:
    """Tell how far the course is, given how far one of its lessons is."""
    tick(place * total + done, len(lessons.COURSE) * total)


def explain_command(lang: str) -> TyperCommand:
    """Return the command that tells a lesson in words."""
    words = load(lang)

    def explain(lesson: str | None, **screen: Any) -> None:
        name = _named("explain", lesson)
        from mlbasics.render.sheet import explain

        terminal = terminal_of(sys.stdout, lang, **screen)
        put(explain(name, terminal), terminal.lang)

    return command("explain", words["help.explain"], explain, [_lesson(words), *screen_options(words)], lang)


def schema_command(lang: str) -> TyperCommand:
    """Return the command that prints the JSON Schema of a lesson's output."""
    words = load(lang)

    def print_schema(lesson: str | None) -> None:
        name = _named("schema", lesson)
        import json

        from mlbasics.formats.schema import schema

        put(json.dumps(schema(name), indent=2) + "\n", lang)

    return command("schema", words["help.schema"], print_schema, [_lesson(words)], lang)


def _listed() -> dict[str, Any]:
    named = [(name, lessons.words(name, "en")) for name in lessons.COURSE]
    return {
        "version": __version__,
        "lessons": [
            {
                "name": name,
                "order": order,
                "question": words["question"],
                "summary": words["summary"],
                "command": command_line(name, {}),
            }
            for order, (name, words) in enumerate(named, 1)
        ],
    }


def _lesson(words: Words) -> TyperArgument:
    return TyperArgument(
        param_decls=["lesson"],
        help=words["help.lesson"],
        metavar="LESSON",
        show_default=False,
        autocompletion=completion(lessons.COURSE),
    )


def _named(command: str, lesson: str | None) -> str:
    """Return the lesson; raise InputError where none, or none that exists, is named."""
    if not lesson:
        raise InputError(phrase("error.which", command=command, names=", ".join(lessons.COURSE)))
    if (name := lessons.named(lesson)) not in lessons.COURSE:
        raise no_such("error.lesson", lesson, lessons.COURSE)
    return name


COMMANDS: dict[str, Callable[[str], Any]] = {
    "lessons": lessons_command,
    "explain": explain_command,
    "explore": explore_command,
    "course": course_command,
    "schema": schema_command,
}
"""The commands beside the lessons, each made for the language of its help."""
