"""What is told in words alone: the program, and a lesson's idea with the rules its claims are judged by."""

from __future__ import annotations

from collections.abc import Mapping

from rich.table import Table
from rich.text import Text

from mlbasics.render.text import Screen
from mlbasics.report import Phrase, phrase
from mlbasics.terminal import Terminal
from mlbasics.words import Words


def about(words: Words, lessons: Mapping[str, Words], terminal: Terminal) -> str:
    """Return what the program is, its lessons in order with a line each, and what to type first."""
    screen = Screen(words, terminal)
    grid = Table.grid(padding=(0, 2, 0, 0))
    for name, told in lessons.items():
        grid.add_row(Text(f"  {name}", "bold"), told["summary"])
    first = next(iter(lessons))
    start = screen.text(phrase("about.start", lesson=first), "bold")
    screen.print(screen.text(Phrase("about")), "", screen.text(Phrase("about.lessons")), grid, "")
    screen.print(start, "", screen.text(phrase("about.more", lesson=first)))
    return screen.finish()


def explain(words: Words, terminal: Terminal) -> str:
    """Return the lesson's explanation and the rule of each claim."""
    screen = Screen(words, terminal)
    screen.print(screen.text(Phrase("question"), "bold"), "", screen.text(Phrase("explain")), "")
    screen.print(screen.text(Phrase("explain.claims"), "bold"))
    for key in words.sentences:
        head, _, claim = key.partition(".")
        if head == "rule":
            screen.print("", screen.text(Phrase(f"claim.{claim}")), screen.text(Phrase(key), "dim"))
    return screen.finish()
