"""What is explored: a lesson, its parameters, and where its dial stands.  Always valid."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, replace

from mlbasics import lessons
from mlbasics.data import BUNDLED, STDIN
from mlbasics.kit.dial import Dial, Position
from mlbasics.kit.errors import InputError
from mlbasics.kit.kinds import Choice
from mlbasics.kit.params import OWN_DATA, LessonParams, accepts, changes, fill, parameters
from mlbasics.kit.story import command_line
from mlbasics.runs import Run
from mlbasics.words import phrase


@dataclass(frozen=True)
class Setting:
    """A setting of all knobs; the dial's position is None where the run puts it."""

    lesson: str
    params: LessonParams
    position: Position | None = None

    def changed(self, name: str, value: object) -> Setting:
        """Return the setting with another value of a parameter; raise InputError where it is none."""
        kind = {f.name: accepts(f) for f in parameters(type(self.params))}[name]
        position = None if isinstance(kind, Choice) else self.position  # another choice, another dial
        idle = getattr(self.params, "built_in", ()) if name == "data" else ()
        kept = {one: of for one, of in changes(self.params).items() if one not in idle}
        return replace(self, params=self._filled({**kept, name: value}), position=position)

    def dialled(self, dial: Dial, position: Position) -> Setting:
        """Return the setting with the dial elsewhere: its parameter says where, if it has one that can."""
        if dial.parameter is not None:
            told = position if isinstance(position, int) else float(f"{position:.3g}")
            try:
                return replace(self.changed(dial.parameter, told), position=None)
            except InputError:  # as λ = 0, which the parameter excludes
                pass
        return replace(self, position=position)

    def reset(self, name: str | None) -> Setting:
        """Return the setting with a parameter, or a dial that has none, where it stands at first."""
        if name is None:
            return replace(self, position=None)
        kept = {one: value for one, value in changes(self.params).items() if one != name}
        return replace(self, params=self._filled(kept))

    def defaults(self) -> Setting:
        """Return the lesson as it is told first; own data stay."""
        kept = {name: value for name, value in changes(self.params).items() if name in OWN_DATA}
        return Setting(self.lesson, self._filled(kept))

    def tried(self, options: Mapping[str, object]) -> Setting:
        """Return the lesson with what is suggested."""
        return Setting(self.lesson, self._filled(options))

    def other(self, lesson: str) -> Setting:
        """Return another lesson as it is told first, of the same seed and on the same file."""
        params = lessons.find(lesson).Params
        kept = {n: v for n, v in changes(self.params).items() if n in ("data", "seed") and hasattr(params, n)}
        return Setting(lesson, fill(params, kept))

    def stands(self, dial: Dial) -> Position:
        """Return where the dial stands."""
        told = None if dial.parameter is None else getattr(self.params, dial.parameter)
        wanted = self.position if self.position is not None else told
        return dial.positions[dial.default] if wanted is None else dial.nearest(wanted)

    def served_by(self, run: Run, dial: Dial | None) -> bool:
        """Return whether a run, which has this dial, can show the setting."""
        free = None if dial is None else dial.parameter
        asked, made = (
            {name: value for name, value in vars(params).items() if name != free}
            for params in (self.params, run.params)
        )
        return self.lesson == run.lesson and asked == made

    def command(self, carry: str) -> str:
        """Return the command whose look is this."""
        return command_line(self.lesson, changes(self.params), carry)

    def _filled(self, given: Mapping[str, object]) -> LessonParams:
        refuse_keys(given.get("data"))
        return fill(type(self.params), given)


def refuse_keys(data: object) -> None:
    """Raise InputError for data of standard input, of a terminal or of what else keys may come from."""
    if data == STDIN or (isinstance(data, str) and not data.startswith(BUNDLED) and _waits(data)):
        raise InputError(phrase("error.data-keys"))


def _waits(path: str) -> bool:
    """Return whether reading would wait for someone: it is neither a file nor a folder nor missing."""
    try:
        mode = os.stat(path).st_mode
    except (OSError, ValueError):
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))
