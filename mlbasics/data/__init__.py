"""The learner's own data: a CSV file, standard input, or one of scikit-learn's bundled sets.

This room alone reads files, and is entered only where --data is given.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from mlbasics.kit.errors import InputError, problem, quoted
from mlbasics.kit.kinds import Held
from mlbasics.words import phrase

if TYPE_CHECKING:
    from mlbasics.data.columns import Columns

BUNDLED = "sklearn:"
SETS = ("breast_cancer", "diabetes", "digits", "iris", "wine")  # of scikit-learn's
STDIN = "-"


def read(source: str, decimal: str = "auto") -> Columns:
    """Return the columns of a CSV file, of standard input where the source is -, or of sklearn:NAME.

    A table that Python holds is taken as it is (kit.kinds.Held).  decimal is the decimal mark, . or , where
    the cells leave it open.

    Raises InputError, one sentence, for what is not there or is no table.
    """
    if source.startswith(BUNDLED):
        from mlbasics.data.bundled import load

        return load(source, source.removeprefix(BUNDLED))
    if isinstance(source, Held):
        from mlbasics.data.frames import held

        return held(source)
    from mlbasics.data import comma_separated

    mark = "" if decimal == "auto" else decimal
    try:
        if source == STDIN:
            return comma_separated.read(sys.stdin.buffer, source, mark)
        with Path(source).open("rb") as file:
            return comma_separated.read(file, source, mark)
    except InputError:
        raise
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        key = "data.no-file" if isinstance(error, FileNotFoundError) else "data.unreadable"
        raise InputError(phrase(key, source=quoted(source), problem=problem(error)), 1) from None
