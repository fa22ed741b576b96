"""Questions in a page: each is guessed on an axis, or among letters, before its answer is uncovered.

Without the script the answer is folded; on a printed sheet it is left out, or written for the key.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from mlbasics import lessons
from mlbasics.formats.figures import Figures
from mlbasics.formats.pieces import Html, fill
from mlbasics.kit.question import Letters
from mlbasics.posing import Posed, kind, tolerance
from mlbasics.words import Words, phrase

STEPS = 1000  # places of a slider


def questions(
    posed: Sequence[Posed], lang: str, *, head: str = "h2", key: bool | None = None
) -> Iterator[Html]:
    """Yield each question with its answer covered; for a sheet (key) with room for it, or with it."""
    for place, one in enumerate(posed, 1):
        words = lessons.words(one.run.lesson, lang)
        title = words.say(phrase("learn.place", place=place, count=len(posed)))
        answer = _guessed(one, words) if key is None else fill("blank") if not key else _answer(one, words)
        yield fill(
            "question",
            head=head,
            title=title,
            scene=words.say(one.sentence("scene")),
            figures=map(Figures(words).still, one.figures(None)),
            ask=words.say(one.sentence("ask")),
            kind=words.say(kind(one)),
            answer=answer,
        )


def _answer(posed: Posed, words: Words) -> Html:
    """Return the truth drawn, where to look, and what is earned."""
    truth = posed.question.answer.truth
    return fill(
        "truth",
        said=words.say(phrase("learn.shown", truth=posed.question.answer.typed(truth))),
        figures=map(Figures(words).still, posed.figures(truth)),
        look=words.say(posed.sentence("look", truth)),
        claim=words.say(posed.sentence("claim", truth)),
    )


def _guessed(posed: Posed, words: Words) -> Html:
    """Return what takes a guess, and the answer that it uncovers."""
    answer = posed.question.answer
    rest = {"show": words["learn.show"], "truth": _answer(posed, words)}
    if isinstance(answer, Letters):
        choices = [fill("option", letter=letter) for letter in answer.among]
        names = (f"{words['learn.letter']} {i + 1}" for i in range(len(answer.truth)))
        selects = [fill("select", name=name, choices=choices) for name in names]
        return fill("guess of letters", right=answer.truth, selects=selects, **rest)
    least, most = tolerance(answer)
    middle = math.sqrt(answer.low * answer.high) if answer.log else (answer.low + answer.high) / 2
    return fill(
        "guess of a number",
        scale="log" if answer.log else "linear",
        least=f"{least:.6g}",
        most=f"{most:.6g}",
        right=f"{answer.truth:.6g}",
        low=answer.typed(answer.low),
        high=answer.typed(answer.high),
        steps=STEPS,
        name=words["learn.guess"],
        first=answer.typed(middle),
        **rest,
    )
