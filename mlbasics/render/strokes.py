"""Areas, lines, points and sticks of a series as SVG paths, in units from a frame's upper left corner."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from mlbasics.kit.report import AREAS, Plot, Series
from mlbasics.numerics import Array
from mlbasics.render.areas import bounds
from mlbasics.render.axes import Axis
from mlbasics.render.palette import LOOKS, Look
from mlbasics.render.paths import line, n, outline

INSET = 6.0  # between the frame and the ends of the x axis, so that marks there are whole
DOT = 2.2  # length of one of the terminal's dots along a dashed line
FINE = 20  # cells of an axis to a unit

SHAPES = {
    "ring": "m-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0",
    "square": "m-3.3-3.3h6.6v6.6h-6.6z",
    "diamond": "m0-4.5l4 4.5-4 4.5-4-4.5z",
    "up": "m0-4.5l4.3 7.5h-8.6z",
    "down": "m0 4.5l4.3-7.5h-8.6z",
    "cross": "m-3-3l6 6m0-6l-6 6",
    "plus": "m-3.5 0h7m-3.5-3.5v7",
    "star": "m0-6.5l1.7 4.2 4.5.3-3.5 2.9 1.1 4.4-3.8-2.4-3.8 2.4 1.1-4.4-3.5-2.9 4.5-.3z",
}
ROUND = ("disc", "dot")
_OPEN = ("ring", "cross", "plus")


class Frame(NamedTuple):
    """The inside of a plot: axes of fine cells, so many units wide and high."""

    x: Axis
    y: Axis
    width: float
    height: float

    def across(self, values: Sequence[float] | Array) -> Array:
        """Return where values fall from the left, at most a frame's width outside."""
        return np.clip(self.x.at(values) / FINE + INSET, -self.width, 2 * self.width)

    def down(self, values: Sequence[float] | Array) -> Array:
        """Return where values fall from the top, at most a frame's height outside."""
        return np.clip(self.height - self.y.at(values) / FINE, -self.height, 2 * self.height)


def strokes(series: Series, frame: Frame) -> str:
    """Return what a series draws over the areas."""
    if series.kind in AREAS or not len(series.x):
        return ""
    look = LOOKS[series.role]
    x, y = frame.across(series.x), frame.down(series.y)
    known = np.column_stack([x, y])[np.isfinite(x + y)].tolist()
    parts = []
    if series.kind in ("line", "both"):
        dash = f' stroke-dasharray="{n(look.on * DOT)} {n(look.off * DOT)}"' if look.off else ""
        parts.append(f'<path class="line" d="{line(x, y)}"{dash}/>')
    if series.kind == "dots":
        parts.append(f'<path class="speck" d="{"".join(map(_round, known))}"/>')
    if series.kind == "sticks":
        ends = zip(x, y, frame.down(series.y_top), strict=True)
        drawn = "".join(f"M{n(u)} {n(v)}V{n(w)}" for u, v, w in ends if v + w == v + w)
        parts.append(f'<path class="line stick" d="{drawn}"/>')
    if series.kind in ("points", "both"):
        parts += _marks(known, series, look, frame.height)
    return f'<g class="{look.css} {series.role}">{"".join(parts)}</g>'


def areas(plot: Plot, frame: Frame) -> Iterator[str]:
    """Yield the areas of a plot, from the lowest to the uppermost."""
    if plot.regions is not None:
        yield from _regions(plot, frame)
    for _, series, low, high in bounds(plot.series):
        css = LOOKS[series.role].css
        x, top, bottom = (frame.across(series.x), frame.down(high), frame.down(low))
        if series.kind == "bars":
            bars = [_box(x[i], x[i + 1], bottom[i], top[i]) for i in range(len(top)) if top[i] == top[i]]
            for second, tone in enumerate(("firm", "soft")):
                yield f'<path class="{css} {tone}" d="{"".join(bars[second::2])}"/>'
            continue
        around_x, around_y = np.concatenate([x, x[::-1]]), np.concatenate([bottom, top[::-1]])
        known = np.isfinite(around_y)
        tone = "strong" if series.kind == "stack" else "soft"
        if known.any():
            yield f'<path class="{css} {tone}" d="{line(around_x[known], around_y[known])}z"/>'


def _regions(plot: Plot, frame: Frame) -> Iterator[str]:
    """Yield each class as one path around all its places."""
    regions = plot.regions
    assert regions is not None
    rows = np.asarray(regions.rows, int)
    (left, right), (bottom, top) = frame.across(plot.x_range).tolist(), frame.down(plot.y_range).tolist()
    x = np.linspace(left, right, rows.shape[1] + 1)
    y = np.linspace(bottom, top, rows.shape[0] + 1)
    for kind, role in enumerate(regions.roles):
        drawn = outline(rows == kind, x, y)
        yield f'<path class="{LOOKS[role].css} soft" shape-rendering="crispEdges" d="{drawn}"/>'


def _box(left: float, right: float, bottom: float, top: float) -> str:
    return f"M{n(left)} {n(bottom)}V{n(top)}H{n(right)}V{n(bottom)}z"


def _marks(points: Sequence[Sequence[float]], series: Series, look: Look, height: float) -> Iterator[str]:
    """Yield the marks inside the frame; those beyond are said by arrows."""
    shape = series.shape or look.shape
    inside = [(x, y) for x, y in points if -0.05 <= y <= height + 0.05]
    if inside and shape in ROUND:
        yield f'<path class="{shape}" d="{"".join(map(_round, inside))}"/>'
    elif inside:
        drawn = "".join(f"M{n(x)} {n(y)}{SHAPES[shape]}" for x, y in inside)
        yield f'<path class="{"open" if shape in _OPEN else "mark"}" d="{drawn}"/>'


def _round(point: Sequence[float]) -> str:
    """Return a point that the width of its stroke makes round."""
    return f"M{n(point[0])} {n(point[1])}h0"
