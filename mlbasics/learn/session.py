"""A session in a terminal: one question after another, each guessed before it is seen."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, TextIO

from mlbasics import lessons
from mlbasics.kit.question import Asked, Guess, Setting
from mlbasics.learn import memory, screen
from mlbasics.posing import SEEDS, Posed, asked_of, kind, pose
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
        words = lessons.words(self.lesson, self.inspect().lang)
        self.write("".join(words.say(sentence) + "\n" for sentence in sentences))

    def heard(self) -> str:
        """Return what is typed; raise EOFError for q, or where no one types any more."""
        self.write("> ")
        line = self.lines.readline()
        if not line or line.strip().casefold() == LEAVE:
            raise EOFError
        return line.strip()


def session(plan: Sequence[Asked], seed: int, own: Mapping[str, Any], talk: Talk) -> bool:
    """Ask the questions in order; return whether all were asked, and none left."""
    try:
        for place, asked in enumerate(plan, 1):
            again = 0
            while _ask(pose(talk.lesson, asked, (seed + again) % SEEDS, own), place, len(plan), seed, talk):
                again += 1
    except EOFError:
        return False
    return True


def _ask(posed: Posed, place: int, count: int, seed: int, talk: Talk) -> bool:
    """Ask one question and show its answer; return whether it is wanted again with other data."""
    talk.write(screen.question(posed, place, count, talk.inspect()))
    if talk.hands:
        votes = [_votes(posed, which, talk) for which in ("first", "second")]
        talk.write(screen.answer(posed, None, False, talk.inspect(), votes))
    else:
        talk.say(phrase("learn.keys"))
        guess = _guess(posed, talk)
        right = guess is not None and posed.right(guess)
        _remember(posed, guess, right, seed)
        talk.write(screen.answer(posed, guess, right, talk.inspect()))
    talk.say(phrase("learn.next" if place < count else "learn.last"))
    return talk.heard().casefold() == AGAIN


def _guess(posed: Posed, talk: Talk) -> Guess | None:
    """Return what the learner expects, or has found by trying; None where he asks to be shown."""
    tries = 0
    while (said := talk.heard()).casefold() != SHOW:
        guess = posed.question.answer.read(said)
        if said == HINT:
            talk.say(posed.sentence("hint"))
        elif guess is None:
            talk.say(kind(posed))
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
        talk.say(kind(posed))


def _remember(posed: Posed, guess: Guess | None, right: bool, seed: int) -> None:
    lesson, answer = posed.run.lesson, posed.question.answer
    said = {"guess": guess, "truth": answer.typed(answer.truth), "right": right}
    asked = {"lesson": lesson, "question": posed.asked.id, "of": len(asked_of(lesson)), "seed": seed}
    memory.remember(asked | said)
