"""Frames as one: each can be read out of it again, and what they share is in it once."""

import re
import xml.etree.ElementTree as ElementTree

from hypothesis import given
from hypothesis import strategies as st

import mlbasics
from mlbasics.formats import figures
from mlbasics.kit import Panels
from mlbasics.render import vector

FRAMES = st.lists(st.lists(st.sampled_from("abcdef"), max_size=8), max_size=6)


@given(FRAMES)
def test_every_frame_can_be_read_out_again(given_frames):
    parts = figures.merge(given_frames)
    for i, frame in enumerate(given_frames):
        assert [part.element for part in parts if i in part.at] == frame


@given(st.lists(st.lists(st.integers(0, 9), unique=True).map(sorted), max_size=6))
def test_frames_in_one_order_are_written_once(given_frames):
    named = [[str(element) for element in frame] for frame in given_frames]
    elements = [part.element for part in figures.merge(named)]
    shared = set.intersection(*map(set, named)) if named else set()
    assert all(elements.count(element) == 1 for element in shared)


def seen(element, at):
    """What is drawn of an element at a position, as lists of tags and their attributes."""
    shown = element.get("data-at")
    if shown is not None and str(at) not in shown.split():
        return []
    own = [] if shown is not None else [(element.tag, element.attrib, element.text)]
    return own + [part for child in element for part in seen(child, at)]


def test_a_figure_at_each_position_is_that_position_s_drawing():
    words = mlbasics.lessons.words("overfit", "en")
    dial = mlbasics.run("overfit").dial
    plots = [frame.heroes[0] for frame in dial.frames]
    assert not any(isinstance(plot, Panels) for plot in plots)
    drawings = [vector.draw(plot, words, 460) for plot in plots]
    whole = ElementTree.fromstring(figures.turned(drawings, dial.default))
    for at, drawing in enumerate(drawings):
        alone = ElementTree.fromstring(drawing.svg)
        assert seen(whole, at)[1:] == seen(alone, at)[1:]  # but for the name of the default
    assert len(figures.turned(drawings, 0)) < 0.7 * sum(len(drawing.svg) for drawing in drawings)


def test_what_is_said_the_same_everywhere_is_no_stack():
    assert figures.stack(["a", "a"], 0) == "a"
    stacked = figures.stack(["a", "b", "a"], 1)
    assert re.findall(r'data-at="([\d ]+)"', stacked) == ["0 2", "1"]
    assert stacked.count('class="now"') == 1


def test_names_stay_where_they_were():
    """A series that does not move keeps its name's place whatever else moves, if the place is free."""
    dial = mlbasics.run("overfit").dial
    words, places = mlbasics.lessons.words("overfit", "en"), {}
    found = []
    for frame in dial.frames:
        places = vector.draw(frame.heroes[0], words, 460, before=places).places
        found.append(places["series.truth"])
    alone = [vector.draw(frame.heroes[0], words, 460).places["series.truth"] for frame in dial.frames]
    assert len(set(found)) < len(set(alone))
