"""Which colour a thing takes on this screen: on its own ground, on an area, with many colours or few."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from mlbasics.render.areas import Area
from mlbasics.render.palette import DARK, LIGHT, LINES, LOOKS, Color, Hue, Paint
from mlbasics.render.terminal import Terminal

BLACK = Paint("#000000", 16, 0)  # what is written on a strong colour
READS = 3.0  # the contrast from which on a colour reads (WCAG 2.2, 1.4.11)


class Colours(NamedTuple):
    """The colours of a screen, as rich names them; None is the terminal's own."""

    color: Color
    dark: bool

    @property
    def painted(self) -> bool:
        """Whether there are grounds of any colour, and so areas that lie under lines."""
        return self.color in ("truecolor", "256")

    def fills(self, area: Area) -> bool:
        """Return whether an area is a coloured ground; if not, it is filled with characters."""
        return self.painted or (area.strong and self.color is not None)

    def line(self, hue: Hue) -> str | None:
        """Return the colour of lines, points and words on the terminal's own ground."""
        paint = LINES[hue]
        return None if paint is None else paint.code(self.color)

    def area(self, area: Area) -> str | None:
        """Return the colour of an area."""
        return self._area(area).code(self.color)

    def mark(self, hue: Hue, area: Area) -> str | None:
        """Return the colour in which a line, point or word reads on an area."""
        if not self.fills(area):
            return self.line(hue)
        if area.strong:
            return BLACK.code(self.color)
        paint = LINES[hue]
        alike = area.owner < 0 or hue == LOOKS[area.role].hue  # on regions all marks are of one brightness
        few = self.color == "256"  # of which none is as dark as an area should be
        if paint is None or alike or few or contrast(paint.truecolor, self._area(area).truecolor) < READS:
            paint = (DARK if self.dark else LIGHT)[hue].over
        return paint.code(self.color)

    def hair(self) -> str | None:
        """Return the colour of what is hardly to be seen."""
        return (DARK if self.dark else LIGHT)["ink"].soft.code(self.color)

    def _area(self, area: Area) -> Paint:
        hue = LOOKS[area.role].hue
        tones = (DARK if self.dark else LIGHT)[hue]
        strong = LINES[hue] or tones.over
        return strong if area.strong else tones.firm if area.firm else tones.soft


def of(terminal: Terminal) -> Colours:
    """Return the colours of a terminal."""
    return Colours(terminal.color, terminal.dark)


def luminance(color: str) -> float:
    """Return the relative luminance of a colour, #rrggbb: Σ wᵢ cᵢ over linear red, green and blue."""
    parts = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@cache
def contrast(one: str, other: str) -> float:
    """Return (L + 0.05) / (l + 0.05) of the lighter and the darker of two colours."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)
