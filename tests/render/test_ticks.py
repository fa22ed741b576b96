import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlbasics.render import ticks
from mlbasics.report import Phrase, Plot

TITLE = Phrase("title")


def plot(**given):
    return Plot(TITLE, TITLE, (), **{"x_range": (0, 1), "y_range": (0, 1)} | given)


@given(st.floats(-1e3, 1e3), st.floats(1e-3, 1e6), st.integers(3, 30))
def test_ticks_are_few_even_and_inside(low, span, most):
    at, labels = ticks.across(plot(x_range=(low, low + span)), most)
    assert 1 <= len(at) <= most
    assert len(labels) == len(at)
    slack = 1e-6 * span
    assert all(low - slack <= t <= low + span + slack for t in at)
    gaps = [b - a for a, b in itertools.pairwise(at)]
    assert all(math.isclose(gap, gaps[0], rel_tol=1e-6, abs_tol=1e-12 * abs(low)) for gap in gaps)


@given(st.integers(1, 500), st.integers(3, 30))
def test_what_is_counted_has_ticks_at_whole_numbers_only(last, most):
    at, _ = ticks.across(plot(x_range=(0, last), whole_x=True), most)
    assert 1 <= len(at) <= most
    assert all(t == int(t) for t in at)


@pytest.mark.parametrize("most", range(3, 14))
def test_a_name_stands_at_its_own_place(most):
    names = [f"n{i}" for i in range(13)]
    at, labels = ticks.across(plot(x_range=(0, 12), x_names=names), most)
    assert labels == [f"n{t:g}" for t in at]


def test_logarithmic_ticks_are_powers_of_ten():
    at, labels = ticks.upward(plot(y_range=(0.02, 500), log_y=True), 5)
    assert at == [-1, 0, 1, 2]
    assert labels == ["0.1", "1", "10", "100"]
    assert len(ticks.upward(plot(y_range=(1e-12, 1e12), log_y=True), 5)[0]) <= 5
