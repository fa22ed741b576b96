"""The tables of universal approximation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlbasics.kit import Column, Row, Table, phrase
from mlbasics.lessons.uat import MOST

if TYPE_CHECKING:
    from mlbasics.lessons.uat import Params
    from mlbasics.lessons.uat.simulate import Method, Result


def methods(params: Params, result: Result) -> Table:
    """Show what each way to weights makes of the same neurons."""
    return Table(
        title=phrase("table.methods", neurons=params.neurons, most=MOST["trained"]),
        columns=[
            Column(phrase("column.method"), words=True),
            Column(phrase("column.sup")),
            Column(phrase("column.rms")),
            Column(phrase("column.largest"), optional=True),
        ],
        rows=[_row(name, made, name == params.method) for name, made in result.methods.items()],
    )


def _row(name: str, made: Method | None, chosen: bool) -> Row:
    measured = (None,) * 3 if made is None else (made.sup_error, made.rms_error, made.largest_weight)
    return Row((phrase(f"method.{name}"), *measured), "best" if chosen and made else "plain")
