"""The regression of the overfit lesson, as a loop over scikit-learn would do it."""

from collections.abc import Iterator

import numpy as np
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import KFold, cross_val_score
from sklearn.neighbors import KNeighborsClassifier, NearestNeighbors

from benchmarks._timing import interleaved, row
from mlbasics.kit.params import fill
from mlbasics.kit.story import no_tick
from mlbasics.lessons import overfit
from mlbasics.lessons.overfit.regression.details import details
from mlbasics.lessons.overfit.regression.simulate import Result, simulate
from mlbasics.lessons.overfit.regression.source import THIN, source
from mlbasics.numerics.neighbours import predict_every_k


def scikit_learn(x: np.ndarray, y: np.ndarray, max_degree: int, sets: int) -> np.ndarray:
    """Fit and cross-validate every degree once a training set; return the train MSE of the first set."""
    new = np.linspace(-1, 1, 1000 // THIN)
    mse = np.zeros((sets, max_degree + 1))
    for k in range(sets):
        for degree in range(max_degree + 1):
            columns = np.polynomial.legendre.legvander(2 * x - 1, degree)
            model = LinearRegression(fit_intercept=False, tol=0).fit(columns, y)
            mse[k, degree] = np.mean((model.predict(columns) - y) ** 2)
            model.predict(np.polynomial.legendre.legvander(new, degree))
            cross_val_score(model, columns, y, cv=KFold(10), scoring="neg_mean_squared_error")
    return mse[0]


def rows() -> Iterator[tuple[str, ...]]:
    """Measure the whole default simulation, and every k of the classification."""
    params = fill(overfit.Params, {})
    curve = source(params, None)

    def ours() -> Result:
        first = simulate(params, curve, np.random.default_rng(0), no_tick)
        return details(params, curve, first, np.random.default_rng(0), no_tick)

    result = ours()
    data = result.train.x, result.train.y

    def theirs() -> object:
        return scikit_learn(*data, params.max_degree, params.repeats + 1)

    difference = np.abs(scikit_learn(*data, 8, 1) / result.train_mse[:9] - 1).max()
    times = interleaved(ours, theirs, 3)
    yield row("overfit: default simulation", "scikit-learn loop", times, difference)

    rng = np.random.default_rng(0)
    x, labels, new = rng.random((200, 2)), rng.random(200) < 0.5, rng.random((10_000, 2))
    last = slice(0, 151)

    def per_k() -> np.ndarray:
        fits = (KNeighborsClassifier(k).fit(x, labels).predict(new) for k in range(1, 152))
        return np.column_stack(list(fits))

    differing = np.mean(per_k() != predict_every_k(x, labels, new)[:, last])
    times = interleaved(lambda: predict_every_k(x, labels, new), per_k, 3)
    yield row("kNN, every k, 10 000 points", "KNeighborsClassifier per k, 1 to 151", times, differing)

    def one_call() -> np.ndarray:
        nearest = NearestNeighbors(n_neighbors=200).fit(x).kneighbors(new, return_distance=False)
        return 2 * np.cumsum(labels[nearest], axis=1) > np.arange(1, 201)

    odd = slice(0, 200, 2)  # for even k a draw is decided by each in its own way
    differing = np.mean(one_call()[:, odd] != predict_every_k(x, labels, new)[:, odd])
    times = interleaved(lambda: predict_every_k(x, labels, new), one_call, 9)
    yield row("kNN, every k, 10 000 points", "one kneighbors call and a cumsum", times, differing)
