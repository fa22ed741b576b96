"""Claims: the sentences a textbook would say, each judged on one run by a rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, NamedTuple

from mlbasics.words import Phrase


class Claim(NamedTuple):
    """A textbook sentence judged on one run: holds is None where the run cannot tell."""

    id: str
    holds: bool | None
    evidence: Mapping[str, float | int]
    reason: (
        Phrase | None
    )  # why not, where it does not hold; where it does, what to know before it is believed
    key: str  # the words files' name for it: the id, and the variant of the lesson if it has any
    headline: bool = False  # one of the three that carry the lesson

    @property
    def verdict(self) -> Phrase | None:
        """What is said before a claim that does not hold, that this run cannot judge, or that holds but."""
        if self.holds:
            return self.reason
        return Phrase("verdict.unknown" if self.holds is None else "verdict.unseen")

    @property
    def excuse(self) -> Phrase | None:
        """What is said behind a claim that does not hold: why not."""
        return None if self.holds else self.reason

    @property
    def statement(self) -> Phrase:
        """The claim itself."""
        return Phrase(f"claim.{self.key}")

    @property
    def sentence(self) -> Phrase:
        """The claim as it stands behind its verdict: quoted where it is not affirmed."""
        return self.statement if self.holds else Phrase("verdict.quoted", {"statement": self.statement})

    @property
    def grounds(self) -> Phrase | None:
        """The evidence in words, where there is a verdict to ground."""
        return None if self.holds is None else Phrase(f"evidence.{self.key}", self.evidence)


Verdict = tuple[bool | None, Mapping[str, float | int], Phrase | None]
"""Whether a claim holds (None: this run cannot tell), on what evidence, and why not, or with what reserve."""


Rule = Callable[[Any, Any], Verdict]
"""rule(params, result): its name is the claim's id, its docstring the rule in words."""


def judged(evidence: Mapping[str, float | int], *rows: tuple[object, bool | None, Phrase | None]) -> Verdict:
    """Return the verdict of the first row that applies: whether it does, whether the claim holds, why."""
    return next((holds, evidence, reason) for applies, holds, reason in rows if applies)


def needs_truth(rule: Rule) -> Rule:
    """Return the rule for a claim that only a known truth can decide: on own data the run cannot tell."""

    @wraps(rule)
    def judged(params: Any, result: Any) -> Verdict:
        if result.origin is None:
            return rule(params, result)
        return None, {}, Phrase("because.own-data")

    return judged
