import numpy as np
import pytest
from sklearn.datasets import load_diabetes
from sklearn.linear_model import ElasticNet, Lasso, LinearRegression, Ridge
from sklearn.model_selection import cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

import mlbasics
from mlbasics.kit import fill
from mlbasics.lessons import regularization
from mlbasics.lessons.regularization import experiment, plane
from mlbasics.lessons.regularization.penalties import L1, L2, TrainingSet
from mlbasics.lessons.regularization.problem import Problem

QUICK = {"repeats": 10, "problems": 100}


def verdicts(**given):
    return {claim.id: claim.holds for claim in mlbasics.run("regularization", **given).claims}


def reasons(**given):
    claims = mlbasics.run("regularization", **given).to_dict()["claims"]
    return {claim["id"]: claim["evidence"].get("reason", "") for claim in claims}


def test_every_claim_holds_on_198_of_200_seeds():
    held = [verdicts(seed=seed) for seed in range(200)]
    counts = {claim: sum(h[claim] is True for h in held) for claim in held[0]}
    assert all(count >= 198 for count in counts.values()), counts


@pytest.mark.parametrize("l1_ratio", [L2, L1, 0.5])
def test_weights_on_the_diabetes_data_equal_scikit_learns(l1_ratio):
    X, y = load_diabetes(return_X_y=True)
    X = X * np.arange(1, 11)
    lambdas = np.array([0.1, 1.0, 10.0])
    fit = TrainingSet(X, y).fit(lambdas, l1_ratio)
    for i, lam in enumerate(lambdas):
        exact = {"tol": 1e-14, "max_iter": 10**6}
        model = (
            Ridge(alpha=lam * len(y))
            if l1_ratio == L2
            else Lasso(alpha=lam, **exact)
            if l1_ratio == L1
            else ElasticNet(alpha=lam, l1_ratio=l1_ratio, **exact)
        )
        scaled = make_pipeline(StandardScaler(), model).fit(X, y)
        theirs = scaled[-1].coef_ / scaled[0].scale_
        np.testing.assert_allclose(fit.coef[i], theirs, rtol=0, atol=1e-8 * np.abs(theirs).max())


def test_cross_validation_equals_scikit_learns_on_the_same_folds():
    params = fill(regularization.Params, {})
    data = Problem(params, np.random.default_rng(0)).draw(np.random.default_rng(1))
    study = experiment._Study(
        params, Problem(params, np.random.default_rng(0)), data, np.random.default_rng(2)
    )
    path = study.path(L1)
    rows = [tuple(row) for row in data.X]
    splits = []
    for _, held_out, _ in study.folds:
        out = np.array([rows.index(tuple(row)) for row in held_out])
        splits.append((np.setdiff1d(np.arange(len(rows)), out), out))
    assert sorted(np.concatenate([out for _, out in splits])) == list(range(len(rows)))
    for i in (20, 50, 80):
        model = make_pipeline(StandardScaler(), Lasso(alpha=path.lambdas[i], tol=1e-12, max_iter=10**6))
        scores = -cross_val_score(model, data.X, data.y, cv=splits, scoring="neg_mean_squared_error")
        assert path.cv_mse[i] == pytest.approx(scores.mean(), rel=1e-8)
        assert path.cv_se[i] == pytest.approx(scores.std(ddof=1) / np.sqrt(10), rel=1e-8)


def test_the_expected_test_error_is_that_of_a_million_new_points():
    params = fill(regularization.Params, QUICK)
    rng = np.random.default_rng(0)
    problem = Problem(params, rng)
    fit = problem.draw(rng).fit(np.array([0.2]), L1)
    X = rng.standard_normal((10**6, 20)) @ problem.root.T
    y = X @ problem.beta + params.noise * rng.standard_normal(10**6)
    squares = np.square(X @ fit.coef[0] + fit.intercept[0] - y)
    assert problem.test_mse(fit)[0] == pytest.approx(squares.mean(), abs=3 * squares.std() / 1000)


def test_without_a_penalty_bias_and_variance_are_the_closed_forms():
    params = fill(regularization.Params, {"features": 5, "informative": 2, "repeats": 4000})
    problem = Problem(params, np.random.default_rng(0))
    (free,) = problem.spreads([], 4000, np.random.default_rng(1), lambda *_: None)
    n, p, sigma2 = 50, 5, params.noise**2
    # E tr(Σ Cov w) = σ² p/(n - p - 2) for centred columns; the mean of y and x̄ᵀw add σ²/n (1 + p/(n - p - 2)).
    expected = sigma2 * (p / (n - p - 2) + (1 + p / (n - p - 2)) / n)
    assert abs(free.variance[0] - expected) < 4 * free.variance_se[0]
    assert abs(free.bias2[0]) < 4 * free.bias2_se[0]


