"""The screen as a picture: the terminal's own characters and colours, in one file that loads nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mlbasics.api import Run
    from mlbasics.formats import View
    from mlbasics.words import Words

ENDINGS = (".svg",)


def render(run: Run, words: Words, view: View) -> str:
    """Return the screen as an SVG picture, always in colour."""
    from mlbasics.formats import text
    from mlbasics.lesson import typed
    from mlbasics.render.picture import picture

    colored = replace(view, terminal=view.terminal._replace(color="standard"))
    drawn = picture(text.render(run, words, colored), view.terminal.width, typed(run.lesson, {}, view.carry))
    return drawn.encode("ascii", "xmlcharrefreplace").decode() if view.terminal.ascii_only else drawn
