"""How each role looks: colours of the terminal's palette, and shapes that tell them apart without."""

from __future__ import annotations

from typing import NamedTuple

from mlbasics.kit.report import Role


class Look(NamedTuple):
    """The look of a series: on is drawn and off left out, in braille dots, over and over."""

    color: int | None  # of the 16 the terminal's theme defines; None is its own text colour
    on: int
    off: int
    point: str
    ascii: str

    @property
    def style(self) -> str:
        """The colour as rich names it."""
        return "" if self.color is None else f"color({self.color})"

    @property
    def css(self) -> str:
        """The colour as the page's style names it."""
        return "ink" if self.color is None else f"k{self.color}"


LOOKS: dict[Role, Look] = {
    "plain": Look(None, 1, 0, "•", "o"),
    "truth": Look(None, 2, 4, "•", "."),
    "data": Look(None, 1, 0, "●", "o"),
    "low": Look(12, 3, 5, "◆", "-"),
    "best": Look(10, 6, 4, "■", "+"),
    "high": Look(9, 1, 0, "▲", "*"),
    "train": Look(14, 1, 2, "○", "o"),
    "test": Look(11, 1, 0, "●", "#"),
    "cv": Look(13, 1, 1, "×", "x"),
    "floor": Look(8, 3, 3, "-", "-"),
    "above": Look(9, 1, 1, "+", "+"),
    "below": Look(12, 1, 1, "○", "o"),
    "faint": Look(6, 1, 0, "·", "."),
    "other": Look(8, 1, 1, "░", ":"),
}

VERDICTS = {True: ("✓", "bold green"), False: ("✗", "bold yellow"), None: ("?", "bold cyan")}
"""The mark of a claim that holds, does not, or cannot be judged, and its style."""

ABOVE, BELOW = ("▲", "^"), ("▼", "v")  # a marked point beyond the range

_FRAME = dict.fromkeys("┌┐└┘├┤┬┴┼", "+") | {"─": "-", "│": "|"}
_SIGNS = {
    "μ": "mu", "γ": "gamma ", "β": "beta", "Σ": "sum", "\u0302": "^",  # the hat of x̂
    "σ": "sigma", "ε": "eps", "π": "pi ", "λ": "lambda", "²": "^2", "½": "1/2", "√": "sqrt", "∞": "inf",
    "×": "x", "·": "*", "±": "+/-", "≤": "<=", "≥": ">=", "≠": "!=", "≈": "~", "→": "->", "‖": "|",
    "ᵀ": "'", "₁": "_1", "°": " deg", "–": "-", "—": "-", "−": "-", "…": "...", "’": "'",
    "‘": "'", "“": '"', "”": '"', "✓": "+", "✗": "x",
}  # fmt: skip
ASCII = str.maketrans(_FRAME | _SIGNS)
"""What stands for a character where only ASCII can be shown."""
