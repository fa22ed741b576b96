import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from mlbasics.numerics import deep
from mlbasics.numerics.classes import DATASETS
from mlbasics.numerics.scratch import Scratch
from mlbasics.numerics.shapes import Shape, initial
from mlbasics.numerics.training import Descent

ACTIVATIONS = ["sigmoid", "tanh", "relu"]
PLACEMENTS = ["before", "after", "none"]


def a_problem(activation, placement, rates=2, layers=3, m=7):
    rng = np.random.default_rng(0)
    shape = Shape(inputs=4, units=5, layers=layers, classes=3, activation=activation, placement=placement)
    theta = initial(shape, rates, rng)
    theta += 0.1 * rng.standard_normal(theta.shape)  # no two alike, no γ at 1, no bias at 0
    return shape, theta, rng.normal(size=(m, 4)), rng.integers(0, 3, m), rng


def in_torch(shape, theta):
    """The same network in PyTorch, from one row of theta."""
    import torch

    act = {"sigmoid": torch.nn.Sigmoid, "tanh": torch.nn.Tanh, "relu": torch.nn.ReLU}[shape.activation]
    *hidden, output = shape.layers_of(theta[None])
    modules = []
    for p in hidden:
        linear = torch.nn.Linear(*p["W"].shape[1:], bias="b" in p)
        norm = [torch.nn.BatchNorm1d(shape.units)] if "gamma" in p else []
        modules += [linear, *norm, act()] if shape.placement == "before" else [linear, act(), *norm]
        _load(linear.weight, p["W"][0].T)
        if "b" in p:
            _load(linear.bias, p["b"][0, 0])
        for n in norm:
            _load(n.weight, p["gamma"][0, 0])
            _load(n.bias, p["beta"][0, 0])
    last = torch.nn.Linear(*output["W"].shape[1:])
    _load(last.weight, output["W"][0].T)
    _load(last.bias, output["b"][0, 0])
    return torch.nn.Sequential(*modules, last).double()


def _load(parameter, values):
    import torch

    parameter.data = torch.tensor(np.ascontiguousarray(values))


def flat(model):
    """The parameters of a PyTorch network in the order of theta."""
    return np.concatenate([p.detach().numpy().T.ravel() for p in model.parameters()])


@pytest.mark.parametrize("noisy", [False, True])
@pytest.mark.parametrize("placement", PLACEMENTS)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_every_gradient_agrees_with_central_differences(activation, placement, noisy):
    shape, theta, x, labels, rng = a_problem(activation, placement)
    noise = deep.noise_like(shape, 0.5, rng) if noisy else None

    def loss(theta):
        return deep.cross_entropy(deep.forward(shape, theta, x, noise=noise).logits, labels)[0]

    done = deep.forward(shape, theta, x, noise=noise)
    gradient = deep.backward(shape, theta, done, deep.cross_entropy(done.logits, labels)[1], noise)
    size = np.abs(gradient).max(axis=1)
    for k in range(theta.shape[1]):
        step = np.zeros_like(theta)
        step[:, k] = 1e-5
        central = (loss(theta + step) - loss(theta - step)) / 2e-5
        assert (np.abs(gradient[:, k] - central) <= 1e-6 * np.maximum(np.abs(central), 1e-3 * size)).all()


@pytest.mark.parametrize("placement", PLACEMENTS)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_steps_equal_pytorchs(activation, placement):
    torch = pytest.importorskip("torch", reason="compares with PyTorch, which is not installed")
    shape, theta, x, labels, _ = a_problem(activation, placement)
    rates = (0.1, 0.5)
    descent = Descent(shape, theta, rates)
    models = [in_torch(shape, row) for row in theta]
    for _ in range(3):
        losses = descent.step(x, labels)
        for r, (model, rate) in enumerate(zip(models, rates, strict=True)):
            loss = torch.nn.functional.cross_entropy(model(torch.tensor(x)), torch.tensor(labels))
            model.zero_grad()
            loss.backward()
            with torch.no_grad():
                for parameter in model.parameters():
                    parameter -= rate * parameter.grad
            assert losses[r] == pytest.approx(float(loss.detach()), abs=1e-10)
            np.testing.assert_allclose(descent.theta[r], flat(model), rtol=0, atol=1e-10)
    for r, model in enumerate(models):
        logits = deep.forward(shape, descent.theta, x, descent.running).logits[r]
        np.testing.assert_allclose(logits, model.eval()(torch.tensor(x)).detach(), atol=1e-10)


