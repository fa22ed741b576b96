import numpy as np
import pytest

from mlbasics.numerics import universal
from mlbasics.numerics.survey import survey

U = np.linspace(-1, 1, 4001)


def wave(u):
    return np.sin(np.pi * u) + 0.3 * u


@pytest.mark.parametrize("n", [1, 4, 30, 301])
@pytest.mark.parametrize("activation", ["sigmoid", "tanh"])
def test_steps_go_through_the_middle_of_every_cell(n, activation):
    net = universal.steps(wave, n, None, activation)
    middles = -1 + (2 * np.arange(n + 1) + 1) / (n + 1)
    np.testing.assert_allclose(net(middles)[0], wave(middles), atol=2e-4)


def test_relu_corners_are_linear_interpolation():
    net = universal.steps(wave, 10, None, "relu")
    corners = np.linspace(-1, 1, 11)
    np.testing.assert_allclose(net(U)[0], np.interp(U, corners, wave(corners)), atol=1e-12)


def test_linear_neurons_are_the_least_squares_line():
    slope, level = np.polyfit(U, wave(U), 1)
    for n in (1, 50):
        np.testing.assert_allclose(
            universal.steps(wave, n, None, "linear")(U)[0], slope * U + level, atol=5e-3
        )


def test_least_squares_is_best_among_its_output_weights():
    net = universal.least_squares(wave, 12, None, "sigmoid")
    u = universal.training_grid(12)
    residual = net(u)[0] - wave(u)
    hidden = 0.5 + 0.5 * np.tanh(0.5 * (u[:, None] * net.W1 + net.b1))
    assert np.abs(hidden.T @ residual).max() < 1e-8  # the normal equations
    assert abs(residual.sum()) < 1e-8


@pytest.mark.parametrize(("a", "b"), [(0, 1), (-3, 7), (0, 1e-6), (1e6, 2e6)])
@pytest.mark.parametrize("power", [0, 300, -1000])
def test_on_another_interval_it_is_the_same_function(a, b, power):
    frame = universal.Frame(a, b, 0.0, power)
    net = universal.steps(wave, 20, None, "sigmoid")
    x = (a + b) / 2 + (b - a) / 2 * U
    np.testing.assert_allclose(np.ldexp(frame.outwards(net)(x)[0], -power), net(U)[0], atol=1e-9)
    np.testing.assert_allclose(
        frame.inwards(lambda x: np.ldexp(wave((2 * x - a - b) / (b - a)), power))(U), wave(U), atol=1e-9
    )


@pytest.mark.parametrize("n", [1, 2, 7, 40, 300])
def test_steps_err_by_at_most_the_slope_times_a_cell(n):
    """And by the tails of steps that are half a cell or more away: 2 exp(-10)."""
    error = np.abs(universal.steps(wave, n, None, "sigmoid")(U)[0] - wave(U)).max()
    bound = (np.pi + 0.3) * 2 / (n + 1) * (1 + 2 * np.exp(-10))
    assert bound / 10 < error <= bound


def test_a_function_on_another_level_gets_the_same_weights():
    def ways(level):
        return universal.Maker(survey(lambda x: wave(x) + level, -1, 1), "sigmoid", None, np.zeros(9), 20)

    for method in ("steps", "least-squares", "trained"):
        low, high = ways(0).make(method, 9), ways(2.0**12).make(method, 9)
        np.testing.assert_allclose(low.W2, high.W2, rtol=1e-6, atol=1e-6)
        np.testing.assert_allclose(high(U) - 2.0**12, low(U), atol=1e-6)
