"""The look: one screen on which a lesson makes its point, still, or with its dial turned from end to end.

Where there is room, its picture grows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from rich.console import RenderableType

from mlbasics import lessons
from mlbasics.kit.dial import Dial
from mlbasics.kit.report import Panels, Plot, Report
from mlbasics.render.figure import stacked
from mlbasics.render.screen import Screen
from mlbasics.render.terminal import Terminal
from mlbasics.words import Phrase, Words, phrase

TALLEST = 48  # rows of a look, however tall the terminal
LEAST = 6  # rows of a figure that can still be read
ROOMY = 16  # rows of the figures from which on blank lines part what belongs apart
BESIDE = 11  # rows of each further figure; the first has the rest, and no less

Hero = Plot | Panels


def look(report: Report, words: Words, terminal: Terminal, carry: str, *, more: bool = False) -> str:
    """Return the look in the rows of the terminal, or in as many more as its words and least figure take.

    With more, all else that the run has to show stands between what was found and where to go on.
    """

    def sheet(*parts: RenderableType) -> str:
        printed = Screen(words, terminal)
        printed.print(*parts)
        return printed.finish()

    screen = Screen(words, terminal)
    for gap in ([""], []):
        above = sheet(*screen.title(report), *gap)
        found = sheet(*_found(screen, report, gap))
        onward = sheet(*gap, *_onward(screen, report, carry, more=more))
        room = min(terminal.height, TALLEST) - (above + found + onward).count("\n")
        if room >= ROOMY:
            break
    drawn = figures(report.heroes, words, terminal, room, all_plots=more)
    rest = sheet(*_rest(screen, report, len(drawn))) if more else ""
    return above + "".join(drawn) + found + rest + onward


def figures(
    heroes: Sequence[Hero], words: Words, terminal: Terminal, room: int, *, all_plots: bool = False
) -> list[str]:
    """Return the first figure, and as many of the others as have room in so many rows beside it.

    One whose plots would stand one above the other takes more.
    """
    more = heroes[1 : max(1, room // BESIDE)]
    low = takewhile(lambda hero: not stacked(Panels.of(hero), terminal.width), more)
    others = [figure(hero, words, terminal, BESIDE) for hero in low]
    left = room - "".join(others).count("\n")
    return [figure(heroes[0], words, terminal, max(LEAST, left), all_plots=all_plots), *others]


def figure(hero: Hero, words: Words, terminal: Terminal, rows: int, *, all_plots: bool = True) -> str:
    """Return a figure in so many rows, what stands over and under its frame counted.

    Of plots that stand one above the other those without room may be left out, unless all are wanted.
    """
    panels = Panels.of(hero)
    fewer, one_above = replace(panels, plots=panels.plots[:-1]), stacked(panels, terminal.width)
    if one_above and not all_plots and len(panels.plots) > 2 and not stacked(fewer, terminal.width):
        return figure(fewer, words, terminal, rows, all_plots=False)
    above = len(panels.plots) if one_above else 1
    height = rows // above - 1  # a title each
    while True:
        screen = Screen(words, terminal)
        sized = [replace(plot, height=height) for plot in panels.plots]
        screen.print(*screen.block(replace(panels, plots=sized)))
        drawn = screen.finish()
        over = drawn.count("\n") - rows
        if over <= 0:
            return drawn
        if height > LEAST:
            height = max(LEAST, height - -(-over // above))
        elif above > 1 and not all_plots:
            return figure(fewer, words, terminal, rows, all_plots=False)
        else:
            return drawn


def _found(screen: Screen, report: Report, gap: Sequence[str]) -> list[RenderableType]:
    """Return what stands under the picture: the table and the claims that carry the lesson."""
    claims = map(screen.claim, report.headlines)
    if report.table is None:
        return [*gap, *claims]
    return [*gap, screen.table(report.table, ruled=bool(gap)), *gap, *claims]


def _rest(screen: Screen, report: Report, drawn: int) -> list[RenderableType]:
    """Return all that a look leaves out: figures it had no room for, every other block, every other claim."""
    blocks = [part for block in (*report.heroes[drawn:], *report.more) for part in ("", *screen.block(block))]
    others = [screen.claim(claim) for claim in report.claims if not claim.headline]
    title: list[RenderableType] = ["", screen.text(Phrase("claims.more"), "bold")] if others else []
    return [*blocks, *title, *others]


def _onward(screen: Screen, report: Report, carry: str, *, more: bool) -> list[RenderableType]:
    """Return one thing to try, or all, and the ways on: the next lesson, more of this one, its idea."""
    *suggested, (bridge, following) = lessons.ways_on(report, carry)
    parts: list[RenderableType] = []
    if suggested and more:
        parts += [screen.text(Phrase("try.title"), "bold"), screen.suggestions(suggested), ""]
    elif suggested:
        why, command = suggested[0]
        parts += screen.beside(phrase("look.try", question=why), command)
    parts += screen.beside(bridge, following)
    return [*parts, screen.text(phrase("look.explain" if more else "look.more", lesson=report.lesson), "dim")]


def screens(dial: Dial) -> int:
    """Return how many screens there are: one for each position, and the look."""
    return len(dial.positions) + 1


def reel(report: Report, dial: Dial, words: Words, terminal: Terminal, carry: str) -> list[str]:
    """Return all of the screens, in order."""
    return [screen(report, dial, which, words, terminal, carry) for which in range(screens(dial))]


def screen(report: Report, dial: Dial, which: int, words: Words, terminal: Terminal, carry: str) -> str:
    """Return one of the screens; where the look says its scene, the others say what is seen."""
    if which == len(dial.positions):
        return look(report, words, terminal, carry)
    frame = dial.frame(dial.positions[which])
    shown = replace(report, heroes=frame.among(report.heroes), scene=frame.caption)
    return look(shown, words, terminal, carry)
