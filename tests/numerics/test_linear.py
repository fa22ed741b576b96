import numpy as np
import pytest
from sklearn.linear_model import Ridge

from mlbasics.numerics.linear import ridge_path


@pytest.mark.parametrize(("n", "p"), [(30, 5), (10, 20), (8, 8)])
def test_the_path_equals_scikit_learns_ridge(n, p):
    rng = np.random.default_rng(n)
    X, y, lambdas = rng.standard_normal((3, n, p)), rng.standard_normal((3, n)), np.geomspace(1e-4, 100, 7)
    coef, intercept = ridge_path(X, y, lambdas)
    for t in range(3):
        for i, lam in enumerate(lambdas):
            model = Ridge(alpha=n * lam, solver="cholesky").fit(X[t], y[t])
            np.testing.assert_allclose(coef[t, i], model.coef_, rtol=1e-8, atol=1e-10)
            assert intercept[t, i] == pytest.approx(model.intercept_, rel=1e-8)


def test_without_penalty_it_is_least_squares_and_dead_directions_stay_at_zero():
    X = np.array([[[1.0, 1, 0], [2, 2, 0], [4, 4, 0]]])
    y = np.array([[1.0, 2, 5]])
    coef, intercept = ridge_path(X, y, np.array([0.0]))
    slope, level = np.polyfit(X[0, :, 0], y[0], 1)
    np.testing.assert_allclose(coef[0, 0], [slope / 2, slope / 2, 0], atol=1e-12)
    assert intercept[0, 0] == pytest.approx(level)
