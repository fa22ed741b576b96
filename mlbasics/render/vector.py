"""Plots as SVG for a page: the series, roles and ticks of the terminal's, with real curves.

Colours are left to the page: each series is a group of class k and its number in the palette, drawn in the
current colour. Nothing has an id, so that any number of plots may share a page.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape

from mlbasics.kit.report import Plot, Series
from mlbasics.render import axes
from mlbasics.render.palette import ABOVE, BELOW, LOOKS, Look
from mlbasics.words import Words

ROW = 17.0  # height of one of the terminal's rows
LETTER = 6.6  # width of a letter of a tick label
LABEL = 4  # letters a tick label of the y axis has at least
OVER_FRAME, BELOW_FRAME, BESIDE_FRAME = 8.0, 20.0, 14.0
INSET = 6.0  # between the frame and the ends of the x axis, so that marks there are whole
DOT = 2.2  # length of one of the terminal's dots along a dashed line

Point = tuple[float, float]

_CIRCLE = "m-{r} 0a{r} {r} 0 1 0 {d} 0a{r} {r} 0 1 0-{d} 0"
_SHAPES = {
    "◆": "m0-4.5l4 4.5-4 4.5-4-4.5z",
    "■": "m-3.3-3.3h6.6v6.6h-6.6z",
    "▲": "m0-4.5l4.3 7.5h-8.6z",
    "▼": "m0 4.5l4.3-7.5h-8.6z",
    "×": "m-3-3l6 6m0-6l-6 6",
    "+": "m-3.5 0h7m-3.5-3.5v7",
    "○": _CIRCLE.format(r=3, d=6),
    "·": _CIRCLE.format(r=1, d=2),
}
_DISC = _CIRCLE.format(r=3.2, d=6.4)
_SPECK = _CIRCLE.format(r=1.1, d=2.2)
_OPEN = "×+○"


def draw(plot: Plot, words: Words, width: float) -> str:
    """Return the plot, so many units wide, as an svg element with its frame, ticks and series."""
    height = plot.height * ROW
    inner, room = height - BELOW_FRAME - OVER_FRAME, width - BESIDE_FRAME - 10
    ranges = axes.ranges(plot, (room - LABEL * LETTER - 2 * INSET) / inner)
    up, up_labels = axes.upward(plot, ranges[1], plot.height // 3)
    across, across_labels = axes.across(plot, ranges[0], max(3, int(width // 70)))
    beside = LETTER * max(LABEL, *map(len, up_labels))
    left, scale = 10 + beside, _Scale(plot, ranges, room - beside, inner)
    grid = [f"M0 {_n(scale.y(t))}h{_n(scale.width)}" for t in up]
    grid += [f"M{_n(scale.x(t))} 0v{_n(scale.height)}" for t in across]
    labels = [
        _label(left - 6, OVER_FRAME + 4 + scale.y(t), "end", said)
        for t, said in zip(up, up_labels, strict=True)
    ]
    labels += [
        _label(left + scale.x(t), height - 4, "middle", said)
        for t, said in zip(across, across_labels, strict=True)
    ]
    frame = f'x="{_n(left)}" y="{_n(OVER_FRAME)}" width="{_n(scale.width)}" height="{_n(scale.height)}"'
    size, title = f"0 0 {_n(width)} {_n(height)}", escape(words.say(plot.title))
    return (
        f'<svg viewBox="{size}" role="img" aria-label="{title}">'
        f'<svg {frame}><path class="grid" d="{"".join(grid)}"/>'
        f"{''.join(_series(series, scale) for series in plot.series if len(series.x))}</svg>"
        f'<rect class="frame" {frame}/>{"".join(labels)}</svg>'
    )


def sample(series: Series) -> str:
    """Return a series' line and mark, as the legend shows them."""
    flat = Plot(series.label, series.label, (), (0, 1), (0, 1))
    scale = _Scale(flat, ((0, 1), (0, 1)), 24 + 2 * INSET, 12)
    x = (
        [0.1, 0.3, 0.5, 0.7, 0.9]
        if series.kind == "dots"
        else [0.5]
        if series.kind == "points"
        else [0, 0.5, 1]
    )
    y, top = (0.0, [1.0] * len(x)) if series.kind == "band" else (0.5, [])
    shown = replace(series, x=x, y=[y] * len(x), y_top=top)
    if series.kind == "both":
        parts = [replace(shown, kind="line"), replace(shown, kind="points", x=[0.5], y=[y])]
    else:
        parts = [shown]
    return f'<svg class="key" viewBox="{_n(INSET)} 0 24 12">{"".join(_series(s, scale) for s in parts)}</svg>'


