"""Text with ANSI colours as an SVG picture of a terminal."""

from __future__ import annotations

from io import StringIO

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

FRAME = """<svg viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{ font: {char_height}px/{line_height}px ui-monospace, Menlo, Consolas,
'DejaVu Sans Mono', 'Noto Sans Mono CJK KR', monospace; }}
.{unique_id}-title {{ font: bold 18px system-ui, sans-serif; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect width="{terminal_width}" height="{terminal_height}"/>
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""
"""Rich's frame, but for the fonts it would fetch from the network: it takes what the reader's machine has."""

DARK = [(40, 48, 58), (209, 67, 74), (63, 160, 83), (196, 138, 44)]
DARK += [(70, 121, 214), (176, 92, 176), (58, 152, 170), (196, 204, 214)]
BRIGHT = [(128, 140, 156), (255, 123, 114), (95, 208, 116), (240, 180, 85)]
BRIGHT += [(121, 168, 255), (224, 144, 226), (86, 204, 226), (245, 248, 252)]
THEME = TerminalTheme((18, 22, 28), (220, 227, 236), DARK, BRIGHT)


def picture(text: str, width: int, title: str) -> str:
    """Return the picture of a screen so many columns wide."""
    console = Console(
        file=StringIO(), record=True, width=width, color_system="standard", force_terminal=True,
        force_jupyter=False, legacy_windows=False,
    )  # fmt: skip
    console.print(Text.from_ansi(text), soft_wrap=True, end="")
    return console.export_svg(title=title, theme=THEME, code_format=FRAME)
