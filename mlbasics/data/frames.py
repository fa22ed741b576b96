"""Tables that Python holds, by what they can do: a data frame, a dict of columns, a structured array.

pandas, Polars and PyArrow are told by their names of columns, and none of them is imported here.
"""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

import numpy as np

from mlbasics.data.columns import Columns, cleaned, columns, labels, refusal
from mlbasics.data.comma_separated import MOST_CELLS, MOST_ROWS
from mlbasics.kit.errors import InputError, quoted
from mlbasics.kit.kinds import Held
from mlbasics.words import phrase

MISSING = ("None", "nan", "NaT", "<NA>")


def held(source: Held) -> Columns:
    """Return the columns of a table, of a long one a sample; raise InputError for what is none."""
    table: Any = source.table
    try:
        names = getattr(getattr(table, "dtype", None), "names", None) or getattr(table, "column_names", None)
        keys = list(names or (table.columns if hasattr(table, "columns") else table.keys()))
        arrays = [np.asarray(table[key]) for key in keys]
        (n,) = {len(array) for array in arrays if array.ndim == 1 or array.shape[1]}
    except Exception:  # whatever an object that is no table raises
        raise InputError(phrase("data.no-table", given=quoted(source)), 1) from None
    names = list(labels(cleaned(str(key)) for key in keys).values())
    if len(names) < len(keys) or any(array.ndim > 1 for array in arrays):
        raise refusal("twice", source, column=next(iter(Counter(map(str, keys)).most_common(1)))[0])
    where = sorted(random.Random(0).sample(range(n), min(n, MOST_ROWS, MOST_CELLS // len(keys))))
    cells = {name: [*map(_cell, array[where])] for name, array in zip(names, arrays, strict=True)}
    return columns(source, cells, [i + 1 for i in where], n)


def _cell(value: object) -> str:
    text = str(value)
    return "" if text in MISSING and not isinstance(value, str) else cleaned(text)
