"""Plots as SVG for a page: the areas, marks, names and ticks of the terminal's, with real curves.

Colours are left to the page: what a series draws is of the class of its hue, in the current colour. Nothing
has an id, so that any number of plots may share a page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import escape
from typing import NamedTuple

import numpy as np
from rich.cells import cell_len

from mlbasics.kit.report import AREAS, Plot, Series
from mlbasics.render import areas, arrows, axes, labels
from mlbasics.render.labels import named
from mlbasics.render.marks import Marks, layers
from mlbasics.render.palette import LOOKS
from mlbasics.render.paths import n
from mlbasics.render.strokes import FINE, INSET, SHAPES, Frame, strokes
from mlbasics.render.strokes import areas as drawn_areas
from mlbasics.words import Words

ROW = 17.0  # height of one of the terminal's rows
LETTER, LINE = 7.0, 15.0  # a cell that holds a letter of a name
TICK = 6.6  # width of a letter of a tick label
BESIDE = 4  # letters a tick label of the y axis has at least
OVER, BELOW, RIGHT = 8.0, 20.0, 14.0  # room around the frame
APART = 70  # units a tick of the x axis takes, at least


Places = Mapping[str, tuple[int, int]]
"""Where names stand, row and column, by the keys of their labels."""


class Drawing(NamedTuple):
    """A plot on its way to an svg element, and those of its series whose names found no place in it."""

    head: str
    inside: list[str]  # elements that are cut at the frame
    outside: list[str]
    unnamed: list[Series]
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
    left: float | None = None,
    before: Places | None = None,
    *,
    bare: bool = False,
) -> Drawing:
    """Return the plot, so many units wide; bare without names.

    Where they are given, the frame starts there, and names stay where they were before if they may.
    """
    return _Drawing(plot, words, width, left).finish(before or {}, bare)


def left(plot: Plot, width: float) -> float:
    """Return where the frame of a plot starts: there is room for the labels of its y axis."""
    inside = int(plot.height * ROW - BELOW - OVER)
    rows = axes.pair(plot, 100, max(inside, 1), 1.0, _most(width, inside))[1].labels
    return 10 + TICK * max(BESIDE, *map(len, rows), 0)


def _most(width: float, height: float) -> tuple[int, int]:
    """Return how many ticks the axes have at most."""
    return max(3, int(width // APART)), max(2, int(height // 40))


def sample(series: Series) -> str:
    """Return a series' line and mark, as the legend shows them."""
    x = {"dots": [0.1, 0.3, 0.5, 0.7, 0.9], "points": [0.5], "sticks": [0.5]}.get(series.kind, [0, 0.5, 1])
    one = replace(series, x=x, y=[0.5] * len(x), y_top=())
    parts = [one]
    if series.kind in AREAS:
        parts = [replace(one, kind="band", y=[0.0] * len(x), y_top=[1.0] * len(x))]
    elif series.kind == "sticks":
        parts = [replace(one, y=[0.0], y_top=[1.0])]
    elif series.kind == "both":
        parts = [replace(one, kind="line"), replace(one, kind="points", x=[0.5], y=[0.5])]
    x_axis, y_axis = (axes.exact(axes.fit((0, 1), size * FINE, 2), (0, 1)) for size in (24, 12))
    frame = Frame(x_axis, y_axis, 24 + 2 * INSET, 12)
    flat = Plot("key", parts, (0, 1), (0, 1))
    drawn = [*drawn_areas(flat, frame), *(strokes(part, frame) for part in parts)]
    return f'<svg class="key" viewBox="{n(INSET)} 0 24 12">{"".join(drawn)}</svg>'


class _Names(NamedTuple):
    """Arrows and names as elements, the series without one, and where the names stand."""

    drawn: list[str]
    without: list[Series]
    places: Places


