"""The screen as a picture: the terminal's own characters and colours, in one file that loads nothing."""

from __future__ import annotations

from dataclasses import replace

from mlbasics.formats.view import View
from mlbasics.runs import Run
from mlbasics.words import Words


def render(run: Run, words: Words, view: View) -> str:
    """Return the screen as an SVG picture, always in colour."""
    from mlbasics.formats import text
    from mlbasics.kit.story import command_line
    from mlbasics.render.picture import picture

    colored = replace(view, terminal=view.terminal._replace(color="truecolor"))
    command = command_line(run.lesson, {}, view.carry)
    drawn = picture(text.render(run, words, colored), view.terminal.width, command, dark=view.terminal.dark)
    return drawn.encode("ascii", "xmlcharrefreplace").decode() if view.terminal.ascii_only else drawn
