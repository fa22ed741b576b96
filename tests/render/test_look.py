from itertools import product

import pytest
from rich.cells import cell_len

from mlbasics import lessons, runs
from mlbasics.formats import render
from mlbasics.formats.view import View
from mlbasics.kit.story import no_tick
from mlbasics.render.look import TALLEST
from mlbasics.render.terminal import Terminal

LOOKS = [(name, {}) for name in lessons.COURSE] + [("overfit", {"task": "classification"})]
RUNS = {}


def look(name, given, width, height, lang="en", **terminal):
    key = name, *given.values()
    if key not in RUNS:
        RUNS[key] = runs.run(name, no_tick, False, **given)
    if not RUNS[key].report.heroes:
        pytest.skip("has no look yet")
    text = render("text", RUNS[key], View(Terminal(width, lang=lang, height=height, **terminal)))
    return text.rstrip("\n").split("\n")


@pytest.mark.parametrize(("name", "given"), LOOKS, ids=str)
@pytest.mark.parametrize(
    ("lang", "ascii_only", "color"), [*product(("en", "ko"), (False,), (None, "256")), ("en", True, None)]
)
def test_a_look_has_the_rows_of_a_terminal_but_the_prompts(name, given, lang, ascii_only, color):
    for width, height in ((80, 23), (100, 39), (120, 44)):
        lines = look(name, given, width, height, lang, ascii_only=ascii_only, color=color)
        assert len(lines) <= height
        if color is None:
            assert max(map(cell_len, lines)) <= width


@pytest.mark.parametrize(("name", "given"), LOOKS, ids=str)
@pytest.mark.parametrize("lang", ["en", "ko"])
def test_at_forty_columns_it_takes_at_most_forty_rows(name, given, lang):
    lines = look(name, given, 40, 39, lang)
    assert len(lines) <= 40
    assert max(map(cell_len, lines)) <= 40


@pytest.mark.parametrize(("name", "given"), LOOKS, ids=str)
def test_the_picture_grows_with_the_terminal_and_the_words_do_not(name, given):
    heights = [len(look(name, given, 80, height)) for height in (23, 32, 40, 48, 60)]
    assert heights == sorted(heights)
    assert heights[-1] <= TALLEST
    assert heights[-2] >= 44


def test_of_plots_for_which_there_is_no_room_those_that_fit_side_by_side_stay():
    lines = look("batchnorm", {}, 40, 39)
    assert len(RUNS["batchnorm",].report.heroes[0].plots) == 3
    assert [line.count("└") for line in lines if "└" in line] == [2]
