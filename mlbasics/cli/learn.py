"""The commands of those who learn, and of those who write a lesson: learn, new and check."""

from __future__ import annotations

import sys
from functools import partial
from typing import Any

from mlbasics import lessons
from mlbasics.cli.command import LESSON, PROGRAM, Command
from mlbasics.cli.destination import deliver, file_at
from mlbasics.cli.lesson import ANY_FILE, parameter_options, questions
from mlbasics.cli.options import carried, output, screen_options, shared, terminal_of
from mlbasics.cli.streams import put
from mlbasics.kit.errors import InputError
from mlbasics.kit.params import LessonParams, OwnData, fill
from mlbasics.words import load, phrase

OWN = ("data", "x", "y")


def learn_command(lang: str) -> Command:
    """Return the command that asks before it shows."""
    words = load(lang)
    options = [
        *parameter_options(OwnData, words),
        shared(words, "seed-from", "NAME"),
        shared(words, "answers", "ANSWERS"),
        shared(words, "class"),
        shared(words, "sheet"),
        shared(words, "key"),
        shared(words, "forget"),
        output(words, "output", "FILE"),
        output(words, "json"),
        *screen_options(words),
        shared(words, "help", short="-h"),
    ]
    work, names = partial(_learn, lang), partial(questions, lang)
    return Command(f"{PROGRAM} learn", words["command.learn"], options, work, LESSON, names)


def _learn(
    locale_lang: str,
    lesson: str = "",
    *,
    seed: str | None = None,
    seed_from: str | None = None,
    answers: str | None = None,
    sheet: bool = False,
    key: bool = False,
    forget: bool = False,
    output: str | None = None,
    json: bool = False,
    **given: Any,
) -> int:
    """Ask in a terminal; elsewhere write the questions, a sheet of them, or what answers are worth."""
    from mlbasics.learn import asking, memory
    from mlbasics.learn.session import Talk
    from mlbasics.posing import seed_from as seed_of

    hands, own = given.pop("class", False), {name: given.pop(name) for name in OWN if name in given}
    if forget:
        memory.forget()
        put(load(locale_lang)["learn.forgotten"] + "\n", locale_lang)
        return 0
    name = lessons.named(lesson) if lesson else asking.stopped_at()
    chosen = None if seed is None else fill(LessonParams, {"seed": seed}).seed
    chosen = chosen if seed_from is None else seed_of(seed_from)
    file = file_at(output)

    def inspect() -> Any:
        return terminal_of(ANY_FILE if file else sys.stdout, locale_lang, False, **given)

    if sheet:
        markdown = str(output).endswith((".md", ".markdown"))
        text = asking.sheet(name, chosen or 0, own, inspect(), key=key, markdown=markdown)
        deliver(text, file, inspect().lang)
        return 0
    if not (json or file or answers is not None) and sys.stdin.isatty() and sys.stdout.isatty():
        sys.stdin.reconfigure(errors="replace")  # type: ignore[union-attr]  # a text stream, as it is a terminal
        talk = Talk(name, partial(_write, locale_lang), sys.stdin, inspect, hands)
        asking.held(chosen, own, talk, carried(**given))
        return 0
    said = sys.stdin.read() if answers == "-" else answers
    text, code = asking.written(name, chosen or 0, own, inspect(), said, json)
    deliver(text, file, inspect().lang)
    return code


def _write(lang: str, text: str) -> None:
    put(text, lang)
    sys.stdout.flush()


def new_command(lang: str) -> Command:
    """Return the command that writes a lesson to begin with."""
    words = load(lang)
    options = [*screen_options(words), shared(words, "help", short="-h")]
    return Command(f"{PROGRAM} new", words["command.new"], options, partial(_new, lang), LESSON)


def _new(locale_lang: str, file: str = "", **screen: Any) -> None:
    from mlbasics import authoring

    terminal = terminal_of(sys.stdout, locale_lang, **screen)
    lesson, test = authoring.new(file)
    typed = str(lesson) if "/" in str(lesson) else f"./{lesson}"
    told = phrase("new.written", lesson=lesson, test=test, run=typed)
    put(load(terminal.lang).say(told) + "\n", terminal.lang)


def check_command(lang: str) -> Command:
    """Return the command that checks whether a lesson keeps the contract."""
    words = load(lang)
    options = [*screen_options(words), shared(words, "help", short="-h")]
    work, names = partial(_check, lang), partial(questions, lang)
    return Command(f"{PROGRAM} check", words["command.check"], options, work, LESSON, names)


def _check(locale_lang: str, lesson: str = "", **screen: Any) -> int:
    """Print a line a check as it is done; return 1 where one fails."""
    if not lesson:
        raise InputError(phrase("error.which", command="check", names=", ".join(lessons.COURSE)))
    from mlbasics.authoring.checks import checks
    from mlbasics.render.palette import VERDICTS

    terminal, failed = terminal_of(sys.stdout, locale_lang, **screen), 0
    words = load(terminal.lang)
    for check in checks(lessons.named(lesson)):
        key = f"check.{check.id}" if f"check.{check.id}" in words else "check.question"
        about = words.say(phrase(key, question=check.id)) + (f": {check.found}" if check.found else "")
        put(f"{VERDICTS[check.kept][0]} {about}\n", terminal.lang)
        failed += not check.kept
    return int(failed > 0)


LEARNING = {"learn": learn_command, "new": new_command, "check": check_command}
"""These commands, each for the language of its help."""
