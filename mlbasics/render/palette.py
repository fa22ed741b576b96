"""How each role looks: a color, a dash, and shapes and fills that tell it apart where there is no color.

The colors are Okabe and Ito's (2008), which the color-blind tell apart too, with their lightness moved so
far that each reads on black and on white, with a contrast of at least 3:1: a test computes it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from mlbasics.kit.report import Role, Shape
    from mlbasics.render.areas import Area
    from mlbasics.render.terminal import Color, Terminal

Hue = Literal["ink", "grey", "blue", "vermillion", "purple", "amber"]


class Paint(NamedTuple):
    """One color as truecolor, in the 256 of xterm, and in the 16 that the terminal's theme defines."""

    truecolor: str
    xterm: int
    standard: int | None = None  # None is the terminal's own text color

    def code(self, color: Color) -> str | None:
        """Return the color as rich names it, or None for the terminal's own."""
        if color == "truecolor":
            return self.truecolor
        if color == "256":
            return f"color({self.xterm})"
        return None if self.standard is None or color is None else f"color({self.standard})"


class Tones(NamedTuple):
    """A hue on a dark or a light ground: as an area, as one that stands out, and as a mark on either."""

    soft: Paint
    firm: Paint
    over: Paint


LINES: dict[Hue, Paint | None] = {
    "ink": None,
    "grey": Paint("#747474", 243, 8),
    "blue": Paint("#1a80c8", 32, 12),
    "vermillion": Paint("#cc4a00", 166, 9),
    "purple": Paint("#d070b0", 169, 13),
    "amber": Paint("#c48a00", 136),
}
"""Lines, points and stacked areas, the same on either ground."""

DARK: dict[Hue, Tones] = {
    "ink": Tones(Paint("#303338", 237), Paint("#4a4e55", 240), Paint("#f4f4f4", 255, 15)),
    "grey": Tones(Paint("#292b2e", 235), Paint("#45484d", 239), Paint("#b4b4b4", 250)),
    "blue": Tones(Paint("#0b2f4c", 17), Paint("#174c76", 24), Paint("#7cc0f0", 117)),
    "vermillion": Tones(Paint("#4a210b", 52), Paint("#6e3413", 88), Paint("#ffb27a", 215)),
    "purple": Tones(Paint("#43243a", 53), Paint("#633658", 89), Paint("#efb0d8", 218)),
    "amber": Tones(Paint("#392a06", 58), Paint("#57410b", 94), Paint("#f2c860", 221)),
}
LIGHT: dict[Hue, Tones] = {
    "ink": Tones(Paint("#dcdee1", 253), Paint("#c3c6ca", 250), Paint("#16181b", 234, 0)),
    "grey": Tones(Paint("#e2e3e5", 254), Paint("#cbcdd0", 250), Paint("#54565a", 240)),
    "blue": Tones(Paint("#bcdcf4", 153), Paint("#93c4ea", 117), Paint("#0a568e", 25)),
    "vermillion": Tones(Paint("#f8cdb4", 223), Paint("#f2a983", 216), Paint("#973400", 124)),
    "purple": Tones(Paint("#f0cfe4", 225), Paint("#e0a9cc", 182), Paint("#8f3a72", 126)),
    "amber": Tones(Paint("#f2dfae", 229), Paint("#e3c775", 222), Paint("#7a5600", 94)),
}


class Style(NamedTuple):
    """How a role looks: a dash is drawn on and left out off, in braille dots, over and over."""

    hue: Hue
    on: int
    off: int
    shape: Shape
    ascii: str  # a point, or a line
    fill: str  # an area without color
    ascii_fill: str


STYLES: dict[Role, Style] = {
    "plain": Style("ink", 1, 0, "dot", "o", "░", ":"),
    "truth": Style("grey", 1, 0, "dot", ".", "░", ":"),
    "data": Style("amber", 1, 0, "disc", "o", "░", "'"),
    "low": Style("purple", 3, 2, "diamond", "=", "▒", ":"),
    "best": Style("blue", 6, 2, "square", "+", "░", "'"),
    "high": Style("vermillion", 5, 1, "up", "*", "▓", "%"),
    "train": Style("blue", 1, 2, "ring", "o", "░", ":"),
    "test": Style("vermillion", 1, 0, "disc", "#", "▒", "%"),
    "cv": Style("amber", 1, 1, "cross", "x", "▒", ":"),
    "floor": Style("grey", 2, 2, "plus", "-", "░", "."),
    "above": Style("vermillion", 1, 0, "up", "x", "▒", ":"),
    "below": Style("blue", 1, 0, "down", "o", " ", " "),
    "wrong": Style("ink", 1, 0, "star", "@", "▓", "%"),
    "class1": Style("amber", 1, 0, "disc", "o", "░", "'"),
    "class2": Style("blue", 1, 0, "down", "x", " ", " "),
    "class3": Style("grey", 1, 0, "ring", ".", "▒", ":"),
    "class4": Style("ink", 1, 0, "up", "^", "▓", "%"),
    "faint": Style("grey", 1, 1, "ring", ",", "▒", ":"),
    "other": Style("grey", 1, 1, "down", ":", "░", ":"),
}

