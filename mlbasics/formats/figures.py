"""Plots in a page: still, or with the dial of their lesson, which a small script turns.

Without the script, and on paper, the figures stand as the dial first shows them, over a row of small ones.
What all positions of a dial share is written once. What moves says in data-at at which of them it is seen;
that of the position that is seen is of class now.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import compress, groupby, zip_longest
from typing import NamedTuple

import numpy as np

from mlbasics.formats.pieces import Html, fill
from mlbasics.kit.dial import Dial, Frame, Position
from mlbasics.kit.report import Panels, Plot, Series
from mlbasics.render import vector
from mlbasics.render.vector import Drawing
from mlbasics.words import Phrase, Words

WIDTHS = (520, 460, 340)  # units of a plot that stands alone, beside another, or beside two; about pixels
MOMENTS, SMALL, LOW = 6, 220, 10  # small figures in a row, the width of one in units, and its height in rows


class Figures:
    """How plots are drawn in a page."""

    def __init__(self, words: Words) -> None:
        self.words, self.say = words, words.say

    def still(self, block: Plot | Panels) -> Html:
        """Return plots side by side where there is room."""
        plots = _plots(block)
        width = _width(len(plots))
        return fill("figures", figures=[self.figure(plot, width) for plot in plots])

    def figure(self, plot: Plot, width: int) -> Html:
        """Return a plot under its title, and over the names that found no place in it."""
        drawing = vector.draw(plot, self.words, width)
        title, legend = self.title(plot), self.legend(drawing.unnamed)
        return fill("figure", kind=_kind(plot), title=title, drawing=Html(drawing.svg), legend=legend)

    def title(self, plot: Plot) -> Html:
        """Return a plot's title and the remark beside it."""
        remark = "" if plot.axes is None else f" {self.say(plot.axes)}"
        return fill("title", title=self.say(plot.title), remark=remark)

    def legend(self, unnamed: Sequence[Series]) -> Html:
        """Return names beside samples of what they name."""
        if not unnamed:
            return Html()
        keys = [fill("key", sample=Html(vector.sample(one)), name=self.say(one.label)) for one in unnamed]
        return fill("legend", keys=keys)

    def player(self, dial: Dial, name: str) -> Html:
        """Return the figures at every position, and what turns them; in the address, name is the dial's."""
        seen, first = dial.frames, dial.default
        rows = zip_longest(*(_rows(frame.heroes) for frame in seen), fillvalue=())
        positions = _names(dial.positions)
        return fill(
            "player",
            name=name,
            positions=" ".join(positions),
            rows=[self._turning(row, first) for row in rows],
            captions=stack([fill("text", said=self.say(frame.caption)) for frame in seen], first),
            play=self.say(Phrase("player.play")),
            pause=self.say(Phrase("player.pause")),
            dial=self.say(dial.name),
            last=len(positions) - 1,
            first=first,
            position=positions[first],
            moments=self._moments(seen, self.say(dial.name), positions),
        )

    def _turning(self, row: Sequence[Sequence[Plot]], first: int) -> Html:
        """Return figures side by side, each at every position."""
        width = _width(max(map(len, row)))
        figures = []
        for plots in zip_longest(*row):
            drawings = self._drawings(plots, width, first)
            titles = [Html() if plot is None else self.title(plot) for plot in plots]
            legends = [Html() if drawing is None else self.legend(drawing.unnamed) for drawing in drawings]
            title, legend = stack(titles, first), stack(legends, first, "div")
            kind, drawn = _kind(*plots), turned(drawings, first)
            figures.append(fill("figure", kind=kind, title=title, drawing=drawn, legend=legend))
        return fill("figures", figures=figures)

    def _drawings(self, plots: Sequence[Plot | None], width: int, first: int) -> Sequence[Drawing | None]:
        """Draw a figure at every position, its names where they stand at the position before, if they may."""
        drawings: list[Drawing | None] = [None] * len(plots)
        left = max(vector.left(plot, width) for plot in plots if plot)
        for way in (range(first, len(plots)), range(first, -1, -1)):
            drawn, before = None, b""
            for i in way:
                plot, key = plots[i], _key(plots[i])
                if plot and key != before:
                    drawn, before = vector.draw(plot, self.words, width, left, drawn and drawn.places), key
                drawings[i] = drawn if plot else None
        return drawings

    def _moments(self, seen: Sequence[Frame], dial_name: str, positions: Sequence[str]) -> Iterator[Html]:
        """Yield small figures from the first position to the last: of what makes the point, if it moves."""
        heroes = [_plots(frame.heroes[0]) for frame in seen]
        moving = [len(set(map(_key, plots))) > 1 for plots in zip(*heroes, strict=False)]
        count = min(MOMENTS, len(seen))
        for i in (k * (len(seen) - 1) // (count - 1) for k in range(count)):
            low = (replace(p, height=LOW, x_name=None) for p in compress(heroes[i], moving))
            drawn = [Html(vector.draw(plot, self.words, SMALL, bare=True).svg) for plot in low]
            title = f"{dial_name} {positions[i]}"
            yield fill("figure", kind=None, title=title, drawing=drawn, legend=None)


def turned(drawings: Sequence[Drawing | None], default: int) -> Html:
    """Return the drawings of every position, of one size, as one svg element that first shows the default."""
    inside = [drawing.inside if drawing else [] for drawing in drawings]
    outside = [drawing.outside if drawing else [] for drawing in drawings]
    drawn = ("".join(_groups(merge(side), len(drawings), default)) for side in (inside, outside))
    return Html((drawings[default] or next(filter(None, drawings))).wrap(*drawn))


class Part(NamedTuple):
    """An element, and the positions at which it is seen."""

    element: str
    at: list[int]


def merge(drawings: Sequence[Sequence[str]]) -> list[Part]:
    """Return the elements of all drawings, in an order that keeps the order of each."""
    elements: list[str] = []
    parts: list[Part] = []
    for i, drawing in enumerate(drawings):
        start = 0
        for element in drawing:
            try:
                start = elements.index(element, start)
            except ValueError:
                elements.insert(start, element)
                parts.insert(start, Part(element, []))
            parts[start].at.append(i)
            start += 1
    return parts


def _groups(parts: Sequence[Part], count: int, default: int) -> Iterator[str]:
    for at, run in groupby(parts, key=lambda part: part.at):
        joined = Html("".join(part.element for part in run))
        yield joined if len(at) == count else _seen("g", at, default, joined)


def stack(texts: Sequence[Html], default: int, tag: str = "span") -> Html:
    """Return what is said at each position as elements on one another, the room of the largest kept."""
    alike: dict[Html, list[int]] = {}
    for i, text in enumerate(texts):
        alike.setdefault(text, []).append(i)
    if len(alike) == 1:
        return texts[0]
    layers = [_seen(tag, at, default, text) for text, at in alike.items()]
    return fill("stack", tag=tag, layers=layers)


def _seen(tag: str, at: Sequence[int], default: int, inside: Html) -> Html:
    when = "now" if default in at else "then"
    return fill(f"seen {when}", tag=tag, at=" ".join(map(str, at)), inside=inside)


def _kind(*plots: Plot | None) -> Html | None:
    """Return what marks a plane, which has room beside another where a curve has none."""
    return fill("plane") if any(plot and plot.equal_units for plot in plots) else None


def _key(plot: Plot | None) -> bytes:
    """Return what tells a plot from one of other values; NaN is the same as NaN."""
    return pickle.dumps(plot)


def _names(positions: Sequence[Position]) -> Sequence[str]:
    """Return positions to two digits, or as many as tell them apart; whole numbers in full."""
    for digits in range(2, 18):
        names = [
            str(int(position))
            if float(position).is_integer()
            else np.format_float_positional(float(f"{position:.{digits}g}"), trim="-")
            for position in positions
        ]
        if len(set(names)) == len(names):
            break
    return names


def _plots(block: Plot | Panels) -> Sequence[Plot]:
    return Panels.of(block).level()


def _rows(heroes: Sequence[Plot | Panels]) -> Sequence[Sequence[Plot]]:
    """Return what stands side by side: the plots of panels, and plots that follow one another."""
    rows = groupby(heroes, key=lambda hero: hero if isinstance(hero, Panels) else None)
    return [[plot for hero in row for plot in _plots(hero)] for _, row in rows]


def _width(side_by_side: int) -> int:
    return WIDTHS[min(side_by_side, len(WIDTHS)) - 1]
