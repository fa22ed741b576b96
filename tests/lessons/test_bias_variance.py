import tracemalloc

import numpy as np
import pytest
from scipy import integrate
from sklearn.linear_model import LinearRegression, Ridge
from sklearn.neighbors import KNeighborsRegressor

import mlbasics
from mlbasics.kit.params import fill
from mlbasics.lessons import bias_variance
from mlbasics.lessons.bias_variance.simulate import measure
from mlbasics.lessons.bias_variance.source import KnownTruth, inputs
from mlbasics.numerics import learners
from mlbasics.numerics.learners import RIDGE_DEGREE, Neighbours, Polynomials

SEEDS = 200


def sine(x):
    return np.sin(2 * np.pi * x)


def result(**given):
    return mlbasics.run("bias-variance", **given).result


def verdicts(**given):
    return {claim.id: claim.holds for claim in mlbasics.run("bias-variance", **given).claims}


@pytest.mark.parametrize("half", [0, 1])
def test_every_claim_holds_on_198_of_200_seeds(half):
    held = [verdicts(seed=seed) for seed in range(half * SEEDS // 2, (half + 1) * SEEDS // 2)]
    counts = {claim: sum(h[claim] is True for h in held) for claim in held[0]}
    assert all(count >= SEEDS // 2 - 1 for count in counts.values()), counts


def test_constant_and_line_through_two_random_points_equal_quadrature():
    """n = 2, no noise: the mean of f(a) and f(b), and the line through both, for uniform a and b."""
    ours = result(n_train=2, noise=0, degrees="0,1", design="random", trials=20_000)
    assert ours.bias2[0] == pytest.approx(0.5, abs=3 * ours.se.bias2[0])
    assert ours.variance[0] == pytest.approx(0.25, abs=3 * ours.se.variance[0])

    # The line has slope s = (f(a) - f(b))/(a - b) and height (f(a) + f(b))/2 at (a + b)/2; by the midpoint
    # rule on a fine grid, where the diagonal is the derivative.
    a, b = np.meshgrid((np.arange(1500) + 0.5) / 1500, (np.arange(1501) + 0.5) / 1501)
    slope = (sine(a) - sine(b)) / (a - b)
    level = (sine(a) + sine(b)) / 2 - slope * (a + b) / 2
    x = (np.arange(200) + 0.5) / 200
    mean = level.mean() + slope.mean() * x
    square = (level**2).mean() + 2 * (level * slope).mean() * x + (slope**2).mean() * x**2
    bias2, variance = np.mean((mean - sine(x)) ** 2), np.mean(square - mean**2)
    assert ours.bias2[1] == pytest.approx(bias2, abs=3 * ours.se.bias2[1] + 1e-3)
    assert ours.variance[1] == pytest.approx(variance, abs=3 * ours.se.variance[1] + 1e-3)


def test_two_fixed_points_have_their_closed_form():
    ours = result(n_train=2, noise=0.3, degrees="0,1", trials=2000)
    a, b = 0.25, 0.75
    line, _ = integrate.quad(
        lambda x: (sine(a) + (sine(b) - sine(a)) * (x - a) / (b - a) - sine(x)) ** 2, 0, 1
    )
    spread, _ = integrate.quad(lambda x: ((b - x) ** 2 + (x - a) ** 2) / (b - a) ** 2, 0, 1)
    for i, (bias2, variance) in enumerate([(0.5, 0.045), (line, 0.09 * spread)]):
        assert ours.theory.bias2[i] == pytest.approx(bias2, rel=1e-10)
        assert ours.theory.variance[i] == pytest.approx(variance, rel=1e-10)
        assert ours.bias2[i] == pytest.approx(bias2, abs=3 * ours.se.bias2[i])
        assert ours.variance[i] == pytest.approx(variance, abs=3 * ours.se.variance[i])


def test_with_fixed_inputs_measurement_and_theory_agree_within_three_standard_errors():
    ours = result(trials=1000)
    assert (np.abs(ours.bias2 - ours.theory.bias2) < 3 * ours.se.bias2).all()
    assert (np.abs(ours.variance - ours.theory.variance) < 3 * ours.se.variance).all()
    at = ours.at_training
    np.testing.assert_allclose(at.theory, 0.09 * np.arange(1, 14) / 30)
    assert (np.abs(at.variance - at.theory) < 3 * at.se).all()


def test_the_standard_errors_stay_right_for_very_many_sets():
    ours = result(degrees="0,3", trials=200_000)
    assert (np.abs(ours.bias2 - ours.theory.bias2) < 4 * ours.se.bias2).all()
    assert (ours.se.bias2 < 1e-6).all()


def test_the_theory_of_polynomials_is_the_textbook_formula():
    ours = result(degrees="5").theory
    x, (nodes, weights) = inputs(30)[0], np.polynomial.legendre.leggauss(64)
    columns, at_nodes = (np.polynomial.legendre.legvander(v, 5) for v in (2 * x - 1, nodes))
    inverse = np.linalg.inv(columns.T @ columns)
    bias = at_nodes @ inverse @ columns.T @ sine(x) - sine((nodes + 1) / 2)
    variance = 0.09 * np.einsum("qi,ij,qj->q", at_nodes, inverse, at_nodes)
    assert ours.bias2[0] == pytest.approx(bias**2 @ weights / 2, rel=1e-8)
    assert ours.variance[0] == pytest.approx(variance @ weights / 2, rel=1e-10)


@pytest.mark.parametrize("design", ["fixed", "random"])
def test_each_family_equals_a_plain_loop_over_scikit_learn(design):
    rng = np.random.default_rng(0)
    x = inputs(30) if design == "fixed" else rng.random((5, 30))
    y, new = sine(x) + 0.3 * rng.standard_normal((5, 30)), np.linspace(0, 1, 40)
    ours = {
        "polynomial": Polynomials([0.0, 3.0, 8.0]).predict(x, y, new),
        "knn": Neighbours([30.0, 5.0, 1.0]).predict(x, y, new),
        "ridge": learners.Ridge([10.0, 0.1, 1e-3]).predict(x, y, new),
    }
    for t in range(5):
        points = np.broadcast_to(x, (5, 30))[t]
        for i, degree in enumerate((0, 3, 8)):
            columns, at = (np.polynomial.legendre.legvander(2 * v - 1, degree) for v in (points, new))
            model = LinearRegression(fit_intercept=False, tol=0).fit(columns, y[t])
            np.testing.assert_allclose(ours["polynomial"][t, i], model.predict(at), atol=1e-8)
        for i, k in enumerate((30, 5, 1)):
            nearest = KNeighborsRegressor(k).fit(points[:, None], y[t])
            np.testing.assert_allclose(ours["knn"][t, i], nearest.predict(new[:, None]), atol=1e-8)
        for i, lam in enumerate((10.0, 0.1, 1e-3)):
            columns, at = (
                np.polynomial.legendre.legvander(2 * v - 1, RIDGE_DEGREE)[:, 1:] for v in (points, new)
            )
            shrunk = Ridge(alpha=30 * lam, solver="svd").fit(columns, y[t])
            np.testing.assert_allclose(ours["ridge"][t, i], shrunk.predict(at), atol=1e-8)


def test_the_terms_equal_a_plain_loop_on_the_same_draws():
    params = fill(bias_variance.Params, {"degrees": "0,2,6", "trials": 50})
    source = KnownTruth(params)
    ours, _ = measure(source, Polynomials([0.0, 2.0, 6.0]), 30, 50, np.random.default_rng(0))
    rng = np.random.default_rng(0)
    x, y, _ = source.draw(30, 50, rng)
    for i, degree in enumerate((0, 2, 6)):
        columns, at = (np.polynomial.legendre.legvander(2 * v - 1, degree) for v in (x[0], source.nodes))
        fits = np.array([LinearRegression(fit_intercept=False, tol=0).fit(columns, t).predict(at) for t in y])
        variance = fits.var(axis=0, ddof=1)
        bias2 = (fits.mean(axis=0) - sine(source.nodes)) ** 2 - variance / 50
        assert ours.variance[i] == pytest.approx(variance @ source.weights, rel=1e-8)
        assert ours.bias2[i] == pytest.approx(bias2 @ source.weights, rel=1e-8)


def test_random_inputs_and_high_degrees_show_their_tail():
    run = mlbasics.run("bias-variance", design="random")
    assert 12 in run.result.heavy_tail
    assert "Beware" in run.to_text(200)
    assert run.result.theory is None
    assert not result().heavy_tail


def test_the_view_at_one_x_shows_the_same_bias_and_spread():
    at = result(at=0.25, trials=1000).at
    assert at.truth == pytest.approx(1)
    np.testing.assert_allclose(at.mean, at.predictions.mean(axis=1))
    assert at.mean[0] == pytest.approx(0, abs=0.02)  # a constant averages the sine
    assert "at x = 0.25" in mlbasics.run("bias-variance", at=0.25).to_text(200)


def test_more_data_leaves_the_bias_of_a_polynomial_and_takes_that_of_1nn():
    sizes = result().by_n_train
    assert sizes.best[-1].variance < sizes.best[0].variance / 10
    assert sizes.one_nn[-1].bias2 < sizes.one_nn[0].bias2 / 10
    assert sizes.one_nn[-1].variance == pytest.approx(0.09, rel=0.1)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"target": "line"}, {"linear-more-biased-than-mlp": False}),
        ({"target": "constant"}, {"bias-falls": False, "sweet-spot-inside": False}),
        ({"noise": 0}, {"variance-grows": False, "adds-up": True, "matches-theory": True}),
        ({"degrees": "3"}, {"bias-falls": None, "variance-grows": None, "sweet-spot-inside": None}),
        ({"family": "mlp", "widths": "1,4"}, {"matches-theory": None, "sweet-spot-inside": None}),
        ({"design": "random", "degrees": "0:5"}, {"matches-theory": None, "bias-falls": True}),
    ],
)
def test_claims_answer_honestly_when_settings_defeat_them(given, expected):
    held = verdicts(**given)
    assert {claim: held[claim] for claim in expected} == expected


@pytest.mark.parametrize("family", ["polynomial", "knn", "ridge", "mlp"])
@pytest.mark.parametrize(
    "given",
    [
        {"n_train": 2, "trials": 2},
        {"noise": 0, "trials": 3},
        {"noise": 50, "n_train": 3},
        {"target": "step", "at": 0.5},
        {"design": "random", "n_train": 4, "at": 0},
    ],
)
def test_extreme_settings_give_a_sensible_screen(family, given):
    text = mlbasics.run("bias-variance", family=family, widths="1,2", **given).to_text()
    assert "nan" not in text
    assert "inf" not in text


def test_neighbours_beyond_the_data_get_one_sentence():
    with pytest.raises(mlbasics.InputError, match="--neighbours starts at 10, but --n-train is 5"):
        mlbasics.run("bias-variance", family="knn", neighbours="10,20", n_train=5)


def test_many_trials_take_no_more_memory():
    def peak(trials):
        params = fill(bias_variance.Params, {"degrees": "3", "trials": trials})
        tracemalloc.start()
        measure(KnownTruth(params), Polynomials([3.0]), 30, trials, np.random.default_rng(0))
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    assert peak(50_000) < 2 * peak(1000) + 50e6
