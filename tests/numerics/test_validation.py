import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlbasics.numerics import validation


@given(st.integers(1, 5), st.integers(2, 60), st.integers(2, 12), st.integers(0, 99))
def test_folds_hold_out_each_point_once_and_are_equal_to_within_one(trials, n, folds, seed):
    masks = validation.fold_masks(trials, n, folds, np.random.default_rng(seed))
    assert (masks.sum(axis=1) == 1).all()
    sizes = masks.sum(axis=2)
    assert sizes.max() - sizes.min() <= 1


def test_mean_and_error_by_hand():
    mean, error = validation.mean_and_error(np.array([[1.0, 0.0], [3.0, 0.0]]))
    np.testing.assert_allclose(mean, [2, 0])
    np.testing.assert_allclose(error, [1, 0])  # s = √2, K = 2


def test_the_one_standard_error_rule_takes_the_simplest_within_reach():
    mean, error = np.array([5.0, 2.4, 2.0, 2.2]), np.array([9.0, 9.0, 0.5, 9.0])
    assert validation.within_one_error(mean, error) == 1
    assert validation.smallest(mean) == 2
    assert validation.smallest(mean, rounding=3.0) == 0


def test_gap_and_error_is_the_paired_t_statistic():
    worse, better = np.random.default_rng(0).random((2, 50))
    gap, error = validation.gap_and_error(worse, better)
    assert gap == pytest.approx(worse.mean() - better.mean())
    assert error == pytest.approx(np.std(worse - better, ddof=1) / np.sqrt(50))


def test_the_best_of_models_that_are_all_alike_is_not_found_better():
    rng = np.random.default_rng(0)
    z, naive = [], []
    for _ in range(300):
        errors = rng.random((40, 200))
        gap, error = validation.gap_from_best(errors, lambda mean: int(mean.argmin()))
        z.append(gap[0] / error[0])
        gap, error = validation.gap_and_error(errors[0], errors[errors.mean(axis=1).argmin()])
        naive.append(gap / max(error, 1e-9))
    assert abs(np.mean(z)) < 3 / np.sqrt(300)
    assert 0.85 < np.std(z) < 1.15
    assert np.mean(naive) > 1  # what was wrong with it


def test_a_model_that_is_better_is_found_so():
    errors = np.random.default_rng(0).random((3, 1000)) + np.array([[0.2], [0], [0.1]])
    gap, _ = validation.gap_from_best(errors, lambda mean: int(mean.argmin()))
    np.testing.assert_allclose(gap, errors.mean(axis=1) - errors[1].mean(), rtol=1e-12)


def test_errors_whose_squares_are_infinite_have_a_standard_error():
    worse, better = np.random.default_rng(0).random((2, 50))
    gap, error = validation.gap_and_error(worse, better)
    assert validation.gap_and_error(2.0**600 * worse, 2.0**600 * better) == (2.0**600 * gap, 2.0**600 * error)


def test_the_share_of_points_at_which_a_model_is_worse_heeds_no_outlier_and_is_a_half_by_chance():
    rng = np.random.default_rng(0)
    best = rng.random(1000)
    errors = np.stack(
        [best + 0.1, best, np.where(np.arange(1000) < 600, best + 1e9, best - 0.1), rng.random(1000)]
    )
    share = validation.share_worse(errors, best)
    np.testing.assert_allclose(share[:3], [1, 0.5, 0.6])
    assert abs(share[3] - 0.5) < 4 / (2 * np.sqrt(1000))
