"""Completion by Typer: the options that install its script, and the answers that the script asks for."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from contextlib import redirect_stderr, redirect_stdout, suppress
from io import StringIO

import typer

from mlbasics.cli.command import PROGRAM, Command
from mlbasics.kit.errors import InputError
from mlbasics.words import load, phrase

ASKED = "_MLBASICS_COMPLETE"
"""The variable by which Typer's script asks."""
AT_ONCE = '\n[[ $zsh_eval_context[-1] == loadautofunc ]] && _mlbasics_completion "$@"\n'
"""What Typer's script for zsh lacks: its first call, which loads it, completes too."""
OPTIONS = ("--install-completion", "--show-completion")


def script(typed: Sequence[str], lang: str) -> str:
    """Return the script of the shell at hand, or, where it is installed, a sentence saying where.

    Raises InputError for a shell that Typer knows no completion for.
    """
    printed = StringIO()
    with redirect_stdout(printed), redirect_stderr(StringIO()):
        try:
            _completing(typed, PROGRAM)
        except SystemExit:  # so Typer leaves when it is done; where it fails it returns
            installed = re.match(r"(?:Shells\.)?(\w+) completion installed in (.+)", printed.getvalue())
            if installed is None:
                return printed.getvalue()
            shell, path = installed.groups()
            if shell == "zsh":
                with open(path, "a", encoding="utf-8") as script:
                    script.write(AT_ONCE)
            return load(lang).say(phrase("note.completion", shell=shell, path=path)) + "\n"
        except typer.TyperException:
            pass
    raise InputError(phrase("error.shell"), 1)


def complete(find: Callable[[Sequence[str]], Command]) -> int:
    """Print what can be typed next, given how to find the command of the words before; nothing for none."""
    with redirect_stderr(StringIO()), suppress(Exception, SystemExit):
        command = find(_before())
        _completing([], "no program")  # from here on Typer knows the shells
        command.read([])
    return 0


def _completing(typed: Sequence[str], name: str) -> None:
    """Run a program whose only options are Typer's own, which are for completion."""
    program = typer.Typer()
    program.command()(lambda: None)
    program(typed, prog_name=name, standalone_mode=False)


def _before() -> list[str]:
    """Return the words before the one that is completed, the program's name left out."""
    if "COMP_WORDS" in os.environ:
        return os.environ["COMP_WORDS"].split()[1 : int(os.environ["COMP_CWORD"])]
    line = os.environ["_TYPER_COMPLETE_ARGS"]
    return line.split()[1:] if line.endswith(" ") else line.split()[1:-1]
