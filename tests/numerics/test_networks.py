import numpy as np
import pytest
from sklearn.neural_network import MLPRegressor

from mlbasics.numerics import networks


def a_problem(trials=3, n=20, hidden=4, activation="tanh"):
    rng = np.random.default_rng(0)
    x = rng.uniform(-1, 1, (trials, n))
    return x, np.sin(np.pi * x), networks.random_network(trials, hidden, rng, activation)


def penalized(network, x, y, decay):
    weights = network.flat()
    return np.square(y - network(x)).sum(axis=1) + decay * np.square(weights[:, :-1]).sum(axis=1)


@pytest.mark.parametrize("activation", networks.ACTIVATIONS)
def test_the_jacobian_agrees_with_central_differences(activation):
    x, _, network = a_problem(activation=activation)
    theta = network.flat()
    jacobian, output = networks._jacobian(theta, x, activation)
    np.testing.assert_allclose(output, network(x), rtol=1e-14)
    for k in range(theta.shape[1]):
        step = np.zeros_like(theta)
        step[:, k] = 1e-6
        up, down = (networks._network(theta + sign * step, activation)(x) for sign in (1, -1))
        np.testing.assert_allclose(jacobian[..., k], (up - down) / 2e-6, atol=1e-8)


@pytest.mark.parametrize(
    ("activation", "theirs"),
    [("sigmoid", "logistic"), ("tanh", "tanh"), ("relu", "relu"), ("linear", "identity")],
)
def test_the_forward_pass_equals_scikit_learns(activation, theirs):
    x, y, network = a_problem(activation=activation)
    model = MLPRegressor(hidden_layer_sizes=(4,), activation=theirs).partial_fit(x[0][:, None], y[0])
    model.coefs_ = [network.W1[0][None], network.W2[0][:, None]]
    model.intercepts_ = [network.b1[0], network.b2[0]]
    np.testing.assert_allclose(network(x)[0], model.predict(x[0][:, None]), rtol=1e-12)


def test_the_sigmoid_does_not_overflow():
    values = networks.ACTIVATIONS["sigmoid"].f(np.array([-1e300, -1.0, 0.0, 1e300]))
    np.testing.assert_allclose(values, [0, 1 / (1 + np.e), 0.5, 1])


def test_training_ends_where_the_gradient_vanishes():
    x, y, start = a_problem()
    decay = 1e-3
    trained = networks.train(x, y, start, decay, most=2000)
    assert (trained.gradient <= networks.TOLERANCE).all()
    assert all(b <= a for a, b in zip(trained.losses, trained.losses[1:], strict=False))
    loss = penalized(trained.network, x, y, decay)
    assert (loss < penalized(start, x, y, decay) / 10).all()
    rng = np.random.default_rng(1)
    for _ in range(20):
        theta = trained.network.flat()
        nearby = networks._network(theta + 1e-3 * rng.standard_normal(theta.shape), "tanh")
        assert (penalized(nearby, x, y, decay) > loss - 1e-6).all()


def test_networks_trained_together_are_those_trained_alone():
    x, y, start = a_problem()
    together = networks.train(x, y, start, 1e-3, most=30).network.flat()
    for t in range(3):
        one = networks._network(start.flat()[t : t + 1], "tanh")
        alone = networks.train(x[t : t + 1], y[t : t + 1], one, 1e-3, most=30).network.flat()
        np.testing.assert_allclose(together[t], alone[0], rtol=1e-6)
