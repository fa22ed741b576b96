"""What learn does: ask in a terminal, or write the questions, a sheet of them, or what answers are worth."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from mlbasics import formats, lessons
from mlbasics.formats import html
from mlbasics.formats.questions import questions
from mlbasics.formats.view import View
from mlbasics.kit.errors import InputError
from mlbasics.kit.question import Asked, Guess
from mlbasics.kit.story import no_tick
from mlbasics.learn import memory, screen
from mlbasics.learn.session import Talk, session
from mlbasics.posing import SEEDS, Posed, asked_of, document, posed, read
from mlbasics.render.terminal import Terminal
from mlbasics.runs import run
from mlbasics.words import phrase


def held(seed: int | None, own: Mapping[str, Any], talk: Talk, carry: str) -> None:
    """Ask in a terminal what is due of a lesson; at its end show its look."""
    name = talk.lesson
    asked = {one.id: one for one in _asked(name)}
    plan = [asked[due] for due in memory.due(name, list(asked), datetime.now(UTC)) or asked]
    if session(plan, random.SystemRandom().randrange(SEEDS) if seed is None else seed, own, talk):
        talk.say(phrase("learn.done", lesson=name))
        talk.write(formats.render("text", run(name, no_tick, False, **own), View(talk.inspect(), carry)))


def written(
    lesson: str, seed: int, own: Mapping[str, Any], terminal: Terminal, answers: str | None, as_json: bool
) -> tuple[str, int]:
    """Return a lesson's questions as text or JSON, and 0; with answers also what is right, and 1 if not all.

    Raises InputError for answers that cannot be read.
    """
    _asked(lesson)
    asked = posed(lesson, seed, own)
    guesses = [] if answers is None else read(asked, answers)
    rights = [one.right(guess) for one, guess in zip(asked, guesses, strict=False)]
    if as_json:
        text = json.dumps(document(lesson, seed, asked, guesses, rights)) + "\n"
    else:
        text = "\n".join(_parts(asked, guesses, rights, terminal))
    return text, int(not all(rights))


def sheet(
    lesson: str, seed: int, own: Mapping[str, Any], terminal: Terminal, *, key: bool, markdown: bool
) -> str:
    """Return the questions as a sheet to print, with room for the answers or, for the key, with them."""
    asked = posed(lesson, seed, own)
    if not markdown:
        return html.sheet(lessons.called(lesson), questions(asked, terminal.lang, key=key), terminal)
    parts = []
    for place, one in enumerate(asked):
        parts.append(screen.question(one, place + 1, len(asked), terminal))
        truth = one.question.answer.truth
        parts.append(screen.answer(one, truth, True, terminal) if key else f"\n{'_' * 20}\n")
    return "".join(f"```text\n{part}```\n" for part in parts)


def _parts(
    asked: Sequence[Posed], guesses: Sequence[Guess], rights: Sequence[bool], terminal: Terminal
) -> Iterator[str]:
    for place, one in enumerate(asked):
        yield screen.question(one, place + 1, len(asked), terminal)
        if guesses:
            yield screen.answer(one, guesses[place], rights[place], terminal)


def _asked(lesson: str) -> Sequence[Asked]:
    """Return a lesson's questions; raise InputError where it has none."""
    if asked := asked_of(lesson):
        return asked
    raise InputError(phrase("learn.none", lesson=lesson))


def stopped_at() -> str:
    """Return the lesson where the learner stopped: the first of which something is to be asked."""
    now = datetime.now(UTC)
    left = (name for name in lessons.COURSE if memory.due(name, [one.id for one in asked_of(name)], now))
    return next(left, lessons.COURSE[0])
