"""What is cut is said: arrows where points and curves leave the frame, with a curve's extreme."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from mlbasics.kit.report import Series
from mlbasics.numerics import Booleans
from mlbasics.render.axes import Axis
from mlbasics.words import number

SHIFT = 4  # columns by which an arrow may stand beside its place, so that there is room for what it says


class Arrow(NamedTuple):
    """An arrow where a series leaves the frame, at a place in cells; said is how far a curve goes."""

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
            for at in sorted(set(across[out].astype(int).tolist())):
                yield Arrow(at + 0.5, above, "")
        elif len(across) > 2 and (np.diff(across) >= 0).all():
            values = np.asarray(series.y, float)
            most = int(np.where(out, values if above else -values, -np.inf).argmax())
            yield Arrow(float(across[most]), above, _said(float(values[most])))


def place(arrow: Arrow, glyph: str, row: int, taken: Booleans) -> tuple[int, str]:
    """Return the first column of an arrow and what it says, near its place, or of the arrow alone."""
    column = min(int(arrow.at), taken.shape[1] - 1)
    if arrow.said:
        found = []
        ways = (f"{glyph} {arrow.said}", 0), (f"{arrow.said} {glyph}", len(arrow.said) + 1)
        for said, offset in ways:
            for shift in range(-SHIFT, SHIFT + 1):
                start = column + shift - offset
                if (
                    0 <= start <= taken.shape[1] - len(said)
                    and not taken[row, start : start + len(said)].any()
                ):
                    found.append((abs(shift), offset, start, said))
        if found:
            return min(found)[2:]
    return column, glyph


def _said(value: float) -> str:
    if not math.isfinite(value):
        return ""
    if 1 <= abs(value) < 10:
        return f"{value:.1f}"
    rounded = float(f"{value:.2g}")
    return number(rounded if math.isfinite(rounded) else value)
