"""What a lesson is: parameters that know their range, an experiment, its claims, and where lessons are found.

A lesson is a module (or package) of mlbasics.lessons: its ORDER, its Params, and simulate, judge and show.
Importing it must be cheap, so that help and completion stay quick: NumPy is loaded by simulate.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import Field, field, fields, replace
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar, cast

from mlbasics.kinds import Accepts, no_such
from mlbasics.phrase import Phrase

if TYPE_CHECKING:
    from mlbasics.report import Block, Suggestion

Tick = Callable[[int, int], None]
"""Called with (done, total) as a long simulation advances."""


def no_tick(done: int, total: int) -> None:
    """Let a simulation go on without telling anyone how far it is."""


class Depends:
    """A default that follows from an earlier parameter: Depends("task", regression=30, ...)."""

    def __init__(self, on: str, /, **defaults: object) -> None:
        self.on = on
        self.defaults = defaults


def parameter(default: object, accepts: Accepts) -> Any:
    """Declare a field of a lesson's Params: its default and what it accepts."""
    return field(default=default, metadata={"accepts": accepts})


def option_name(name: str) -> str:
    """Return the command-line spelling of a parameter: n_train is --n-train."""
    return "--" + name.replace("_", "-")


def typed(lesson: str, options: Mapping[str, object], carry: str = "") -> str:
    """Return the command that runs a lesson with these options, as it is typed."""
    given = " ".join(f"{option_name(name)} {shlex.quote(str(value))}" for name, value in options.items())
    return " ".join(filter(None, ["mlbasics", lesson, given, carry]))


def accepts(parameter: Field[Any]) -> Accepts:
    """Return what a field made by parameter() accepts."""
    return cast("Accepts", parameter.metadata["accepts"])


P = TypeVar("P")


def fill(params: type[P], given: Mapping[str, object]) -> P:
    """Return params with every default filled in; raise InputError for a name or value it does not accept."""
    known = fields(cast(Any, params))
    for name in given:
        if name not in {f.name for f in known}:
            options = tuple(option_name(f.name) for f in known)
            raise no_such("error.option", option_name(name), options)
    values: dict[str, object] = {}
    for f in known:
        value = given.get(f.name, f.default)
        if isinstance(value, Depends):
            value = value.defaults[str(values[value.on])]
        values[f.name] = accepts(f).accept(option_name(f.name), value)
    return params(**values)


class Story(NamedTuple):
    """What a lesson shows of a run: the sentence that sets the scene, the blocks, and what to try next."""

    setup: Phrase
    blocks: list[Block]
    suggestions: list[Suggestion]


def suggest(candidates: Sequence[Suggestion], params: object) -> list[Suggestion]:
    """Return the first three candidates that would change this run, to be tried on the same data."""
    changing = [s for s in candidates if any(getattr(params, k) != v for k, v in s.options.items())]
    own = {name: value for name in OWN_DATA if (value := getattr(params, name, None)) is not None}
    if own.get("data") == "-":  # what was on standard input is gone
        own = {}
    return [replace(s, options=own | dict(s.options)) for s in changing[:3]]


OWN_DATA = ("data", "x", "y")
"""The options of a lesson that takes the learner's own data."""


class Lesson(Protocol):
    """The face of a module in mlbasics.lessons.

    It has three functions too: simulate(params, rng, tick), which runs the experiment with no input or output
    and all randomness from rng, and takes the learner's columns as a fourth where Params has data;
    judge(params, result), a list of claims; and show(params, result), a Story.  A package may keep each in
    a file of its own, which part() finds.
    """

    ORDER: int
    Params: type[Any]


FILES = {"simulate": "experiment", "judge": "claims", "show": "screen"}


def names() -> tuple[str, ...]:
    """Return the lessons' names in learning order."""
    folder = Path(__file__).with_name("lessons")
    found = [p.stem for p in folder.iterdir() if not p.name.startswith((".", "_"))]
    return tuple(sorted((name.replace("_", "-") for name in found), key=lambda name: find(name).ORDER))


def find(name: str) -> Lesson:
    """Return the lesson of that name, as names() spells it."""
    return cast(Lesson, import_module("mlbasics.lessons." + name.replace("-", "_")))


def part(name: str, function: str) -> Callable[..., Any]:
    """Return a lesson's simulate, judge or show: its own, or that of the file of its package."""
    lesson = find(name)
    module = cast(ModuleType, lesson).__name__
    own = getattr(lesson, function, None) or getattr(import_module(f"{module}.{FILES[function]}"), function)
    return cast(Callable[..., Any], own)


class Claim(NamedTuple):
    """A textbook sentence judged on one run: holds is None where the run cannot tell."""

    id: str
    holds: bool | None
    evidence: Mapping[str, float | int]
    reason: Phrase | None  # why not, where it does not hold
    told: str  # the words files' name for it: the id, and the variant of the lesson if it has any

    @property
    def verdict(self) -> Phrase | None:
        """What is said before a claim that does not hold, or that this run cannot judge."""
        if self.holds:
            return None
        return Phrase("verdict.unknown" if self.holds is None else "verdict.unseen")

    @property
    def statement(self) -> Phrase:
        """The claim itself."""
        return Phrase(f"claim.{self.told}")

    @property
    def grounds(self) -> Phrase | None:
        """The evidence in words, where there is a verdict to ground."""
        return None if self.holds is None else Phrase(f"evidence.{self.told}", self.evidence)


Verdict = tuple[bool | None, Mapping[str, float | int], Phrase | None]
"""Whether a claim holds (None: this run cannot tell), on what evidence, and, where it does not, why not."""


def judge_by(
    rules: Sequence[Callable[[Any, Any], Verdict]], params: object, result: object, variant: str = ""
) -> list[Claim]:
    """Judge a run by each rule; the function's name is the claim's id, its docstring the rule in words.

    A variant of a lesson tells the same claims in its own words, whose keys end in the variant's name.
    """
    ids = [rule.__name__.replace("_", "-") for rule in rules]
    end = f".{variant}" if variant else ""
    return [Claim(i, *rule(params, result), told=i + end) for i, rule in zip(ids, rules, strict=True)]
