"""The explorer without a terminal: keys, mouse and sizes are sent to it, and what it shows is read."""

import asyncio
import re
import time
from contextlib import asynccontextmanager
from io import StringIO
from itertools import product
from pathlib import Path

from rich.cells import set_cell_size
from rich.console import Console
from rich.text import Text
from screens import NUMBER

from mlbasics import lessons
from mlbasics.explore.app import Explorer
from mlbasics.explore.setting import Setting
from mlbasics.kit.params import fill
from mlbasics.render.terminal import Terminal
from mlbasics.words import languages

GOLDEN = Path(__file__).with_name("golden")
SCREENS = {
    f"{lesson}.{lang}.{columns}x{rows}": (lesson, lang, (columns, rows))
    for lesson, lang, (columns, rows) in product(lessons.COURSE, languages(), ((80, 24), (120, 40)))
}
"""The committed screens by name: every lesson, its dial turned once."""

LONG = 60  # seconds that a busy machine may take over a run


@asynccontextmanager
async def explored(lesson, size=(80, 24), lang="en", terminal=None, **given):
    """Yield the explorer of a lesson and its pilot, once the first picture is told."""
    terminal = terminal or Terminal(color="truecolor", lang=lang)
    app = Explorer(Setting(lesson, fill(lessons.find(lesson).Params, given)), terminal, "")
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        yield app, pilot


async def settled(pilot):
    """Wait until all that was asked for is shown."""
    end = time.monotonic() + LONG
    await pilot.pause()
    while pilot.app.asked is None or not pilot.app.at_rest:
        assert time.monotonic() < end, "nothing is shown"
        await asyncio.sleep(0.01)
    await pilot.pause()


async def press(pilot, *keys):
    """Press keys, and wait for what they change."""
    await pilot.press(*keys)
    await settled(pilot)


def screen_of(app):
    """The rows of the screen as text."""
    strips = app.screen._compositor.render_strips()  # Textual tells it as SVG alone
    return ["".join(segment.text for segment in strip).rstrip() for strip in strips]


def choose(app, label):
    """The keys that choose the knob of this label."""
    place = [knob.label for knob in app.knobs].index(label)
    return ["down"] * ((place - app.chosen) % len(app.knobs))


def screen(name):
    """The screen of this name as it is drawn now, and where on it the picture is."""
    lesson, lang, size = SCREENS[name]

    async def drawn():
        given = {"networks": 1, "epochs": 1} if lesson == "batchnorm" else {}
        async with explored(lesson, size, lang, **given) as (app, pilot):
            await press(pilot, "left")
            return "\n".join(screen_of(app)) + "\n", app.board.picture.region

    return asyncio.run(drawn())


REEL, RATE = (88, 24), 5  # cells of the moving picture, and its screens a second
TURNS = [*["left"] * 8, "down", "down", "down", "down", *["right"] * 6, *["up"] * 4, *["right"] * 8]
"""What is turned in the moving picture: down to a calm curve, more points, and up again."""


def reel(lang):
    """Screens with colors, of someone who turns the first lesson's knobs."""

    async def drawn():
        async with explored("overfit", REEL, lang) as (app, pilot):
            screens = [_colored(app)]
            for key in TURNS:
                await press(pilot, key)
                screens.append(_colored(app))
            return screens

    return asyncio.run(drawn())


def _colored(app):
    console = Console(file=StringIO(), width=app.size.width, color_system="truecolor", force_terminal=True)
    for strip in app.screen._compositor.render_strips():
        console.print(*(Text(part.text, part.style or "") for part in strip), sep="", soft_wrap=True)
    return console.file.getvalue()


def skeleton(text, picture):
    """The rows of a screen without digits, without where the handles of tracks stand, and without the picture."""
    rows = text.rstrip("\n").split("\n")
    for y in range(picture.y, picture.bottom):
        rows[y] = set_cell_size(rows[y], picture.x)
    return [re.sub("[─●]+", "─", NUMBER.sub("#", re.sub(" +", " ", row))).rstrip() for row in rows]


if __name__ == "__main__":
    print(screen("overfit.en.80x24")[0])
