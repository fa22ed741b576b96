import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import cross_val_score

from mlbasics.numerics import polynomials, validation


def noisy_sine(n, seed):
    rng = np.random.default_rng(seed)
    x = rng.uniform(-1, 1, n)
    return x, np.sin(np.pi * x) + 0.25 * rng.standard_normal(n)


def fits_of_every_degree(x, y, new, max_degree):
    basis = polynomials.orthonormal_basis(x[None], max_degree)
    coef = polynomials.coefficients(basis, y[None])
    return polynomials.nested_fits(coef, polynomials.evaluate(basis, new))[0]


def fits_in_50_digits(x, y, new, max_degree):
    """Gram-Schmidt on x^0, x^1, … in 60-digit arithmetic: slow, and right."""
    with mpmath.workdps(60):
        points = [mpmath.mpf(float(v)) for v in [*x, *new]]
        n, q, fit, fits = len(x), [], [mpmath.mpf(0)] * len(points), []
        for degree in range(max_degree + 1):
            v = [p**degree for p in points]
            for u in q:
                along = mpmath.fdot(v[:n], u[:n])
                v = [a - along * b for a, b in zip(v, u, strict=True)]
            norm = mpmath.sqrt(mpmath.fdot(v[:n], v[:n]))
            q.append([a / norm for a in v])
            coef = mpmath.fdot([mpmath.mpf(float(t)) for t in y], q[-1][:n])
            fit = [f + coef * a for f, a in zip(fit, q[-1], strict=True)]
            fits.append([float(f) for f in fit[n:]])
    return np.array(fits)


@pytest.mark.parametrize("seed", range(5))
def test_errors_equal_scikit_learns_on_legendre_columns_up_to_degree_8(seed):
    x, y = noisy_sine(30, seed)
    new, truth = noisy_sine(500, seed + 100)
    fits = fits_of_every_degree(x, y, np.concatenate([x, new]), 8)
    for degree in range(9):
        model = LinearRegression(fit_intercept=False, tol=0).fit(
            np.polynomial.legendre.legvander(x, degree), y
        )
        expected = model.predict(np.polynomial.legendre.legvander(np.concatenate([x, new]), degree))
        for of, target in ((slice(0, 30), y), (slice(30, None), truth)):
            ours, theirs = (np.mean((f[of] - target) ** 2) for f in (fits[degree], expected))
            assert ours == pytest.approx(theirs, rel=1e-8)


@pytest.mark.parametrize(("n", "seed"), [(30, 0), (30, 1), (26, 2), (60, 3)])
def test_errors_equal_50_digit_arithmetic_up_to_degree_25(n, seed):
    x, y = noisy_sine(n, seed)
    new, truth = noisy_sine(40, seed + 100)
    ours = np.mean((fits_of_every_degree(x, y, new, 25) - truth) ** 2, axis=1)
    exact = np.mean((fits_in_50_digits(x, y, new, 25) - truth) ** 2, axis=1)
    np.testing.assert_allclose(ours, exact, rtol=1e-8)


def test_points_of_weight_zero_do_not_count():
    x, y = noisy_sine(30, 0)
    weights = np.ones((1, 30))
    weights[0, :10] = 0
    basis = polynomials.orthonormal_basis(x[None], 6, weights)
    fits = polynomials.nested_fits(polynomials.coefficients(basis, y[None], weights), basis.at_points)[0]
    np.testing.assert_allclose(fits[:, :10], fits_of_every_degree(x[10:], y[10:], x[:10], 6), rtol=1e-10)


def test_from_degree_n_on_the_fit_stays_the_one_through_every_point():
    x, y = np.array([-0.5, 0.1, 0.7]), np.array([1.0, -1.0, 2.0])
    fits = fits_of_every_degree(x, y, np.array([0.3]), 40)
    through = np.polyval(np.polyfit(x, y, 2), 0.3)
    np.testing.assert_allclose(fits[2:, 0], through, rtol=1e-12)


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 25), st.integers(0, 30), st.integers(0, 2**32 - 1))
def test_the_basis_is_orthonormal_on_the_points(n, max_degree, seed):
    x = np.random.default_rng(seed).uniform(-1, 1, (1, n))
    q = polynomials.orthonormal_basis(x, max_degree).at_points[0]
    expected = np.diag((np.arange(max_degree + 1) < n).astype(float))
    np.testing.assert_allclose(q @ q.T, expected, atol=1e-10)


def test_errors_on_held_out_points_equal_scikit_learns_on_the_same_folds():
    samples = [noisy_sine(30, seed) for seed in (0, 1)]
    x, y = (np.stack(values) for values in zip(*samples, strict=True))
    masks = validation.fold_masks(2, 30, 10, np.random.default_rng(1))
    mse = polynomials.held_out_mse(x, y, masks, 8)
    for trial, degree in np.ndindex(2, 9):
        splits = [(np.flatnonzero(~m), np.flatnonzero(m)) for m in masks[trial]]
        columns = np.polynomial.legendre.legvander(x[trial], degree)
        model = LinearRegression(fit_intercept=False, tol=0)
        scores = -cross_val_score(model, columns, y[trial], cv=splits, scoring="neg_mean_squared_error")
        np.testing.assert_allclose(mse[trial, :, degree], scores, rtol=1e-8)


def test_cross_validation_gives_the_numbers_of_scikit_learns_example_of_underfitting_and_overfitting():
    """Titles of plot_underfitting_overfitting in its gallery: MSE 4.08e-01, 4.32e-02 and 1.8e+08."""
    rng = np.random.RandomState(0)  # the example's own draws
    x = np.sort(rng.rand(30))
    y = np.cos(1.5 * np.pi * x) + 0.1 * rng.randn(30)
    masks = np.repeat(np.eye(10, dtype=bool), 3, axis=1)[None]
    mse = polynomials.held_out_mse(2 * x[None] - 1, y[None], masks, 15)[0].mean(axis=0)
    assert float(f"{mse[1]:.2e}") == 4.08e-01
    assert float(f"{mse[4]:.2e}") == 4.32e-02
    assert 1.7e8 < mse[15] < 1.9e8
