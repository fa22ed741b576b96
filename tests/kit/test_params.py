"""Values as they are typed and turned, and what a Params refuses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlbasics import kit, lessons
from mlbasics.kit import InputError, Interval, Number, Numbers
from mlbasics.kit.params import accepts, changes, fill, parameters

NUMBERS = [
    accepts(f)
    for name in lessons.COURSE
    for f in parameters(lessons.find(name).Params)
    if isinstance(accepts(f), Number)
]


@given(st.sampled_from(NUMBERS), st.floats(0, 1), st.integers(-3, 3))
def test_a_number_turned_stays_in_range_and_goes_where_it_is_turned(number, share, steps):
    value = number.low + share * (number.high - number.low)
    value = round(value) if number.whole else value
    turned = number.turned(value, steps)
    assert number.accept("--x", turned) == turned
    rounding = 0.01 * abs(value)  # three digits are kept
    assert steps * (turned - value) >= -abs(steps) * rounding


def test_a_logarithmic_number_turns_by_ratios_and_a_whole_one_always_moves():
    assert Number(1, 1000, log=True).turned(10, 10) == 100
    assert Number(1, 1000, whole=True, log=True).turned(1, 1) == 2
    assert Number(1, 1000, whole=True, log=True).turned(3, -1) == 2
    assert Number(0, 1, step=0.05).turned(0.5, 1) == 0.55
    assert Number(0, 100).turned(0.25, 1) == 0.255


@given(st.lists(st.integers(0, 40), min_size=1, max_size=8))
def test_numbers_are_typed_as_they_are_read(values):
    kind = Numbers(0, 40, whole=True)
    read = kind.accept("--x", values)
    assert kind.accept("--x", kind.typed(read)) == read


def test_ranges_and_intervals_are_typed_as_they_are_read():
    assert Numbers(0, 40, whole=True).typed((0, 1, 2, 3)) == "0:3"
    rates = Numbers(1e-6, 1e6)
    assert rates.typed(rates.accept("--x", "0.001:10:8")) == "0.001:10:8"
    assert Interval().typed((-1.0, 2.5)) == ("-1", "2.5")


def test_what_is_changed_is_told_and_nothing_else():
    overfit = lessons.find("overfit").Params
    assert changes(fill(overfit, {})) == {}
    assert changes(fill(overfit, {"task": "classification"})) == {"task": "classification"}
    changed = {"data": "my.csv", "n_train": "40", "seed": "7"}
    assert list(changes(fill(overfit, changed))) == ["data", "n_train", "seed"]


@pytest.mark.parametrize("name", lessons.COURSE)
def test_a_params_is_valid_when_it_exists(name):
    params = lessons.find(name).Params
    assert params() == fill(params, {})
    with pytest.raises(InputError, match="seed"):
        params(seed="many")
    with pytest.raises(InputError, match="--data"):
        params(x="a")


def test_what_a_lesson_s_author_imports_is_all_there():
    names = {}
    exec("from mlbasics.kit import *", names)
    assert set(kit.__all__) <= set(names)
