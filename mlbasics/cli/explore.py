"""The command that explores: beside it a lesson, and that lesson's parameters to start from."""

from __future__ import annotations

import sys
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from mlbasics import lessons
from mlbasics.cli.lesson import given, parameter_options
from mlbasics.cli.manual import help_option
from mlbasics.cli.options import carried, command, screen_options, terminal_of
from mlbasics.cli.streams import playable
from mlbasics.data import STDIN
from mlbasics.kit.errors import InputError
from mlbasics.words import load, phrase

SIZE = ("width", "height")  # of the terminal's own


def explore_command(lang: str) -> TyperGroup:
    """Return the command, which has one for each lesson."""
    about, params = load(lang)["help.explore"], [help_option(lang)]
    return _Explore(lang, name="explore", help=about, params=params, add_help_option=False)


class _Explore(TyperGroup):
    """The lessons that can be explored; where none is named it is the first."""

    def __init__(self, lang: str, **settings: Any) -> None:
        super().__init__(**settings)
        self.lang = lang

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]  # Typer's own, vendored
        return list(lessons.COURSE)

    def get_command(self, ctx: typer.Context, cmd_name: str) -> TyperCommand:  # type: ignore[override]  # Typer's, too
        return _lesson(lessons.named(cmd_name), self.lang)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the words, and the first lesson's name into them where options alone are given."""
        unnamed = not args or (args[0].startswith("-") and args[0] not in ("--help", "-h"))
        return super().parse_args(ctx, [lessons.COURSE[0], *args] if unnamed else args)


def _lesson(name: str, lang: str) -> TyperCommand:
    words = lessons.words(name, lang)

    def run(**options: Any) -> int:
        start = given(name, options)
        from mlbasics.explore import check, explore

        check()
        if not (playable(sys.stdout) and sys.stdin.isatty()):
            raise InputError(phrase("error.no-keys"))
        if start.get("data") == STDIN:
            raise InputError(phrase("error.data-keys"))
        terminal = terminal_of(sys.stdout, lang, width=None, height=None, **options)
        return explore(name, start, terminal, carried(options["lang"]))

    shown = [option for option in screen_options(words) if option.name not in SIZE]
    return command(name, words["question"], run, [*parameter_options(name, words), *shown], lang)
