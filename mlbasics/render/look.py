"""The look: one screen on which a lesson makes its point; where there is room, its picture grows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mlbasics import lessons
from mlbasics.kit.report import Panels, Plot, Report
from mlbasics.kit.story import command_line
from mlbasics.render.screen import Screen
from mlbasics.render.terminal import Terminal
from mlbasics.words import Phrase, Words, phrase

TALLEST = 48  # rows of a look, however tall the terminal
LEAST = 8  # rows of a figure that can still be read
ROOMY = 30  # rows from which on blank lines part what belongs apart
SEVERAL = 11  # rows each figure has where several share the room


def look(report: Report, words: Words, terminal: Terminal, carry: str) -> str:
    """Return the look in the rows of the terminal, or in as many more as its words and least figure take."""
    gap = [""] if terminal.height >= ROOMY else []
    head, foot = Screen(words, terminal), Screen(words, terminal)
    head.print(*head.title(report), *gap)
    foot.print(*gap, *_foot(foot, report, gap, carry))
    above, below = head.finish(), foot.finish()
    room = min(terminal.height, TALLEST) - above.count("\n") - below.count("\n")
    return above + _figures(report.heroes, words, terminal, room) + below


def _figures(heroes: Sequence[Plot | Panels], words: Words, terminal: Terminal, room: int) -> str:
    """Return the first figure, and as many of the others as have room beside it."""
    count = max(1, min(len(heroes), room // SEVERAL))
    drawn, left = "", room
    for i, hero in enumerate(heroes[:count]):
        drawn += _figure(hero, words, terminal, max(LEAST, left // (count - i)))
        left = room - drawn.count("\n")
    return drawn


def _figure(hero: Plot | Panels, words: Words, terminal: Terminal, rows: int) -> str:
    """Return a figure in so many rows, what stands over and under its frame counted."""
    height = rows - 1  # its title
    while True:
        screen = Screen(words, terminal)
        screen.print(*screen.block(_sized(hero, height)))
        drawn = screen.finish()
        over = drawn.count("\n") - rows
        if over <= 0 or height <= LEAST:
            return drawn
        stacked = drawn.count("\n") // height or 1  # plots one above the other give a share each
        height = max(LEAST, height - -(-over // stacked))


def _sized(hero: Plot | Panels, height: int) -> Plot | Panels:
    if isinstance(hero, Plot):
        return replace(hero, height=height)
    return replace(hero, plots=[replace(plot, height=height) for plot in hero.plots])


def _foot(screen: Screen, report: Report, gap: list[str], carry: str) -> list[object]:
    """Return what stands under the picture: the table, the headlines, one thing to try, and where to go on."""
    parts: list[object] = []
    if report.table is not None:
        parts += [screen.table(report.table), *gap]
    parts += [*map(screen.claim, report.headlines), *gap]
    if report.suggestions:
        first = report.suggestions[0]
        command = command_line(report.lesson, first.options, carry)
        parts += screen.beside(phrase("look.try", question=first.why), command)
    following = lessons.COURSE[(lessons.COURSE.index(report.lesson) + 1) % len(lessons.COURSE)]
    parts += screen.beside(Phrase("bridge"), command_line(following, {}, carry))
    parts.append(screen.text(phrase("look.more", lesson=report.lesson), "dim"))
    return parts
