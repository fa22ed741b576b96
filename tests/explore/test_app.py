"""The explorer driven by keys and mouse: what is shown in the end is what a fresh run of the setting shows."""

import asyncio

import pytest
from driver import choose, explored, press, screen_of, settled

from mlbasics import lessons, runs
from mlbasics.explore.drawing import see
from mlbasics.explore.page import Page
from mlbasics.kit.story import no_tick
from mlbasics.render.terminal import Terminal

QUICK = {"batchnorm": {"networks": 1, "epochs": 1, "layers": 2, "units": 8}, "bias-variance": {"trials": 40}}


def driven(test):
    """A test that is a coroutine."""

    def run(*args, **given):
        asyncio.run(test(*args, **given))

    run.__name__, run.__doc__ = test.__name__, test.__doc__
    run.pytestmark = getattr(test, "pytestmark", [])
    return run


def fresh(app):
    """What a fresh run shows of the setting of the knobs."""
    setting = app.setting
    return see(setting, runs.run(setting.lesson, no_tick, False, **vars(setting.params)))


def is_fresh(app):
    expected = fresh(app)
    assert repr(app.seen.frame) == repr(expected.frame)  # a gap in a curve, NaN, is not itself
    assert app.told.run.claims == expected.run.claims
    shown = "\n".join(screen_of(app))
    words = lessons.words(app.setting.lesson, "en")
    assert words.say(expected.frame.caption)[:70] in shown


@pytest.mark.parametrize("lesson", lessons.COURSE)
def test_after_quick_turns_of_many_knobs_the_screen_is_that_of_a_fresh_run(lesson):
    async def drive():
        async with explored(lesson, **QUICK.get(lesson, {})) as (app, pilot):
            is_fresh(app)
            await pilot.press(
                "right", "left", "left", "left", "down", "down", "right", "n", "n", "up", "left"
            )
            await pilot.press(
                *choose(app, "noise" if lesson not in ("uat", "batchnorm") else "seed"), "right", "right"
            )
            await settled(pilot)
            is_fresh(app)

    asyncio.run(drive())