class _Drawing:
    """One plot on its way to an svg element."""

    def __init__(self, plot: Plot, words: Words, width: float, left_at: float | None) -> None:
        self.plot, self.words, self.width = plot, words, width
        self.over = OVER + (LINE if plot.y_name is not None else 0)
        self.below = BELOW + (LINE if plot.x_name is not None else 0)
        height = plot.height * ROW - BELOW - OVER
        self.height = height + self.over + self.below
        self.left = left(plot, width) if left_at is None else left_at
        inside = width - self.left - RIGHT
        fine = int((inside - 2 * INSET) * FINE), int(height * FINE)
        pair = axes.pair(plot, *fine, 1.0, _most(width, int(height)), tight=True)
        self.frame = Frame(*pair, inside, height)

    def finish(self, before: Places, bare: bool) -> Drawing:
        """Draw from the ground up."""
        frame = self.frame
        grid = [f"M0 {n(frame.height - t / FINE)}h{n(frame.width)}" for t in frame.y.ticks]
        drawn = [f'<path class="grid" d="{"".join(grid)}"/>', *drawn_areas(self.plot, frame)]
        drawn += [strokes(self.plot.series[i], frame) for i in layers(self.plot.series)]
        box = f'x="{n(self.left)}" y="{n(self.over)}" width="{n(frame.width)}" height="{n(frame.height)}"'
        sides = f"M{n(self.left)} {n(self.over)}v{n(frame.height)}h{n(frame.width)}"
        names = _Names([], [], {}) if bare else self._names(before)
        title = escape(self.words.say(self.plot.title))
        return Drawing(
            f'<svg viewBox="0 0 {n(self.width)} {n(self.height)}" role="img" aria-label="{title}">'
            f"<svg {box}>",
            [element for element in drawn if element],
            [f'<path class="frame" d="{sides}"/>', *self._ticks(), *names.drawn],
            names.without,
            names.places,
        )

    def _ticks(self) -> Iterator[str]:
        """Yield the labels of the axes, and the axes' names."""
        frame, bottom = self.frame, self.over + self.frame.height
        for t, said in zip(frame.y.ticks, frame.y.labels, strict=True):
            yield _text(self.left - 6, bottom - t / FINE + 4, "end", said)
        for t, said in zip(frame.x.ticks, frame.x.labels, strict=True):
            yield _text(self.left + INSET + t / FINE, bottom + 16, "middle", said)
        if self.plot.y_name is not None:
            yield _text(4, 12, "start", self.words.say(self.plot.y_name), "axis")
        if self.plot.x_name is not None:
            said = self.words.say(self.plot.x_name)
            yield _text(self.left + frame.width / 2, self.height - 4, "middle", said, "axis")

    def _names(self, before: Places) -> _Names:
        """Return arrows and names, laid in cells of a letter each, and what found no place."""
        plot, frame = self.plot, self.frame
        columns, rows = int(frame.width / LETTER), int(frame.height / LINE)
        x = frame.x._replace(
            low=frame.x.low - INSET * FINE * frame.x.unit,
            unit=frame.x.unit * FINE * LETTER,
            cells=columns,
        )
        y = frame.y._replace(unit=frame.y.unit * FINE * LINE, cells=rows)
        marks = Marks(x, y)
        for owner in layers(plot.series):
            marks.add(plot.series[owner], owner)
        taken = marks.taken()
        found = areas.raster(plot, x, y)
        most = np.zeros(taken.shape, int) if found is None else areas.fill(found).most
        kinds = [] if found is None else list(found.areas)
        drawn = []
        for series in plot.series:
            for arrow in arrows.beyond(series, x, y):
                row = rows - 1 if arrow.up else 0
                column, said = arrows.place(arrow, "▲" if arrow.up else "▼", row, taken)
                taken[row, column : column + len(said)] = True
                drawn.append(self._name(row, column, said.strip("▲▼ "), LOOKS[series.role].css, ""))
                tip = self.left + arrow.at * LETTER, self.over + (6 if arrow.up else frame.height - 6)
                shape = SHAPES["up" if arrow.up else "down"]
                css = LOOKS[series.role].css
                drawn.append(f'<path class="{css} mark" d="M{n(tip[0])} {n(tip[1])}{shape}"/>')
        unnamed, places = [], {}
        for series, owners in named(plot):
            said = self.words.say(series.label)
            if not said:
                continue
            own = [kind for kind, area in enumerate(kinds, 1) if area.owner in owners]
            inside = np.isin(most, own) if own else None
            marked = np.isin(marks.owner, owners) & marks.taken()
            at = before.get(series.label.key)
            wanted = labels.Wanted(cell_len(said), marked, inside, at, beside=min(owners) >= 0)
            place = labels.place(wanted, taken, most)
            if place is None:
                unnamed.append(series)
                continue
            places[series.label.key] = place
            under = kinds[most[place] - 1] if most[place] else None
            css = "on" if under and under.strong else LOOKS[series.role].css
            drawn.append(self._name(*place, said, css, "name"))
        return _Names(drawn, unnamed, places)

    def _name(self, row: int, column: int, said: str, hue: str, kind: str) -> str:
        x = self.left + column * LETTER
        y = self.over + self.frame.height - (row + 0.5) * LINE + 4
        return _text(x, y, "start", said, f"name {hue}") if said else ""


def _text(x: float, y: float, anchor: str, said: str, css: str = "") -> str:
    named = f' class="{css}"' if css else ""
    return f'<text x="{n(x)}" y="{n(y)}" text-anchor="{anchor}"{named}>{escape(said)}</text>'
