"""What is told in words alone: the program, and a lesson's idea with the rules its claims are judged by."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from mlbasics import lessons
from mlbasics.render.sheet import Sheet
from mlbasics.render.terminal import Terminal
from mlbasics.words import Phrase, load, phrase


def about(terminal: Terminal, carry: str = "") -> str:
    """Return what the program is, its lessons in order, and what to type first, with what it is to carry."""
    screen = Sheet(load(terminal.lang), terminal)
    first = lessons.COURSE[0]
    start = screen.text(phrase("about.start", lesson=first + carry), "bold")
    screen.print(screen.text(Phrase("about")), "", *_in_order(screen), "")
    screen.print(start, "", screen.text(phrase("about.more", lesson=first)))
    return screen.finish()


def in_order(terminal: Terminal) -> str:
    """Return the lessons in order, with a line each."""
    screen = Sheet(load(terminal.lang), terminal)
    screen.print(*_in_order(screen))
    return screen.finish()


def _in_order(screen: Sheet) -> tuple[Text, Table]:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")  # rich would else cut the last syllable off a full line of Korean
    for name in lessons.COURSE:
        summary = lessons.words(name, screen.lang)["summary"]
        grid.add_row(Text(f"  {name}", "bold"), screen.text(summary))
    return screen.text(Phrase("about.lessons")), grid


def explain(lesson: str, terminal: Terminal) -> str:
    """Return the lesson's explanation and the rule of each claim."""
    words, rules = lessons.words(lesson, terminal.lang), lessons.rules(lesson)
    screen = Sheet(words, terminal)
    screen.print(screen.text(Phrase("question"), "bold"), "", screen.text(Phrase("explain")), "")
    screen.print(screen.text(Phrase("explain.claims"), "bold"))
    for key in words.sentences:
        head, _, claim = key.partition(".")
        if head == "claim":
            rule = Phrase(f"rule.{claim}") if f"rule.{claim}" in words else rules[claim]
            screen.print("", screen.text(Phrase(key)), screen.text(rule, "dim"))
    return screen.finish()
