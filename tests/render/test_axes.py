import itertools
import math

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mlbasics.kit import Plot
from mlbasics.render import axes
from mlbasics.words import Phrase

TITLE = Phrase("title")
FINITE = st.floats(allow_nan=False, allow_infinity=False)


@settings(deadline=None)
@example(-9.999999999995e199, -1.0001000100005001e200, 4, 3)
@given(FINITE, FINITE, st.integers(4, 190), st.integers(2, 24))
def test_ticks_are_few_in_order_inside_and_where_their_labels_say(one, other, cells, most):
    low, high = sorted((one, other))
    axis = axes.fit((low, high), cells, most)
    assert 1 <= len(axis.ticks) <= most
    assert len(axis.labels) == len(axis.ticks)
    assert all(-axes.TINY <= t <= cells + axes.TINY for t in axis.ticks)
    assert list(axis.ticks) == sorted(axis.ticks)
    ends = axis.at([low, high])
    assert -1e-6 <= ends[0] <= ends[1] <= cells + 1e-6
    shown = np.clip((low, high), -axes.FARTHEST, axes.FARTHEST)
    for tick, said in zip(axis.ticks, axis.labels, strict=True):
        if len(set(axis.labels)) == len(axis.labels) and np.ptp(shown) > 1e-5 * np.abs(shown).max():
            assert math.isclose(axis.at([float(said)])[0], tick, abs_tol=0.51 + 0.01 * cells)


@settings(deadline=None)
@given(st.floats(-1e3, 1e3), st.floats(1e-3, 1e6), st.integers(8, 48), st.integers(2, 10))
def test_equal_steps_are_equally_many_rows(low, span, cells, most):
    axis = axes.fit((low, low + span), cells, most)
    rows = [int(t + axes.TINY) for t in axis.ticks]
    gaps = {b - a for a, b in itertools.pairwise(rows)}
    if len(axis.ticks) > 2:
        assert len(gaps) == 1


@pytest.mark.parametrize("shown", [(0, 0.6), (0, 1), (0, 13.7), (0, 3e-5)])
def test_what_begins_at_zero_stays_there(shown):
    axis = axes.fit(shown, 17, 6)
    assert axis.labels[0] == "0"
    assert 0 <= axis.ticks[0] < 1
    assert axis.at([0.0])[0] == pytest.approx(axis.ticks[0])


@settings(deadline=None)
@given(st.integers(1, 500), st.integers(3, 30))
def test_what_is_counted_has_ticks_at_whole_numbers_only(last, most):
    axis = axes.fit((0, last), 80, most, whole=True)
    assert 1 <= len(axis.ticks) <= most
    assert all(float(said) == int(float(said)) for said in axis.labels)


@pytest.mark.parametrize("most", range(3, 14))
def test_a_name_stands_at_its_own_place(most):
    names = [f"n{i}" for i in range(13)]
    axis = axes.fit((0, 12), 90, most, names=names)
    for tick, said in zip(axis.ticks, axis.labels, strict=True):
        assert axis.at([float(said[1:])])[0] == pytest.approx(tick)


def test_logarithmic_ticks_are_powers_of_ten():
    assert axes.fit((0.02, 500), 40, 5, log=True).labels == ("0.1", "1", "10", "100")
    assert axes.fit((0.8, 6.3), 40, 9, log=True).labels == ("1", "2", "5")
    assert len(axes.fit((1e-12, 1e12), 40, 5, log=True).ticks) <= 5
    axis = axes.fit((1e-4, 10), 60, 8, log=True)
    gaps = np.diff([int(t) for t in axis.ticks])
    assert len(set(gaps.tolist())) == 1


def test_labels_tell_neighbours_apart():
    assert axes.fit((0.46, 1.0), 14, 4).labels == ("0.6", "0.8", "1.0")
    assert len(set(axes.fit((1000.0, 1000.1), 17, 6).labels)) > 2
    assert axes.fit((-2e7, 2e7), 17, 6).labels == ("-2e7", "-1e7", "0", "1e7", "2e7")


@settings(deadline=None)
@given(st.floats(0.1, 10), st.floats(0.1, 10))
def test_equal_units_make_a_circle_round(wide, high):
    plot = Plot("title", (), x_range=(2, 2 + wide), y_range=(-1, high - 1), equal_units=True)
    x, y = axes.pair(plot, 90, 20, 2.0, (9, 6))
    assert y.unit == pytest.approx(2 * x.unit)
    assert x.at([2.0])[0] >= -1e-9
    assert x.at([2.0 + wide])[0] <= 90 + 1e-9
    assert x.at([2 + wide / 2])[0] == pytest.approx(45)
