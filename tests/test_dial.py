"""Every lesson's dial: its positions, what is seen at each, and that the look shows one of them."""

import finished
import pytest

from mlbasics import lessons, runs
from mlbasics.formats.view import View
from mlbasics.kit import no_tick
from mlbasics.render import look
from mlbasics.render.terminal import Terminal

DIALS = [(name, "") for name in lessons.COURSE]
DIALS += [("overfit", "task=classification")]


def run(name, given):
    return finished.run(name, **options(given))


def options(given):
    return dict(word.split("=") for word in given.split())


@pytest.mark.parametrize(("name", "given"), DIALS)
def test_a_dial_has_at_least_eight_positions_and_something_else_at_each(name, given):
    dial = run(name, given).dial
    assert len(dial.positions) >= 8
    assert len(set(dial.positions)) == len(dial.positions)
    frames = dial.frames
    assert all(a != b for i, a in enumerate(frames) for b in frames[:i])


@pytest.mark.parametrize(("name", "given"), DIALS)
def test_the_look_shows_the_frame_at_the_default_position(name, given):
    one = run(name, given)
    heroes = one.dial.look.heroes
    assert list(one.report.heroes[: len(heroes)]) == list(heroes)


@pytest.mark.parametrize(("name", "given"), DIALS)
def test_the_same_seed_has_the_same_frames(name, given):
    """Also where only what the look shows is run."""
    again = runs.run(name, no_tick, False, **options(given))
    assert again.dial.frames == run(name, given).dial.frames


@pytest.mark.parametrize(("name", "given"), DIALS)
@pytest.mark.parametrize(("lang", "width"), [("en", 40), ("en", 80), ("en", 120), ("ko", 40), ("ko", 80)])
def test_every_frame_is_drawn_in_as_many_rows_as_the_others(name, given, width, lang):
    one, words = run(name, given), lessons.words(name, lang)
    terminal = Terminal(width, lang=lang, height=39 if width == 40 else 23)
    drawn = look.reel(one.report, one.dial, words, terminal, "")
    assert all(screen.count("\n") <= terminal.height + 1 for screen in drawn)
    assert len(set(drawn)) >= len(one.dial.positions)


@pytest.mark.parametrize(("name", "given"), DIALS)
def test_every_figure_can_stand_alone(name, given):
    one = run(name, given)
    assert one.report.figures
    for figure in one.report.figures:
        text = one.render("text", View(Terminal(100, height=40), plot=figure))
        assert 10 < text.count("\n") <= 41
