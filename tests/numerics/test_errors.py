"""Errors and fast sums of networks against plain sums at random points."""

import numpy as np
import pytest

from mlbasics.kit import formula
from mlbasics.kit.targets import TARGETS
from mlbasics.numerics import sparse
from mlbasics.numerics.errors import errors
from mlbasics.numerics.survey import survey
from mlbasics.numerics.universal import Maker


def maker(text, activation="sigmoid", steepness=None, a=0.0, b=1.0):
    f = formula.read(text)
    nudges = 0.01 * np.random.default_rng(0).standard_normal(100)
    return Maker(survey(f, a, b), activation, steepness, nudges, 50)


@pytest.mark.parametrize(
    ("method", "n", "activation", "steepness"),
    [
        *(("steps", n, act, None) for n in (1, 2, 40, 3000) for act in ("sigmoid", "tanh", "relu", "linear")),
        *(("steps", 3000, act, k) for k in (1e-3, 3, 300, 1e9) for act in ("sigmoid", "tanh")),
        ("least-squares", 77, "tanh", None),
        ("least-squares", 77, "relu", None),
        ("trained", 20, "sigmoid", None),
    ],
)
@pytest.mark.parametrize("interval", [(0, 1), (-3, 7), (1e4, 1e4 + 1)])
def test_the_sum_over_what_is_near_is_the_sum_over_all(method, n, activation, steepness, interval):
    a, b = map(float, interval)
    net = maker("sin(x) + x/9", activation, steepness, a, b).make(method, n)
    x = a + (b - a) * np.random.default_rng(1).uniform(-0.2, 1.2, 700)
    scale = abs(net.b2).max() + abs(net.W2).sum() + abs(net.W1 * net.W2).max() * abs(x).max()
    np.testing.assert_allclose(sparse.values(net, x), net(x)[0], rtol=0, atol=2e-13 * scale)


@pytest.mark.parametrize("target", ["bumps", "sin", "abs", "step", "runge"])
@pytest.mark.parametrize(
    ("method", "widths"),
    [
        ("steps", (1, 2, 10, 100, 332, 999, 1000, 1999, 99_999)),
        ("relu", (1, 10, 332, 1999)),
        ("least-squares", (1, 10, 250)),
        ("trained", (1, 10, 30)),
    ],
)
def test_errors_are_those_at_400000_random_points(target, method, widths):
    """One point in each of so many pieces, a third of them near the middle, where a step is."""
    rng = np.random.default_rng(2)
    f = formula.read(TARGETS[target])
    ways = maker(TARGETS[target], "relu" if method == "relu" else "sigmoid")
    for n in widths:
        net = ways.make("steps" if method == "relu" else method, n)
        near = min(0.49, 4 / (n + 1))
        edges = np.concatenate(
            [
                np.linspace(0, 0.5 - near, 133_333),
                np.linspace(0.5 - near, 0.5 + near, 133_335)[1:],
                np.linspace(0.5 + near, 1, 133_335)[1:],
            ]
        )
        x = edges[:-1] + np.diff(edges) * rng.random(len(edges) - 1)
        error = abs(sparse.values(net, x) - f(x))
        measured = errors(net, ways.survey)
        sup = max(error.max(), *abs(sparse.values(net, edges[[0, -1]]) - f(edges[[0, -1]])))
        assert measured.sup == pytest.approx(sup, rel=0.03)
        assert measured.rms == pytest.approx(np.sqrt((np.diff(edges) * error**2).sum()), rel=0.01)


def test_a_step_of_known_error():
    """A sigmoid on a step from -1 to 1 errs by 1 at most, and by 8 (ln 2 - 1/2)/k in the mean square."""
    for n in (1, 9, 999, 99_999):
        ways = maker("sign(x - 0.5)")
        measured = errors(ways.make("steps", n), ways.survey)
        assert measured.sup == pytest.approx(1, rel=1e-6)
        k = 20 * (n + 1)
        if n > 1:
            assert measured.rms == pytest.approx(np.sqrt(8 * (np.log(2) - 0.5) / k), rel=1e-2)


@pytest.mark.parametrize(
    ("text", "sup"),
    [
        ("exp(-((x - 0.30025)/0.0001)**2)", 1),
        ("sin(2000*pi*x)", 2),
    ],
)
def test_nothing_hides_between_points(text, sup):
    ways = maker(text)
    assert errors(ways.make("steps", 50), ways.survey).sup == pytest.approx(sup, rel=0.01)


def test_100000_neurons_follow_a_line():
    """Its largest error is half a cell, at either end."""
    ways = maker("x")
    measured = errors(ways.make("steps", 100_000), ways.survey)
    assert measured.sup == pytest.approx(0.5 / 100_001, rel=1e-6)
    assert measured.at in (0, 1)
