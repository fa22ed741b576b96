"""From 40 to 200 columns, in every language: no line too long, no frame broken."""

import re

import finished
import pytest
from rich.cells import cell_len

import mlbasics
from mlbasics import lessons, words
from mlbasics.render import sheet
from mlbasics.render.terminal import Terminal

STEP = 7


@pytest.fixture(scope="module", params=mlbasics.lesson_names())
def run(request):
    return finished.run(request.param)


def cells(line):
    """The line as its cells: a wide character takes two, of which the second is empty."""
    return [
        cell for char in line for cell in ([char, ""] if cell_len(char) == 2 else [char][: cell_len(char)])
    ]


def frames(lines):
    """Where each frame is: (the row of its bottom, its left cell, how many rows its left side has)."""
    rows = [cells(line) for line in lines]
    for bottom, row in enumerate(rows):
        for left, cell in enumerate(row):
            if cell == "└":
                height = 0
                while rows[bottom - height - 1][left : left + 1] in (["│"], ["┤"]):
                    height += 1
                yield bottom, left, height


@pytest.mark.parametrize("language", words.languages())
def test_no_frame_is_broken_at_any_width(run, language):
    for width in range(40, 201, STEP):
        lines = run.to_text(width, language).split("\n")
        assert max(map(cell_len, lines)) <= width
        found = list(frames(lines))
        assert found
        assert all(height >= 4 for _, _, height in found), width
        sides = sum(line.count(side) for line in lines for side in "│┤")
        assert sides == sum(height for _, _, height in found), width


@pytest.mark.parametrize("language", words.languages())
def test_no_syllable_is_cut_off_the_list_of_lessons(language):
    summaries = [lessons.words(name, language)["summary"] for name in mlbasics.lesson_names()]
    for width in range(40, 201):
        shown = sheet.in_order(Terminal(width, lang=language), {})
        assert max(map(cell_len, shown.split("\n"))) <= width
        told = re.sub(r"\s", "", shown)
        assert all(re.sub(r"\s", "", summary) in told for summary in summaries)


def test_a_broken_frame_is_seen():
    assert list(frames(["1┤한", " │", " └──"])) == [(2, 1, 2)]
    assert list(frames(["1┤한", "│", " └──"])) == [(2, 1, 0)]
    assert list(frames(["한│", "한│a", "한└─"])) == [(2, 2, 2)]
