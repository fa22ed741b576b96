"""The curves that lessons learn: one set, each a formula; or a formula of the learner's own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from mlbasics.kit import formula
from mlbasics.kit.errors import InputError
from mlbasics.kit.kinds import Choice, Formula
from mlbasics.kit.params import parameter
from mlbasics.words import phrase

if TYPE_CHECKING:
    from mlbasics.numerics import Array

TARGETS = {
    "sin": "sin(2*pi*x)",
    "cosine": "cos(1.5*pi*x)",
    "step": "sign(x - 0.5)",
    "line": "2*x - 1",
    "runge": "1/(1 + 25*(2*x - 1)**2)",
    "constant": "0.5",
    "abs": "abs(2*x - 1)",
    "bumps": "4*x*(1 - x)*cos(25*x)",
}
"""Functions of x, made for [0, 1]."""

LARGEST = 1e100  # a target's largest value: its square must be finite too
CHECKED = 10_001  # points of [0, 1], round fractions among them, where a formula must be finite


def target(default: str) -> Any:
    """Declare the parameter that names one of the curves."""
    return parameter(default, Choice(tuple(TARGETS)))


def function() -> Any:
    """Declare the parameter that gives a formula in the curve's place."""
    return parameter(None, Formula())


def formula_of(params: Any) -> str:
    """Return the formula of a run whose Params have target and function."""
    return TARGETS[params.target] if params.function is None else params.function


def readable(text: str) -> str:
    """Return a formula as a reader writes it: 2πx for 2*pi*x, x² for x**2, a dot between other factors."""
    text = re.sub(r" *\*\* *([23])(?![\d.e])", lambda power: {"2": "²", "3": "³"}[power[1]], text)
    text = text.replace("pi", "π")
    text = re.sub(r"(?<=[\dπ])\s*\*\s*(?=[a-zπ(])", "", text)
    return re.sub(r"\s*(?<!\*)\*(?!\*)\s*", "·", text)


def curve(params: Any) -> formula.Function:
    """Return the function of a run whose Params have target and function."""
    return formula.read(formula_of(params))


def unit_curve(params: Any) -> formula.Function:
    """Return the function of a run that learns it on [0, 1]; raise InputError unless it is finite there."""
    import numpy as np

    f, x = curve(params), np.linspace(0, 1, CHECKED)
    check_finite(x, f(x), "formula.infinite.unit")
    return f


def check_finite(x: Array, y: Array, sentence: str = "formula.infinite", largest: float = LARGEST) -> None:
    """Raise InputError, with the first x, where a formula's value is no number up to the largest."""
    lost = ~(abs(y) <= largest)
    if lost.any():
        raise InputError(phrase(sentence, x=float(x[lost][0]), largest=f"{largest:g}"))
