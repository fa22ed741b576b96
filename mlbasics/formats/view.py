"""How a run is told, whatever the format: a value that every format is given, valid when it exists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from mlbasics.kit.errors import no_such
from mlbasics.kit.kinds import Choice
from mlbasics.kit.number import Number
from mlbasics.kit.report import Report
from mlbasics.render.terminal import LOWEST, NARROWEST, TALLEST, WIDEST, Terminal
from mlbasics.runs import Run
from mlbasics.words import Words, languages

WIDTH = Number(NARROWEST, WIDEST, whole=True)
HEIGHT = Number(LOWEST, TALLEST, whole=True)
LANG = Choice(languages())
RATE = Number(1, 30, whole=True)
FPS = 8
COLOR = Choice(("standard", "256", "truecolor"))


@dataclass(frozen=True)
class View:
    """How a run is told, whatever the format."""

    terminal: Terminal = field(default_factory=Terminal)
    carry: str = ""  # options the suggested commands repeat
    table: str | None = None  # the one table of formats that hold one
    brief: bool = False  # the claims alone
    more: bool = False  # all there is, where a look would show one screen of it
    watch: bool = False  # the dial turned from end to end, in formats that move
    fps: int = FPS  # screens a second then
    plot: str | None = None  # the one figure that is told, without a word beside it
    predict: bool = False  # questions first, in pages

    def __post_init__(self) -> None:
        """Raise InputError for what no screen can be."""
        t = self.terminal
        width = cast(int, WIDTH.accept("--width", t.width))
        height = cast(int, HEIGHT.accept("--height", t.height))
        if t.color is not None:
            COLOR.accept("--color", t.color)
        lang = LANG.accept("--lang", t.lang)
        RATE.accept("--fps", self.fps)
        object.__setattr__(self, "terminal", t._replace(width=width, height=height, lang=lang))

    def report(self, run: Run) -> Report:
        """Return what of the run is told."""
        if self.brief:
            return replace(run.report, heroes=(), table=None, more=(), suggestions=())
        if self.plot is not None:
            figures = run.report.figures
            if self.plot not in figures:
                raise no_such("error.plot", self.plot, tuple(figures))
            hero = [figures[self.plot]]
            return replace(run.report, heroes=hero, table=None, more=(), claims=(), suggestions=())
        return run.report


def paragraphs(words: Words) -> tuple[str, Sequence[str]]:
    """Return the first paragraph of a lesson's explanation and the others; a formula's lines are indented."""
    first, *others = words["explain"].split("\n\n")
    return first, others
