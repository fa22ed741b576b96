import numpy as np
import pytest
from sklearn.linear_model import Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from mlbasics.numerics import linear
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


@pytest.mark.parametrize("kind", ["plain", "constant", "duplicate", "wide"])
def test_weights_in_the_units_of_the_data_equal_scikit_learns_pipeline(kind):
    rng = np.random.default_rng(0)
    X = rng.standard_normal((30, 40 if kind == "wide" else 6)) * np.arange(1, 7 if kind != "wide" else 41) + 5
    if kind == "constant":
        X[:, 2] = 7
    if kind == "duplicate":
        X[:, 3] = X[:, 0]
    y = X[:, 0] - X[:, 1] + rng.standard_normal(30)
    z = linear.standardize(X, y)
    lambdas = np.array([0.01, 0.1, 1.0])
    coef, intercept = z.restore(linear.ridge_path(z.X[None], z.y[None], lambdas)[0][0])
    for i, lam in enumerate(lambdas):
        model = make_pipeline(StandardScaler(), Ridge(alpha=30 * lam, tol=1e-12)).fit(X, y)
        np.testing.assert_allclose(X @ coef[i] + intercept[i], model.predict(X), rtol=1e-8, atol=1e-8)
