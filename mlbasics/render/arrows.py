"""What is cut is said: arrows where points and curves leave the frame, with a curve's extreme."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from mlbasics.kit.report import Series
from mlbasics.numerics import Array
from mlbasics.render.axes import Axis
from mlbasics.words import number


class Arrow(NamedTuple):
    """An arrow at the upper or lower edge, where a series leaves it, in cells; said is how far a curve goes."""

    at: float
    up: bool
    said: str


def beyond(series: Series, x: Axis, y: Axis) -> Iterator[Arrow]:
    """Yield the farthest a curve goes beyond the frame on each side, and each point that lies beyond it.

    A line that goes back and forth in x is no curve, and one of two points is a rule: neither has an extreme.
    """
    if series.kind not in ("line", "both", "points") or series.role == "faint" or not len(series.x):
        return
    across, up = x.at(series.x), y.at(series.y)
    known = np.isfinite(across + up) & (across >= 0) & (across <= x.cells)
    for above, out in ((True, known & (up > y.cells)), (False, known & (up < 0) & (not y.log))):
        if not out.any():
            continue
        if series.kind != "line":
            for at in np.unique(across[out].astype(int)).tolist():
                yield Arrow(at + 0.5, above, "")
        elif len(across) > 2 and (np.diff(across) >= 0).all():
            values = np.asarray(series.y, float)
            most = int(np.where(out, values if above else -values, -np.inf).argmax())
            yield Arrow(float(across[most]), above, _said(float(values[most])))


def room(arrow: Arrow, row: int, column: int, taken: Array) -> int | None:
    """Return the first column of what an arrow says, beside it, or None where other things stand."""
    width = len(arrow.said)
    for start, least, most in (
        (column + 2, column + 1, column + width + 2),
        (column - width - 1, column - width - 1, column),
    ):
        inside = start >= 0 and start + width <= taken.shape[1]
        if width and inside and not taken[row, max(least, 0) : most].any():
            return start
    return None


def _said(value: float) -> str:
    if not math.isfinite(value):
        return ""
    return f"{value:.1f}" if 1 <= abs(value) < 10 else number(float(f"{value:.2g}"))
