"""The commands beside the lessons: their list, all as one page, and of one its idea or its JSON's schema."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from mlbasics import lessons
from mlbasics.cli.command import LESSON, LESSONS, PROGRAM, Command, Option
from mlbasics.cli.destination import deliver, descriptor, ending_of, file_at
from mlbasics.cli.lesson import ANY_FILE, chosen, parameter_options, questions
from mlbasics.cli.options import carried, output, screen_options, shared, terminal_of
from mlbasics.cli.streams import put
from mlbasics.formats import FORMATS
from mlbasics.kit.errors import InputError, no_such
from mlbasics.kit.story import Tick, command_line
from mlbasics.version import __version__
from mlbasics.words import Words, load, phrase


def other_command(name: str, lang: str) -> Command:
    """Return one of the COMMANDS."""
    words = load(lang)
    work, options = COMMANDS[name]
    slot = LESSONS if work is _course else LESSON if work in (_explain, _schema) else ""
    taken = [*options(words), shared(words, "help", short="-h")]
    if work is _course:
        taken = [*_parameters(lang), *taken]
    return Command(
        f"{PROGRAM} {name}", words[f"help.{name}"], taken, partial(work, lang), slot, partial(questions, lang)
    )


def _lessons(locale_lang: str, json: bool = False, **screen: Any) -> None:
    """List the lessons."""
    if json:
        from json import dumps

        put(dumps(_listed()) + "\n", locale_lang)
        return
    from mlbasics.learn import memory
    from mlbasics.render.sheet import in_order

    terminal = terminal_of(sys.stdout, locale_lang, **screen)
    put(in_order(terminal, memory.progress()), terminal.lang)


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


def _parameters(lang: str) -> Iterable[Option]:
    """Return the parameters of all lessons, for each that has them; help leaves them to the lessons."""
    every = (
        parameter_options(lessons.find(name).Params, lessons.words(name, lang))
        for name in reversed(lessons.COURSE)
    )
    return {option.name: option._replace(panel="") for options in every for option in options}.values()


def _course(
    locale_lang: str, *asked: str, output: str | None = None, predict: bool = False, **given: Any
) -> None:
    """Write the whole course, or the lessons that are asked for, as one page."""
    from mlbasics.cli.progress import progress
    from mlbasics.formats.html import course
    from mlbasics.formats.view import View
    from mlbasics.runs import run

    if output is None and sys.stdout.isatty():
        raise InputError(phrase("error.course"))
    if output is not None and descriptor(output) is None:
        ending_of(output, FORMATS["html"])
    file = file_at(output)
    names = [_named("course", name) for name in asked] or lessons.COURSE
    params = [chosen(name, dict(given)) for name in names]
    screen = {name: value for name, value in given.items() if not any(name in own for own in params)}
    terminal = terminal_of(ANY_FILE if file else sys.stdout, locale_lang, **screen)
    with progress(sys.stderr, load(locale_lang)["progress"]) as tick:
        runs = [
            run(name, partial(_advance, tick, place, len(names)), **params[place])
            for place, name in enumerate(names)
        ]
        text = course(runs, View(terminal, carried(**screen), predict=predict))
    deliver(text, file, terminal.lang)


def _advance(tick: Tick, place: int, count: int, done: int, total: int) -> None:
    """Report how far the course is, given how far one of its lessons is."""
    tick(place * total + done, count * total)


def _explain(locale_lang: str, lesson: str = "", **screen: Any) -> None:
    """Explain a lesson in words."""
    name = _named("explain", lesson)
    from mlbasics.render.sheet import explain

    terminal = terminal_of(sys.stdout, locale_lang, **screen)
    put(explain(name, terminal), terminal.lang)


def _schema(locale_lang: str, lesson: str = "") -> None:
    """Print the JSON Schema of a lesson's output."""
    name = _named("schema", lesson)
    import json

    from mlbasics.formats.schema import schema

    put(json.dumps(schema(name), indent=2) + "\n", locale_lang)


def _named(command: str, lesson: str) -> str:
    """Return the lesson; raise InputError where none, or none that exists, is named."""
    if not lesson:
        raise InputError(phrase("error.which", command=command, names=", ".join(lessons.COURSE)))
    if not lessons.exists(name := lessons.named(lesson)):
        raise no_such("error.lesson", lesson, lessons.COURSE)
    return name


COMMANDS: Mapping[str, tuple[Callable[..., None], Callable[[Words], list[Option]]]] = {
    "lessons": (_lessons, lambda words: [output(words, "json"), *screen_options(words)]),
    "explain": (_explain, screen_options),
    "course": (
        _course,
        lambda words: [output(words, "output", "FILE"), output(words, "predict"), *screen_options(words)],
    ),
    "schema": (_schema, lambda words: []),
}
"""What each of these commands does, and the options it takes."""
