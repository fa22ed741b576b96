"""Formulas as a reader writes them."""

import pytest

from mlbasics.kit.targets import TARGETS, readable


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (TARGETS["sin"], "sin(2πx)"),
        (TARGETS["runge"], "1/(1 + 25(2x - 1)²)"),
        (TARGETS["bumps"], "4x·(1 - x)·cos(25x)"),
        ("x**3 - x ** 2", "x³ - x²"),
        ("x**20 + x**2.5", "x**20 + x**2.5"),
        ("x*sin(x)", "x·sin(x)"),
        ("2**x", "2**x"),
    ],
)
def test_a_formula_is_readable(typed, read):
    assert readable(typed) == read