GLYPHS: dict[Shape, str] = {
    "disc": "●", "ring": "○", "square": "■", "diamond": "◆", "up": "▲", "down": "▼",
    "cross": "×", "plus": "+", "star": "★", "dot": "•",
}  # fmt: skip
ASCII_GLYPHS: dict[Shape, str] = {
    "disc": "o", "ring": "o", "square": "#", "diamond": "*", "up": "^", "down": "v",
    "cross": "x", "plus": "+", "star": "*", "dot": ".",
}  # fmt: skip

VERDICTS = {True: ("✓", "bold green"), False: ("✗", "bold yellow"), None: ("?", "bold cyan")}
"""The mark of a claim that holds, does not, or cannot be judged, and its style."""

ABOVE, BELOW = ("▲", "^"), ("▼", "v")  # what lies beyond the frame

_FRAME = dict.fromkeys("┌┐└┘├┤┬┴┼", "+") | {"─": "-", "│": "|"}
_SIGNS = {
    "←": "<-", "↑": "^", "↓": "v",
    "α": "alpha", "ₙ": "_n", "μ": "mu", "γ": "gamma ", "β": "beta", "Σ": "sum", "\u0302": "^",  # the hat of x̂
    "σ": "sigma", "ε": "eps", "π": "pi ", "λ": "lambda", "²": "^2", "½": "1/2", "√": "sqrt", "∞": "inf",
    "░": ".", "▒": ":", "▓": "%",
    "×": "x", "·": "*", "±": "+/-", "≤": "<=", "≥": ">=", "≠": "!=", "≈": "~", "→": "->", "‖": "|",
    "ᵀ": "'", "₁": "_1", "°": " deg", "–": "-", "—": "-", "−": "-", "…": "...", "’": "'",
    "▁": "_", "▂": ".", "▃": ":", "▄": "-", "▅": "=", "▆": "+", "▇": "*", "█": "#",
    "‘": "'", "“": '"', "”": '"', "✓": "+", "✗": "x", "★": "*", "●": "o", "▲": "^", "▼": "v",
}  # fmt: skip
ASCII = str.maketrans(_FRAME | _SIGNS)
"""What stands for a character where only ASCII can be shown."""

BLACK = Paint("#000000", 16, 0)  # what is written on a strong color
READS = 3.0  # the contrast from which on a color reads (WCAG 2.2, 1.4.11)


class Colors:
    """The colors of a screen, as rich names them; None is the terminal's own."""

    def __init__(self, terminal: Terminal) -> None:
        self.color, self.tones = terminal.color, DARK if terminal.dark else LIGHT

    @property
    def painted(self) -> bool:
        """Whether there are grounds of any color, and so areas that lie under lines."""
        return self.color in ("truecolor", "256")

    def fills(self, area: Area) -> bool:
        """Return whether an area is a colored ground; if not, it is filled with characters."""
        return self.painted or (area.strong and self.color is not None)

    def line(self, hue: Hue) -> str | None:
        """Return the color of lines, points and words on the terminal's own ground."""
        paint = LINES[hue]
        return None if paint is None else paint.code(self.color)

    def area(self, area: Area) -> str | None:
        """Return the color of an area."""
        return self._area(area).code(self.color)

    def mark(self, hue: Hue, area: Area) -> str | None:
        """Return the color in which a line, point or word reads on an area."""
        if not self.fills(area):
            return self.line(hue)
        if area.strong:
            return BLACK.code(self.color)
        paint = LINES[hue]
        alike = area.owner < 0 or hue == STYLES[area.role].hue  # on regions all marks are of one brightness
        few = self.color == "256"  # of which none is as dark as an area should be
        if paint is None or alike or few or contrast(paint.truecolor, self._area(area).truecolor) < READS:
            paint = self.tones[hue].over
        return paint.code(self.color)

    def hair(self) -> str | None:
        """Return the color of what is hardly to be seen."""
        return self.tones["ink"].soft.code(self.color)

    def _area(self, area: Area) -> Paint:
        hue = STYLES[area.role].hue
        tones = self.tones[hue]
        return LINES[hue] or tones.over if area.strong else tones.firm if area.firm else tones.soft


def luminance(color: str) -> float:
    """Return the relative luminance of a color, #rrggbb: Σ wᵢ cᵢ over linear red, green and blue."""
    parts = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@cache
def contrast(one: str, other: str) -> float:
    """Return (L + 0.05) / (l + 0.05) of the lighter and the darker of two colors."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)
