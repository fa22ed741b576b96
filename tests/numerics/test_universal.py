import numpy as np
import pytest

from mlbasics.numerics import universal

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
def test_on_another_interval_it_is_the_same_function(a, b):
    net = universal.steps(wave, 20, None, "sigmoid")
    np.testing.assert_allclose(
        universal.on_interval(net, a, b)((a + b) / 2 + (b - a) / 2 * U), net(U), atol=1e-9
    )


def test_the_steepest_slope():
    assert universal.lipschitz(lambda x: np.sin(5 * x), 0, 1) == pytest.approx(5, rel=1e-6)
    assert universal.lipschitz(lambda x: np.abs(x - 0.3), 0, 1) == pytest.approx(1)
    assert universal.lipschitz(np.sqrt, 0, 1) == np.inf
    assert universal.lipschitz(np.sign, -1, 1) == np.inf
    assert universal.lipschitz(np.zeros_like, -1, 1) == 0


def test_the_largest_jump():
    assert universal.largest_jump(np.sign, -1, 1)[0] == pytest.approx(2)
    size, place = universal.largest_jump(lambda x: x + 3 * (x > 0.7), 0, 1)
    assert (size, place) == pytest.approx((3, 0.7), abs=1e-6)
    assert universal.largest_jump(lambda x: np.sin(50 * x), 0, 1)[0] == 0
    assert universal.largest_jump(np.sqrt, 0, 1)[0] == 0


@pytest.mark.parametrize("n", [1, 2, 7, 40, 300])
def test_the_bound_holds(n):
    error = np.abs(universal.steps(wave, n, None, "sigmoid")(U)[0] - wave(U)).max()
    slope = np.pi + 0.3
    assert error <= universal.staircase_bound(slope, 2, n)
    assert error > universal.staircase_bound(slope, 2, n) / 10
