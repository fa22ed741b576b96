"""The command line: one way in, one way out."""

import os
import sys
from collections.abc import Sequence
from typing import Any

import typer
from typer.core import TyperGroup, TyperOption

from mlbasics import lessons
from mlbasics.cli import environment, streams
from mlbasics.cli.lesson import lesson_command
from mlbasics.cli.manual import help_option
from mlbasics.cli.options import screen_options, terminal_of
from mlbasics.cli.others import COMMANDS
from mlbasics.cli.shells import completion_options
from mlbasics.kit.errors import InputError, no_such, problem, quoted
from mlbasics.version import __version__
from mlbasics.words import FALLBACK, Words, languages, load, phrase


def main(argv: Sequence[str]) -> int:
    """Run the program and return its exit code: 0 done, 1 could not finish, 2 usage."""
    environment.tidy(os.environ)
    lang = _language(argv)
    try:
        code = _invoked(_program(lang), _asked(argv))
        sys.stdout.flush()
    except BrokenPipeError:
        streams.silence(sys.stdout)
        return 0
    except InputError as error:
        return _complain(load(lang).say(error.sentence), error.exit_code)
    except typer.TyperException as error:
        return _complain(_usage(error, load(lang)), error.exit_code)
    except OSError as error:
        streams.silence(sys.stdout)
        return _complain(load(lang).say(phrase("error.write", problem=problem(error))), 1)
    return code if isinstance(code, int) else 0


def _invoked(program: TyperGroup, argv: list[str]) -> object:
    """Return what the command returns, or the exit code of help; Typer's own main would catch too much."""
    if "_MLBASICS_COMPLETE" in os.environ:  # set by the shell that asks for completions
        return program.main(argv, prog_name="mlbasics", standalone_mode=False)
    try:
        with program.make_context("mlbasics", argv) as ctx:
            return program.invoke(ctx)
    except typer.Exit as leaving:
        return leaving.exit_code
    except SystemExit:  # rich's own, where the reader of the help is gone
        return 0


def _asked(argv: Sequence[str]) -> list[str]:
    """Return what is asked: help and version are read as the options of these names."""
    match list(argv):
        case ["help", *rest]:
            return [*rest, "--help"]
        case ["version", *rest]:
            return ["--version", *rest]
        case words:
            return words


def _program(lang: str) -> TyperGroup:
    words = load(lang)
    version = TyperOption(
        param_decls=["--version"], help=words["help.version"], is_flag=True, is_eager=True,
        expose_value=False, callback=_version,
    )  # fmt: skip
    return _Program(
        lang,
        name="mlbasics",
        help=words["help.app"],
        params=[*screen_options(words), *completion_options(lang), version, help_option(lang)],
        invoke_without_command=True,
        add_help_option=False,
    )


class _Program(TyperGroup):
    """The lessons and what stands beside them as commands, each made when it is asked for."""

    def __init__(self, lang: str, **settings: Any) -> None:
        super().__init__(callback=self.about, **settings)
        self.lang = lang

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]  # Typer's own, vendored
        return [*lessons.COURSE, *COMMANDS]

    def get_command(self, ctx: typer.Context, cmd_name: str) -> Any:  # type: ignore[override]  # Typer's, too
        if cmd_name in COMMANDS:
            return COMMANDS[cmd_name](self.lang)
        if (name := lessons.named(cmd_name)) in lessons.COURSE:
            return lesson_command(name, self.lang)
        raise no_such("error.lesson", cmd_name, (*lessons.COURSE, *COMMANDS))

    def invoke(self, ctx: Any) -> Any:
        """Run the command that is named, after a callback that is told the context."""
        ctx.params["ctx"] = ctx
        return super().invoke(ctx)

    def about(self, ctx: typer.Context, **screen: Any) -> None:
        """Say what the program is, where no command is named."""
        if ctx.invoked_subcommand is None:
            from mlbasics.render.sheet import about

            carry = f" --lang {screen['lang']}" if screen["lang"] else ""
            terminal = terminal_of(sys.stdout, self.lang, **screen)
            streams.put(about(terminal, carry), terminal.lang)


def _version(ctx: typer.Context, parameter: object, asked: bool) -> None:
    if asked:
        streams.put(f"mlbasics {__version__}\n", FALLBACK)
        raise typer.Exit


def _complain(sentence: str, code: int) -> int:
    streams.note(sentence)
    return code


def _usage(error: typer.TyperException, words: Words) -> str:
    """Return Typer's complaint as one sentence: an unknown option, a missing value, or its own words."""
    option = getattr(error, "option_name", None)
    if option is None:
        return words.say(phrase("error.usage", message=error.format_message()))
    if not hasattr(error, "possibilities"):
        kinds = {
            "does not take": "flag",
            "2 arguments": "values",
        }  # Typer tells no more
        kind = next((kind for said, kind in kinds.items() if said in error.message), "value")
        return words.say(phrase(f"error.{kind}", option=option))
    near = (error.possibilities or [])[:1]  # the nearest first
    suggestion = phrase("error.nearest", name=near[0]) if near else ""
    return words.say(phrase("error.option", given=quoted(option), suggestion=suggestion))


def _language(argv: Sequence[str]) -> str:
    """Return the language of help and errors, which are due before the options are read."""
    asked = [value for option, value in _pairs(argv) if option == "--lang" and value in languages()]
    return environment.spoken(asked[-1] if asked else environment.language(os.environ), sys.stderr)


def _pairs(argv: Sequence[str]) -> list[tuple[str, str]]:
    """Return every word with the one it may have for a value: the rest after =, or the next word."""
    split = [word.partition("=") for word in argv]
    return [
        (name, value if equals else after)
        for (name, equals, value), after in zip(split, [*argv[1:], ""], strict=False)
    ]
