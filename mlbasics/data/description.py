"""The columns of a table as they were read, told before any lesson runs on them."""

from __future__ import annotations

from typing import Any

import numpy as np

from mlbasics.data.columns import Columns
from mlbasics.kit.report import Column, Row, Table
from mlbasics.words import phrase

SHOWN = 3  # different cells
WORDS = ("name", "kind", "first")


def described(columns: Columns) -> list[dict[str, Any]]:
    """Return of each column its name, kind, range, how many cells differ and are missing, and the first."""
    told = []
    for name, column in columns.columns.items():
        values = column.reading.values[~column.missing] if column.reading else np.array([])
        low, high = (values.min().item(), values.max().item()) if len(values) else (None, None)
        cells = list(dict.fromkeys(column.cells))
        counts = {"different": len(cells), "missing": int(column.missing.sum())}
        kind = {"name": name, "kind": column.kind, "read_as": column.how}
        told.append({**kind, "low": low, "high": high, **counts, "first": cells[:SHOWN]})
    return told


def table(columns: Columns) -> Table:
    """Return the same as a table to be shown."""
    rows = [{**one, "first": ", ".join(one["first"])} for one in described(columns)]
    shown = [{**one, "kind": phrase(f"data.kind.{one['kind']}")} for one in rows]
    ids = [name for name in shown[0] if name != "read_as"]
    heads = [Column(name, phrase(f"data.column.{name}"), words=name in WORDS) for name in ids]
    title = phrase("data.described", source=columns.source, rows=columns.rows_read)
    return Table("columns", heads, [Row([one[name] for name in ids]) for one in shown], title)
