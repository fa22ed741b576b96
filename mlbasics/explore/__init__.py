"""Explore a lesson: turn its knobs and see, live in the terminal.  Only this room knows Textual."""

from __future__ import annotations

import gc
import os
from collections.abc import Mapping
from importlib.util import find_spec
from typing import TYPE_CHECKING

from mlbasics import lessons
from mlbasics.kit.errors import InputError
from mlbasics.kit.params import fill
from mlbasics.words import phrase

if TYPE_CHECKING:
    from mlbasics.render.terminal import Terminal


OFTEN = 10_000  # objects made until the collector of garbage looks at them: here runs follow one another
FPS = "240"  # that Textual paints at most: at its own 60 a picture that is drawn waits for up to 17 ms


def check() -> None:
    """Raise InputError, with the command that mends it, where Textual is not installed."""
    if find_spec("textual") is None:
        raise InputError(phrase("error.no-textual"))


def explore(lesson: str, given: Mapping[str, object], terminal: Terminal, carry: str) -> int:
    """Let the learner turn the knobs of a lesson, from what is given on, and return the exit code.

    Raises InputError, one sentence, for a value that is not accepted.
    """
    os.environ.setdefault("TEXTUAL_FPS", FPS)
    from mlbasics.explore.app import Explorer
    from mlbasics.explore.setting import Setting

    gc.freeze()  # what is loaded stays
    gc.set_threshold(OFTEN)
    setting = Setting(lesson, fill(lessons.find(lesson).Params, given))
    explorer = Explorer(setting, terminal, carry)
    return explorer.run() or explorer.return_code or 0
