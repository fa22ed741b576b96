"""One table of a run as comma-separated values: numbers at full precision, empty where there is none."""

from __future__ import annotations

import csv
import math
from collections.abc import Sequence
from io import StringIO

from mlbasics.formats.view import View
from mlbasics.kit.claims import Claim
from mlbasics.kit.errors import no_such
from mlbasics.kit.report import Cell, Column, Report, Row, Table
from mlbasics.render.palette import ASCII
from mlbasics.runs import Run
from mlbasics.words import Phrase, Words, phrase

CLAIMS = "claims"


def render(run: Run, words: Words, view: View) -> str:
    """Return the table asked for by its id; unasked the first, or the claims where they are all there is."""
    tables = tables_of(view.report(run))
    name = next(iter(tables)) if view.table is None else view.table
    if name not in tables:
        raise no_such("error.table", name, tuple(tables))
    table = tables[name]
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_said(column.name, words) for column in table.columns)
    writer.writerows([_plain(cell, words) for cell in row.cells] for row in table.rows)
    text = out.getvalue()
    return text.translate(ASCII) if view.terminal.ascii_only else text


def tables_of(report: Report) -> dict[str, Table]:
    """Return the tables of a report by id, its claims last."""
    blocks = [*report.more, report.table]  # the look's own is a digest
    tables = [block for block in blocks if isinstance(block, Table)]
    return {table.id: table for table in tables} | {CLAIMS: _claims(report.claims)}


def _claims(claims: Sequence[Claim]) -> Table:
    verdicts = {True: "true", False: "false", None: None}
    columns = [Column(name, name) for name in ("id", "holds", "statement")]
    rows = [Row((c.id, verdicts[c.holds], c.statement)) for c in claims]
    return Table(CLAIMS, columns, rows, phrase("claims.title"))


def _plain(cell: Cell, words: Words) -> str:
    if isinstance(cell, tuple):
        return "; ".join(_said(part, words) for part in cell)
    if isinstance(cell, Phrase | str):
        return _said(cell, words)
    if cell is None or not math.isfinite(cell):
        return ""
    return repr(int(cell) if isinstance(cell, int) else float(cell))


def _said(said: Phrase | str, words: Words) -> str:
    """Return a text; a learner's that a spreadsheet would run as a formula stands behind an apostrophe."""
    text = words.say(said)
    own = isinstance(said, Phrase) and not said.values
    if own or not text.startswith(("=", "+", "-", "@")):
        return text
    try:
        float(text)
    except ValueError:
        return f"'{text}"
    return text
