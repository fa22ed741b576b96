"""Plots built by hand in every dress, beside the pictures that were looked at and committed.

To write them anew, and then look at them: python tests/render/figures.py.
"""

import re
import xml.etree.ElementTree as ElementTree

import figures
import pytest
from rich.text import Text

DRAWN = dict(figures.pictures())


@pytest.mark.parametrize("name", DRAWN)
def test_the_picture_is_the_committed_one(name):
    assert DRAWN[name] == (figures.GOLDEN / name).read_text("utf-8")


def test_there_is_a_picture_for_each_dress_and_none_besides():
    assert {path.name for path in figures.GOLDEN.iterdir()} == set(DRAWN)


@pytest.mark.parametrize("name", ["dark.ansi", "light.ansi", "256.ansi"])
def test_grounds_say_the_same_in_every_dress(name):
    """Where one has an area, so has the other; only the colours differ."""
    assert re.sub("\x1b[^m]*m", "", DRAWN[name]) == re.sub("\x1b[^m]*m", "", DRAWN["dark.ansi"])


def test_a_stack_is_seamless():
    """Under the top of a stack every cell has a ground: no stripe at a row's edge."""
    screen = figures.Screen(figures.WORDS, figures.TERMINALS["dark.ansi"])
    screen.print(*screen.block(figures.stacked()))
    text = Text.from_ansi(screen.finish())
    lines = text.split("\n")
    bottom = next(i for i, line in enumerate(lines) if "└" in line.plain)
    width = max(len(line) for line in lines)
    tops = {}
    for i, line in enumerate(lines[:bottom]):
        for column in range(line.plain.find("│") + 1 or line.plain.find("┤") + 1, width):
            style = line.get_style_at_offset(screen.console, column)
            if style.bgcolor is not None:
                tops.setdefault(column, []).append(i)
    filled = [rows for rows in tops.values() if len(rows) > 1]
    assert len(filled) > 40
    assert all(rows == list(range(rows[0], rows[-1] + 1)) for rows in filled)


def test_the_vectors_are_drawn_of_the_same_parts():
    for plot, drawn in zip(figures.PLOTS, DRAWN["page.html"].splitlines(), strict=True):
        root, shown = ElementTree.fromstring(drawn), plot()
        said = [text.text for text in root.iter("text")]
        assert {figures.WORDS.say(s.label) for s in shown.series} <= {*said, "spread"}
        assert shown.x_name is None or figures.WORDS.say(shown.x_name) in said
        groups = [group.get("class").split()[1] for group in root.iter("g")]
        assert sorted(groups) == sorted(
            s.role for s in shown.series if s.kind not in ("band", "bars", "stack")
        )
