"""What a shell completes that no option lists: files and sets of data, their columns, tables and figures."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from glob import escape, glob
from typing import Any

from mlbasics.data import BUNDLED, SETS
from mlbasics.words import Words


def named(kind: str, words: Words) -> list[str]:
    """Return the names of a lesson's tables or plots; a run may lack some of them."""
    return sorted({key.split(".")[1] for key in words.sentences if key.startswith(f"{kind}.")})


def sources(given: Mapping[str, Any], incomplete: str) -> list[str]:
    """Return bundled sets and files; nothing for nothing, where a shell offers its own."""
    if not incomplete:
        return []
    files = [file + os.sep * os.path.isdir(file) for file in glob(f"{escape(incomplete)}*")]
    return [*(f"{BUNDLED}{name}" for name in SETS), *sorted(files)]


def columns(given: Mapping[str, Any], incomplete: str) -> Sequence[str]:
    """Return the columns of the file that is given before, after those that are already there."""
    file, before = str(given.get("data")), incomplete.rpartition(",")
    if os.path.isfile(file):
        from mlbasics.data import read

        with suppress(Exception):  # a file that cannot be read is told when it is run
            return [before[0] + before[1] + name for name in read(file).names]
    return []


OFFERS = {"data": sources, "x": columns, "y": columns}
"""By parameter."""
