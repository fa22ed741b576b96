"""Where a run goes and in which format: to standard output, or to a file that is whole or untouched."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from mlbasics.formats import DEFAULT, FORMATS
from mlbasics.kit.errors import InputError, no_such, quoted
from mlbasics.kit.kinds import Choice
from mlbasics.words import phrase

STDOUT = "-"


def format_of(given: str | None, json: bool, path: str | None, table: str | None) -> str:
    """Return the format the options ask for: the one named, else that of the file's ending, else text."""
    if json and given not in (None, "json"):
        raise InputError(phrase("error.both", given=quoted(given)))
    if json:
        name = "json"
    elif given is not None:
        name = Choice(tuple(FORMATS)).accept("--format", given)
    elif path is None or path == STDOUT:
        name = DEFAULT
    else:
        name = _by_ending(path)
    if table is not None and name != "csv":
        raise InputError(phrase("error.table-alone", format=name))
    return name


def _by_ending(path: str) -> str:
    endings = {ending: name for name, its in FORMATS.items() for ending in its}
    ending = Path(path).suffix.lower()
    if ending not in endings:
        raise no_such("error.ending", path, tuple(endings))
    return endings[ending]


@contextmanager
def opened(path: str | None) -> Iterator[TextIO]:
    """Yield standard output, or a file that takes the path's place once all is written to it.

    Whatever cuts the writing short, a full disk or Ctrl-C, leaves the file that was there as it was.
    """
    if path is None or path == STDOUT:
        yield sys.stdout
        return
    try:
        target = Path(path).resolve()
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        direct = target.exists() and not target.is_file()  # a device or a pipe has no place to take
        with _written(target) if direct else _replacing(target) as file:
            yield file
    except OSError as error:
        problem = error.strerror or str(error)
        raise InputError(phrase("error.file", path=quoted(path), problem=problem), 1) from error


def _written(target: Path) -> TextIO:
    return target.open("w", encoding="utf-8", newline="\n")


@contextmanager
def _replacing(target: Path) -> Iterator[TextIO]:
    """Yield a file beside the target, put in its place when the block ends well and removed when not."""
    part = target.with_name(f".mlbasics-{os.getpid()}")
    try:
        with part.open("x", encoding="utf-8", newline="\n") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            part.chmod(target.stat().st_mode & 0o777)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
