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
    writer.writerow(words.say(column.name) for column in table.columns)
    writer.writerows([_plain(cell, words) for cell in row.cells] for row in table.rows)
    text = out.getvalue()
    return text.translate(ASCII) if view.terminal.ascii_only else text


def tables_of(report: Report) -> dict[str, Table]:
    """Return the tables of a report by id, its claims last."""
    tables = [block for block in report.blocks if isinstance(block, Table)]
    return {table.id: table for table in tables} | {CLAIMS: _claims(report.claims)}


def _claims(claims: Sequence[Claim]) -> Table:
    verdicts = {True: "true", False: "false", None: None}
    columns = [Column(name) for name in ("id", "holds", "statement")]
    return Table(
        phrase("claims.title"), columns, [Row((c.id, verdicts[c.holds], c.statement)) for c in claims]
    )


def _plain(cell: Cell, words: Words) -> str:
    if isinstance(cell, tuple):
        return "; ".join(map(words.say, cell))
    if isinstance(cell, Phrase | str):
        return words.say(cell)
    if cell is None or not math.isfinite(cell):
        return ""
    return repr(int(cell) if isinstance(cell, int) else float(cell))
