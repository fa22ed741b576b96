"""Where a run goes and in which format: to standard output, or to a file that is whole or untouched."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from mlbasics.cli.leaving import cleared
from mlbasics.cli.streams import put
from mlbasics.formats import DEFAULT, FORMATS
from mlbasics.kit.errors import InputError, no_such, problem, quoted
from mlbasics.kit.kinds import Choice
from mlbasics.words import phrase

DRAWN = ("text", "svg", "html")  # the formats that --plot goes with
STREAMS = {"-": 1, "/dev/stdout": 1, "/dev/stderr": 2}


def format_of(given: str | None, json: bool, path: str | None, table: str | None, plot: str | None) -> str:
    """Return the format the options ask for: the one named, else that of the file's ending, else text."""
    if json and given not in (None, "json"):
        raise InputError(phrase("error.both", given=quoted(given)))
    if json:
        name = "json"
    elif given is not None:
        name = Choice(tuple(FORMATS)).accept("--format", given)
    else:
        name = DEFAULT if path is None or descriptor(path) is not None else _by_ending(path)
    if table is not None and name != "csv":
        raise InputError(phrase("error.table-alone", format=name))
    if plot is not None and name not in DRAWN:
        raise InputError(phrase("error.plot-alone", names=", ".join(DRAWN), format=name))
    return name


def _by_ending(path: str) -> str:
    endings = {ending: name for name, its in FORMATS.items() for ending in its}
    return endings[ending_of(path, tuple(endings))]


def ending_of(path: str, endings: tuple[str, ...]) -> str:
    """Return which of the endings a file has; raise InputError for one of another ending."""
    for ending in endings:
        if path.lower().endswith(ending):  # a file may be named .html and nothing else
            return ending
    raise no_such("error.ending", path, endings)


def descriptor(path: str) -> int | None:
    """Return the number of the stream that a path such as /dev/fd/3 names; to open it would empty it."""
    numbered = re.fullmatch("(?:/dev/fd|/proc/self/fd)/([0-9]{1,9})", path)
    return int(numbered[1]) if numbered else STREAMS.get(path)


class File:
    """A file that is to take a path's place; made before the work, so that what cannot be is said at once."""

    def __init__(self, path: str) -> None:
        self.path = path
        with self._complaining():
            self.stream = descriptor(path)
            if self.stream is not None:
                os.fstat(self.stream)  # an error where it is closed
            self.direct = self.stream is not None or not _replaceable(path)

    def write(self, text: str) -> None:
        """Write the file, whole or not at all; a device or a pipe has no place to take, and is written to."""
        content = text.encode("utf-8", "replace")
        with self._complaining():
            if self.direct:
                with open(self.path if self.stream is None else os.dup(self.stream), "wb") as file:
                    file.write(content)
            else:
                _replace(Path(os.path.realpath(self.path)), content)

    @contextmanager
    def _complaining(self) -> Iterator[None]:
        try:
            yield
        except BrokenPipeError:  # a closed pipe ends quietly
            return
        except (OSError, ValueError) as error:  # ValueError: a NUL in the name
            sentence = phrase("error.file", path=quoted(self.path), problem=problem(error))
            raise InputError(sentence, 1) from error


def file_at(path: str | None) -> File | None:
    """Return the file at a path, or None where that is standard output."""
    return None if path is None or descriptor(path) == 1 else File(path)


def deliver(text: str, file: File | None, lang: str) -> None:
    """Write to the file, or to standard output."""
    if file:
        file.write(text)
    else:
        put(text, lang)


def _replaceable(path: str) -> bool:
    """Return whether a path names a file, there or not yet; raise OSError where none can be written."""
    try:
        mode = os.stat(path).st_mode
    except FileNotFoundError:
        mode = stat.S_IFREG
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(mode):
        return False
    folder = os.path.dirname(os.path.realpath(path))
    os.stat(folder)
    if not os.access(folder, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    return True


def _replace(target: Path, content: bytes) -> None:
    """Put a file in the target's place once it is written beside it, under a name no other process has."""
    part = target.with_name(f".mlbasics-{os.urandom(8).hex()}")
    with cleared(lambda: part.unlink(missing_ok=True)):
        with part.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            before = target.stat()
            if hasattr(os, "chown"):  # not on Windows
                with suppress(PermissionError):  # only root gives files away
                    os.chown(part, before.st_uid, before.st_gid)
            part.chmod(before.st_mode & 0o777)
        part.replace(target)