def test_the_unpenalised_fit_is_scikit_learns():
    result = mlbasics.run("regularization", **QUICK).result
    params = fill(regularization.Params, QUICK)
    truth_rng, data_rng, *_ = np.random.default_rng(0).spawn(6)
    data = Problem(params, truth_rng).draw(data_rng)
    theirs = LinearRegression().fit(data.X, data.y)
    np.testing.assert_allclose(result.unpenalised.coef, theirs.coef_, rtol=1e-10)
    assert result.unpenalised.train_mse == pytest.approx(np.mean((theirs.predict(data.X) - data.y) ** 2))


def test_zeros_count_exact_zeros_and_support_is_precision_and_recall():
    result = mlbasics.run("regularization", **QUICK).result
    kept, informative = result.chosen.lasso.coef != 0, result.true_coef != 0
    assert result.chosen.lasso.zeros == 20 - kept.sum()
    assert result.support.precision == (kept & informative).sum() / kept.sum()
    assert result.support.recall == (kept & informative).sum() / 5


def test_orthonormal_columns_shrink_by_the_closed_forms():
    found = mlbasics.run("regularization", lam=0.7, **QUICK).result.shrinkage
    soft = np.sign(found.z) * np.maximum(np.abs(found.z) - 0.7, 0)
    np.testing.assert_allclose(found.l1, soft, atol=1e-12)
    np.testing.assert_allclose(found.l2, found.z / 1.7, atol=1e-12)


def test_the_curve_of_budgets_passes_through_the_touching_points():
    found = plane.geometry(fill(regularization.Params, {}))
    assert np.interp(found.lam_l1, found.lambdas, found.norm_l1) == pytest.approx(found.t, abs=1e-3)
    assert np.interp(found.lam_l2, found.lambdas, found.norm_l2) == pytest.approx(found.t, abs=1e-3)


@pytest.mark.parametrize(
    ("given", "expected", "reason"),
    [
        ({"lam": 1e-6}, {"l1-zeros-l2-does-not": False, "selects-features": False}, "--lam"),
        ({"informative": 0}, {"selects-features": None, "raises-bias": False}, "zero"),
        ({"informative": 20}, {"selects-features": None}, "--informative"),
        ({"noise": 0}, {"eases-overfitting": False, "lowers-variance": False}, "--noise 0"),
        ({"noise": 50}, {"selects-features": False}, "--noise"),
        ({"noise": 0, "informative": 0}, {"l1-zeros-l2-does-not": None}, "constant"),
    ],
)
def test_claims_answer_honestly_when_settings_defeat_them(given, expected, reason):
    held, why = verdicts(**given), reasons(**given)
    assert {claim: held[claim] for claim in expected} == expected
    assert any(reason in why[claim] for claim in expected)


@pytest.mark.parametrize(
    "given",
    [
        {"features": 1, "informative": 1},
        {"features": 60, "n_train": 20},
        {"features": 100, "n_train": 4, "informative": 100},
        {"n_train": 4, "folds": 100},
        {"noise": 0, "informative": 0},
        {"correlation": 0.99, "penalty": "elastic"},
        {"lam": 1e6},
        {"lam": 1e-6, "penalty": "elastic"},
        {"view": "geometry", "budget": 10},
        {"view": "geometry", "budget": 0.01, "eccentricity": 0.999, "angle": -77},
        {"view": "geometry", "eccentricity": 0},
        {"view": "shrinkage", "lam": 1e6},
        {"view": "shrinkage", "lam": 1e-6},
        {"view": "variance", "noise": 0, "informative": 0},
    ],
)
def test_extreme_settings_give_a_sensible_screen(given):
    run = mlbasics.run("regularization", **QUICK, **given)
    text = run.to_text()
    assert "nan" not in text
    assert "inf" not in text.replace("informative", "")
    assert all(len(line) <= 80 for line in text.split("\n"))
    assert {claim.id: claim.holds for claim in run.claims}["optimal"] is True
    assert {claim.id: claim.holds for claim in run.claims}["same-problem"] is True
