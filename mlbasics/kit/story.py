"""A lesson's story of one run: the scene, what is shown, and what to try next."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import Field, field, fields
from typing import Any, NamedTuple

from mlbasics.kit.errors import InputError
from mlbasics.kit.kinds import Choice
from mlbasics.kit.params import OWN_DATA, LessonParams, accepts, changes, fill, option_name, parameters
from mlbasics.kit.report import Panels, Plot, Suggestion, Table
from mlbasics.words import Phrase

Tick = Callable[[int, int], None]
"""Called with (done, total) as a long simulation advances."""


def no_tick(done: int, total: int) -> None:
    """Let a simulation go on without telling anyone how far it is."""


def detail() -> Any:
    """Declare a field of a Result that the lesson's details() fills in; None until then."""
    return field(default=None)


def picture() -> Any:
    """Declare a field of a Result that only pictures need; JSON leaves it out."""
    return field(metadata={"picture": True})


def told(result: Any) -> list[Field[Any]]:
    """Return the fields of a dataclass, or of one of its values, that JSON tells."""
    return [f for f in fields(result) if not f.metadata.get("picture")]


class Look(NamedTuple):
    """What a lesson shows of a run on one screen.

    Of the heroes the first makes the point and is always there; the others join it, in order, for room.
    """

    scene: Phrase  # one sentence, in words
    heroes: Sequence[Plot | Panels]
    table: Table | None  # of two to four rows and as many columns
    suggestions: list[Suggestion]  # the first is the one thing to try; its why is a question


def suggest(candidates: Sequence[Suggestion], params: LessonParams) -> list[Suggestion]:
    """Return the first three candidates that would change this run, each one change of the lesson.

    What the learner has set stays where it says which lesson this is: own data, the seed, and the first
    parameter where that is a choice.
    """
    first = parameters(type(params))[0]
    stays = {"seed", *OWN_DATA, *([first.name] if isinstance(accepts(first), Choice) else [])}
    if getattr(params, "data", None) == "-":  # what was on standard input is gone
        stays.difference_update(OWN_DATA)
    kept = {name: value for name, value in changes(params).items() if name in stays}
    suggested = (s._replace(options={**kept, **s.options}) for s in candidates)
    return [s for s in suggested if _changes(s, params)][:3]


def _changes(suggestion: Suggestion, params: LessonParams) -> bool:
    """Return whether it is a run, and another one."""
    try:
        return fill(type(params), suggestion.options) != params
    except InputError:  # what the learner has set excludes it
        return False


def command_line(lesson: str, options: Mapping[str, object], carry: str = "") -> str:
    """Return the command that runs a lesson with these options, as it is typed."""
    words = ["mlbasics", lesson]
    for name, value in options.items():
        values = value if isinstance(value, tuple) else (value,)
        words += [option_name(name), *(_typed(str(one).removesuffix(".0")) for one in values)]
    return " ".join([*words, *filter(None, [carry])])


def _typed(word: str) -> str:
    """Return a word as it is typed in a shell: what cannot be shown, in a name of a file, by its bytes."""
    if word.isprintable():
        return shlex.quote(word)
    shown = (c if c.isprintable() and c not in "'\\" else _bytes(c) for c in word)
    return f"$'{''.join(shown)}'"


def _bytes(character: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in character.encode("utf-8", "surrogateescape"))
