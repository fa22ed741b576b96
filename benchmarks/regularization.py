"""The exact lasso path and the ridge path beside scikit-learn's."""

import warnings
from collections.abc import Iterator

import numpy as np
from sklearn.datasets import load_diabetes
from sklearn.linear_model import Ridge, lars_path
from sklearn.linear_model import lasso_path as sklearn_path

from benchmarks._timing import Row, apart, interleaved
from mlbasics.numerics.lasso import LassoPath, lasso_path
from mlbasics.numerics.linear import ridge_path

ROUNDS = 25
TIGHT = 1e-12  # the tolerance at which scikit-learn's answer is the exact one


def diabetes() -> tuple[np.ndarray, np.ndarray]:
    """Return scikit-learn's diabetes data, 442 x 10, columns of mean square 1."""
    X, y = load_diabetes(return_X_y=True)
    X = X - X.mean(axis=0)
    return X / X.std(axis=0), y - y.mean()


def generated() -> tuple[np.ndarray, np.ndarray]:
    """Return 200 points of 50 features, 20 of them informative."""
    rng = np.random.default_rng(0)
    X = rng.standard_normal((200, 50))
    y = X[:, :20] @ rng.standard_normal(20) + rng.standard_normal(200)
    return X - X.mean(axis=0), y - y.mean()


def ours(X: np.ndarray, y: np.ndarray) -> LassoPath:
    """Solve the path, the Gram matrix included."""
    return lasso_path(X.T @ X / len(y), X.T @ y / len(y))


def rows() -> Iterator[Row]:
    """Measure both paths on two problems."""
    warnings.simplefilter("ignore")
    for name, (X, y) in (("442x10", diabetes()), ("200x50", generated())):

        def path(X: np.ndarray = X, y: np.ndarray = y) -> LassoPath:
            return ours(X, y)

        lambdas, exact, _ = sklearn_path(X, y, alphas=100, tol=TIGHT, max_iter=10**6)
        pairs, found, _ = interleaved(path, lambda X=X, y=y: sklearn_path(X, y, alphas=100), ROUNDS)
        yield Row(
            f"lasso path, {name}", "lasso_path, 100 λ, tol 1e-4", pairs, apart(found.at(lambdas), exact.T)
        )
        pairs, found, (knots, _, lars) = interleaved(
            path, lambda X=X, y=y: lars_path(X, y, method="lasso"), ROUNDS
        )
        yield Row(f"lasso path, {name}", "lars_path", pairs, apart(found.at(knots), lars.T))

    X, y = diabetes()
    lambdas = np.geomspace(1e-3, 10, 100)

    def loop() -> np.ndarray:
        return np.array([Ridge(alpha=len(y) * lam).fit(X, y).coef_ for lam in lambdas])

    pairs, (coef, _), looped = interleaved(lambda: ridge_path(X[None], y[None], lambdas), loop, ROUNDS)
    yield Row("ridge path of 100 λ, 442x10", "a Ridge per λ", pairs, apart(coef[0], looped))
