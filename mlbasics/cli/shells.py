"""Typer's options that let a shell complete what is typed, told in the reader's language."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from io import StringIO
from typing import Any

import typer
from typer.completion import install  # type: ignore[attr-defined]  # it has no other door
from typer.main import get_install_completion_arguments

from mlbasics.cli.streams import put
from mlbasics.kit.errors import InputError
from mlbasics.words import load, phrase


def completion_options(lang: str) -> tuple[Any, Any]:
    """Return --install-completion and --show-completion."""
    words = load(lang)
    options: tuple[Any, Any] = get_install_completion_arguments()
    installing, showing = options
    print_script = showing.callback

    def install_it(ctx: typer.Context, option: object, asked: object) -> None:
        if asked and not ctx.resilient_parsing:
            with _complaining(), redirect_stdout(StringIO()):
                shell, path = install(shell=asked if isinstance(asked, str) else None)
            put(words.say(phrase("note.completion", shell=shell, path=str(path))) + "\n", lang)
            sys.exit(0)

    def show_it(ctx: typer.Context, option: object, asked: object) -> None:
        with _complaining():
            print_script(ctx, option, asked)

    installing.callback, showing.callback = install_it, show_it
    installing.help, showing.help = words["help.install-completion"], words["help.show-completion"]
    return options


@contextmanager
def _complaining() -> Iterator[None]:
    """Say in a sentence of the program's own where Typer knows no completion for the shell."""
    try:
        with redirect_stderr(StringIO()):
            yield
    except typer.Exit as leaving:
        raise InputError(phrase("error.shell"), 1) from leaving
