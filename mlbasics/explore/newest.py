"""A thread that does the newest thing asked of it; what it was doing before, it drops."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from threading import Condition, Thread


class Superseded(Exception):  # noqa: N818  # no error: there is something newer to do
    """Raised in a job where it asks whether it is still wanted, and is not."""


Wanted = Callable[[float], None]
"""wanted(seconds): return after so long; raise Superseded as soon as there is a newer job."""
Job = Callable[[Wanted], None]


class Newest:
    """Jobs, of which only the newest matters; the thread ends with the program."""

    def __init__(self) -> None:
        self._newer = Condition()
        self._job: Job | None = None
        self._asked = 0
        Thread(target=self._work, daemon=True).start()

    def ask(self, job: Job) -> None:
        """Do this next, at once."""
        with self._newer:
            self._job, self._asked = job, self._asked + 1
            self._newer.notify()

    def _work(self) -> None:
        while True:
            with self._newer:
                self._newer.wait_for(lambda: self._job is not None)
                job, mine = self._job, self._asked
                self._job = None

            def wanted(seconds: float, mine: int = mine) -> None:
                with self._newer:
                    if self._newer.wait_for(lambda: self._asked != mine, seconds):
                        raise Superseded

            assert job is not None
            with suppress(Superseded):
                job(wanted)
