"""How a screen may look: a value that renderers are given, so that none asks the environment."""

from __future__ import annotations

from typing import Literal, NamedTuple

from mlbasics.words import FALLBACK

NARROWEST, WIDEST, PIPE = 40, 200, 80
LOWEST, TALLEST, TALL = 10, 500, 32  # rows; the last of a pipe

Color = Literal["standard", "256", "truecolor"] | None


class Terminal(NamedTuple):
    """How wide, in which colors, characters and language a screen may be, and on what ground."""

    width: int = PIPE
    color: Color = None
    ascii_only: bool = False
    lang: str = FALLBACK
    dark: bool = True  # what areas are mixed with: black or white
    height: int = TALL  # rows a look may take
