"""Plots as SVG for a page: the areas, marks, names and ticks of the terminal's, with real curves.

Colors are left to the page: what a series draws is of the class of its hue, in the current color. Nothing
has an id, so that any number of plots may share a page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from html import escape
from typing import NamedTuple

import numpy as np

from mlbasics.kit.report import AREAS, Plot, Series
from mlbasics.numerics import Array
from mlbasics.render import axes
from mlbasics.render.areas import bounds
from mlbasics.render.axes import Axis
from mlbasics.render.layout import Layout, Place
from mlbasics.render.marks import layers
from mlbasics.render.palette import ABOVE, BELOW, STYLES
from mlbasics.render.paths import line, n, outline
from mlbasics.words import Words

ROW = 17.0  # height of one of the terminal's rows
LETTER, LINE = 7.0, 15.0  # a cell that holds a letter of a name
TICK = 6.6  # width of a letter of a tick label
BESIDE = 4  # letters a tick label of the y axis has at least
OVER, UNDER, RIGHT = 8.0, 20.0, 14.0  # room around the frame
APART = 70  # units a tick of the x axis takes, at least
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
ROUND, OPEN = ("disc", "dot"), ("ring", "cross", "plus")  # shapes that a stroke's width makes, and lines

Places = Mapping[str, Place]
"""Where names stand by the keys of their labels."""


class Inside(NamedTuple):
    """The inside of a plot's frame: axes of fine cells, so many units wide and high."""

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

    def scales(self, plot: Plot) -> str:
        """Return what tells the value at a place: of each axis, where it starts, a unit's worth, and log."""
        if plot.x_names or not plot.y_measured:
            return ""
        ends = (f"{a.low:.6g} {a.unit * FINE:.6g}{' log' * a.log}" for a in (self.x, self.y))
        return ' data-x="{}" data-y="{}"'.format(*ends)

    def layout(self, plot: Plot) -> Layout:
        """Return the plot laid out in cells that hold a letter each."""
        x = self.x._replace(
            low=self.x.low - INSET * FINE * self.x.unit,
            unit=self.x.unit * FINE * LETTER,
            cells=int(self.width / LETTER),
        )
        y = self.y._replace(unit=self.y.unit * FINE * LINE, cells=int(self.height / LINE))
        return Layout(plot, x, y)


class Drawing(NamedTuple):
    """A plot as elements, those of its series whose names found no place, and where the others stand."""

    head: str
    inside: Sequence[str]  # elements that are cut at the frame
    outside: Sequence[str]
    unnamed: Sequence[Series]
    places: Places

    @property
    def svg(self) -> str:
        """The whole."""
        return self.wrap("".join(self.inside), "".join(self.outside))

    def wrap(self, inside: str, outside: str) -> str:
        """Return an svg element of this size that holds something else."""
        return f"{self.head}{inside}</svg>{outside}</svg>"


