"""The explorer without a terminal: keys, mouse and sizes are sent to it, and what it shows is read."""

import asyncio
import time
from contextlib import asynccontextmanager

from mlbasics import lessons
from mlbasics.explore.app import Explorer
from mlbasics.explore.setting import Setting
from mlbasics.kit.params import fill
from mlbasics.render.terminal import Terminal

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
