"""What learners type, and what is right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlbasics.kit import Amount, Letters, Setting


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("13", 13),
        (" 13x", 13),
        ("about 2.5 times", 2.5),
        ("1,200", 1200),
        ("-3", -3),
        ("76 %", 76),
        ("3배", 3),
    ],
)
def test_a_number_is_read_with_the_words_around_it(text, number):
    assert Amount(1, 1, 10).read(text) == number


@pytest.mark.parametrize("text", ["", "yes", "1 2", "13;3", "nan", "A", "--", "1.2.3"])
def test_what_is_no_number_is_none(text):
    assert Amount(1, 1, 10).read(text) is None


@given(st.floats(0.001, 1e6), st.floats(1.05, 10))
def test_a_factor_allows_as_much_below_as_above(truth, factor):
    answer = Amount(truth, 0, 1e7, factor=factor)
    assert answer.right(truth * factor * 0.999)
    assert answer.right(truth / factor * 1.001)
    assert not answer.right(truth * factor * 1.01)
    assert not answer.right(truth / factor * 0.99)


@given(st.floats(-1e6, 1e6), st.booleans())
def test_the_truth_as_it_is_typed_is_read_as_the_truth(truth, whole):
    answer = Amount(round(truth) if whole else truth, -1e7, 1e7, factor=1.01, whole=whole)
    assert answer.right(answer.read(answer.typed(answer.truth)))


@pytest.mark.parametrize(
    ("text", "letters"), [("bac", "BAC"), ("B, A; c", "BAC"), ("BA", None), ("BAD", None)]
)
def test_letters_are_read_without_what_parts_them(text, letters):
    assert Letters("ABC", "ABC").read(text) == letters


@pytest.mark.parametrize(
    ("text", "value"), [("30", 30), ("n-train 30", 30), ("--n-train=30", 30), ("5000", None), ("yes", None)]
)
def test_a_setting_is_read_with_its_option_or_without(text, value):
    setting = Setting("n_train", 100, 2, 1000, *(lambda params, result: None,) * 3)
    assert setting.read(text) == value
