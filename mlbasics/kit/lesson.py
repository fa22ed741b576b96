"""A lesson: what is measured, claimed and shown, each checked against its Params, Source and Result."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from mlbasics.kit.claims import Claim, Verdict
from mlbasics.kit.dial import Dial
from mlbasics.kit.question import Asked
from mlbasics.kit.report import Block
from mlbasics.kit.story import Look, Tick

if TYPE_CHECKING:
    from numpy.random import Generator

P = TypeVar("P")
S = TypeVar("S")
R = TypeVar("R")


@dataclass(frozen=True, kw_only=True)
class Lesson(Generic[P, S, R]):
    """The functions of a lesson, for its Params P, its source of data S and its Result R.

    simulate does no input or output, and all its randomness is the Generator's.  A claim is a function whose
    name is the claim's id and whose docstring is its rule; the headlines, or all where none is named, carry
    the lesson.  details returns the Result with its detail() fields filled in, which only more shows.
    """

    simulate: Callable[[P, S, Generator, Tick], R]
    claims: Sequence[Callable[[P, R], Verdict]]
    look: Callable[[P, R], Look]
    source: Callable[[P, Any], S] | None = None  # of the learner's columns, or None; without it S is these
    details: Callable[[P, S, R, Generator, Tick], R] | None = None
    more: Callable[[P, R], Sequence[Block]] | None = None
    dial: Callable[[P, R], Dial | None] | None = None
    headlines: Sequence[Callable[[P, R], Verdict]] = ()
    questions: Sequence[Asked] = ()
    variant: str = ""  # a lesson with several tells the same claims in words whose keys end in its name

    def judge(self, params: P, result: R, whole: bool = True) -> list[Claim]:
        """Judge a run by every claim; where it is not whole, by the headlines."""
        headlines, end = self.headlines or self.claims, f".{self.variant}" if self.variant else ""
        judged = []
        for rule in self.claims if whole else headlines:
            name = rule.__name__.replace("_", "-")
            claim = Claim(name, *rule(params, result), key=name + end, headline=rule in headlines)
            judged.append(claim)
        return judged


def draws(rng: Generator, *kinds: str) -> dict[str, Generator]:
    """Return a generator for each kind of draw, so that no option moves what another draws.

    The order counts: a kind that is added last moves none of the others.
    """
    return dict(zip(kinds, rng.spawn(len(kinds)), strict=True))
