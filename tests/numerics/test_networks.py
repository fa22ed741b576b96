import numpy as np
import pytest

from mlbasics.numerics import networks


def a_problem(trials=3, n=20, hidden=4):
    rng = np.random.default_rng(0)
    x = rng.uniform(-1, 1, (trials, n))
    return x, np.sin(np.pi * x), networks.initial_weights(trials, hidden, rng)


def test_the_jacobian_agrees_with_central_differences():
    x, _, weights = a_problem()
    jacobian, output = networks._jacobian(weights, x)
    np.testing.assert_allclose(output, networks.predict(weights, x), rtol=1e-14)
    for k in range(weights.shape[1]):
        step = np.zeros_like(weights)
        step[:, k] = 1e-6
        slope = (networks.predict(weights + step, x) - networks.predict(weights - step, x)) / 2e-6
        np.testing.assert_allclose(jacobian[..., k], slope, atol=1e-8)


def test_training_ends_where_the_gradient_vanishes():
    x, y, start = a_problem()
    decay = 1e-3
    trained = networks.train(x, y, start, decay, most=2000)
    assert (trained.gradient <= networks.TOLERANCE).all()
    penalty = np.full(start.shape[1], decay)
    penalty[-1] = 0
    loss = networks._loss(trained.weights, x, y, penalty)
    assert (loss < networks._loss(start, x, y, penalty) / 10).all()
    rng = np.random.default_rng(1)
    for _ in range(20):
        nearby = trained.weights + 1e-3 * rng.standard_normal(start.shape)
        assert (networks._loss(nearby, x, y, penalty) > loss - 1e-6).all()


def test_networks_trained_together_are_those_trained_alone():
    x, y, start = a_problem()
    together = networks.train(x, y, start, 1e-3, most=30)
    for t in range(3):
        alone = networks.train(x[t : t + 1], y[t : t + 1], start[t : t + 1], 1e-3, most=30)
        np.testing.assert_allclose(together.weights[t], alone.weights[0], rtol=1e-6)


def test_one_linear_unit_is_found_exactly():
    x = np.linspace(-1, 1, 11)[None]
    trained = networks.train(x, np.zeros((1, 11)), np.ones((1, 4)), 0.0, most=500)
    assert networks.predict(trained.weights, x) == pytest.approx(0, abs=1e-3)