class _Scale:
    """Where a value falls inside the frame, in units from its upper left corner."""

    def __init__(
        self, plot: Plot, ranges: tuple[axes.Range, axes.Range], width: float, height: float
    ) -> None:
        self.plot, self.width, self.height = plot, width, height
        (self.left, self.right), (self.low, self.high) = ranges

    def x(self, value: float) -> float:
        """Return the place of an axis value; one far outside is held a frame's width away from it."""
        share = (value - self.left) / (self.right - self.left)
        return INSET + (self.width - 2 * INSET) * min(max(share, -1), 2)

    def y(self, value: float) -> float:
        """Return the height of an axis value; one far outside is held a frame's height away from it."""
        return self.height * (1 - min(max((value - self.low) / (self.high - self.low), -1), 2))

    def points(self, x: Sequence[float], y: Sequence[float]) -> list[Point | None]:
        """Return the points, None where y is not a number."""
        plot = self.plot
        return [
            None
            if math.isnan(v)
            else (
                self.x(axes.measured(u, plot.x_range, plot.log_x)),
                self.y(axes.measured(v, plot.y_range, plot.log_y)),
            )
            for u, v in zip(x, y, strict=True)
        ]


def _series(series: Series, scale: _Scale) -> str:
    look = LOOKS[series.role]
    points = scale.points(series.x, series.y)
    known = [p for p in points if p]
    parts = []
    if series.kind == "band":
        top = [p for p in scale.points(series.x, series.y_top) if p]
        parts.append(f'<path class="band" d="{_joined([*known, *reversed(top)])}z"/>')
    if series.kind in ("line", "both"):
        dash = f' stroke-dasharray="{_n(look.on * DOT)} {_n(look.off * DOT)}"' if look.off else ""
        parts.append(f'<path class="line" d="{"".join(map(_joined, _runs(points)))}"{dash}/>')
    if series.kind == "dots":
        parts.append(f'<path class="mark" d="{"".join(f"M{_n(x)} {_n(y)}{_SPECK}" for x, y in known)}"/>')
    if series.kind in ("points", "both"):
        parts += _marks(known, look, scale.height)
    return f'<g class="{look.css} {series.role}">{"".join(parts)}</g>'


def _marks(points: list[Point], look: Look, height: float) -> Iterator[str]:
    """Yield the marks inside the frame, and arrows for those above and below it."""
    inside = [(x, y) for x, y in points if 0 <= y <= height]
    above = [(x, 6.0) for x, y in points if y < 0]
    below = [(x, height - 6) for x, y in points if y > height]
    for at, glyph in ((inside, look.point), (above, ABOVE[0]), (below, BELOW[0])):
        if at:
            drawn = "".join(f"M{_n(x)} {_n(y)}{_SHAPES.get(glyph, _DISC)}" for x, y in at)
            yield f'<path class="{"open" if glyph in _OPEN else "mark"}" d="{drawn}"/>'


def _runs(points: Sequence[Point | None]) -> Iterator[list[Point]]:
    """Yield the stretches of a line between its gaps."""
    run: list[Point] = []
    for point in [*points, None]:
        if point:
            run.append(point)
        elif run:
            yield run
            run = []


def _joined(points: Sequence[Point]) -> str:
    return "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in points)


def _label(x: float, y: float, anchor: str, said: str) -> str:
    return f'<text x="{_n(x)}" y="{_n(y)}" text-anchor="{anchor}">{escape(said)}</text>'


def _n(value: float) -> str:
    """Return a length to a tenth of a unit."""
    return f"{value:.1f}".removesuffix(".0")