def draw(
    plot: Plot,
    words: Words,
    width: float,
    left_at: float | None = None,
    before: Places | None = None,
    *,
    bare: bool = False,
) -> Drawing:
    """Return the plot, so many units wide; bare without names.

    Where they are given, the frame starts there, and names stay where they were before if they may.
    """
    left_at = left(plot, width) if left_at is None else left_at
    high, wide = plot.height * ROW - UNDER - OVER, width - left_at - RIGHT
    whole = high + OVER + UNDER + LINE * (plot.x_name is not None)
    fine = int((wide - 2 * INSET) * FINE), int(high * FINE)
    inside = Inside(*axes.pair(plot, *fine, 1.0, _most(width, int(high)), tight=True), wide, high)
    grid = "".join(f"M0 {n(high - t / FINE)}h{n(wide)}" for t in inside.y.ticks)
    drawn = [f'<path class="grid" d="{grid}"/>', *areas(plot, inside)]
    layered = (plot.series[i] for i in layers(plot.series))
    drawn += [marks(one, inside, words.say(one.label)) for one in layered]
    outside = [f'<path class="spines" d="M{n(left_at)} {n(OVER)}v{n(high)}h{n(wide)}"/>']
    for t, said in zip(inside.y.ticks, inside.y.labels, strict=True):
        outside.append(_text(left_at - 6, OVER + high - t / FINE + 4, said, "end"))
    for t, said in zip(inside.x.ticks, inside.x.labels, strict=True):
        outside.append(_text(left_at + INSET + t / FINE, OVER + high + 16, said, "middle"))
    if plot.x_name is not None:
        outside.append(_text(left_at + wide / 2, whole - 4, words.say(plot.x_name), "middle", "axis"))
    unnamed: list[Series] = []
    places: dict[str, Place] = {}

    def name(place: Place, said: str, css: str) -> None:
        row, column = place
        at = left_at + column * LETTER, OVER + high - (row + 0.5) * LINE + 4
        outside.append(_text(*at, said, css=f"name {css}") if said else "")

    layout = None if bare else inside.layout(plot)
    for arrow, place, said in layout.arrows(ABOVE[0], BELOW[0]) if layout else ():
        hue = STYLES[arrow.series.role].hue
        number = said.strip(ABOVE[0] + BELOW[0] + " ")
        name((place[0], place[1] + said.index(number)), number, hue)
        tip = left_at + arrow.at * LETTER, OVER + (6 if arrow.up else high - 6)
        shape = SHAPES["up" if arrow.up else "down"]
        outside.append(f'<path class="{hue} mark" d="M{n(tip[0])} {n(tip[1])}{shape}"/>')
    for series, found, said in layout.names(lambda one: words.say(one.label), before) if layout else ():
        if found is None:
            unnamed.append(series)
            continue
        places[series.label.key] = found
        name(found, said, "on" if layout and layout.strong(found) else STYLES[series.role].hue)
    title = escape(words.say(plot.title))
    box = f'x="{n(left_at)}" y="{n(OVER)}" width="{n(wide)}" height="{n(high)}"{inside.scales(plot)}'
    head = f'<svg viewBox="0 0 {n(width)} {n(whole)}" role="img" aria-label="{title}"><svg {box}>'
    return Drawing(head, list(filter(None, drawn)), outside, unnamed, places)


def left(plot: Plot, width: float) -> float:
    """Return where the frame of a plot starts: there is room for the labels of its y axis."""
    high = int(plot.height * ROW - UNDER - OVER)
    labels = axes.pair(plot, 100, max(high, 1), 1.0, _most(width, high))[1].labels
    return 10 + TICK * max(BESIDE, *map(len, labels), 0)


