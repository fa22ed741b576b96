import numpy as np
import pytest
from scipy import stats

from mlbasics.numerics.smoothers import normal, theory

N, POINTS, TRIALS, SIGMA = 8, np.linspace(0, 1, 5), 12, 0.4
WEIGHTS = np.full(5, 0.2)


def test_the_closed_forms_are_what_many_measurements_find():
    """Means, spreads and skewness of the plain formulas over 20 000 runs of a smoother of random weights."""
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
    assert stats.skew(naive) == pytest.approx(ours.bias2_skewness[0], abs=0.1)
    assert stats.skew(variance) == pytest.approx(ours.variance_skewness[0], abs=0.1)


@pytest.mark.parametrize("freedom", [1, 3, 10, 100])
def test_a_skew_number_becomes_the_normal_number_as_rare(freedom):
    for tail in (0.1, 0.01, 1e-3, 1e-4):
        z = (stats.chi2.isf(tail, freedom) - freedom) / np.sqrt(2 * freedom)
        assert normal(z, np.sqrt(8 / freedom)) == pytest.approx(stats.norm.isf(tail), rel=0.05)


def test_without_skewness_and_below_the_mean_a_number_stays():
    assert normal(2.5, 0.0) == 2.5
    assert normal(-0.6, 2.0) == -0.6
    assert normal(float("inf"), 1.0) == float("inf")
