import numpy as np
import pytest
from scipy import integrate

from mlbasics.numerics.decomposition import Measurement

POINTS = np.linspace(0, 1, 7)
WEIGHTS = np.full(7, 1 / 7)


def measured(predictions, noise=None, truth=None, blocks=1):
    truth = np.sin(POINTS) if truth is None else truth
    noise = np.zeros((len(predictions), len(POINTS))) if noise is None else noise
    measurement = Measurement(truth, WEIGHTS, 0.5)
    for p, e in zip(np.array_split(predictions, blocks), np.array_split(noise, blocks), strict=True):
        measurement.add(p, e)
    return measurement.result()


def test_the_terms_by_hand():
    predictions = np.array([[[1.0] * 7], [[3.0] * 7]])  # two sets, one complexity
    result = measured(predictions, truth=np.zeros(7))
    assert result.variance[0] == pytest.approx(2)  # ((1-2)² + (3-2)²) / (2 - 1)
    assert result.bias2[0] == pytest.approx(2**2 - 2 / 2)  # corrected by variance/T
    assert result.total[0] == pytest.approx(2 + 3 + 0.25)
    np.testing.assert_allclose(result.mean, 2)


def test_blocks_do_not_show():
    rng = np.random.default_rng(0)
    predictions, noise = rng.standard_normal((400, 3, 7)), rng.standard_normal((400, 7))
    whole, parts = measured(predictions, noise), measured(predictions, noise, blocks=7)
    for term in ("bias2", "variance", "test_mse", "residual", "mean", "largest_share"):
        np.testing.assert_allclose(
            getattr(parts, term), getattr(whole, term), rtol=0.2 if "share" in term else 1e-10
        )
    np.testing.assert_allclose(parts.se.test_mse, whole.se.test_mse, rtol=1e-10)
    np.testing.assert_allclose(
        parts.se.variance, whole.se.variance, rtol=0.2
    )  # measured around another centre


def test_bias2_is_unbiased_and_the_naive_estimate_is_not():
    rng = np.random.default_rng(0)
    bias, variance, sets = 0.1, 1.0, 10
    results = [
        measured(np.sin(POINTS) + bias + rng.standard_normal((sets, 1, 7)) * variance) for _ in range(2000)
    ]
    corrected = np.array([r.bias2[0] for r in results])
    naive = np.array([np.square(r.mean - np.sin(POINTS)) @ WEIGHTS for r in results])
    error = corrected.std() / np.sqrt(len(corrected))
    assert corrected.mean() == pytest.approx(bias**2, abs=3 * error)
    assert naive.mean() == pytest.approx(bias**2 + variance / sets, abs=3 * error)
    assert naive.mean() > bias**2 + 3 * error


@pytest.mark.parametrize("bias", [0.0, 0.3])
def test_the_standard_errors_are_the_spread_of_the_estimates(bias):
    rng = np.random.default_rng(0)
    results = []
    for _ in range(500):
        common = rng.standard_normal((200, 1, 1))  # predictions at different x move together
        predictions = np.sin(POINTS) + bias + 0.3 * common + 0.2 * rng.standard_normal((200, 1, 7))
        results.append(measured(predictions, 0.5 * rng.standard_normal((200, 7))))
    for term in ("bias2", "variance", "total", "test_mse", "residual"):
        spread = np.std([getattr(r, term)[0] for r in results])
        told = np.mean([getattr(r.se, term)[0] for r in results])
        most = (
            1.35 if (term, bias) == ("bias2", 0.0) else 1.15
        )  # errs on the safe side where there is no bias
        assert 0.85 * spread < told < most * spread, term


def test_gauss_legendre_averages_are_exact_for_the_sine():
    from mlbasics.lessons.bias_variance.source import NODES

    nodes, weights = np.polynomial.legendre.leggauss(NODES)
    expected, _ = integrate.quad(lambda x: np.sin(2 * np.pi * x) ** 2 * x, 0, 1)
    x = (nodes + 1) / 2
    assert (np.sin(2 * np.pi * x) ** 2 * x) @ weights / 2 == pytest.approx(expected, rel=1e-12)
