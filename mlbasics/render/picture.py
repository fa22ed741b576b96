"""Text with ANSI colors as an SVG picture of a terminal, in one file that loads nothing.

Blocks and braille are drawn as what they stand for: a font leaves gaps between them, or has none of them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from html import escape
from io import StringIO
from typing import NamedTuple

from rich.cells import cell_len
from rich.color import Color, ColorType
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from mlbasics.render.areas import EIGHTHS, QUADRANTS

WIDE, HIGH, SIZE = 9, 18, 15  # a cell, and its letters, in units
EDGE, TITLE = 16, 40  # room around the cells, and above them
REST = 3  # seconds that a moving picture rests on its last screen
STILL = """
g[class]{{animation:{seconds:g}s step-end infinite}}.still{{visibility:hidden}}
@media(prefers-reduced-motion:reduce){{g[class]{{animation:none}}}}
"""
FONTS = "ui-monospace,Menlo,Consolas,'DejaVu Sans Mono','Noto Sans Mono CJK KR',monospace"

WORDS = re.compile(r"\S+(?: \S+)*")  # what spaces in a row do not part: a picture would draw them as one

_NAMED = [(40, 48, 58), (209, 67, 74), (63, 160, 83), (196, 138, 44)]
_NAMED += [(70, 121, 214), (176, 92, 176), (58, 152, 170), (196, 204, 214)]
DARK = TerminalTheme((18, 22, 28), (220, 227, 236), _NAMED)
LIGHT = TerminalTheme(
    (255, 255, 255), (28, 36, 48), [(28, 36, 48), (180, 40, 50), (26, 120, 50), (160, 90, 0), *_NAMED[4:]]
)


class _Ink(NamedTuple):
    """The colors of some cells, as the picture has them; no ground is the paper."""

    color: str
    ground: str | None
    bold: bool
    faint: bool


def picture(texts: Sequence[str], width: int, title: str, fps: int = 1, *, dark: bool = True) -> str:
    """Return a picture of a screen so many columns wide, or one that plays several, and rests on the last.

    A row that stays as it is over some screens is drawn once for them.  Where motion is not wanted, or not
    known, the last screen is all there is.
    """
    theme, screens = DARK if dark else LIGHT, [_lines(text, width) for text in texts]
    spans: dict[tuple[int, int], _Shapes] = defaultdict(lambda: _Shapes(theme))
    for row in range(max(map(len, screens))):
        lines = [lines[row] if row < len(lines) else [] for lines in screens]
        starts = [i for i in range(len(lines)) if i == 0 or lines[i] != lines[i - 1]]
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
            spans[start, end].line(row, lines[start])
    total = len(texts) + REST * fps
    style, groups = "", ""
    for (start, end), shapes in spans.items():
        if (start, end) == (0, len(texts)):
            groups += shapes.parts()
            continue
        kind = "last" if end == len(texts) else "still"
        over = "" if kind == "last" else f"{100 * end / total:.4g}%{{visibility:hidden}}"
        begin = f"0%{{visibility:hidden}}{100 * start / total:.4g}%{{visibility:visible}}"
        style += f"@keyframes s{start}-{end}{{{begin}{over}}}"
        groups += f'<g class="{kind}" style="animation-name:s{start}-{end}">{shapes.parts()}</g>'
    moves = f"<style>{STILL.format(seconds=total / fps)}{style}</style>" if style else ""
    return _framed(moves + groups, width, max(map(len, screens)), title, theme)


def _lines(text: str, width: int) -> list[list[Segment]]:
    """Return the rows of a text with ANSI colors, each in pieces of one style."""
    console = Console(file=StringIO(), width=width, color_system="truecolor", force_terminal=True,
                      force_jupyter=False, legacy_windows=False)  # fmt: skip
    segments = console.render(Text.from_ansi(text), console.options.update(no_wrap=True))
    return list(Segment.split_lines(segments))


def _framed(drawn: str, columns: int, rows: int, title: str, theme: TerminalTheme) -> str:
    """Return what is drawn in the window of a terminal."""
    width, height = columns * WIDE + 2 * EDGE, rows * HIGH + EDGE + TITLE
    paper, ink = theme.background_color.hex, theme.foreground_color.hex
    circles = "".join(f'<circle cx="{EDGE + 6 + 20 * i}" cy="20" r="6"/>' for i in range(3))
    name = f'<text x="{width / 2}" y="25" text-anchor="middle" fill="{ink}">{escape(title)}</text>'
    return (
        f'<svg viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg" '
        f'font-family="{FONTS}" font-size="{SIZE}" stroke-linecap="round">'
        f'<rect width="{width}" height="{height}" rx="8" fill="{paper}" stroke="#80808060"/>'
        f'<g fill="#80808080">{circles}</g>{name}<g transform="translate({EDGE} {TITLE})">{drawn}</g></svg>\n'
    )


class _Shapes:
    """The parts of a picture: grounds, shapes by color, and words."""

    def __init__(self, theme: TerminalTheme) -> None:
        self.theme = theme
        self.grounds: dict[str, list[str]] = defaultdict(list)
        self.blocks: dict[str, list[str]] = defaultdict(list)
        self.dots: dict[str, list[str]] = defaultdict(list)
        self.words: list[str] = []

    def line(self, row: int, segments: list[Segment]) -> None:
        """Draw one row of cells."""
        x, y = 0, row * HIGH
        for text, style, _ in segments:
            ink = self._ink(style or Style.null())
            if ink.ground:
                self.grounds[ink.ground].append(_box(x, y, cell_len(text) * WIDE, HIGH))
            for run in _runs(text):
                self._run(run, x, y, ink)
                x += cell_len(run) * WIDE

    def _run(self, run: str, x: int, y: int, ink: _Ink) -> None:
        if "⠀" <= run[0] <= "⣿":
            for i, character in enumerate(run):
                self.dots[ink.color] += _dots(character, x + i * WIDE, y)
        elif run[0] in EIGHTHS or run[0] in QUADRANTS or run[0] == "█":
            for i, character in enumerate(run):
                self.blocks[ink.color] += _blocks(character, x + i * WIDE, y)
        else:
            bold, faint = ' font-weight="bold"' if ink.bold else "", ' opacity=".7"' if ink.faint else ""
            for found in WORDS.finditer(run):
                left, length = x + cell_len(run[: found.start()]) * WIDE, cell_len(found[0]) * WIDE
                look = f'textLength="{length}" fill="{ink.color}"{bold}{faint}'
                self.words.append(f'<text x="{left}" y="{y + SIZE - 1}" {look}>{escape(found[0])}</text>')

    def _ink(self, style: Style) -> _Ink:
        color = self._hex(style.color, self.theme.foreground_color)
        ground = self._hex(style.bgcolor, self.theme.background_color)
        if style.reverse:
            color, ground = ground, color
        paper = self.theme.background_color.hex
        return _Ink(color, None if ground == paper else ground, bool(style.bold), bool(style.dim))

    def _hex(self, color: Color | None, default: tuple[int, int, int]) -> str:
        if color is None or color.type is ColorType.DEFAULT:
            return "#{:02x}{:02x}{:02x}".format(*default)
        return color.get_truecolor(self.theme).hex

    def parts(self) -> str:
        """Return all that was drawn: grounds under shapes under words."""
        crisp = 'shape-rendering="crispEdges"'
        parts = [f'<path fill="{c}" {crisp} d="{"".join(d)}"/>' for c, d in self.grounds.items()]
        parts += [f'<path fill="{c}" {crisp} d="{"".join(d)}"/>' for c, d in self.blocks.items()]
        parts += [f'<path stroke="{c}" stroke-width="2.4" d="{"".join(d)}"/>' for c, d in self.dots.items()]
        return "".join(parts + self.words)


def _runs(text: str) -> Iterator[str]:
    """Yield the text in pieces of one kind: words, braille, or blocks."""
    start = 0
    for i in range(1, len(text) + 1):
        if i == len(text) or _kind(text[i]) != _kind(text[start]):
            yield text[start:i]
            start = i


def _kind(character: str) -> int:
    if "⠀" <= character <= "⣿":
        return 1
    return 2 if character == "█" or character in EIGHTHS or character in QUADRANTS else 0


def _dots(character: str, x: int, y: int) -> Iterator[str]:
    bits = ord(character) - 0x2800
    for bit, (column, row) in enumerate([(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3)]):
        if bits >> bit & 1:
            yield f"M{x + 2.25 + 4.5 * column:g} {y + 2.25 + 4.5 * row:g}h0"


def _blocks(character: str, x: int, y: int) -> Iterator[str]:
    if character == "█":
        yield _box(x, y, WIDE, HIGH)
    elif character in EIGHTHS:
        high = HIGH * (EIGHTHS.index(character) + 1) / 8
        yield _box(x, y + HIGH - high, WIDE, high)
    else:
        for bit, (column, row) in enumerate([(0, 1), (1, 1), (0, 0), (1, 0)]):
            if QUADRANTS[character] >> bit & 1:
                yield _box(x + column * WIDE / 2, y + row * HIGH / 2, WIDE / 2, HIGH / 2)


def _box(x: float, y: float, width: float, height: float) -> str:
    return f"M{x:g} {y:g}h{width:g}v{height:g}h-{width:g}z"
