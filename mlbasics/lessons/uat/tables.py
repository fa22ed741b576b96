"""The tables of universal approximation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlbasics.kit import Column, Row, Table, decimals, phrase
from mlbasics.lessons.uat import MOST, TRAINING

if TYPE_CHECKING:
    from mlbasics.lessons.uat import Params
    from mlbasics.lessons.uat.result import Method, Result

MOST_DECIMALS = 6  # more are not read; numbers are then told with powers of ten


def halving(result: Result) -> Table:
    """Return the errors of ever more neurons, a column a width."""
    by = result.widths
    first = by.neurons.index(10)
    worst, typical = by.sup_error[first:], by.rms_error[first:]
    places = decimals([*worst, *typical])
    fixed = places if places <= MOST_DECIMALS else None
    return Table(
        id="halving",
        columns=[
            Column("neurons", words=True),
            *(Column(f"neurons_{n}", f"{n}", optional=n == 20, decimals=fixed) for n in by.neurons[first:]),
        ],
        rows=[
            Row((phrase("row.worst"), *worst), "best"),
            Row((phrase("row.typical"), *typical)),
        ],
    )


def methods(params: Params, result: Result) -> Table:
    """Show what each way to weights makes of the same neurons."""
    return Table(
        id="methods",
        title=phrase("table.methods", neurons=params.neurons, steps=TRAINING, most=MOST["trained"]),
        columns=[
            Column("method", words=True),
            Column("sup"),
            Column("rms"),
            Column("largest", optional=True),
        ],
        rows=[_row(name, made, name == params.method) for name, made in result.methods.items()],
    )


def _row(name: str, made: Method | None, chosen: bool) -> Row:
    measured = (None,) * 3 if made is None else (made.sup_error, made.rms_error, made.largest_weight)
    return Row((phrase(f"method.{name}"), *measured), "best" if chosen and made else "plain")
