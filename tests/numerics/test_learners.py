import numpy as np
import pytest
from sklearn.linear_model import LinearRegression, Ridge
from sklearn.neighbors import KNeighborsRegressor

from mlbasics.numerics import learners

NEW = np.linspace(0, 1, 40)


def sine(x):
    return np.sin(2 * np.pi * x)


@pytest.mark.parametrize("together", [True, False])
def test_each_family_equals_a_plain_loop_over_scikit_learn(together):
    rng = np.random.default_rng(0)
    x = (np.arange(30) + 0.5)[None] / 30 if together else rng.random((5, 30))
    y = sine(x) + 0.3 * rng.standard_normal((5, 30))
    ours = {
        "polynomial": learners.Polynomials([0.0, 3.0, 8.0]).predict(x, y, NEW),
        "knn": learners.Neighbors([30.0, 5.0, 1.0]).predict(x, y, NEW),
        "ridge": learners.Ridge([10.0, 0.1, 1e-3]).predict(x, y, NEW),
    }
    for t in range(5):
        points = np.broadcast_to(x, (5, 30))[t]
        for i, degree in enumerate((0, 3, 8)):
            columns, at = (np.polynomial.legendre.legvander(2 * v - 1, degree) for v in (points, NEW))
            model = LinearRegression(fit_intercept=False, tol=0).fit(columns, y[t])
            np.testing.assert_allclose(ours["polynomial"][t, i], model.predict(at), atol=1e-8)
        for i, k in enumerate((30, 5, 1)):
            nearest = KNeighborsRegressor(k).fit(points[:, None], y[t])
            np.testing.assert_allclose(ours["knn"][t, i], nearest.predict(NEW[:, None]), atol=1e-8)
        for i, lam in enumerate((10.0, 0.1, 1e-3)):
            degree = learners.RIDGE_DEGREE
            columns, at = (np.polynomial.legendre.legvander(2 * v - 1, degree)[:, 1:] for v in (points, NEW))
            shrunk = Ridge(alpha=30 * lam, solver="svd").fit(columns, y[t])
            np.testing.assert_allclose(ours["ridge"][t, i], shrunk.predict(at), atol=1e-8)


def trained(scale=1.0, shift=0.0, widths=(2.0, 4.0)):
    x = (np.arange(20) + 0.5)[None] / 20
    y = sine(x) + 0.1 * np.random.default_rng(0).standard_normal((3, 20))
    networks = learners.Networks(list(widths), np.random.default_rng(1))
    return networks.predict(x, shift + scale * y, NEW)


def test_networks_do_not_mind_units():
    """Scaled and shifted targets give scaled and shifted fits, so large noise is trained on like small."""
    np.testing.assert_allclose(trained(64.0, 8.0), 8 + 64 * trained(), rtol=1e-6, atol=1e-6)


def test_a_width_starts_alike_whatever_other_widths_there_are():
    np.testing.assert_array_equal(trained(widths=(4.0,))[:, 0], trained(widths=(1.0, 2.0, 4.0))[:, 2])
