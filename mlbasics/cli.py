"""The command line: one way in, one way out."""

import os
import sys
from collections.abc import Sequence
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from mlbasics import __version__, terminal
from mlbasics import lesson as lessons
from mlbasics.command import lesson_command
from mlbasics.commands import COMMANDS
from mlbasics.kinds import InputError, no_such, quoted
from mlbasics.options import HELP, screen_options, shown_on, with_options
from mlbasics.phrase import phrase
from mlbasics.words import FALLBACK, Words, languages, load


def run() -> None:
    """Run the program and leave with its exit code."""
    sys.exit(main(sys.argv[1:]))


def main(argv: Sequence[str]) -> int:
    """Run the program and return its exit code: 0 done, 1 could not finish, 2 usage, 130 Ctrl-C."""
    lang = _language(argv)
    try:
        code = get_command(_app(lang)).main(list(argv), prog_name="mlbasics", standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:
        _silence(sys.stdout)
        return 0
    except KeyboardInterrupt:
        return 130
    except InputError as error:
        return _complain(load(lang).say(error.sentence), error.exit_code)
    except typer.TyperException as error:
        return _complain(_usage(error, load(lang)), error.exit_code)
    except OSError as error:
        _silence(sys.stdout)
        return _complain(load(lang).say(phrase("error.write", problem=error.strerror or str(error))), 1)
    return code if isinstance(code, int) else 0


def _silence(stream: Any) -> None:
    """Let what is still to be flushed at the end go nowhere: it has failed once."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _complain(sentence: str, code: int) -> int:
    sys.stderr.write(f"mlbasics: {sentence}\n")
    return code


def _usage(error: typer.TyperException, words: Words) -> str:
    """Return Typer's complaint as one sentence: an unknown option, a missing value, or its own words."""
    option = getattr(error, "option_name", None)
    if option is None:
        return words.say(phrase("error.usage", message=error.format_message()))
    if not hasattr(error, "possibilities"):
        return words.say(phrase("error.value", option=option))
    near = sorted(error.possibilities or [])[:1]
    suggestion = phrase("error.nearest", name=near[0]) if near else ""
    return words.say(phrase("error.option", given=quoted(option), suggestion=suggestion))


def _language(argv: Sequence[str]) -> str:
    """Return the language of help and errors, which are due before the options are read."""
    asked = [value for option, value in _pairs(argv) if option == "--lang" and value in languages()]
    chosen = asked[-1] if asked else terminal.language(os.environ)
    return chosen if chosen != "ko" or terminal.carries(sys.stderr, terminal.HANGUL) else FALLBACK


def _pairs(argv: Sequence[str]) -> list[tuple[str, str]]:
    """Return every word with the one it may have for a value: the rest after =, or the next word."""
    split = [word.partition("=") for word in argv]
    return [
        (name, value if equals else after)
        for (name, equals, value), after in zip(split, [*argv[1:], ""], strict=False)
    ]


def _app(lang: str) -> typer.Typer:
    words = load(lang)

    class Lessons(TyperGroup):
        """The lessons as commands, each imported when it is asked for."""

        def list_commands(self, ctx: Any) -> list[str]:
            return [*lessons.names(), *COMMANDS]

        def get_command(self, ctx: Any, cmd_name: str) -> Any:
            if cmd_name in COMMANDS:
                return COMMANDS[cmd_name](lang)
            if cmd_name in lessons.names():
                return lesson_command(cmd_name, lang)
            raise no_such("error.lesson", cmd_name, (*lessons.names(), *COMMANDS))

    def about(ctx: typer.Context, **given: Any) -> None:
        if given.pop("version"):
            sys.stdout.write(f"mlbasics {__version__}\n")
        elif ctx.invoked_subcommand is None:
            from mlbasics.render.prose import about

            shown = shown_on(sys.stdout, lang, **given)
            sys.stdout.write(about(shown, f" --lang {given['lang']}" if given["lang"] else ""))

    version = (bool, typer.Option("--version", help=words["help.version"]), False)
    app = typer.Typer(
        cls=Lessons,
        invoke_without_command=True,
        help=words["help.app"],
        rich_markup_mode="rich",
        context_settings=HELP,
    )
    app.callback()(with_options(about, {"version": version} | screen_options(words)))
    return app
