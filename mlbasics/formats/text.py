"""The screen, as lines of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mlbasics.api import Run
    from mlbasics.formats import View
    from mlbasics.words import Words

ENDINGS = (".txt",)


def render(run: Run, words: Words, view: View) -> str:
    """Return the screen, each line at most as wide as the terminal."""
    from mlbasics.render.text import Screen

    screen = Screen(words, view.terminal)
    return screen.claims(run.claims) if view.brief else screen.report(run.report(), view.carry)