@pytest.mark.parametrize("placement", PLACEMENTS)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_arrays_that_are_used_again_change_nothing(activation, placement):
    shape, theta, x, labels, rng = a_problem(activation, placement)
    scratch = Scratch()
    for rows in (slice(0, 5), slice(2, 7), slice(0, 4)):
        scratch.begin()
        noise = deep.noise_like(shape, 0.5, rng)
        fresh = deep.gradient(shape, theta, x[rows], labels[rows], noise)
        again = deep.gradient(shape, theta, x[rows], labels[rows], noise, scratch)
        np.testing.assert_array_equal(fresh[0], again[0])
        np.testing.assert_array_equal(fresh[1], again[1])
        for a, b in zip(fresh[2].entering, again[2].entering, strict=True):
            np.testing.assert_array_equal(a, b)


def test_each_rate_is_trained_as_if_alone():
    shape, theta, x, labels, _ = a_problem("relu", "before")
    together = Descent(shape, theta, (0.1, 0.5))
    alone = [Descent(shape, theta[r : r + 1], (rate,)) for r, rate in enumerate((0.1, 0.5))]
    for _ in range(5):
        together.step(x, labels)
        for one in alone:
            one.step(x, labels)
    np.testing.assert_allclose(together.theta, np.concatenate([one.theta for one in alone]), rtol=1e-10)


def test_inference_does_not_depend_on_the_rest_of_the_batch():
    shape, theta, x, labels, _ = a_problem("tanh", "before")
    descent = Descent(shape, theta, (0.1, 0.1))
    descent.step(x, labels)
    together = deep.forward(shape, descent.theta, x, descent.running).logits
    for i in range(len(x)):
        one = deep.forward(shape, descent.theta, x[i : i + 1], descent.running).logits
        np.testing.assert_allclose(one[:, 0], together[:, i], rtol=1e-12)


def test_batch_norm_changes_no_initial_weight():
    drawn = []
    for placement in PLACEMENTS:
        shape = Shape(4, 5, 3, 3, "relu", placement)
        theta = initial(shape, 2, np.random.default_rng(0))
        drawn.append([layer["W"] for layer in shape.layers_of(theta)])
    for layer in zip(*drawn, strict=True):
        np.testing.assert_array_equal(layer[0], layer[1])
        np.testing.assert_array_equal(layer[0], layer[2])
        np.testing.assert_array_equal(layer[0][0], layer[0][1])


def test_the_cross_entropy_of_guessing_is_the_log_of_the_number_of_classes():
    loss, _ = deep.cross_entropy(np.zeros((1, 6, 4)), np.array([0, 1, 2, 3, 0, 1]))
    np.testing.assert_allclose(loss, np.log(4), rtol=1e-14)


def test_huge_logits_give_a_finite_loss():
    loss, d = deep.cross_entropy(np.array([[[1e30, 0.0, -1e30]]]), np.array([0]))
    assert loss[0] == 0
    np.testing.assert_array_equal(d, 0)


@pytest.mark.parametrize("name", DATASETS)
def test_no_straight_borders_part_the_classes(name):
    x, labels = DATASETS[name](2000, np.random.default_rng(0))
    assert np.ptp(np.bincount(labels)) <= 1
    assert LogisticRegression(max_iter=1000).fit(x, labels).score(x, labels) < 0.8
