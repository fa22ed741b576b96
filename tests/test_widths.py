"""From 40 to 200 columns, in every language: no line too long, no frame broken."""

import re

import pytest
from rich.cells import cell_len

import mlbasics
from mlbasics import lessons, words
from mlbasics.render import prose
from mlbasics.render.terminal import Terminal

STEP = 7
PLACES = re.compile("[┌└][┬─]+[┐┘]")


@pytest.fixture(scope="module", params=mlbasics.lesson_names())
def run(request):
    return mlbasics.run(request.param)


def cells(line):
    """The line as its cells: a wide character takes two, of which the second is empty."""
    return [
        cell for char in line for cell in ([char, ""] if cell_len(char) == 2 else [char][: cell_len(char)])
    ]


def frames(lines):
    """Where each frame begins and ends: (first line, last line, left cell, right cell)."""
    open_at = {}
    for row, line in enumerate(lines):
        for found in PLACES.finditer(line):
            left = cell_len(line[: found.start()])
            right = cell_len(line[: found.end()]) - 1
            if found[0][0] == "┌":
                assert (left, right) not in open_at
                open_at[left, right] = row
            else:
                yield open_at.pop((left, right)), row, left, right
    assert not open_at, "a frame has no bottom as wide as its top"


@pytest.mark.parametrize("language", words.languages())
def test_no_frame_is_broken_at_any_width(run, language):
    for width in range(40, 201, STEP):
        lines = run.to_text(width, language).split("\n")
        assert max(map(cell_len, lines)) <= width
        found = list(frames(lines))
        assert found
        for top, bottom, left, right in found:
            for line in lines[top + 1 : bottom]:
                assert cells(line)[left] in "│┤", (width, line)
                assert cells(line)[right] == "│", (width, line)


@pytest.mark.parametrize("language", words.languages())
def test_no_syllable_is_cut_off_the_list_of_lessons(language):
    summaries = [lessons.words(name, language)["summary"] for name in mlbasics.lesson_names()]
    for width in range(40, 201):
        shown = prose.in_order(Terminal(width, lang=language))
        assert max(map(cell_len, shown.split("\n"))) <= width
        told = re.sub(r"\s", "", shown)
        assert all(re.sub(r"\s", "", summary) in told for summary in summaries)


def test_a_broken_frame_is_seen():
    good = ["┌──┐", "│한│", "└──┘"]
    assert list(frames(good)) == [(0, 2, 0, 3)]
    assert cells(good[1])[3] == "│"
    assert cells("│한 │")[3] != "│"
    with pytest.raises(KeyError):
        list(frames(["┌──┐", "│한│", "└───┘"]))
