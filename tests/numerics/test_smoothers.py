import numpy as np
import pytest

from mlbasics.numerics.learners import Polynomials
from mlbasics.numerics.smoothers import theory

N, POINTS, TRIALS, SIGMA = 8, np.linspace(0, 1, 5), 12, 0.4
WEIGHTS = np.full(5, 0.2)


def test_the_closed_forms_are_what_many_measurements_find():
    """Means and spreads of the plain formulas over 20 000 runs of a smoother of random weights."""
    rng = np.random.default_rng(0)
    s = rng.standard_normal((N, 1, 5)) * np.linspace(1, 0.1, N)[:, None, None]
    f, truth = rng.standard_normal(N), rng.standard_normal(5)
    ours = theory(s, f, truth, WEIGHTS, SIGMA, TRIALS)
    y = f + SIGMA * rng.standard_normal((20_000, TRIALS, N))
    fits = y @ s[:, 0]  # (runs, trials, points)
    variance = fits.var(axis=1, ddof=1) @ WEIGHTS
    naive = np.square(fits.mean(axis=1) - truth) @ WEIGHTS
    bias2 = naive - variance / TRIALS
    for measured, mean, error in (
        (bias2, ours.bias2, ours.se.bias2),
        (variance, ours.variance, ours.se.variance),
        (bias2 + variance, ours.bias2 + ours.variance, ours.se.total),
    ):
        assert measured.mean() == pytest.approx(mean[0], abs=4 * error[0] / 20_000**0.5)
        assert measured.std() == pytest.approx(error[0], rel=0.03)


def test_the_variance_of_a_polynomial_at_its_inputs_is_its_share_of_the_noise():
    """σ²(d+1)/n: the trace of the projection that least squares is."""
    x = (np.arange(20) + 0.5)[None] / 20
    degrees = [0.0, 1.0, 3.0, 12.0]
    at_inputs = Polynomials(degrees).predict(x, np.eye(20), x[0])
    ours = theory(at_inputs, np.zeros(20), np.zeros(20), np.full(20, 0.05), SIGMA, TRIALS)
    np.testing.assert_allclose(ours.variance, SIGMA**2 * (np.array(degrees) + 1) / 20)
