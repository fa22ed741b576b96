"""The regression of the overfit lesson, as a loop over scikit-learn would do it."""

from collections.abc import Iterator

import numpy as np
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import KFold, cross_val_score
from sklearn.neighbors import KNeighborsClassifier, NearestNeighbors

from benchmarks._timing import Row, apart, interleaved
from mlbasics.kit.params import fill
from mlbasics.kit.story import no_tick
from mlbasics.lessons import overfit
from mlbasics.lessons.overfit.regression.experiment import N_TEST, Result, simulate, source
from mlbasics.numerics.neighbors import predict_every_k

MOST = 151  # neighbors


def scikit_learn(x: np.ndarray, y: np.ndarray, max_degree: int) -> np.ndarray:
    """Fit and cross-validate every degree; return the train MSE."""
    new = np.linspace(-1, 1, N_TEST)
    mse = np.zeros(max_degree + 1)
    for degree in range(max_degree + 1):
        columns = np.polynomial.legendre.legvander(2 * x - 1, degree)
        model = LinearRegression(fit_intercept=False, tol=0).fit(columns, y)
        mse[degree] = np.mean((model.predict(columns) - y) ** 2)
        model.predict(np.polynomial.legendre.legvander(new, degree))
        cross_val_score(model, columns, y, cv=KFold(len(x)), scoring="neg_mean_squared_error")
    return mse


def rows() -> Iterator[Row]:
    """Measure the default points' simulation, and every k of the classification."""
    params = fill(overfit.Params, {})
    curve = source(params, None)

    def ours() -> Result:
        return simulate(params, curve, np.random.default_rng(0), no_tick)

    train = ours().train

    def theirs() -> np.ndarray:
        return scikit_learn(train.x, train.y, params.max_degree)

    pairs, result, mse = interleaved(ours, theirs, 3)
    what, same = "overfit: every degree", apart(result.train_mse, mse)
    yield Row(what, "scikit-learn loop", pairs, same)

    rng = np.random.default_rng(0)
    x, labels, new = rng.random((200, 2)), rng.random(200) < 0.5, rng.random((10_000, 2))

    def per_k() -> np.ndarray:
        fits = (KNeighborsClassifier(k).fit(x, labels).predict(new) for k in range(1, MOST + 1))
        return np.column_stack(list(fits))

    def one_call() -> np.ndarray:
        nearest = NearestNeighbors(n_neighbors=200).fit(x).kneighbors(new, return_distance=False)
        return 2 * np.cumsum(labels[nearest], axis=1) > np.arange(1, 201)

    for name, peer, rounds in (
        (f"KNeighborsClassifier per k, 1 to {MOST}", per_k, 2),
        ("one kneighbors call and a cumsum", one_call, 9),
    ):
        pairs, every_k, other = interleaved(lambda: predict_every_k(x, labels, new), peer, rounds)
        odd = slice(0, MOST, 2)  # for even k a draw is decided by each in its own way
        differing = np.mean(every_k[:, odd] != other[:, odd])
        yield Row("kNN, every k, 10 000 points", name, pairs, f"{differing:.0%} of labels")
