"""A lesson as moving screens: its dial turned from one end to the other, then the look."""

from __future__ import annotations

from dataclasses import replace

from mlbasics.kit.dial import Dial
from mlbasics.kit.report import Report
from mlbasics.render.look import look
from mlbasics.render.terminal import Terminal
from mlbasics.words import Words


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
