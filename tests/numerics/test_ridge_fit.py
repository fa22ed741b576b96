import numpy as np
import pytest
from scipy.integrate import quad
from sklearn.linear_model import LinearRegression, Ridge
from sklearn.model_selection import LeaveOneOut, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from mlbasics.numerics.ridge_fit import ridge_fit
from mlbasics.numerics.samples import to_symmetric

LAMBDAS = np.geomspace(1, 1e-3, 7)


def wave(x):
    return np.sin(2 * np.pi * x)


def found(seed=0, lam=None):
    return ridge_fit(wave, 12, 0.25, LAMBDAS, lam, np.random.default_rng(seed))


def columns(x):
    return np.polynomial.legendre.legvander(to_symmetric(x), 11)[:, 1:]


def model(lam, points=12):
    return make_pipeline(StandardScaler(), Ridge(alpha=points * lam) if lam else LinearRegression(tol=0))


def test_the_curves_are_scikit_learns_ridge_of_the_same_columns():
    ours, x = found(), np.linspace(0, 1, 50)
    for place in (0, 3, 6, 7):
        theirs = model(ours.lambdas[place]).fit(columns(ours.x), ours.y)
        np.testing.assert_allclose(ours.curve(x, place), theirs.predict(columns(x)), rtol=1e-7, atol=1e-9)
    np.testing.assert_allclose(ours.curve(ours.x, -1), ours.y, atol=1e-10)  # without a penalty: every point


def test_the_lambda_picked_is_that_of_scikit_learns_leave_one_out():
    ours = found()
    hidden = [cross_val_predict(model(lam, 11), columns(ours.x), ours.y, cv=LeaveOneOut()) for lam in LAMBDAS]
    theirs = np.square(np.array(hidden) - ours.y).mean(axis=1)
    np.testing.assert_allclose(ours.cv_mse[:-1], theirs, rtol=1e-8)
    assert ours.lambdas[ours.picked] == LAMBDAS[int(np.argmin(theirs))]


def test_the_error_on_new_points_is_the_integral():
    ours = found()
    for place in (2, 7):
        missed = quad(lambda x, at=place: (ours.curve(x, at) - wave(x)) ** 2, 0, 1, limit=200)[0]
        assert ours.test_mse[place] == pytest.approx(missed + 0.25**2, rel=1e-8)


def test_bias_and_variance_are_those_of_many_data_sets():
    x = np.linspace(0.005, 0.995, 100)
    sets = [found(seed) for seed in range(600)]
    for place in (1, 4, 7):
        curves = np.array([one.curve(x, place) for one in sets])
        spread = curves.var(axis=0, ddof=1).mean()
        assert sets[0].variance[place] == pytest.approx(spread, rel=0.25)
        square = np.square(curves.mean(axis=0) - wave(x)).mean() - spread / 600
        assert sets[0].bias2[place] == pytest.approx(square, abs=4 * np.sqrt(spread / 600) * 0.2 + 0.01)


def test_a_lambda_that_is_asked_for_is_fitted_and_picked():
    ours = found(lam=0.07)
    assert ours.lambdas[ours.picked] == 0.07
    assert (np.diff(ours.lambdas) < 0).all()
    np.testing.assert_allclose(np.delete(ours.coef, ours.picked, axis=0), found().coef)
