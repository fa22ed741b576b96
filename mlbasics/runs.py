"""One run of a lesson: from its name and parameters to its result, its claims, and what is shown of them.

The file is not called run, because mlbasics.run is the function.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from threading import Lock, get_ident
from typing import Any

from mlbasics import lessons
from mlbasics.data.origin import columns_told
from mlbasics.kit.claims import Claim
from mlbasics.kit.dial import Dial
from mlbasics.kit.errors import InputError
from mlbasics.kit.lesson import Lesson
from mlbasics.kit.params import LessonParams, fill
from mlbasics.kit.report import Report
from mlbasics.kit.story import Tick, no_tick
from mlbasics.words import phrase


class _Turns:
    """Runs take turns: how many threads numerical libraries use is the process's setting, not the run's."""

    def __init__(self) -> None:
        self.lock, self.thread = Lock(), 0

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for runs of other threads; raise InputError within one of this, which would wait too."""
        if self.thread == get_ident():
            raise InputError(phrase("error.within"), exit_code=1)
        with self.lock:
            self.thread = get_ident()
            try:
                yield
            finally:
                self.thread = 0


_turns = _Turns()
if hasattr(os, "register_at_fork"):  # not on Windows; the thread that held the lock is not in the child
    os.register_at_fork(after_in_child=_turns.__init__)  # type: ignore[misc]


@dataclass(frozen=True, eq=False)
class Run:
    """A finished run: what was asked, what was measured, and how the lesson's claims were judged on it.

    A run that is not whole has what the look shows, and no details.
    """

    lesson: str
    params: LessonParams
    result: Any
    claims: list[Claim]
    whole: bool = True

    @cached_property
    def report(self) -> Report:
        """What the lesson shows of this run."""
        with lessons.blaming(self.lesson):
            scene, heroes, table, suggestions = self._lesson.look(self.params, self.result)
            more = self._lesson.more(self.params, self.result) if self.whole and self._lesson.more else ()
        note = None if (origin := getattr(self.result, "origin", None)) is None else columns_told(origin)
        return Report(self.lesson, scene, heroes, table, more, self.claims, suggestions, note)

    @cached_property
    def dial(self) -> Dial | None:
        """What is turned in this lesson, where it has a dial."""
        with lessons.blaming(self.lesson):
            return None if self._lesson.dial is None else self._lesson.dial(self.params, self.result)

    @cached_property
    def _lesson(self) -> Lesson[Any, Any, Any]:
        return lessons.find(self.lesson).lesson(self.params)


def run(name: str, tick: Tick = no_tick, whole: bool = True, /, **given: object) -> Run:
    """Run a lesson with what is given of its parameters, and defaults for the rest; or what its look needs.

    Raises InputError, a ValueError of one sentence, for a lesson, parameter or value that does not exist,
    where numbers grow beyond the largest that can be written, and where a lesson elsewhere fails.
    """
    with lessons.blaming(name):
        return _run(name, tick, whole, given)


def _run(name: str, tick: Tick, whole: bool, given: Mapping[str, object]) -> Run:
    page = lessons.find(name)
    params = fill(page.Params, given)
    lesson = page.lesson(params)
    whole = whole or lesson.details is None  # then there is nothing to leave out

    import numpy as np
    from threadpoolctl import threadpool_limits

    halves = 2 if whole and lesson.details else 1  # one bar for both
    rng, again = (np.random.default_rng(params.seed) for _ in range(2))
    with (
        _turns.turn(),
        threadpool_limits(1),  # threads would share out the sums, and so round them
        np.errstate(over="raise", invalid="raise"),
    ):
        try:
            columns = _own_data(params)
            origin = lesson.source(params, columns) if lesson.source else columns
            result = lesson.simulate(params, origin, rng, lambda done, total: tick(done, halves * total))
            if whole and lesson.details:
                result = lesson.details(
                    params, origin, result, again, lambda done, total: tick(total + done, 2 * total)
                )
        except FloatingPointError:
            raise InputError(phrase("error.overflow"), exit_code=1) from None
    return Run(name, params, result, lesson.judge(params, result, whole), whole)


def _own_data(params: LessonParams) -> Any:
    """Return the columns of the learner's data, where there are any."""
    path = getattr(params, "data", None)
    if path is None:
        return None
    from mlbasics.data import read

    return read(path, getattr(params, "decimal", "auto"))
