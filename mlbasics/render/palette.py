"""How each role looks: a colour, a dash, and shapes and fills that tell it apart where there is no colour.

The colours are Okabe and Ito's (2008), which the colour-blind tell apart too, with their lightness moved so
far that each reads on black and on white, with a contrast of at least 3:1: a test computes it.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from mlbasics.kit.report import Role, Shape
from mlbasics.render.terminal import Color as Color

Hue = Literal["ink", "grey", "blue", "vermillion", "purple", "amber"]


class Paint(NamedTuple):
    """One colour as truecolor, in the 256 of xterm, and in the 16 that the terminal's theme defines."""

    truecolor: str
    xterm: int
    standard: int | None  # None is the terminal's own text colour

    def code(self, color: Color) -> str | None:
        """Return the colour as rich names it, or None for the terminal's own."""
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
    "amber": Paint("#c48a00", 136, None),
}
"""Lines, points and stacked areas, the same on either ground."""

DARK: dict[Hue, Tones] = {
    "ink": Tones(Paint("#303338", 237, 8), Paint("#4a4e55", 240, 8), Paint("#f4f4f4", 255, 15)),
    "grey": Tones(Paint("#292b2e", 235, 8), Paint("#45484d", 239, 8), Paint("#b4b4b4", 250, 7)),
    "blue": Tones(Paint("#0b2f4c", 17, 12), Paint("#174c76", 24, 12), Paint("#7cc0f0", 117, 12)),
    "vermillion": Tones(Paint("#4a210b", 52, 9), Paint("#6e3413", 88, 9), Paint("#ffb27a", 215, 9)),
    "purple": Tones(Paint("#43243a", 53, 13), Paint("#633658", 89, 13), Paint("#efb0d8", 218, 13)),
    "amber": Tones(Paint("#392a06", 58, None), Paint("#57410b", 94, None), Paint("#f2c860", 221, 15)),
}
LIGHT: dict[Hue, Tones] = {
    "ink": Tones(Paint("#dcdee1", 253, 8), Paint("#c3c6ca", 250, 8), Paint("#16181b", 234, 0)),
    "grey": Tones(Paint("#e2e3e5", 254, 8), Paint("#cbcdd0", 250, 8), Paint("#54565a", 240, 8)),
    "blue": Tones(Paint("#bcdcf4", 153, 12), Paint("#93c4ea", 117, 12), Paint("#0a568e", 25, 12)),
    "vermillion": Tones(Paint("#f8cdb4", 223, 9), Paint("#f2a983", 216, 9), Paint("#973400", 124, 9)),
    "purple": Tones(Paint("#f0cfe4", 225, 13), Paint("#e0a9cc", 182, 13), Paint("#8f3a72", 126, 13)),
    "amber": Tones(Paint("#f2dfae", 229, None), Paint("#e3c775", 222, None), Paint("#7a5600", 94, 0)),
}


class Look(NamedTuple):
    """The look of a role: a dash is drawn on and left out off, in braille dots, over and over."""

    hue: Hue
    on: int
    off: int
    shape: Shape
    ascii: str  # a point, or a line
    fill: str  # an area without colour
    ascii_fill: str

    @property
    def css(self) -> str:
        """The colour as the page's style names it."""
        return self.hue


LOOKS: dict[Role, Look] = {
    "plain": Look("ink", 1, 0, "dot", "o", "░", ":"),
    "truth": Look("ink", 1, 0, "dot", ".", "░", ":"),
    "data": Look("amber", 1, 0, "disc", "o", "░", "'"),
    "low": Look("purple", 3, 2, "diamond", "=", "▒", ":"),
    "best": Look("blue", 6, 2, "square", "+", "░", "'"),
    "high": Look("vermillion", 5, 1, "up", "*", "▓", "%"),
    "train": Look("blue", 1, 2, "ring", "o", "░", ":"),
    "test": Look("vermillion", 1, 0, "disc", "#", "▒", "%"),
    "cv": Look("amber", 1, 1, "cross", "x", "▒", ":"),
    "floor": Look("grey", 2, 2, "plus", "-", "░", "."),
    "above": Look("vermillion", 1, 0, "up", "x", "▒", ":"),
    "below": Look("blue", 1, 0, "down", "o", " ", " "),
    "wrong": Look("ink", 1, 0, "star", "@", "▓", "%"),
    "faint": Look("grey", 1, 1, "ring", ",", "▒", ":"),
    "other": Look("grey", 1, 1, "down", ":", "░", ":"),
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
    "×": "x", "·": "*", "±": "+/-", "≤": "<=", "≥": ">=", "≠": "!=", "≈": "~", "→": "->", "‖": "|",
    "ᵀ": "'", "₁": "_1", "°": " deg", "–": "-", "—": "-", "−": "-", "…": "...", "’": "'",
    "‘": "'", "“": '"', "”": '"', "✓": "+", "✗": "x", "★": "*", "▲": "^", "▼": "v",
}  # fmt: skip
ASCII = str.maketrans(_FRAME | _SIGNS)
"""What stands for a character where only ASCII can be shown."""
