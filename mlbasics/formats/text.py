"""The screen, as lines of text."""

from __future__ import annotations

from mlbasics.formats.view import View
from mlbasics.runs import Run
from mlbasics.words import Words


def render(run: Run, words: Words, view: View) -> str:
    """Return the screen, each line at most as wide as the terminal."""
    from mlbasics.render.look import figure, look
    from mlbasics.render.screen import Screen

    if view.brief:
        return Screen(words, view.terminal).claims(run.claims)
    if view.plot is not None:
        return figure(view.report(run).heroes[0], words, view.terminal, view.terminal.height)
    return look(run.report, words, view.terminal, view.carry, more=view.more)
