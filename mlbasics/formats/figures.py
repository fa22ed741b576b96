"""Plots in a page: still, or with the dial of their lesson, which a small script frames.

Without the script, and on paper, the figures stand as the dial first shows them, over a row of small ones.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape
from itertools import compress, groupby, zip_longest

import numpy as np

from mlbasics.kit.dial import Dial, Frame, Position
from mlbasics.kit.report import Panels, Plot, Series
from mlbasics.render import frames, vector
from mlbasics.render.vector import Drawing
from mlbasics.words import Phrase, Words

WIDTHS = (520, 460, 340)  # units of a plot that stands alone, beside another, or beside two; about pixels
MOMENTS, SMALL, LOW = 6, 220, 10  # small figures in a row, the width of one in units, and its height in rows


class Figures:
    """How plots are drawn in a page."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def say(self, said: Phrase | str) -> str:
        """Return what is said as HTML."""
        return escape(self.words.say(said))

    def still(self, block: Plot | Panels) -> str:
        """Return plots side by side where there is room."""
        plots = _plots(block)
        width = _width(len(plots))
        return f'<div class="figures">{"".join(self.figure(plot, width) for plot in plots)}</div>'

    def figure(self, plot: Plot, width: int) -> str:
        """Return a plot under its title, and over the names that found no place in it."""
        drawing = vector.draw(plot, self.words, width)
        return _figure(self.title(plot), drawing.svg, self.legend(drawing.unnamed))

    def title(self, plot: Plot) -> str:
        """Return a plot's title and the remark beside it."""
        remark = "" if plot.axes is None else f" {self.say(plot.axes)}"
        return f"<b>{self.say(plot.title)}</b>{remark}"

    def legend(self, unnamed: Sequence[Series]) -> str:
        """Return names beside samples of what they name."""
        keys = "".join(f"<li>{vector.sample(series)} {self.say(series.label)}</li>" for series in unnamed)
        return f'<ul class="legend">{keys}</ul>' if keys else ""

    def player(self, dial: Dial, name: str) -> str:
        """Return the figures at every position, and what turns them; in the address, name is the dial's."""
        seen, first = dial.frames, dial.default
        rows = zip_longest(*(_rows(frame.heroes) for frame in seen), fillvalue=())
        captions = frames.stack([self.say(frame.caption) for frame in seen], first)
        positions = _names(dial.positions)
        play, pause, dial_name = map(self.say, (Phrase("player.play"), Phrase("player.pause"), dial.name))
        return (
            f'<div class="player" tabindex="-1" data-name="{name}" data-positions="{" ".join(positions)}">'
            f"{''.join(self._turning(row, first) for row in rows)}"
            f'<p class="caption" aria-live="polite">{captions}</p>'
            f'<div class="controls"><button type="button" data-pause="{pause}">{play}</button>'
            f'<div><label>{dial_name} <input type="range" max="{len(positions) - 1}" value="{first}" '
            f'autocomplete="off"></label><output>{positions[first]}</output></div></div>'
            f'<div class="moments">{"".join(self._moments(seen, dial_name, positions))}</div></div>'
        )

    def _turning(self, row: Sequence[Sequence[Plot]], first: int) -> str:
        """Return figures side by side, each at every position."""
        width = _width(max(map(len, row)))
        figures = []
        for plots in zip_longest(*row):
            drawings = self._drawings(plots, width, first)
            titles = ["" if plot is None else self.title(plot) for plot in plots]
            legends = ["" if drawing is None else self.legend(drawing.unnamed) for drawing in drawings]
            title, legend = frames.stack(titles, first), frames.stack(legends, first, "div")
            figures.append(_figure(title, frames.figure(drawings, first), legend))
        return f'<div class="figures">{"".join(figures)}</div>'

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

    def _moments(self, seen: Sequence[Frame], dial_name: str, positions: Sequence[str]) -> Iterator[str]:
        """Yield small figures from the first position to the last: of what makes the point, if it moves."""
        heroes = [_plots(frame.heroes[0]) for frame in seen]
        moving = [len(set(map(_key, plots))) > 1 for plots in zip(*heroes, strict=False)]
        count = min(MOMENTS, len(seen))
        for i in (k * (len(seen) - 1) // (count - 1) for k in range(count)):
            low = (replace(p, height=LOW, x_name=None, y_name=None) for p in compress(heroes[i], moving))
            drawn = (vector.draw(plot, self.words, SMALL, bare=True).svg for plot in low)
            yield _figure(f"{dial_name} {positions[i]}", "".join(drawn))


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


def _figure(title: str, drawing: str, legend: str = "") -> str:
    return f"<figure><figcaption>{title}</figcaption>{drawing}{legend}</figure>"


def _plots(block: Plot | Panels) -> Sequence[Plot]:
    return [block] if isinstance(block, Plot) else block.level()


def _rows(heroes: Sequence[Plot | Panels]) -> Sequence[Sequence[Plot]]:
    """Return what stands side by side: the plots of panels, and plots that follow one another."""
    rows = groupby(heroes, key=lambda hero: hero if isinstance(hero, Panels) else None)
    return [[plot for hero in row for plot in _plots(hero)] for _, row in rows]


def _width(side_by_side: int) -> int:
    return WIDTHS[min(side_by_side, len(WIDTHS)) - 1]
