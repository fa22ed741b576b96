"""The exact lasso path and the ridge path beside scikit-learn's."""

import warnings
from collections.abc import Iterator

import numpy as np
from sklearn.datasets import load_diabetes
from sklearn.linear_model import Ridge, lars_path
from sklearn.linear_model import lasso_path as sklearn_path

from benchmarks._timing import interleaved, row
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


def off(path: LassoPath, lambdas: np.ndarray, coef: np.ndarray) -> float:
    """Return the largest difference of the weights (p, L), relative to the largest weight."""
    return float(np.abs(path.at(lambdas) - coef.T).max() / np.abs(coef).max())


def rows() -> Iterator[tuple[str, ...]]:
    """Measure both paths on two problems."""
    warnings.simplefilter("ignore")
    for name, (X, y) in (("442x10", diabetes()), ("200x50", generated())):
        path = ours(X, y)
        lambdas, exact, _ = sklearn_path(X, y, alphas=100, tol=TIGHT, max_iter=10**6)
        times = interleaved(
            lambda X=X, y=y: ours(X, y), lambda X=X, y=y: sklearn_path(X, y, alphas=100), ROUNDS
        )
        yield row(f"lasso path, {name}", "lasso_path, 100 λ, tol 1e-4", times, off(path, lambdas, exact))
        knots, _, lars = lars_path(X, y, method="lasso")
        times = interleaved(
            lambda X=X, y=y: ours(X, y), lambda X=X, y=y: lars_path(X, y, method="lasso"), ROUNDS
        )
        yield row(f"lasso path, {name}", "lars_path", times, off(path, knots, lars))

    X, y = diabetes()
    lambdas = np.geomspace(1e-3, 10, 100)

    def loop() -> np.ndarray:
        return np.array([Ridge(alpha=len(y) * lam).fit(X, y).coef_ for lam in lambdas])

    def at_once() -> np.ndarray:
        return ridge_path(X[None], y[None], lambdas)[0][0]

    times = interleaved(at_once, loop, ROUNDS)
    yield row(
        "ridge path of 100 λ, 442x10", "a Ridge per λ", times, float(np.abs(at_once() / loop() - 1).max())
    )
