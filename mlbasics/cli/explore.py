"""The command that explores: beside it a lesson, and that lesson's parameters to start from."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any, TextIO

from mlbasics import lessons
from mlbasics.cli.command import PROGRAM, Command
from mlbasics.cli.leaving import cleared
from mlbasics.cli.lesson import chosen, parameter_options, questions
from mlbasics.cli.options import carried, screen_options, shared, terminal_of
from mlbasics.cli.streams import playable
from mlbasics.kit.errors import InputError
from mlbasics.words import load, phrase

SIZE = ("width", "height")  # of the terminal's own


def explore_command(typed: list[str], lang: str) -> tuple[Command, list[str]]:
    """Return the command of the lesson that is named, else of the first, and what is typed beside it."""
    path, helping = f"{PROGRAM} explore", shared(load(lang), "help", short="-h")
    if not typed or typed[0] in helping.spellings:
        names = partial(questions, lang)
        explore = partial(_explore, lessons.COURSE[0], lang)
        return Command(path, load(lang)["help.explore"], [helping], explore, "[COMMAND]", names), typed
    named = not typed[0].startswith("-")
    name = lessons.named(typed[0]) if named else lessons.COURSE[0]
    words = lessons.words(name, lang)
    shown = [option for option in screen_options(words) if option.name not in SIZE]
    options = [*parameter_options(lessons.find(name).Params, words), *shown, helping]
    return Command(f"{path} {name}", words["question"], options, partial(_explore, name, lang)), typed[named:]


def _explore(name: str, lang: str, **given: Any) -> int:
    start, screen = chosen(name, given), given
    from mlbasics.explore import check, explore

    check()
    if not (playable(sys.stdout) and sys.stdin.isatty()):
        raise InputError(phrase("error.no-keys"))
    with cleared(_restoring(sys.stdin)):
        return explore(name, start, terminal_of(sys.stdout, lang, **screen), carried(**screen))


def _restoring(terminal: TextIO) -> Callable[[], None]:
    """Return what gives a terminal the settings it has now; Textual, once stopped, takes its own for them."""
    try:
        import termios

        found = termios.tcgetattr(terminal)
    except (ImportError, OSError):  # Windows has none; a stand-in of a terminal has none
        return lambda: None

    def restore() -> None:
        with suppress(termios.error):  # a terminal that is gone
            termios.tcsetattr(terminal, termios.TCSANOW, found)

    return restore
