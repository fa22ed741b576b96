"""Tables that Python holds, by what they can do: a data frame, a dict of columns, a structured array.

pandas, Polars and PyArrow are told by their names of columns, and none of them is imported here.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import numpy as np

from mlbasics.data.columns import Columns, cleaned, columns, labels, refusal
from mlbasics.data.comma_separated import MOST_CELLS, MOST_ROWS
from mlbasics.kit.errors import InputError, quoted
from mlbasics.kit.kinds import Held
from mlbasics.words import phrase

MISSING = ("None", "nan", "NaT", "<NA>")


def held(source: Held) -> Columns:
    """Return the columns of a table; raise InputError for what is none."""
    table: Any = source.table
    try:
        named = getattr(getattr(table, "dtype", None), "names", None) or getattr(table, "column_names", None)
        keys = list(named or (table.columns if hasattr(table, "columns") else table.keys()))
        arrays = [np.asarray(table[key]) for key in keys]
        (_,) = {len(array) for array in arrays}
    except Exception:  # whatever an object that is no table raises
        raise InputError(phrase("data.no-table", given=quoted(source)), 1) from None
    return of_arrays(source, [str(key) for key in keys], arrays)


def of_arrays(source: str, names: Sequence[str], arrays: Sequence[np.ndarray]) -> Columns:
    """Return columns of these values, of long ones a sample; raise InputError where two have one name."""
    told = list(labels(map(cleaned, names)).values())
    if len(told) < len(arrays) or any(array.ndim > 1 for array in arrays):  # as pandas gives two of one name
        raise refusal("twice", source, column=max(names, key=names.count))
    rows = len(arrays[0])
    where = sorted(random.Random(0).sample(range(rows), min(rows, MOST_ROWS, MOST_CELLS // len(arrays))))
    cells = {name: [*map(_cell, array[where])] for name, array in zip(told, arrays, strict=True)}
    return columns(source, cells, [i + 1 for i in where], rows)


def _cell(value: object) -> str:
    text = str(value)
    return "" if text in MISSING and not isinstance(value, str) else cleaned(text)
