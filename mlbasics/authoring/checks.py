"""What every lesson keeps: the contract, checked on any lesson, one line a check."""

from __future__ import annotations

import json
import string
from collections import Counter
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from rich.cells import cell_len

from mlbasics import lessons
from mlbasics.formats import render
from mlbasics.formats.json import document
from mlbasics.formats.schema import schema
from mlbasics.formats.view import View
from mlbasics.kit.params import fill, parameters
from mlbasics.kit.story import no_tick
from mlbasics.posing import Posed, asked_of, pose
from mlbasics.render.terminal import Terminal
from mlbasics.runs import run
from mlbasics.words import FALLBACK, languages

SIZES = ((80, 24), (100, 40), (120, 45))
HOLDS = 0.99  # of the seeds on which a claim can be judged
MOST_ALIKE = 0.6  # of the seeds that one answer may be right on
ASKED = 20  # seeds of a question


class Outcome(NamedTuple):
    """A check, what was measured, and whether it is kept."""

    id: str
    kept: bool
    found: str = ""


def checks(name: str, seeds: int = 100) -> Iterator[Outcome]:
    """Check a lesson; each check is measured as it is asked for."""
    yield _sentences(name)
    yield _same_seed(name)
    yield _draws(name)
    yield _schema(name)
    yield _claims(name, seeds)
    for size in SIZES:
        yield _look(name, *size)
    yield _dial(name)
    yield from (_question(name, place) for place in range(len(asked_of(name))))


def _sentences(name: str) -> Outcome:
    """Check that no sentence is missing, and that a language has those of English, with the same values."""
    english, words = _told(name, FALLBACK), lessons.words(name, FALLBACK)
    wrong = [f"en: no {key}" for key in _due(name) if key not in words]
    wrong += [f"{claim}: no docstring" for claim, rule in lessons.rules(name).items() if not rule]
    for lang in languages():
        if other := _told(name, lang):  # a language that has none is English throughout
            wrong += [f"{lang}: no {key}" for key in english.keys() - other.keys()]
            wrong += [f"en: no {key}, as in {lang}" for key in other.keys() - english.keys()]
            both = english.keys() & other.keys()
            wrong += [
                f"{lang}: other values in {key}"
                for key in both
                if _values(english[key]) != _values(other[key])
            ]
    return Outcome("sentences", not wrong, ", ".join(sorted(wrong)) or str(len(english)))


def _due(name: str) -> list[str]:
    """Return the keys of what every lesson says: of itself, options, suggestions, claims and questions."""
    finished = run(name)
    options = (f"option.{f.name}" for f in parameters(type(finished.params)))
    tried = (suggestion.why.key for suggestion in finished.report.suggestions)
    claimed = (f"{part}.{claim.key}" for claim in finished.claims for part in ("claim", "evidence"))
    asked = (f"question.{one.id}.{part}" for one in asked_of(name) for part in ("scene", "ask", "hint"))
    return ["question", "summary", "explain", *options, *tried, *claimed, *asked]


def _told(name: str, lang: str) -> dict[str, str]:
    """Return a lesson's sentences but for its rules, which in English are docstrings."""
    return {key: said for key, said in lessons.own_words(name, lang).items() if not key.startswith("rule.")}


def _values(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def _same_seed(name: str) -> Outcome:
    """Check that the same seed gives the same JSON, and another seed another."""
    once, again, other = (document(run(name, seed=seed)) for seed in (1, 1, 2))
    json.dumps(once, allow_nan=False)
    same, differs = once == again, once["result"] != other["result"]
    return Outcome("seed", same and differs, "" if same and differs else "1, 1" if not same else "1, 2")


def _draws(name: str) -> Outcome:
    """Check that every kind of draw has a generator of its own, and the given one draws nothing."""
    page = lessons.find(name)
    params = fill(page.Params, {})
    lesson, rng = page.lesson(params), np.random.default_rng(1)
    before = rng.bit_generator.state
    lesson.simulate(params, lesson.source(params, None) if lesson.source else None, rng, no_tick)
    return Outcome("draws", rng.bit_generator.state == before)


def _schema(name: str) -> Outcome:
    """Check that the JSON fits its schema, where the package that judges it is installed."""
    if find_spec("jsonschema") is None:
        return Outcome("schema", True, "pip install jsonschema")
    from jsonschema import Draft202012Validator

    error = next(Draft202012Validator(schema(name)).iter_errors(document(run(name))), None)
    return Outcome("schema", error is None, "" if error is None else f"{error.json_path}: {error.message}")


def _claims(name: str, seeds: int) -> Outcome:
    """Check that at the defaults a claim is false on at most one of a hundred seeds, and holds on most."""
    holds: dict[str, Counter[bool | None]] = {}
    for seed in range(seeds):
        for claim in run(name, seed=seed).claims:
            holds.setdefault(claim.id, Counter())[claim.holds] += 1
            if not claim.holds and claim.reason is None:
                return Outcome("claims", False, f"{claim.id}: {claim.holds} without a reason (--seed {seed})")
    kept = all(count[True] >= HOLDS * (seeds - count[None]) > 0 for count in holds.values())
    return Outcome(
        "claims", kept, ", ".join(f"{claim} {count[True]}/{seeds}" for claim, count in holds.items())
    )


def _look(name: str, width: int, height: int) -> Outcome:
    """Check that the look is no wider and no higher than the terminal, in every language."""
    finished, found = run(name, no_tick, False), []
    for lang in languages():
        text = render("text", finished, View(Terminal(width, lang=lang, height=height)))
        rows, wide = text.count("\n"), max(map(cell_len, text.split("\n")))
        if rows > height or wide > width:
            found.append(f"{lang}: {wide} x {rows}")
    return Outcome("look", not found, ", ".join([f"{width} x {height}", *found]))


def _dial(name: str) -> Outcome:
    """Check that every position of the dial shows something else, and the look one of them."""
    dial = run(name).dial
    if dial is None:
        return Outcome("dial", True, "–")
    frames = list(dial.frames)
    others = all(a != b for a, b in pairwise(frames))
    kept = others and len(set(dial.positions)) == len(frames)
    return Outcome("dial", kept and dial.look in frames, str(len(frames)))


def _question(name: str, place: int) -> Outcome:
    """Check that the truth is judged right, that no answer is right on most seeds, and "yes" is none."""
    asked = asked_of(name)[place]
    posed = [pose(name, asked, seed, {}) for seed in range(ASKED)]
    for part in ("scene", "ask", "hint", "look", "claim"):
        for words in (lessons.words(name, lang) for lang in languages()):
            words.say(posed[0].sentence(part))
    answers = [one.question.answer for one in posed]
    truths = [answer.typed(answer.truth) for answer in answers]
    read = [answer.read(truth) for answer, truth in zip(answers, truths, strict=True)]
    kept = all(guess is not None and one.right(guess) for one, guess in zip(posed, read, strict=True))
    kept &= all(answer.read(text) is None for answer in answers for text in ("", "yes"))
    most = max(_right(posed, truth) for truth in set(truths)) / ASKED
    return Outcome(asked.id, kept and most <= MOST_ALIKE, f"{most:.0%}")


def _right(posed: list[Posed], truth: str) -> int:
    """Return on how many of the seeds one answer is right."""
    guesses = [(one, one.question.answer.read(truth)) for one in posed]
    return sum(guess is not None and one.right(guess) for one, guess in guesses)
