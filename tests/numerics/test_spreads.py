import numpy as np
import pytest
from scipy import stats

from mlbasics.numerics.penalties import L2, TrainingSet
from mlbasics.numerics.quantiles import three_sigma
from mlbasics.numerics.spreads import best, spreads, standard_errors

P, N, SIGMA = 20, 50, 2.0
BETA = np.where(np.arange(P) % 4, 0, 2.5)
ROOT = np.linalg.cholesky(0.5 ** np.abs(np.subtract.outer(np.arange(P), np.arange(P))))
LAMBDAS = np.array([0.01, 0.3, 1.0])


def sets(count, seed, n=N):
    rng = np.random.default_rng(seed)
    for _ in range(count):
        X = rng.standard_normal((n, P)) @ ROOT.T
        yield TrainingSet(X, X @ BETA + SIGMA * rng.standard_normal(n))


def test_without_a_penalty_bias_and_variance_are_the_closed_forms():
    ((free,), _) = spreads(sets(2000, 0), [], BETA, ROOT)
    # E tr(Σ Cov w) = σ² p/(n - p - 2) for centred columns; the mean of y and x̄ᵀw add σ²/n (1 + p/(n - p - 2)).
    expected = SIGMA**2 * (P / (N - P - 2) + (1 + P / (N - P - 2)) / N)
    assert abs(free.variance[0] - expected) < 4 * free.variance_se[0]
    assert abs(free.bias2[0]) < 4 * free.bias2_se[0]


def test_blocks_leave_the_numbers_as_a_plain_computation_has_them():
    (ridge, free), squared = spreads(sets(230, 1), [(L2, LAMBDAS)], BETA, ROOT)
    coef, intercept = zip(*(data.fit(LAMBDAS, L2) for data in sets(230, 1)), strict=True)
    grid = np.random.default_rng(9).standard_normal((2000, P)) @ ROOT.T  # the average over x, by points
    errors = np.einsum("tlp,xp->tlx", np.array(coef) - BETA, grid) + np.array(intercept)[..., None]
    by_points = np.square(errors).mean(axis=(0, 2))
    np.testing.assert_allclose(ridge.total, by_points, rtol=0.1)
    off = (np.array(coef) - BETA) @ ROOT
    whole = np.concatenate([off, np.array(intercept)[..., None]], axis=2)
    variance = whole.var(axis=0, ddof=1).sum(axis=1)
    np.testing.assert_allclose(ridge.variance, variance, rtol=1e-10)
    np.testing.assert_allclose(ridge.bias2, np.square(whole.mean(axis=0)).sum(axis=1) - variance / 230)
    np.testing.assert_allclose(squared[0], np.square(whole).sum(axis=2), rtol=1e-10)
    assert squared[-1].shape == (230, 1)
    assert free.bias2.shape == (1,)


def test_the_standard_errors_shown_are_those_of_200_repetitions():
    found = [spreads(sets(40, [7, seed]), [(L2, LAMBDAS)], BETA, ROOT)[0] for seed in range(200)]
    for term in ("bias2", "variance"):
        value, error = (
            np.array([np.concatenate([getattr(fit, name) for fit in spread]) for spread in found])
            for name in (term, f"{term}_se")
        )
        z = ((value - value.mean(axis=0)) / error).std(axis=0)
        assert (z[:-1] > 0.85).all(), (term, z)
        assert z[-1] > (0.75 if term == "bias2" else 0.85), (term, z)  # without bias its error is too wide
        assert (z < 1.15).all(), (term, z)


def test_the_penalty_judged_on_sets_that_did_not_choose_it_is_not_flattered():
    rng = np.random.default_rng(0)
    gaps = []
    for _ in range(400):  # twenty penalties, none of which does anything
        squared = rng.standard_normal((20, 20)) ** 2
        free = rng.standard_normal((20, 1)) ** 2
        chosen = best(np.arange(20.0), squared, free)
        gaps.append(float(free.mean()) - chosen.error)
        assert chosen.gap_se > 0
    assert abs(np.mean(gaps)) < 4 * np.std(gaps) / 20


def test_a_difference_made_by_a_heavy_tail_is_seen_and_none_is_not():
    rng = np.random.default_rng(0)
    heavy = 1 + rng.pareto(1.0, (400, 100))  # infinite mean, no value below 1
    plain = heavy.mean(axis=1) / (heavy.std(axis=1, ddof=1) / 10)
    assert (plain < 3).mean() > 0.3
    assert (standard_errors(heavy.T) > 10).all()
    assert (standard_errors(-heavy.T) < -10).all()
    none = standard_errors(rng.standard_normal((100, 4000)))
    assert (np.abs(none) > three_sigma(99)).mean() < 0.006
    assert standard_errors(np.zeros((5, 2))).tolist() == [0, 0]


@pytest.mark.parametrize("df", [9, 19, 99, 9999])
def test_three_sigma_is_students_quantile(df):
    assert three_sigma(df) == pytest.approx(stats.t.ppf(stats.norm.cdf(3), df), rel=1e-3)
