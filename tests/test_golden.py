"""Every lesson's screen beside the one that was looked at and committed; make screens writes them anew.

Another processor may round the last digit of a number differently, and a network trained on it may end
elsewhere. So numbers are masked and the insides of plots left out: what is compared is every word, mark,
heading, frame and column, in order. That frames are whole and lines fit is tested on the screens as they are.
"""

import itertools
import re

import pytest
from rich.cells import cell_len
from screens import GOLDEN, WIDTHS, screens

import mlbasics
from mlbasics.words import languages

LESSONS = mlbasics.lesson_names()
NUMBER = re.compile(r"-?\d+(\.\d+)?(e-?\d+)?")
FRAME = re.compile(r"[┌└][┬─]{8}|\+[-+]{8}")  # the top or the bottom of a plot, or of several side by side


@pytest.fixture(scope="module", params=LESSONS)
def run(request):
    return mlbasics.run(request.param)


def skeleton(screen):
    """The lines of a screen without what another processor may round, and without the spaces that it moves."""
    lines, inside = [], False
    for line in screen.split("\n"):
        if FRAME.search(line):
            inside = not inside
            lines.append("frame")
        elif inside:
            lines.append("plot")
        else:
            masked = NUMBER.sub("#", line)
            lines.append(re.sub(r" +", " ", re.sub(r"─+", "─", re.sub(r"--+", "--", masked))))
    return lines


def test_the_screens_are_the_committed_ones(run):
    for name, screen in screens(run):
        committed = (GOLDEN / name).read_text("utf-8")
        assert skeleton(screen) == skeleton(committed), f"{name}: look at it, then make screens"


def test_every_line_of_a_golden_screen_fits():
    for path in GOLDEN.glob("*.txt"):
        width = int(path.stem.rsplit("-", 3)[1])
        assert max(map(cell_len, path.read_text("utf-8").split("\n"))) <= width, path.name


def test_there_is_a_golden_screen_for_each_and_none_besides():
    wanted = itertools.product(LESSONS, map(str, WIDTHS), languages(), ("unicode", "ascii"))
    assert {path.stem for path in GOLDEN.iterdir()} == {"-".join(parts) for parts in wanted}


def test_the_skeleton_sees_words_marks_and_frames_but_no_digits():
    screen = "Error 0.12 at 3\n┌────────┐\n│ ⠤⠤     │\n└────────┘\n✓ It falls."
    assert skeleton(screen) == skeleton(screen.replace("0.12", "0.125").replace("⠤", "⠒"))
    for old, new in (("Error", "error"), ("✓", "✗"), ("│ ⠤⠤     │\n", ""), ("└────────┘\n", "")):
        assert skeleton(screen) != skeleton(screen.replace(old, new))
