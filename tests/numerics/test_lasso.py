import itertools
import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from optimality import kkt_residual
from sklearn.datasets import load_diabetes
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import lars_path
from sklearn.linear_model import lasso_path as sklearn_path

from mlbasics.numerics.lasso import lasso_path


def problem(n, p, rho=0.3, kind="", seed=0):
    rng = np.random.default_rng(seed)
    X = np.sqrt(1 - rho) * rng.standard_normal((n, p)) + np.sqrt(rho) * rng.standard_normal((n, 1))
    if kind == "duplicate":
        X[:, -1] = X[:, 0]
    if kind == "constant":
        X[:, 1] = 3
    y = X @ (rng.standard_normal(p) * (rng.random(p) < 0.4)) + rng.standard_normal(n)
    return X - X.mean(axis=0), y - y.mean()


def diabetes():
    X, y = load_diabetes(return_X_y=True)
    return (X - X.mean(axis=0)) / X.std(axis=0), y - y.mean()


def statistics(X, y):
    return X.T @ X / len(y), X.T @ y / len(y)


PROBLEMS = {
    "n > p": problem(50, 20),
    "n < p": problem(30, 60),
    "correlated": problem(50, 20, 0.95),
    "constant column": problem(50, 20, kind="constant"),
    "one feature": problem(20, 1),
    "diabetes": diabetes(),
}


@pytest.mark.parametrize("name", PROBLEMS)
def test_the_path_equals_scikit_learns_by_lars_and_by_coordinate_descent(name):
    X, y = PROBLEMS[name]
    path = lasso_path(*statistics(X, y))
    lambdas = path.knots[0] * np.geomspace(1, 1e-2, 30)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        descended = sklearn_path(X, y, alphas=lambdas, tol=1e-12, max_iter=10**6)[1].T
        knots, _, lars = lars_path(X, y, method="lasso")
    size = np.abs(lars).max()
    np.testing.assert_allclose(path.at(lambdas), descended, rtol=0, atol=1e-8 * size)
    np.testing.assert_allclose(path.at(knots), lars.T, rtol=0, atol=1e-8 * size)
    np.testing.assert_array_equal(path.at(lambdas) == 0, np.abs(descended) < 1e-9 * size)


def test_of_equal_columns_the_first_is_taken_and_the_fit_is_scikit_learns():
    X, y = problem(50, 20, kind="duplicate")
    path = lasso_path(*statistics(X, y))
    lambdas = path.knots[0] * np.geomspace(1, 1e-2, 30)
    theirs = sklearn_path(X, y, alphas=lambdas, tol=1e-12, max_iter=10**6)[1].T
    ours = path.at(lambdas)
    assert (ours[:, -1] == 0).all()
    np.testing.assert_allclose(ours @ X.T, theirs @ X.T, rtol=0, atol=1e-8 * np.abs(y).max())


@pytest.mark.parametrize("k", [2, 3])
def test_ties_of_orthogonal_columns_give_the_soft_threshold(k):
    X = np.array(list(itertools.product([-1, 1], repeat=k)), float)
    lambdas = np.linspace(0, 2, 21)
    for truth in itertools.product([-1, 0, 1, 2], repeat=k):
        b = np.array(truth, float)
        soft = np.sign(b) * np.maximum(np.abs(b) - lambdas[:, None], 0)
        np.testing.assert_allclose(lasso_path(*statistics(X, X @ b)).at(lambdas), soft, atol=1e-14)


@given(st.integers(0, 2**32 - 1), st.integers(2, 7), st.integers(1, 7))
def test_small_whole_numbers_full_of_ties_and_collinear_columns_are_solved(seed, n, p):
    rng = np.random.default_rng(seed)
    X, y = rng.integers(-2, 3, (n, p)).astype(float), rng.integers(-2, 3, n).astype(float)
    G, c = statistics(X - X.mean(axis=0), y - y.mean())
    path = lasso_path(G, c)
    lambdas = path.knots[0] * np.linspace(0.01, 1, 9)
    assert kkt_residual(G, c, path.at(lambdas), lambdas) < 1e-9


def test_the_residual_of_optimality_sees_a_wrong_weight():
    G, c = statistics(*PROBLEMS["n > p"])
    path = lasso_path(G, c)
    lam = path.knots[:1] / 10
    right = path.at(lam)
    wrong = right.copy()
    wrong[0, np.flatnonzero(right[0])[0]] *= 1.001
    dropped = np.where(np.abs(right) == np.abs(right).max(), 0.0, right)
    assert kkt_residual(G, c, right, lam) < 1e-12
    assert kkt_residual(G, c, wrong, lam) > 1e-6
    assert kkt_residual(G, c, dropped, lam) > 1e-3


def test_no_signal_leaves_every_weight_at_zero():
    path = lasso_path(np.eye(3), np.zeros(3))
    np.testing.assert_array_equal(path.at(np.array([0.0, 1.0])), np.zeros((2, 3)))
