"""Explore a lesson: turn its knobs and see, live in the terminal.  Only this room knows Textual."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from typing import TYPE_CHECKING

from mlbasics import lessons
from mlbasics.kit.errors import InputError
from mlbasics.kit.params import fill
from mlbasics.words import phrase

if TYPE_CHECKING:
    from mlbasics.render.terminal import Terminal


def check() -> None:
    """Raise InputError, with the command that mends it, where Textual is not installed."""
    if find_spec("textual") is None:
        raise InputError(phrase("error.no-textual"))


def explore(lesson: str, given: Mapping[str, object], terminal: Terminal, carry: str) -> int:
    """Let the learner turn the knobs of a lesson, from what is given on, and return the exit code.

    Raises InputError, one sentence, for a value that is not accepted.
    """
    from mlbasics.explore.app import Explorer
    from mlbasics.explore.setting import Setting, refuse_keys

    refuse_keys(given.get("data"))
    setting = Setting(lesson, fill(lessons.find(lesson).Params, given))
    explorer = Explorer(setting, terminal, carry)
    return explorer.run() or explorer.return_code or 0
