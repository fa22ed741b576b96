"""Every lesson's screen beside the one that was looked at and committed; make screens writes them anew.

Another processor may round the last digit of a number differently, and a network trained on it may end
elsewhere. So numbers are masked and the insides of plots left out: what is compared is every word, mark,
heading, frame and column, in order. That frames are whole and lines fit is tested on the screens as they are.
"""

import finished
import pytest
from screens import GOLDEN, skeleton

import mlbasics

LESSONS = mlbasics.lesson_names()


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_screen_is_the_committed_one(lesson):
    committed = (GOLDEN / f"{lesson}.txt").read_text("utf-8")
    assert skeleton(finished.run(lesson).to_text()) == skeleton(committed), "look at it, then make screens"


def test_there_is_a_screen_for_each_lesson_and_none_besides():
    assert {path.stem for path in GOLDEN.iterdir()} == set(LESSONS)


def test_the_skeleton_sees_words_marks_and_frames_but_no_digits():
    screen = "Error 0.12 at 3\n1┤ ⠤⠤\n │ ▲ 2.0\n └────────\n 0  10\n⠤⠤ truth\n✓ It falls."
    assert skeleton(screen) == skeleton(screen.replace("0.12", "0.125").replace("⠤", "⠒"))
    assert skeleton(screen) == skeleton(screen.replace("⠤⠤ truth\n", ""))
    for old, new in (("Error", "error"), ("✓", "✗"), ("1┤ ⠤⠤\n", ""), (" └────────\n", "")):
        assert skeleton(screen) != skeleton(screen.replace(old, new))
