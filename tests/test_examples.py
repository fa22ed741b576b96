"""The lessons of examples/, outside the package: their contract, and their numbers beside closed forms."""

from pathlib import Path

import numpy as np
import pytest

import mlbasics
from mlbasics.authoring.checks import checks

FOLDER = Path(__file__).parent.parent / "examples"
GRADIENT, DOUBLE = (str(FOLDER / f"{name}_descent.py") for name in ("gradient", "double"))


@pytest.mark.parametrize("lesson", [GRADIENT, DOUBLE])
def test_an_example_keeps_the_contract(lesson):
    assert [check for check in checks(lesson, seeds=20) if not check.kept] == []


@pytest.mark.parametrize("rate", [0.05, 0.2, 0.6])
def test_gradient_descent_moves_as_the_powers_of_its_matrix(rate):
    """w - w* after k steps is (I - rate·H)ᵏ(0 - w*): along each eigenvector, a power of 1 - rate·λ."""
    result = mlbasics.run(GRADIENT, rate=rate, steps=12).result
    curvature = 2 / result.edge
    for k in (1, 5, 12):
        shrunk = 1 - result.rates * curvature
        lowest, steep = result.lowest, (result.loss[:, k] - result.lowest)
        assert (steep >= -1e-12).all()
        assert (result.loss[:, 0] == result.loss[0, 0]).all()
        most = np.maximum(np.abs(shrunk), np.abs(1 - result.rates * result.flattest)) ** (2 * k)
        least = np.minimum(np.abs(shrunk), np.abs(1 - result.rates * result.flattest)) ** (2 * k)
        start = result.loss[:, 0] - lowest
        assert (steep <= most * start * (1 + 1e-9)).all()
        assert (steep >= least * start * (1 - 1e-9)).all()


def test_double_descent_is_the_limit_of_ridge():
    """The least-norm solution is that of ridge regression as its penalty goes to zero (Hastie and others)."""
    from sklearn.linear_model import Ridge

    rng = np.random.default_rng(0)
    F, y = np.cos(rng.standard_normal((20, 100)) * 3), rng.standard_normal(20)
    least = np.linalg.pinv(F) @ y
    assert np.allclose(Ridge(alpha=1e-9, fit_intercept=False, solver="svd").fit(F, y).coef_, least, atol=1e-5)
    result = mlbasics.run(DOUBLE).result
    wide = result.widths >= 2 * len(result.x)
    assert (result.train_mse[wide] < 1e-6).all()
    assert result.test_mse[result.peak] == result.test_mse[result.widths >= 0.8 * 20].max()
