"""The decomposition beside mlxtend's loop, on the same bootstrap samples."""

import warnings
from collections.abc import Iterator

import numpy as np
from mlxtend.evaluate import bias_variance_decomp
from sklearn.linear_model import LinearRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer

from benchmarks._timing import interleaved, row
from mlbasics.numerics.decomposition import Measurement
from mlbasics.numerics.learners import Polynomials


def legendre(degree: int) -> FunctionTransformer:
    """Return the columns a polynomial of this degree is fitted to, well conditioned."""
    return FunctionTransformer(lambda x: np.polynomial.legendre.legvander(2 * x[:, 0] - 1, degree))


def rows() -> Iterator[tuple[str, ...]]:
    """Measure one degree over 200 rounds, and sixteen over 1 000."""
    rng = np.random.default_rng(0)
    x, new = rng.random(30), np.linspace(0, 1, 100)
    y, truth = (np.sin(2 * np.pi * v) + 0.3 * rng.standard_normal(v.size) for v in (x, new))

    def ours(degrees: list[float], rounds: int) -> tuple[np.ndarray, np.ndarray]:
        """Return mlxtend's "bias" and variance, of the same bootstrap samples, by degree."""
        picks = np.random.RandomState(1).choice(30, (rounds, 30), replace=True)
        measurement = Measurement(truth, np.full(100, 0.01))
        for block in np.array_split(picks, max(1, rounds // 200)):
            measurement.add(Polynomials(degrees).predict(x[block], y[block], new))
        result = measurement.result()
        scale = (rounds - 1) / rounds  # mlxtend divides by the number of rounds and does not correct
        return result.bias2 + result.variance / rounds, result.variance * scale

    def theirs(degrees: list[float], rounds: int) -> tuple[np.ndarray, np.ndarray]:
        terms = [
            bias_variance_decomp(
                make_pipeline(legendre(int(d)), LinearRegression(fit_intercept=False, tol=0)),
                x[:, None], y, new[:, None], truth, loss="mse", num_rounds=rounds, random_seed=1,
            )[1:]
            for d in degrees
        ]  # fmt: skip
        bias2, variance = np.array(terms).T
        return bias2, variance

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for degrees, rounds, repeats in (([3.0], 200, 5), ([float(d) for d in range(16)], 1000, 3)):
            low = [
                d for d in degrees if d <= 7
            ]  # beyond, a bootstrap sample leaves too few points for double precision
            gap = max(
                float(np.abs(a / b - 1).max())
                for a, b in zip(ours(low, rounds), theirs(low, rounds), strict=True)
            )
            times = interleaved(
                lambda d=degrees, r=rounds: ours(d, r), lambda d=degrees, r=rounds: theirs(d, r), repeats
            )
            yield row(f"bias and variance, {len(degrees)} degrees, {rounds} rounds", "mlxtend", times, gap)
