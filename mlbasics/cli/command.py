"""A command, declared once: Typer reads what is typed by it, the shell completes it, its page shows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from inspect import Parameter, Signature
from keyword import iskeyword
from typing import Annotated, Any, NamedTuple

import typer

from mlbasics.data import BUNDLED, SETS
from mlbasics.kit.errors import InputError, no_such, quoted
from mlbasics.kit.params import option_name
from mlbasics.words import phrase

PROGRAM = "mlbasics"
LESSON, LESSONS = "LESSON", "[LESSON]..."  # the slots of commands that take a lesson's name, or several


Names = Callable[[Mapping[str, Any], str], Sequence[str]]
"""names(given, incomplete): what may be typed, given the options before and the beginning of the word."""


class Option(NamedTuple):
    """An option: how it is typed, what it does, and what its value may be."""

    name: str  # of its value in Python: n_train is typed --n-train
    about: str
    metavar: str = ""  # what stands for its value: a word for each that it takes, none for a flag
    default: str = ""  # as the page shows it
    names: Sequence[str] | Names = ()  # values that the shell completes
    short: str = ""
    panel: str = "options"

    @property
    def spellings(self) -> list[str]:
        """The ways to type it, the shortest first."""
        return [spelling for spelling in (self.short, option_name(self.name)) if spelling]

    @property
    def values(self) -> int:
        """How many values it takes."""
        return len(self.metavar.split())


class Command(NamedTuple):
    """What can be typed after the program's name, and the work that is then done."""

    path: str  # mlbasics explain
    about: str
    options: Sequence[Option]
    work: Callable[..., int | None]  # called with the word beside the options, and the options that are given
    slot: str = ""  # what stands for a word beside the options
    names: Callable[[], Mapping[str, str]] = dict  # the words it may be, each with what it means

    def read(self, typed: Sequence[str]) -> tuple[list[str], dict[str, Any]]:
        """Return the words beside the options, and the options that are given, their values as typed.

        Raises InputError for an option or a word that there is none of, and for a value that is missing.
        """
        try:
            given = _typer(self)(typed, prog_name=PROGRAM, standalone_mode=False)
        except typer.TyperException as error:
            raise _refusal(self, error) from error
        words = given.pop("words") or []
        most = {LESSON: 1, LESSONS: len(words)}.get(self.slot, 0)
        if len(words) > most:
            name = self.path.split()[-1]
            raise InputError(phrase("error.extra", command=name, given=quoted(words[most])))
        return words, {name.rstrip("_"): value for name, value in given.items() if value not in (None, False)}


def _typer(command: Command) -> typer.Typer:
    """Return a program that returns its values: no work is done where Typer would catch its errors."""

    def values(**given: Any) -> dict[str, Any]:
        return given

    def names(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
        if ctx.params.get("data") == BUNDLED[:-1]:  # bash parts words at a colon
            return [(name, "") for name in SETS if name.startswith(incomplete.removeprefix(":"))]
        words = len(ctx.params.get("words") or ())  # those that name the command among them
        if words >= len(command.path.split()) and command.slot != LESSONS:
            return []
        return [(name, about) for name, about in command.names().items() if name.startswith(incomplete)]

    word = Annotated[list[str] | None, typer.Argument(autocompletion=names)]
    parameters = [
        *(_parameter(option) for option in command.options),
        Parameter("words", Parameter.KEYWORD_ONLY, default=None, annotation=word),
    ]
    values.__signature__ = Signature(parameters)  # type: ignore[attr-defined]  # as PEP 362 has it
    program = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    program.command(add_help_option=False)(values)
    return program


def _parameter(option: Option) -> Parameter:
    """Return an option as a parameter of the function that Typer calls."""

    def complete(ctx: typer.Context, incomplete: str) -> list[str]:
        names = option.names(ctx.params, incomplete) if callable(option.names) else option.names
        return [name for name in names if name.startswith(incomplete)]

    kind: Any = (bool, str | None, tuple[str, str] | None)[option.values]
    declared = typer.Option(*option.spellings, help=option.about, autocompletion=complete)
    default = None if option.values else False
    return Parameter(
        option.name + "_" * iskeyword(option.name),
        Parameter.KEYWORD_ONLY,
        default=default,
        annotation=Annotated[kind, declared],
    )


def _refusal(command: Command, error: typer.TyperException) -> InputError:
    """Return what Typer complains of as a sentence of the program's own, where it names the option."""
    named = getattr(error, "option_name", None)
    options = {spelling: option for option in command.options for spelling in option.spellings}
    if named is None:
        return InputError(phrase("error.usage", message=error.format_message()))
    if named not in options:
        return no_such("error.option", named, tuple(options))
    kind = ("flag", "value", "values")[options[named].values]
    return InputError(phrase(f"error.{kind}", option=named))
