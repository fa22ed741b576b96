"""Lessons outside this package: a file or a folder that is named, or what another package installs.

Such a lesson is code that the user chose to run; nothing of it runs until it is named.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

from mlbasics.kit.errors import InputError, printable, problem, quoted
from mlbasics.kit.params import LessonParams
from mlbasics.words import Phrase, SentenceError, phrase

LOADED: list[Any] = []
"""The lessons loaded from elsewhere: what fails where no line of theirs is at work is blamed on the last."""

GROUP = "mlbasics.lessons"
"""The entry points of packages that bring lessons: name = module."""


def is_path(name: object) -> bool:
    """Return whether a word names a file or a folder rather than a lesson."""
    return isinstance(name, str) and (name.endswith(".py") or "/" in name or os.sep in name)


def from_path(name: str) -> ModuleType:
    """Return the lesson of a file, or of a folder with an __init__.py, as the file is now.

    Raises InputError where there is none, where it fails as it is read, or lacks what a lesson has.
    """
    path = Path(name)
    file = path / "__init__.py" if path.is_dir() else path
    if not file.is_file():
        raise InputError(phrase("lesson.no-file", file=quoted(file)), 1)
    return _loaded(file.resolve(), path.is_dir(), file.stat().st_mtime_ns)


@cache
def _loaded(file: Path, is_folder: bool, changed: int) -> ModuleType:
    path = file.parent if is_folder else file
    called = f"{path.stem}_of_{abs(hash(path))}"
    folders = [str(path)] if is_folder else None
    spec = spec_from_file_location(called, file, submodule_search_locations=folders)
    assert spec is not None
    assert spec.loader is not None
    page = module_from_spec(spec)
    sys.modules[called] = page
    LOADED.append(page)
    try:
        spec.loader.exec_module(page)
    except Exception as error:
        raise blamed(error, page) from error
    params = getattr(page, "Params", None)
    if not (isinstance(params, type) and issubclass(params, LessonParams)):
        raise InputError(phrase("lesson.no-params", file=file), 1)
    if not callable(getattr(page, "lesson", None)):
        raise InputError(phrase("lesson.no-lesson", file=file), 1)
    return page


@cache
def from_package(module: str) -> ModuleType:
    """Return the lesson of an installed module."""
    page = import_module(module)
    LOADED.append(page)
    return page


def blamed(error: Exception, page: Any) -> InputError:
    """Return one sentence that says where in a lesson's files something went wrong, and what."""
    file, line = str(page.__file__), 0
    folder = os.path.dirname(file)
    if isinstance(error, SyntaxError) and error.filename:
        file, line = error.filename, error.lineno or 0
    else:
        frames = traceback.extract_tb(error.__traceback__)
        inside = [frame for frame in frames if os.path.dirname(frame.filename).startswith(folder)]
        if inside:
            file, line = inside[-1].filename, inside[-1].lineno or 0
    if isinstance(error, SentenceError):
        file, line = str(page.__file__), _line_of(error.args[0], str(page.__file__))
    what = problem(error) if isinstance(error, OSError) else printable(f"{type(error).__name__}: {error}")
    file = os.path.relpath(file)
    where: Phrase | str = phrase("lesson.line", file=file, line=line) if line else file
    return InputError(phrase("lesson.failed", where=where, problem=what), 1)


def _line_of(key: str, file: str) -> int:
    """Return the line of a file in which a sentence stands; 0 where it stands in none."""
    lines = Path(file).read_text("utf-8").splitlines()
    return next((place for place, line in enumerate(lines, 1) if f'"{key}":' in line), 0)


def installed() -> Mapping[str, tuple[str, str]]:
    """Return the lessons of other packages: the module and the package of each name.

    Reading every package's metadata takes 24 to 50 ms; looking for the group's name in their files takes 2.
    """
    files = (file for folder in sys.path for file in Path(folder).glob("*.dist-info/entry_points.txt"))
    if not any(f"[{GROUP}]" in file.read_text("utf-8", errors="replace") for file in files):
        return {}
    from importlib.metadata import entry_points

    return {
        point.name: (point.value, point.dist.name if point.dist else "")
        for point in entry_points(group=GROUP)
    }
