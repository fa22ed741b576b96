"""One table of a run as comma-separated values, the same in every language and at every width.

It has every row, English names, and one type a column: numbers have their full precision, and a text among
them, such as why there is none, is none.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from io import StringIO
from math import isfinite
from numbers import Integral, Real

from mlbasics import lessons
from mlbasics.formats.view import View
from mlbasics.kit.claims import Claim
from mlbasics.kit.errors import no_such
from mlbasics.kit.report import Cell, Column, Report, Row, Table
from mlbasics.render.palette import ASCII
from mlbasics.runs import Run
from mlbasics.words import FALLBACK, Phrase, Words

CLAIMS = "claims"
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def render(run: Run, words: Words, view: View) -> str:
    """Return the table asked for by its id; unasked the first, or the claims where they are all there is."""
    tables = tables_of(view.report(run))
    name = next(iter(tables)) if view.table is None else view.table
    if name not in tables:
        raise no_such("error.table", name, tuple(tables))
    table, english = tables[name], lessons.words(run.lesson, FALLBACK)

    def say(said: Phrase | str) -> str:
        text = english.say(said)
        return _harmless(text.translate(ASCII) if view.terminal.ascii_only else text)

    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(headers(table.columns))
    cells = zip(table.columns, *(row.cells for row in table.rows), strict=True)
    writer.writerows(zip(*(_texts(told, say) for column, *told in cells if not column.drawn), strict=True))
    return out.getvalue()


def tables_of(report: Report) -> dict[str, Table]:
    """Return the tables of a report by id, its claims last."""
    blocks = [*report.more, report.table]  # the look's own is a digest
    tables = [block for block in blocks if isinstance(block, Table)]
    return {table.id: table for table in tables} | {CLAIMS: _claims(report.claims)}


def _claims(claims: Sequence[Claim]) -> Table:
    columns = [Column(name, name) for name in ("id", "headline", "holds", "statement", "reason")]
    return Table(CLAIMS, columns, [Row((c.id, c.headline, c.holds, c.statement, c.reason)) for c in claims])


def headers(columns: Sequence[Column]) -> Iterator[str]:
    """Yield the columns' names, each another: those that share an id are numbered.

    A column that is a number, as of so many neurons, is named after the first, which says of what.
    """
    ids = [column.id for column in columns if not column.drawn]
    names = [re.sub(r"\W+", "_", f"{ids[0]}_{name}" if name[0].isdigit() else name) for name in ids]
    seen: Counter[str] = Counter()
    for name in names:
        seen[name] += 1
        yield name if names.count(name) == 1 else f"{name}_{seen[name]}"


def _texts(cells: Sequence[Cell], say: Callable[[Phrase | str], str]) -> Sequence[str]:
    """Return what stands in a column: numbers if it has one, whole if all are, truth values, or texts."""
    if any(isinstance(cell, bool) for cell in cells):
        return [str(cell).lower() if isinstance(cell, bool) else "" for cell in cells]
    numbers = [cell if isinstance(cell, Real) and isfinite(cell) else None for cell in cells]
    if any(isinstance(cell, Real) for cell in cells):
        kind = int if all(isinstance(one, Integral) for one in numbers if one is not None) else float
        return ["" if one is None else repr(kind(one)) for one in numbers]
    parts = [cell if isinstance(cell, tuple) else (cell,) for cell in cells]
    return ["; ".join(say(part) for part in several if isinstance(part, Phrase | str)) for several in parts]


def _harmless(text: str) -> str:
    """Return a text; one that a spreadsheet would run as a formula stands behind an apostrophe."""
    try:
        float(text)
    except ValueError:
        return f"'{text}" if text.startswith(FORMULA) else text
    return text
