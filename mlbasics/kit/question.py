"""Questions: what a learner expects, said before it is seen.

A question is a function of a run, as a figure is; its name is the question's id, and its docstring names the
misconception that it meets and where that is described:

    def times_worse(params: Params, result: Result, rng: Generator) -> Question | None:
        ratio = float(result.test_mse[-1] / result.test_mse.min())
        answer = Amount(ratio, 1, 1000, factor=2, log=True)
        return Question(answer, lambda guess: [points(result) if guess is None else curves(result)])

    Lesson(…, questions=(Asked(times_worse), Asked(which_degree, {"n_train": 30})))

Its sentences are in the lesson's words: question.ID.scene and .ask and .hint, which know of values alone,
then .look (where to look) and .claim (what is earned), which know of values, found, {guess} and {truth}.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from mlbasics.kit.params import option_name
from mlbasics.kit.report import Panels, Plot
from mlbasics.words import Phrase

if TYPE_CHECKING:
    from numpy.random import Generator

Guess = float | str
"""What a learner expects: a number, or letters."""

NUMBER = re.compile(r"[^\d.+-]*([+-]?(?:\d[\d,]*\.?\d*|\.\d+)(?:e[+-]?\d+)?)[^\d]*", re.IGNORECASE)
"""One number, with words or a unit around it: about 13 times."""


@dataclass(frozen=True)
class Amount:
    """A number on an axis from low to high, which do not tell it: right within a factor or a distance."""

    kind: ClassVar[str] = "number"
    truth: float
    low: float
    high: float
    factor: float = 1.0
    distance: float = 0.0
    log: bool = False
    whole: bool = False

    def read(self, text: str) -> float | None:
        """Return the number that was typed; None where there is none."""
        found = NUMBER.fullmatch(text.strip())
        return None if found is None else float(found[1].replace(",", ""))

    def right(self, guess: Guess) -> bool:
        """Return whether a guess is near enough."""
        low, high = sorted((self.truth / self.factor, self.truth * self.factor))
        return low - self.distance <= float(guess) <= high + self.distance

    def typed(self, value: Guess) -> str:
        """Return a number as it is typed: whole, or of three digits."""
        return _typed(float(value), self.whole)


class Place(Amount):
    """A place on the x axis of the question's first figure."""

    kind: ClassVar[str] = "place"


@dataclass(frozen=True)
class Letters:
    """As many letters as truth has, each of a picture or of a place on a curve: A, B, C in shuffled order."""

    kind: ClassVar[str] = "letters"
    truth: str
    among: str

    def read(self, text: str) -> str | None:
        """Return the letters that were typed, without what parts them; None where they are others."""
        letters = re.sub(r"[\s,;/.-]", "", text).upper()
        return letters if len(letters) == len(self.truth) and set(letters) <= set(self.among) else None

    def right(self, guess: Guess) -> bool:
        """Return whether every letter is where it belongs."""
        return guess == self.truth

    def typed(self, value: Guess) -> str:
        """Return the letters."""
        return str(value)


@dataclass(frozen=True)
class Setting:
    """The value of a parameter that brings a run to what is asked, found by trying.

    truth is one that does; reached says whether a run does, said what is told of a run that was tried.
    """

    kind: ClassVar[str] = "setting"
    parameter: str
    truth: float
    low: float
    high: float
    reached: Callable[[Any, Any], bool]  # of a run's params and result
    said: Callable[[Any, Any], Phrase]
    figures: Callable[[Any, Any], Sequence[Plot | Panels]]
    log: bool = False
    whole: bool = False

    def read(self, text: str) -> float | None:
        """Return the value that was typed, with the option's name before it or not; None where it is none."""
        bare = re.sub(rf"^\s*(--)?{option_name(self.parameter)[2:]}\b", "", text)
        found = NUMBER.fullmatch(bare.strip())
        value = None if found is None else float(found[1].replace(",", ""))
        return value if value is not None and self.low <= value <= self.high else None

    def typed(self, value: Guess) -> str:
        """Return a value as it is typed."""
        return _typed(float(value), self.whole)


def _typed(value: float, whole: bool) -> str:
    return f"{value:.0f}" if whole or abs(value) >= 1000 else f"{value:.3g}"


Answer = Amount | Place | Letters | Setting


@dataclass(frozen=True)
class Question:
    """What is asked about one run: the answer, and the figures before the guess (None) and with it."""

    answer: Answer
    figures: Callable[[Any], Sequence[Plot | Panels]]
    values: Mapping[str, object] = field(default_factory=dict)  # in its sentences; never the answer
    found: Mapping[str, object] = field(default_factory=dict)  # in those that follow the guess
    variant: str = ""  # look and claim in other words, whose keys end in it, where the answer is of this kind


class Asked(NamedTuple):
    """A question, and the parameters of the run it is asked about: some, or drawn anew.

    It returns None where this run leaves nothing to ask, as when the answer is at the edge of its tolerance:
    then another seed is drawn.
    """

    question: Callable[[Any, Any, Generator], Question | None]
    given: Mapping[str, object] | Callable[[Generator], Mapping[str, object]] = {}  # noqa: RUF012

    @property
    def id(self) -> str:
        """Its name in every language."""
        return self.question.__name__.replace("_", "-")
