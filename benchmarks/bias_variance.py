"""The decomposition beside mlxtend's loop, on the same bootstrap samples."""

import warnings
from collections.abc import Iterator

import numpy as np
from mlxtend.evaluate import bias_variance_decomp
from sklearn.linear_model import LinearRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer

from benchmarks._timing import Row, apart, interleaved
from mlbasics.numerics.decomposition import Measurement
from mlbasics.numerics.learners import Polynomials

ROUNDS, BLOCK = 1000, 200
WELL = 7  # degrees: beyond, a bootstrap sample leaves too few points for double precision


def legendre(degree: int) -> FunctionTransformer:
    """Return the columns a polynomial of this degree is fitted to, well conditioned."""
    return FunctionTransformer(lambda x: np.polynomial.legendre.legvander(2 * x[:, 0] - 1, degree))


def rows() -> Iterator[Row]:
    """Measure one degree, and sixteen."""
    rng = np.random.default_rng(0)
    x, new = rng.random(30), np.linspace(0, 1, 100)
    y, truth = (np.sin(2 * np.pi * v) + 0.3 * rng.standard_normal(v.size) for v in (x, new))

    def ours(degrees: list[float]) -> tuple[np.ndarray, np.ndarray]:
        """Return mlxtend's "bias" and variance, of the same bootstrap samples, by degree."""
        picks = np.random.RandomState(1).choice(30, (ROUNDS, 30), replace=True)
        measurement = Measurement(truth, np.full(100, 0.01))
        for block in np.array_split(picks, ROUNDS // BLOCK):
            measurement.add(Polynomials(degrees).predict(x[block], y[block], new))
        result = measurement.result()
        scale = (ROUNDS - 1) / ROUNDS  # mlxtend divides by the number of rounds and does not correct
        return result.bias2 + result.variance / ROUNDS, result.variance * scale

    def theirs(degrees: list[float]) -> tuple[np.ndarray, np.ndarray]:
        terms = [
            bias_variance_decomp(
                make_pipeline(legendre(int(d)), LinearRegression(fit_intercept=False, tol=0)),
                x[:, None], y, new[:, None], truth, loss="mse", num_rounds=ROUNDS, random_seed=1,
            )[1:]
            for d in degrees
        ]  # fmt: skip
        bias2, variance = np.array(terms).T
        return bias2, variance

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for degrees, repeats in (([3.0], 5), ([float(d) for d in range(16)], 2)):
            pairs, our, their = interleaved(lambda d=degrees: ours(d), lambda d=degrees: theirs(d), repeats)
            low = slice(len([d for d in degrees if d <= WELL]))
            same = max((apart(a[low], b[low]) for a, b in zip(our, their, strict=True)), key=float)
            yield Row(f"bias and variance, {len(degrees)} degrees, {ROUNDS} rounds", "mlxtend", pairs, same)
