"""A session in a terminal: one question after another, each guessed before it is seen."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, TextIO

from mlbasics import lessons
from mlbasics.kit.question import Asked, Guess, Setting
from mlbasics.learn import memory, screen
from mlbasics.posing import SEEDS, Posed, asked_of, kind, pose
from mlbasics.render.sheet import Sheet
from mlbasics.render.terminal import Terminal
from mlbasics.words import Phrase, phrase

HINT, SHOW, LEAVE, AGAIN = "?", "s", "q", "a"
HANDS = re.compile(r"(\S+)[\s:=]+(\d+)")


class Talk(NamedTuple):
    """Where a session is held: what is written, what is read, and how the screen is."""

    lesson: str
    write: Callable[[str], None]
    lines: TextIO
    inspect: Callable[[], Terminal]
    hands: bool = False  # a class votes, twice

    def say(self, *sentences: Phrase) -> None:
        """Write sentences, a line each."""
        terminal = self.inspect()
        sheet = Sheet(lessons.words(self.lesson, terminal.lang), terminal)
        sheet.print(*map(sheet.text, sentences))
        self.write(sheet.finish())

    def heard(self) -> str:
        """Return what is typed; raise EOFError for q, or where no one types any more."""
        self.write("> ")
        line = self.lines.readline()
        if not line or line.strip().casefold() == LEAVE:
            raise EOFError
        return line.strip()


def session(plan: Sequence[Asked], seed: int, own: Mapping[str, Any], talk: Talk) -> bool:
    """Ask the questions in order, and say how many were right; return whether none was left.

    What comes again with other data is practice: only the first answer to a question counts.
    """
    rights: list[bool] = []
    try:
        for place, asked in enumerate(plan, 1):
            again = 0
            while True:
                posed = pose(talk.lesson, asked, (seed + again) % SEEDS, own)
                guess, right = _ask(posed, place, len(plan), talk)
                if not again and not talk.hands:
                    rights.append(right)
                    _remember(posed, guess, right, seed)
                talk.say(phrase("learn.next" if place < len(plan) else "learn.last"))
                if talk.heard().casefold() != AGAIN:
                    break
                again += 1
    except EOFError:
        return False
    finally:
        if rights:
            talk.say(phrase("learn.score", right=sum(rights), count=len(rights)))
    return True


def _ask(posed: Posed, place: int, count: int, talk: Talk) -> tuple[Guess | None, bool]:
    """Ask one question and show its answer; return the guess and whether it is right."""
    talk.write(screen.question(posed, place, count, talk.inspect()))
    if talk.hands:
        votes = [_votes(posed, which, talk) for which in ("first", "second")]
        talk.write(screen.answer(posed, None, False, talk.inspect(), votes))
        return None, False
    talk.say(phrase("learn.keys"))
    guess = _guess(posed, talk)
    right = guess is not None and posed.right(guess)
    talk.write(screen.answer(posed, guess, right, talk.inspect()))
    return guess, right


def _guess(posed: Posed, talk: Talk) -> Guess | None:
    """Return what the learner expects, or has found by trying; None where he asks to be shown."""
    tries = 0
    while (said := talk.heard()).casefold() != SHOW:
        guess = posed.question.answer.read(said)
        if said == HINT:
            talk.say(posed.sentence("hint"))
        elif guess is None:
            talk.say(phrase("learn.again", accepted=kind(posed)))
        elif isinstance(posed.question.answer, Setting):
            tries += 1
            seen, found = screen.tried(posed, float(guess), tries, talk.inspect())
            talk.write(seen)
            if found:
                return guess
        else:
            return guess
    return None


def _votes(posed: Posed, which: str, talk: Talk) -> screen.Votes:
    """Return how many hands were up for each answer that is one."""
    talk.say(phrase(f"learn.hands.{which}"))
    while True:
        found = {one.upper(): int(hands) for one, hands in HANDS.findall(talk.heard())}
        votes = {one: hands for one, hands in found.items() if posed.question.answer.read(one) is not None}
        if votes:
            return votes
        talk.say(phrase("learn.again", accepted=kind(posed)))


def _remember(posed: Posed, guess: Guess | None, right: bool, seed: int) -> None:
    lesson, answer = posed.run.lesson, posed.question.answer
    said = {"guess": guess, "truth": answer.typed(answer.truth), "right": right}
    asked = {"lesson": lesson, "question": posed.asked.id, "of": len(asked_of(lesson)), "seed": seed}
    memory.remember(asked | said)
