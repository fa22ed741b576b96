"""The screen as a picture: the terminal's own characters and colors, in one file that loads nothing."""

from __future__ import annotations

from dataclasses import replace

from mlbasics.formats.view import View
from mlbasics.runs import Run
from mlbasics.words import Words


def render(run: Run, words: Words, view: View) -> str:
    """Return the screen as an SVG picture, always in color; watched, one that plays by itself."""
    from mlbasics.formats import text
    from mlbasics.kit.story import command_line
    from mlbasics.render import look, picture

    terminal = view.terminal._replace(color="truecolor")
    command = command_line(run.lesson, {}, view.carry)
    if view.watch and run.dial is not None:
        screens = look.reel(run.report, run.dial, words, terminal, view.carry)
    else:
        screens = [text.render(run, words, replace(view, terminal=terminal))]
    drawn = picture.picture(screens, terminal.width, command, view.fps, dark=terminal.dark)
    return drawn.encode("ascii", "xmlcharrefreplace").decode() if terminal.ascii_only else drawn
