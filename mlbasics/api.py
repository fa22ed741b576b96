"""One run of a lesson: from its name and parameters to its result, its claims, and what is shown of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mlbasics import formats
from mlbasics import lesson as lessons
from mlbasics.formats import View
from mlbasics.kinds import InputError, no_such
from mlbasics.lesson import Claim
from mlbasics.phrase import phrase
from mlbasics.terminal import Color, Terminal
from mlbasics.words import Words, load

if TYPE_CHECKING:
    from mlbasics.report import Report

SCHEMA_VERSION = 1


@dataclass(frozen=True)
class Run:
    """A finished run; printing it, or leaving it at the end of a notebook cell, shows its screen."""

    lesson: str
    params: Any
    result: Any
    claims: list[Claim]

    def report(self) -> Report:
        """Return what the lesson shows of this run."""
        from mlbasics.report import Report

        story = lessons.part(self.lesson, "show")(self.params, self.result)
        return Report(self.lesson, story.setup, story.blocks, self.claims, list(story.suggestions))

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON document: plain numbers, lists and English sentences, whatever the language."""
        from mlbasics import __version__
        from mlbasics.formats.json import plain

        words = load("en", self.lesson)
        return {
            "schema_version": SCHEMA_VERSION,
            "lesson": self.lesson,
            "version": __version__,
            "params": plain(self.params),
            "result": plain(self.result),
            "claims": [_claim(claim, words) for claim in self.claims],
        }

    def to_text(
        self, width: int = 80, lang: str = "en", *, color: Color = None, ascii_only: bool = False
    ) -> str:
        """Return the screen, each line at most width cells wide."""
        return self.render("text", View(Terminal(width, color, ascii_only, lang)))

    def render(self, format: str, view: View | None = None) -> str:
        """Return the run as text, json, csv, markdown, html or svg; unless told as for a pipe, in English."""
        how = view or View()
        return formats.find(format).render(self, load(how.terminal.lang, self.lesson), how)

    def __str__(self) -> str:
        return self.to_text()

    def _repr_html_(self) -> str:
        from mlbasics.formats.html import fragment

        return fragment(self.report(), load("en", self.lesson))


def _claim(claim: Claim, words: Words) -> dict[str, Any]:
    from mlbasics.formats.json import plain

    evidence = plain(claim.evidence)
    if claim.reason is not None:
        evidence["reason"] = words.say(claim.reason)
    return {
        "id": claim.id,
        "statement": words[f"claim.{claim.told}"],
        "holds": claim.holds,
        "evidence": evidence,
    }


def run(name: str, /, tick: lessons.Tick = lessons.no_tick, **given: object) -> Run:
    """Run a lesson with what is given of its parameters and defaults for the rest.

    Raises InputError, a ValueError of one sentence, for a lesson, parameter or value that does not exist.
    """
    if name not in lessons.names():
        raise no_such("error.lesson", name, lessons.names())
    params = lessons.fill(lessons.find(name).Params, given)
    simulate, judge = lessons.part(name, "simulate"), lessons.part(name, "judge")

    import numpy as np
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):  # threads would share out the sums, and so round them, by their number
        result = simulate(params, np.random.default_rng(params.seed), tick, *_own_data(params))
    return Run(name, params, result, judge(params, result))


def _own_data(params: Any) -> tuple[Any, ...]:
    """Return the columns of the learner's data, for a lesson that takes --data and was given it."""
    source = getattr(params, "data", None)
    if source is None:
        for name in lessons.OWN_DATA[1:]:
            if getattr(params, name, None) is not None:
                raise InputError(phrase("error.alone", option=lessons.option_name(name), other="--data"))
        return ()
    from mlbasics.data import read

    return (read(source),)
