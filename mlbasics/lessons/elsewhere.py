"""Lessons outside this package: a file or a folder that is named, or what another package installs.

Such a lesson is code that the user chose to run; nothing of it runs until it is named.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Mapping
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

from mlbasics.kit.errors import InputError, problem, quoted
from mlbasics.kit.params import LessonParams
from mlbasics.words import Phrase, phrase

GROUP = "mlbasics.lessons"
"""The entry points of packages that bring lessons: name = module."""


def is_path(name: object) -> bool:
    """Return whether a word names a file or a folder rather than a lesson."""
    return isinstance(name, str) and (name.endswith(".py") or "/" in name or os.sep in name)


@cache
def from_path(name: str) -> ModuleType:
    """Return the lesson of a file, or of a folder with an __init__.py.

    Raises InputError where there is none, where it fails as it is read, or lacks what a lesson has.
    """
    path = Path(name)
    file = path / "__init__.py" if path.is_dir() else path
    if not file.is_file():
        raise InputError(phrase("lesson.no-file", file=quoted(file)), 1)
    called = f"{path.resolve().stem}_of_{abs(hash(str(path.resolve())))}"
    folders = [str(file.parent)] if path.is_dir() else None
    spec = spec_from_file_location(called, file, submodule_search_locations=folders)
    assert spec is not None
    assert spec.loader is not None
    page = module_from_spec(spec)
    sys.modules[called] = page
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
    what = problem(error) if isinstance(error, OSError) else quoted(f"{type(error).__name__}: {error}")
    where: Phrase | str = phrase("lesson.line", file=os.path.relpath(file), line=line) if line else file
    return InputError(phrase("lesson.failed", where=where, problem=what), 1)


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