def _most(width: float, height: float) -> tuple[int, int]:
    """Return how many ticks the axes have at most."""
    return max(3, int(width // APART)), max(2, int(height // 40))


def _text(x: float, y: float, said: str, anchor: str = "start", css: str = "") -> str:
    named = f' class="{css}"' if css else ""
    return f'<text x="{n(x)}" y="{n(y)}" text-anchor="{anchor}"{named}>{escape(said)}</text>'


def sample(series: Series) -> str:
    """Return a series' line and mark, as the legend shows them."""
    x = {"dots": [0.1, 0.3, 0.5, 0.7, 0.9], "points": [0.5], "stems": [0.5]}.get(series.kind, [0, 0.5, 1])
    one = replace(series, x=x, y=[0.5] * len(x), y_top=())
    parts = [one]
    if series.kind in AREAS:
        parts = [replace(one, kind="band", y=[0.0] * len(x), y_top=[1.0] * len(x))]
    elif series.kind == "stems":
        parts = [replace(one, y=[0.0], y_top=[1.0])]
    elif series.kind == "both":
        parts = [replace(one, kind="line"), replace(one, kind="points", x=[0.5], y=[0.5])]
    x_axis, y_axis = (axes.exact(axes.fit((0, 1), size * FINE, 2), (0, 1)) for size in (24, 12))
    inside = Inside(x_axis, y_axis, 24 + 2 * INSET, 12)
    flat = Plot("key", parts, (0, 1), (0, 1))
    drawn = [*areas(flat, inside), *(marks(part, inside) for part in parts)]
    return f'<svg class="key" viewBox="{n(INSET)} 0 24 12">{"".join(drawn)}</svg>'


def marks(series: Series, inside: Inside, name: str = "") -> str:
    """Return what a series draws over the areas."""
    if series.kind in AREAS or not len(series.x):
        return ""
    style = STYLES[series.role]
    x, y = inside.across(series.x), inside.down(series.y)
    known = np.column_stack([x, y])[np.isfinite(x + y)].tolist()
    parts = []
    if series.kind in ("line", "both"):
        dash = f' stroke-dasharray="{n(style.on * DOT)} {n(style.off * DOT)}"' if style.off else ""
        parts.append(f'<path class="line" d="{line(x, y)}"{dash}/>')
    if series.kind == "dots":
        parts.append(f'<path class="speck" d="{_round(known)}"/>')
    if series.kind == "stems":
        ends = zip(x, y, inside.down(series.y_top), strict=True)
        drawn = "".join(f"M{n(u)} {n(v)}V{n(w)}" for u, v, w in ends if v + w == v + w)
        parts.append(f'<path class="line stem" d="{drawn}"/>')
    if series.kind in ("points", "both"):  # those beyond the frame are said by arrows
        shape = series.shape or style.shape
        seen = [(u, v) for u, v in known if -0.05 <= v <= inside.height + 0.05]
        if seen and shape in ROUND:
            parts.append(f'<path class="{shape}" d="{_round(seen)}"/>')
        elif seen:
            drawn = "".join(f"M{n(u)} {n(v)}{SHAPES[shape]}" for u, v in seen)
            parts.append(f'<path class="{"open" if shape in OPEN else "mark"}" d="{drawn}"/>')
    named = f' data-name="{escape(name)}"' if name and series.kind in ("line", "both") else ""
    return f'<g class="{style.hue} {series.role}"{named}>{"".join(parts)}</g>'


def _round(points: Sequence[Sequence[float]]) -> str:
    """Return points that the width of their stroke makes round."""
    return "".join(f"M{n(x)} {n(y)}h0" for x, y in points)


def areas(plot: Plot, inside: Inside) -> Iterator[str]:
    """Yield the areas of a plot, from the lowest to the uppermost."""
    if plot.regions is not None:  # each class is one path around all its places
        rows = np.asarray(plot.regions.rows, int)
        (left, right), (bottom, top) = inside.across(plot.x_range), inside.down(plot.y_range)
        x, y = np.linspace(left, right, rows.shape[1] + 1), np.linspace(bottom, top, rows.shape[0] + 1)
        for kind, role in enumerate(plot.regions.roles):
            drawn = outline(rows == kind, x, y)
            yield f'<path class="{STYLES[role].hue} soft" shape-rendering="crispEdges" d="{drawn}"/>'
    for _, series, low, high in bounds(plot.series):
        hue = STYLES[series.role].hue
        x, top, bottom = inside.across(series.x), inside.down(high), inside.down(low)
        if series.kind == "bars":
            bars = [
                f"M{n(x[i])} {n(bottom[i])}V{n(top[i])}H{n(x[i + 1])}V{n(bottom[i])}z"
                for i in range(len(top))
                if top[i] == top[i]
            ]
            for second, tone in enumerate(("firm", "soft")):
                yield f'<path class="{hue} {tone}" d="{"".join(bars[second::2])}"/>'
            continue
        around_x, around_y = np.concatenate([x, x[::-1]]), np.concatenate([bottom, top[::-1]])
        known = np.isfinite(around_y)
        tone = "strong" if series.kind == "stack" else "soft"
        if known.any():
            yield f'<path class="{hue} {tone}" d="{line(around_x[known], around_y[known])}z"/>'
