import numpy as np
import pytest

from mlbasics.numerics import batchnorm
from mlbasics.numerics.batchnorm import EPS, Statistics

RNG = np.random.default_rng(0)


def test_a_batch_worked_by_hand():
    normalized = batchnorm.normalize(np.array([[1.0], [2.0], [3.0], [6.0]]))
    assert normalized.statistics == (3, 3.5)  # (4 + 1 + 0 + 9)/4: divided by m, not m - 1
    expected = np.array([[-2], [-1], [0], [3]]) / np.sqrt(3.5 + 1e-5)
    np.testing.assert_allclose(normalized.x_hat, expected, rtol=1e-14)
    np.testing.assert_allclose(batchnorm.transform(normalized, 2.0, 5.0), 2 * expected + 5, rtol=1e-14)


def test_a_batch_of_two_keeps_only_which_is_larger():
    x_hat = batchnorm.normalize(RNG.normal(0, 100, (2, 50))).x_hat
    np.testing.assert_allclose(np.abs(x_hat), 1, atol=1e-3)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_kind_of_number_is_kept(dtype):
    x = RNG.normal(size=(2, 5, 3)).astype(dtype)
    gamma = np.ones((2, 1, 3), dtype)
    normalized = batchnorm.normalize(x)
    running = batchnorm.update(normalized.statistics, normalized.statistics, 5)
    made = [
        batchnorm.transform(normalized, gamma, gamma),
        *running,
        *batchnorm.backward(x, normalized, gamma),
    ]
    assert {array.dtype for array in made} == {np.dtype(dtype)}


def test_the_derivatives_agree_with_central_differences():
    x, weight = RNG.normal(2, 3, (2, 5, 3)), RNG.normal(size=(2, 5, 3))
    given = {"x": x, "gamma": RNG.normal(size=(2, 1, 3)), "beta": RNG.normal(size=(2, 1, 3))}

    def loss(x, gamma, beta):
        return np.sum(weight * batchnorm.transform(batchnorm.normalize(x), gamma, beta))

    derivatives = batchnorm.backward(weight, batchnorm.normalize(x), given["gamma"])
    for (name, at), derivative in zip(given.items(), derivatives, strict=True):
        for place in np.ndindex(at.shape):
            step = np.zeros_like(at)
            step[place] = 1e-5
            up, down = (loss(**given | {name: at + sign * step}) for sign in (1, -1))
            assert derivative[place] == pytest.approx((up - down) / 2e-5, rel=1e-6, abs=1e-8)


def test_the_running_statistics_come_to_the_datas_mean_and_variance():
    running = Statistics(np.zeros((1, 3)), np.ones((1, 3)))
    mean, sd = np.array([-1.0, 0.0, 4.0]), np.array([0.5, 1.0, 3.0])
    kept = []
    for _ in range(3000):
        batch = batchnorm.statistics(mean + sd * RNG.normal(size=(4, 3)))
        running = batchnorm.update(running, batch, 4)
        kept.append(running)
    tail = kept[100:]  # a biased running variance would come to 3/4 of it
    np.testing.assert_allclose(np.mean([r.mean[0] for r in tail], axis=0), mean, atol=0.15)
    np.testing.assert_allclose(np.mean([r.var[0] for r in tail], axis=0), sd**2, rtol=0.1)


def test_inference_does_not_depend_on_the_rest_of_the_batch():
    running = Statistics(np.full((1, 3), 0.3), np.full((1, 3), 2.0))
    x = RNG.normal(size=(6, 3))
    together = batchnorm.normalize(x, running).x_hat
    for i in range(6):
        np.testing.assert_array_equal(batchnorm.normalize(x[i : i + 1], running).x_hat[0], together[i])
    np.testing.assert_allclose(together, (x - 0.3) / np.sqrt(2 + EPS), rtol=1e-14)


@pytest.mark.parametrize("m", [2, 7, 64])
def test_forward_backward_and_running_statistics_equal_pytorchs(m):
    torch = pytest.importorskip("torch", reason="compares with PyTorch, which is not installed")
    x, dy = RNG.normal(1, 2, (m, 3)), RNG.normal(size=(m, 3))
    gamma, beta = RNG.normal(size=(1, 3)), RNG.normal(size=(1, 3))
    theirs = torch.nn.BatchNorm1d(3, dtype=torch.float64)
    theirs.weight.data, theirs.bias.data = torch.tensor(gamma[0]), torch.tensor(beta[0])
    x_torch = torch.tensor(x, requires_grad=True)
    y = theirs(x_torch)
    y.backward(torch.tensor(dy))

    normalized = batchnorm.normalize(x)
    np.testing.assert_allclose(
        batchnorm.transform(normalized, gamma, beta), y.detach(), rtol=1e-10, atol=1e-12
    )
    dx, dgamma, dbeta = batchnorm.backward(dy, normalized, gamma)
    for ours, grad in ((dx, x_torch.grad), (dgamma[0], theirs.weight.grad), (dbeta[0], theirs.bias.grad)):
        np.testing.assert_allclose(ours, grad, rtol=1e-9, atol=1e-10)
    start = Statistics(np.zeros((1, 3)), np.ones((1, 3)))
    running = batchnorm.update(start, normalized.statistics, m)
    np.testing.assert_allclose(running.mean[0], theirs.running_mean, rtol=1e-12)
    np.testing.assert_allclose(running.var[0], theirs.running_var, rtol=1e-12)
    theirs.eval()
    ours = batchnorm.transform(batchnorm.normalize(x, running), gamma, beta)
    np.testing.assert_allclose(ours, theirs(torch.tensor(x)).detach(), rtol=1e-10, atol=1e-12)
