"""What is told in words alone, with neither NumPy nor plotext: the program, and a lesson's idea and rules."""

from __future__ import annotations

from collections.abc import Mapping
from io import StringIO

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from mlbasics import lessons
from mlbasics.lessons import elsewhere
from mlbasics.render.palette import ASCII
from mlbasics.render.terminal import Terminal
from mlbasics.words import Phrase, Words, load, phrase


class Sheet:
    """A rich console that writes to a string, and how sentences stand on it."""

    def __init__(self, words: Words, terminal: Terminal) -> None:
        self.words, self.terminal, self.lang = words, terminal, terminal.lang
        self.width, self.ascii_only = terminal.width, terminal.ascii_only
        self.out = StringIO()
        self.console = Console(
            file=self.out,
            width=self.width,
            height=25,  # said too: rich would else ask the environment for both
            color_system=terminal.color,
            force_terminal=terminal.color is not None,
            no_color=False,  # said in full: rich would else ask the environment
            force_jupyter=False,
            force_interactive=False,
            legacy_windows=False,
            highlight=False,
            markup=False,
            emoji=False,
        )

    def say(self, phrase: Phrase | str) -> str:
        """Return the sentence, in the characters the screen can show."""
        said = self.words.say(phrase)
        return said.translate(ASCII) if self.ascii_only else said

    def text(self, phrase: Phrase | str, style: str = "") -> Text:
        """Return the sentence as rich text."""
        return Text(self.say(phrase), style)

    def finish(self) -> str:
        """Return all that was printed, without spaces at the ends of lines."""
        return "\n".join(line.rstrip() for line in self.out.getvalue().split("\n"))

    def print(self, *renderables: RenderableType) -> None:
        """Print each on lines of its own."""
        for renderable in renderables:
            self.console.print(renderable)


def about(terminal: Terminal, carry: str, answered: Mapping[str, tuple[int, int]]) -> str:
    """Return what the program is, its lessons in order, and what to type first, with what it is to carry."""
    screen = Sheet(load(terminal.lang), terminal)
    first = lessons.COURSE[0]
    start = screen.text(phrase("about.start", lesson=first + carry), "bold")
    screen.print(screen.text(Phrase("about")), "", *_in_order(screen, answered), "")
    screen.print(start, "", screen.text(phrase("about.more", lesson=first)))
    return screen.finish()


def in_order(terminal: Terminal, answered: Mapping[str, tuple[int, int]]) -> str:
    """Return the lessons in order, with a line each, and how many questions of each were answered right."""
    screen = Sheet(load(terminal.lang), terminal)
    screen.print(*_in_order(screen, answered))
    return screen.finish()


def _in_order(screen: Sheet, answered: Mapping[str, tuple[int, int]]) -> tuple[Text, Table]:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")  # rich would else cut the last syllable off a full line of Korean
    for name in lessons.COURSE:
        summary = lessons.words(name, screen.lang)["summary"]
        right, count = answered.get(name, (0, 0))
        dots = screen.say("●" * right + "○" * (count - right))
        grid.add_row(Text(f"  {name}", "bold").append(f" {dots}" if dots else ""), screen.text(summary))
    for name, (_, package) in elsewhere.installed().items():
        taken = name in lessons.COURSE
        about = screen.say(phrase("lesson.taken", package=package)) if taken else package
        grid.add_row(Text(f"  {name}", "bold"), about)
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
