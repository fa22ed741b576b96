"""A sheet of words: what is told without pictures needs no more, and loads neither NumPy nor plotext."""

from __future__ import annotations

from io import StringIO

from rich.console import Console, RenderableType
from rich.text import Text

from mlbasics.render.palette import ASCII
from mlbasics.render.terminal import Terminal
from mlbasics.words import Phrase, Words


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
