import numpy as np
import pytest
from scipy import integrate

from mlbasics.numerics.decomposition import Measurement

POINTS = np.linspace(0, 1, 7)
WEIGHTS = np.full(7, 1 / 7)


def measured(predictions, truth=None, blocks=1):
    measurement = Measurement(np.sin(POINTS) if truth is None else truth, WEIGHTS)
    for block in np.array_split(predictions, blocks):
        measurement.add(block)
    return measurement.result()


def test_the_terms_by_hand():
    predictions = np.array([[[1.0] * 7], [[3.0] * 7]])  # two sets, one complexity
    result = measured(predictions, truth=np.zeros(7))
    assert result.variance[0] == pytest.approx(2)  # ((1-2)² + (3-2)²) / (2 - 1)
    assert result.bias2[0] == pytest.approx(2**2 - 2 / 2)  # corrected by variance/T
    np.testing.assert_allclose(result.mean, 2)


def test_blocks_do_not_show():
    predictions = np.random.default_rng(0).standard_normal((400, 3, 7))
    whole, parts = measured(predictions), measured(predictions, blocks=7)
    for ours, theirs in ((parts.largest_share, whole.largest_share), (parts.se.variance, whole.se.variance)):
        np.testing.assert_allclose(ours, theirs, rtol=0.1)  # both are about the mean of the first block
    for term in ("bias2", "variance", "mean", "kept"):
        np.testing.assert_allclose(getattr(parts, term), getattr(whole, term), rtol=1e-9)
    np.testing.assert_allclose(parts.se.bias2, whole.se.bias2, rtol=0.1)


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


@pytest.mark.parametrize(("bias", "sets"), [(0.0, 20), (0.0, 200), (0.3, 200), (1.0, 20)])
def test_the_standard_errors_are_calibrated(bias, sets):
    """z = (estimate - truth)/error spreads by one; bias² by less where there is none."""
    rng = np.random.default_rng(0)
    shapes = np.cos(np.pi * np.outer(np.arange(6), POINTS))  # predictions at different x move together
    variance = np.square(0.2 * shapes).sum(axis=0) @ WEIGHTS
    z = []
    for _ in range(600):
        moves = 0.2 * rng.standard_normal((sets, 1, 6)) @ shapes
        result = measured(np.sin(POINTS) + bias + moves)
        z.append(
            [
                (result.bias2[0] - bias**2) / result.se.bias2[0],
                (result.variance[0] - variance) / result.se.variance[0],
            ]
        )
    spread = np.std(z, axis=0)
    assert (spread > [0.85 if bias else 0.5, 0.85]).all(), spread
    assert (spread < 1.2).all(), spread


def test_gauss_legendre_averages_are_exact_for_the_sine():
    from mlbasics.lessons.bias_variance.sampling import NODES

    nodes, weights = np.polynomial.legendre.leggauss(NODES)
    expected, _ = integrate.quad(lambda x: np.sin(2 * np.pi * x) ** 2 * x, 0, 1)
    x = (nodes + 1) / 2
    assert (np.sin(2 * np.pi * x) ** 2 * x) @ weights / 2 == pytest.approx(expected, rel=1e-12)
