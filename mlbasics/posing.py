"""A question posed: a fresh run, what is asked about it, and how a guess is judged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from mlbasics import lessons
from mlbasics.kit.errors import InputError
from mlbasics.kit.params import changes, fill
from mlbasics.kit.question import Amount, Asked, Guess, Letters, Question, Setting
from mlbasics.kit.report import Panels, Plot
from mlbasics.kit.story import command_line, no_tick
from mlbasics.runs import Run, run
from mlbasics.words import FALLBACK, Phrase, phrase

SCHEMA_VERSION = 1
SEEDS = 2**31
TRIES = 20  # of seeds, for a run that leaves something to ask


@dataclass(frozen=True)
class Posed:
    """A question about one run."""

    asked: Asked
    run: Run
    question: Question

    @property
    def command(self) -> str:
        """What runs the lesson as it was run here."""
        return command_line(self.run.lesson, changes(self.run.params))

    def sentence(self, part: str, guess: Guess | None = None) -> Phrase:
        """Return the scene, ask, hint, look or claim; the last two know the guess and the truth."""
        answer, question = self.question.answer, self.question
        key, values = f"question.{self.asked.id}.{part}", dict(question.values)
        if part in ("look", "claim"):
            key += f".{question.variant}" if question.variant else ""
            values |= {**question.found, "truth": answer.typed(answer.truth)}
            values["guess"] = "–" if guess is None else answer.typed(guess)
        return Phrase(key, values)

    def right(self, guess: Guess) -> bool:
        """Return whether a guess is near enough; that of a setting is tried."""
        answer = self.question.answer
        if isinstance(answer, Setting):
            tried = self.tried(float(guess))
            return bool(answer.reached(tried.params, tried.result))
        return answer.right(guess)

    def tried(self, value: float) -> Run:
        """Run the lesson again with a value of the parameter that is to be found."""
        answer = self.question.answer
        assert isinstance(answer, Setting)
        given = {**changes(self.run.params), answer.parameter: answer.typed(value)}
        return run(self.run.lesson, no_tick, False, **given)

    def figures(self, guess: Guess | None) -> Sequence[Plot | Panels]:
        """Return what is drawn: before the guess, or with the guess and the truth."""
        return self.question.figures(guess)


def seed_from(name: str) -> int:
    """Return the seed of a name: another for every student, and the same one again."""
    return crc32(name.strip().casefold().encode()) % SEEDS


def asked_of(lesson: str) -> Sequence[Asked]:
    """Return the questions of a lesson, in their order."""
    page = lessons.find(lesson)
    return page.lesson(fill(page.Params, {})).questions


def pose(lesson: str, asked: Asked, seed: int, own: Mapping[str, Any]) -> Posed:
    """Return a question on a fresh run: of this seed or, where its run leaves nothing to ask, a later one.

    own is what the learner gives of the lesson's parameters. Raises InputError where nothing can be asked.
    """
    import numpy as np

    for again in range(TRIES):
        rng = np.random.default_rng([seed, crc32(asked.id.encode()), again])
        given = dict(asked.given(rng) if callable(asked.given) else asked.given)
        own_seed = int(rng.integers(SEEDS))
        finished = run(lesson, no_tick, False, **{"seed": own_seed, **given, **own})
        question = asked.question(finished.params, finished.result, rng)
        if question is not None:
            return Posed(asked, finished, question)
    raise InputError(phrase("learn.nothing", question=asked.id))


def posed(lesson: str, seed: int, own: Mapping[str, Any]) -> list[Posed]:
    """Return a lesson's questions, each on a run of its own."""
    return [pose(lesson, asked, seed, own) for asked in asked_of(lesson)]


def document(
    lesson: str, seed: int, posed: Sequence[Posed], guesses: Sequence[Guess], rights: Sequence[bool]
) -> dict[str, Any]:
    """Return the questions as plain values in English; with guesses, also what is true and who is right."""
    words = lessons.words(lesson, FALLBACK)
    questions = []
    for place, one in enumerate(posed):
        answer = one.question.answer
        told: dict[str, Any] = {"id": one.asked.id, "kind": answer.kind}
        told |= {part: words.say(one.sentence(part)) for part in ("scene", "ask", "hint")}
        if isinstance(answer, Letters):
            told["among"] = answer.among
        else:
            told |= {"low": answer.low, "high": answer.high}
        if isinstance(answer, Amount):
            told |= {"factor": answer.factor, "distance": answer.distance}
        if place < len(guesses):
            guess = guesses[place]
            told |= {"guess": guess, "truth": answer.typed(answer.truth), "right": rights[place]}
            told["command"] = one.command
        questions.append(told)
    return {
        "schema_version": SCHEMA_VERSION,
        "lesson": lessons.called(lesson),
        "seed": seed,
        "questions": questions,
    }


def read(posed: Sequence[Posed], text: str) -> list[Guess]:
    """Return the guesses of a line parted by ; or of several lines, in the questions' order.

    Raises InputError for another number of them, or one that cannot be read.
    """
    given = [part for line in text.strip().splitlines() for part in line.split(";")]
    if len(given) != len(posed):
        raise InputError(phrase("learn.count", given=len(given), wanted=len(posed)))
    guesses = []
    for place, (one, part) in enumerate(zip(posed, given, strict=True), 1):
        guess = one.question.answer.read(part)
        if guess is None:
            what = kind(one)
            raise InputError(phrase("learn.unreadable", place=place, given=part.strip(), accepted=what))
        guesses.append(guess)
    return guesses


def tolerance(answer: Amount | Setting) -> tuple[float, float]:
    """Return the least and the largest guess that is right; of a setting, what is known to do."""
    if isinstance(answer, Setting):
        return answer.truth, answer.truth
    low, high = sorted((answer.truth / answer.factor, answer.truth * answer.factor))
    return low - answer.distance, high + answer.distance


def kind(posed: Posed) -> Phrase:
    """Return what an answer looks like."""
    answer = posed.question.answer
    if isinstance(answer, Letters):
        return phrase("learn.kind.letters", among=answer.among, count=len(answer.truth))
    low, high = answer.typed(answer.low), answer.typed(answer.high)
    return phrase(f"learn.kind.{answer.kind}", low=low, high=high)
