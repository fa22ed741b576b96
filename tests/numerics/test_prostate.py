"""Published numbers: table 3.3 of Hastie, Tibshirani, Friedman, "The Elements of Statistical Learning", 2nd ed."""

import bz2
import csv
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import brentq

from mlbasics.numerics.linear import ridge_path
from mlbasics.numerics.penalties import L1, L2, TrainingSet

HELD_OUT = [7, 9, 10, 15, 22, 25, 26, 28, 32, 34, 36, 42, 44, 48, 49, 50, 53, 54, 55, 57, 62, 64, 65, 66, 73]
HELD_OUT += [74, 80, 84, 95, 97]  # the book's, counted from 1
LEAST_SQUARES = [0.680, 0.263, -0.141, 0.210, 0.305, -0.288, -0.021, 0.267]
RIDGE = [0.420, 0.238, -0.046, 0.162, 0.227, 0.000, 0.040, 0.133]
LASSO = [0.533, 0.169, 0, 0.002, 0.094, 0, 0, 0]


@pytest.fixture(scope="module")
def prostate():
    """97 men as the book has them: columns of variance 1 over all, split into 67 and 30."""
    package = find_spec("faraway")
    if package is None:
        pytest.skip("the table comes with the package faraway")
    path = Path(package.submodule_search_locations[0]) / "datasets" / "prostate" / "prostate.csv.bz2"
    with bz2.open(path, "rt") as file:
        names, *rows = csv.reader(file)
    assert names == ["lcavol", "lweight", "age", "lbph", "svi", "lcp", "gleason", "pgg45", "lpsa"]
    table = np.array(rows, dtype=float)
    table[31, 1] = 3.804438  # 44.9 g: the book's second edition mends a weight of 449 g
    X, y = table[:, :8], table[:, 8]
    X = (X - X.mean(axis=0)) / X.std(axis=0, ddof=1)
    out = np.isin(np.arange(1, 98), HELD_OUT)
    return X[~out], y[~out], X[out], y[out]


def test_least_squares_is_the_books(prostate):
    X, y, X_out, y_out = prostate
    fit = TrainingSet(X, y).fit(np.zeros(1), L2)
    np.testing.assert_allclose(fit.coef[0], LEAST_SQUARES, atol=6e-4)
    assert fit.intercept[0] == pytest.approx(2.465, abs=6e-4)
    assert fit.mse(X_out, y_out)[0] == pytest.approx(0.521, abs=6e-4)


def test_the_lasso_is_the_books(prostate):
    X, y, X_out, y_out = prostate
    fit = TrainingSet(X, y).fit(np.array([0.2092]), L1)  # the book gives 36 % of the largest norm, rounded
    np.testing.assert_allclose(fit.coef[0], LASSO, atol=6e-4)
    assert (fit.coef[0] == 0).tolist() == [weight == 0 for weight in LASSO]
    assert fit.intercept[0] == pytest.approx(2.468, abs=6e-4)
    assert fit.mse(X_out, y_out)[0] == pytest.approx(0.479, abs=6e-4)


def test_ridge_with_five_degrees_of_freedom_is_the_books(prostate):
    X, y, X_out, y_out = prostate
    centered = X - X.mean(axis=0)
    s2 = np.square(np.linalg.svd(centered, compute_uv=False))  # the book's equation 3.50
    lam = np.array([brentq(lambda lam: (s2 / (s2 + len(X) * lam)).sum() - 5, 0.01, 10)])
    coef, intercept = ridge_path(X[None], y[None], lam)
    np.testing.assert_allclose(coef[0, 0], RIDGE, atol=2.1e-3)  # the book's are for nearly, not exactly, five
    assert np.square(X_out @ coef[0, 0] + intercept[0, 0] - y_out).mean() == pytest.approx(0.492, abs=2e-3)
