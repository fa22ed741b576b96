"""Enclosures against points: whatever a formula does between two numbers lies in them."""

import numpy as np
import pytest
from mpmath import iv

from mlbasics.kit import formula

FORMULAS = [
    "sin(6*x) + x**2", "x**3 - x", "x**-1", "x**-2", "x**2.5", "x**0.5", "x**1", "x**0", "2**x", "x**x", "0**x",
    "(x + 1)**(x/2)", "abs(x - .3)", "sign(x)*x", "floor(3*x)", "ceil(2*x)", "tan(x)", "tanh(5*x)", "cosh(x)",
    "sinh(x)", "arctan(4*x)", "exp(-x**2)", "log(x + 2)", "sqrt(x + 1)", "x/(1 + x)", "1/(x - .3)", "sin(1/x)",
    "4*x*(1 - x)*cos(25*x)", "1/(1 + 25*(2*x - 1)**2)", "exp(-((x - 0.30025)/0.0001)**2)", "-x**2 + +x", "pi*e",
    "abs(sin(9*x))**1.5", "sqrt(abs(x))*log(abs(x) + 1)",
]  # fmt: skip


@pytest.mark.parametrize("text", FORMULAS)
@pytest.mark.parametrize("width", [1, 0.1, 1e-3, 1e-5])
def test_values_and_slopes_between_two_numbers_lie_in_the_enclosure(text, width):
    rng = np.random.default_rng(0)
    f = formula.read(text)
    low = rng.uniform(-3, 3, 200)
    high = low + width * rng.random(200)
    enclosure = f.enclose(low, high)
    assert not np.isnan(np.array(enclosure)).any()
    x = np.sort(low + (high - low) * rng.random((40, 200)), axis=0)
    y = f(x)
    with np.errstate(all="ignore"):
        rounding = 1e-9 * abs(y)
        inside = (enclosure.low - rounding <= y) & (y <= enclosure.high + rounding)
        assert (inside | ~np.isfinite(y)).all()
        step = np.diff(x, axis=0)
        slope = np.diff(y, axis=0) / step
        rounding = 1e-9 * abs(slope) + 1e-14 * (1 + abs(y[1:])) / step
        steep = (enclosure.fall - rounding <= slope) & (slope <= enclosure.rise + rounding)
        assert (steep | ~np.isfinite(slope) | (step < 1e-9)).all()


@pytest.mark.parametrize(
    "text", ["sin(6*x) + x**2", "exp(-x**2)/(2 + x)", "cos(x)*sqrt(x + 4)", "sin(x/9)*log(x + 5)"]
)
def test_enclosures_of_values_are_those_of_mpmath(text):
    low, high = np.array([-2.0, -0.3, 0.1, 1.0]), np.array([-1.0, 0.2, 0.11, 3.0])
    ours = formula.read(text).enclose(low, high)
    names = {name: getattr(iv, name) for name in ("sin", "cos", "exp", "log", "sqrt")}
    for i, (a, b) in enumerate(zip(low, high, strict=True)):
        theirs = eval(text, {"x": iv.mpf([a, b]), **names})
        assert float(theirs.a) == pytest.approx(ours.low[i], abs=1e-12)
        assert float(theirs.b) == pytest.approx(ours.high[i], abs=1e-12)


def test_what_is_infinitely_steep_says_so():
    low, high = np.array([-1.0, 0.0, 0.5]), np.array([1.0, 1.0, 1.0])
    assert list(formula.read("sign(x)").enclose(low, high).rise) == [np.inf, np.inf, 0]
    assert list(formula.read("sqrt(x)").enclose(low, high).rise) == [
        np.inf,
        np.inf,
        pytest.approx(np.sqrt(0.5)),
    ]
    assert list(formula.read("tan(2*x)").enclose(low, high).fall) == [-np.inf, -np.inf, -np.inf]
