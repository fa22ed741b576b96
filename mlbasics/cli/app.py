"""The command line: one way in, one way out."""

import os
import sys
import traceback
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from mlbasics import lessons
from mlbasics.cli import environment, shells, streams
from mlbasics.cli.command import PROGRAM, Command
from mlbasics.cli.explore import explore_command
from mlbasics.cli.learn import LEARNING
from mlbasics.cli.lesson import lesson_command, questions
from mlbasics.cli.manual import page
from mlbasics.cli.options import screen_options, shared, terminal_of
from mlbasics.cli.others import COMMANDS, other_command
from mlbasics.kit.errors import InputError, no_such, problem
from mlbasics.version import __version__
from mlbasics.words import FALLBACK, Words, languages, load, phrase

OTHERS = ("lessons", "learn", "explain", "explore", "course", "schema", "new", "check")
"""The commands beside the lessons, as they are listed."""


def main(typed: Sequence[str]) -> int:
    """Run the program and return its exit code: 0 done, 1 could not finish, 2 usage."""
    environment.tidy(os.environ)
    debug, typed = "--debug" in typed, [word for word in typed if word != "--debug"]
    lang = _language(typed)
    try:
        if shells.ASKED in os.environ:
            return shells.complete(lambda words: find(words, lang)[0])
        code = _run(typed, lang)
        sys.stdout.flush()
    except BrokenPipeError:
        streams.silence(sys.stdout)
        return 0
    except InputError as error:
        return _excuse(error, lang, debug)
    except OSError as error:
        streams.silence(sys.stdout)
        streams.note(load(lang).say(phrase("error.write", problem=problem(error))))
        return 1
    except Exception as error:
        from mlbasics.lessons import elsewhere  # only a failure needs it

        if not elsewhere.LOADED:
            raise
        wrong = elsewhere.blamed(error, elsewhere.LOADED[-1])
        wrong.__cause__ = error
        return _excuse(wrong, lang, debug)
    return code


def _excuse(error: InputError, lang: str, debug: bool) -> int:
    """Say in one sentence what was wrong, after the traceback of its cause if that is asked for."""
    if debug and error.__cause__:
        traceback.print_exception(error.__cause__)
    streams.note(load(lang).say(error.sentence))
    return error.exit_code


def _run(typed: Sequence[str], lang: str) -> int:
    """Do what is asked: a command's work, its page, or what a shell needs to complete it."""
    if typed and typed[0] in shells.OPTIONS:
        streams.put(shells.script(typed, lang), lang)
        return 0
    command, beside = find(typed, lang)
    words, given = command.read(beside)
    if given.pop("help", False):
        streams.put(page(command, lang), lang)
        return 0
    return command.work(*words, **given) or 0


def find(typed: Sequence[str], lang: str) -> tuple[Command, list[str]]:
    """Return the command that is named, and what is typed beside its name: options may stand before it too.

    Raises InputError where a word names no command.
    """
    words = list(typed)
    if words[:1] == ["help"]:
        words = [*words[1:], "--help"]
    elif words[:1] == ["version"]:
        words = ["--version"]
    alone = _alone(lang)
    known = {spelling: option for option in alone.options for spelling in option.spellings}
    at = 0
    while at < len(words) and (option := known.get(words[at].partition("=")[0])):
        if option.panel == "options" and option.name != "help":
            return alone, words[: at + 1]
        at += 1 if "=" in words[at] else 1 + option.values
    if at >= len(words) or words[at].startswith("-"):
        return alone, words
    name, beside = words[at], words[:at] + words[at + 1 :]
    name = name.lower() if name.lower() in OTHERS else name
    if name == "explore":
        return explore_command(beside, lang)
    if name in COMMANDS:
        return other_command(name, lang), beside
    if name in LEARNING:
        return LEARNING[name](lang), beside
    if lessons.exists(lesson := lessons.named(name)):
        return lesson_command(lesson, lang), beside
    raise no_such("error.lesson", name, (*lessons.COURSE, *OTHERS))


def _alone(lang: str) -> Command:
    """Return what the program does where no command is named: it says what it is."""
    words = load(lang)

    def about(version: bool = False, **screen: Any) -> None:
        if version:
            streams.put(f"{PROGRAM} {__version__}\n", FALLBACK)
            return
        from mlbasics.learn import memory
        from mlbasics.render.sheet import about

        terminal = terminal_of(sys.stdout, lang, **screen)
        carry = f" --lang {screen['lang']}" if "lang" in screen else ""
        streams.put(about(terminal, carry, memory.progress()), terminal.lang)

    options = [
        *screen_options(words),
        *(shared(words, name) for name in ("install-completion", "show-completion")),
        shared(words, "version", short="-V"),
        shared(words, "help", short="-h"),
    ]

    def names() -> dict[str, str]:
        return questions(lang) | {name: words[_about(name, words)] for name in OTHERS}

    return Command(PROGRAM, words["help.app"], options, about, "[COMMAND]", names)


def _about(name: str, words: Words) -> str:
    """Return the key of what a command does: an option of its name, as check, may have the other."""
    return f"command.{name}" if f"command.{name}" in words else f"help.{name}"


def _language(typed: Sequence[str]) -> str:
    """Return the language of help and errors, which are due before the options are read."""
    asked = [after for word, after in pairwise(typed) if word == "--lang"]
    asked += [word.partition("=")[2] for word in typed if word.startswith("--lang=")]
    named = [lang for lang in asked if lang in languages()]
    return environment.spoken(named[-1] if named else environment.language(os.environ), sys.stderr)
