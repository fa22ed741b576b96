import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlbasics.kit import Plot
from mlbasics.render import axes
from mlbasics.words import Phrase

TITLE = Phrase("title")


def plot(**given):
    return Plot(TITLE, TITLE, (), **{"x_range": (0, 1), "y_range": (0, 1)} | given)


@given(st.floats(-1e3, 1e3), st.floats(1e-3, 1e6), st.integers(3, 30))
def test_ticks_are_few_even_and_inside(low, span, most):
    at, labels = axes.across(plot(), (low, low + span), most)
    assert 1 <= len(at) <= most
    assert len(labels) == len(at)
    slack = 1e-6 * span
    assert all(low - slack <= t <= low + span + slack for t in at)
    gaps = [b - a for a, b in itertools.pairwise(at)]
    assert all(math.isclose(gap, gaps[0], rel_tol=1e-6, abs_tol=1e-12 * abs(low)) for gap in gaps)


@given(st.integers(1, 500), st.integers(3, 30))
def test_what_is_counted_has_ticks_at_whole_numbers_only(last, most):
    at, _ = axes.across(plot(whole_x=True), (0, last), most)
    assert 1 <= len(at) <= most
    assert all(t == int(t) for t in at)


@pytest.mark.parametrize("most", range(3, 14))
def test_a_name_stands_at_its_own_place(most):
    names = [f"n{i}" for i in range(13)]
    at, labels = axes.across(plot(x_names=names), (0, 12), most)
    assert labels == [f"n{t:g}" for t in at]


@pytest.mark.parametrize("axis", [axes.across, axes.upward])
def test_logarithmic_ticks_are_powers_of_ten(axis):
    logarithmic = plot(log_x=True, log_y=True)
    assert axis(logarithmic, (-1.7, 2.7), 5) == ([-1, 0, 1, 2], ["0.1", "1", "10", "100"])
    assert len(axis(logarithmic, (-12, 12), 5)[0]) <= 5
    assert axis(logarithmic, (-0.1, 0.8), 9)[1] == ["1", "2", "5"]


@given(st.floats(0.1, 10), st.floats(0.1, 10), st.floats(0.2, 5))
def test_equal_units_widen_one_range_about_its_middle(wide, high, shape):
    given = plot(x_range=(2, 2 + wide), y_range=(-1, high - 1), equal_units=True)
    (left, right), (low, up) = axes.ranges(given, shape)
    assert math.isclose((right - left) / shape, up - low)
    assert math.isclose(left + right, 4 + wide)
    assert math.isclose(low + up, high - 2, abs_tol=1e-12)
    assert right - left >= wide * (1 - 1e-12)
    assert up - low >= high * (1 - 1e-12)
    assert math.isclose(right - left, wide) or math.isclose(up - low, high)


def test_ranges_are_measured_in_powers_of_ten():
    assert axes.ranges(plot(y_range=(0.01, 100), log_y=True), 2) == ((0, 1), (-2, 2))
