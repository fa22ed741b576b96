import numpy as np
import pytest
from sklearn.linear_model import Lasso, LinearRegression, enet_path
from sklearn.model_selection import cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

import mlbasics
from mlbasics.kit.params import fill
from mlbasics.lessons import regularization
from mlbasics.lessons.regularization.simulate import Draws
from mlbasics.lessons.regularization.source import source
from mlbasics.numerics.penalties import L1
from mlbasics.numerics.spreads import spreads

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


def problem_of(**given):
    """A problem, its data and the generators of a seed."""
    params = fill(regularization.Params, given)
    draws = Draws.of(np.random.default_rng(params.seed))
    problem = source(params, None).problem(draws.truth)
    return problem, problem.draw(draws.data), draws


def test_cross_validation_equals_scikit_learns_on_the_same_folds():
    result = mlbasics.run("regularization", **QUICK).result
    _, data, draws = problem_of()
    path = result.lasso
    rows = [tuple(row) for row in data.X]
    splits = []
    for _, held_out, _ in data.folds(10, draws.folds):
        out = np.array([rows.index(tuple(row)) for row in held_out])
        splits.append((np.setdiff1d(np.arange(len(rows)), out), out))
    assert sorted(np.concatenate([out for _, out in splits])) == list(range(len(rows)))
    for i in (20, 50, 80):
        model = make_pipeline(StandardScaler(), Lasso(alpha=path.lambdas[i], tol=1e-12, max_iter=10**6))
        scores = -cross_val_score(model, data.X, data.y, cv=splits, scoring="neg_mean_squared_error")
        assert path.cv_mse[i] == pytest.approx(scores.mean(), rel=1e-8)
        assert path.cv_se[i] == pytest.approx(scores.std(ddof=1) / np.sqrt(10), rel=1e-8)


def test_the_expected_test_error_is_that_of_a_million_new_points():
    problem, data, draws = problem_of()
    fit = data.fit(np.array([0.2]), L1)
    X = draws.fresh.standard_normal((10**6, 20)) @ problem.root.T
    y = X @ problem.beta + problem.noise * draws.fresh.standard_normal(10**6)
    squares = np.square(X @ fit.coef[0] + fit.intercept[0] - y)
    assert problem.test_mse(fit)[0] == pytest.approx(squares.mean(), abs=3 * squares.std() / 1000)


def test_without_a_penalty_bias_and_variance_are_the_closed_forms():
    problem, _, draws = problem_of(features=5, informative=2)
    (free,) = spreads((problem.draw(draws.fresh) for _ in range(4000)), [], problem.beta, problem.root)
    n, p, sigma2 = 50, 5, problem.noise**2
    # E tr(Σ Cov w) = σ² p/(n - p - 2) for centred columns; the mean of y and x̄ᵀw add σ²/n (1 + p/(n - p - 2)).
    expected = sigma2 * (p / (n - p - 2) + (1 + p / (n - p - 2)) / n)
    assert abs(free.variance[0] - expected) < 4 * free.variance_se[0]
    assert abs(free.bias2[0]) < 4 * free.bias2_se[0]


def test_the_unpenalised_fit_is_scikit_learns():
    result = mlbasics.run("regularization", **QUICK).result
    _, data, _ = problem_of()
    theirs = LinearRegression().fit(data.X, data.y)
    np.testing.assert_allclose(result.unpenalised.coef, theirs.coef_, rtol=1e-10)
    assert result.unpenalised.train_mse == pytest.approx(np.mean((theirs.predict(data.X) - data.y) ** 2))


def test_zeros_count_exact_zeros_and_support_is_precision_and_recall():
    result = mlbasics.run("regularization", **QUICK).result
    kept, informative = result.chosen.lasso.coef != 0, result.true_coef != 0
    assert result.chosen.lasso.zeros == 20 - kept.sum()
    assert result.support.precision == (kept & informative).sum() / kept.sum()
    assert result.support.recall == (kept & informative).sum() / 5


UNRELATED = [
    {"view": "variance"},
    {"view": "geometry"},
    {"penalty": "elastic"},
    {"lam": 0.3},
    {"l1_ratio": 0.2},
    {"folds": 4},
    {"repeats": 37},
    {"problems": 555},
    {"angle": -40.0},
    {"eccentricity": 0.1},
    {"budget": 0.3},
]


@pytest.mark.parametrize("given", UNRELATED, ids=str)
def test_no_unrelated_option_moves_the_data_of_a_seed(given):
    plain, changed = (mlbasics.run("regularization", seed=5, **QUICK | more).result for more in ({}, given))
    drawn = {
        "truth": lambda r: r.true_coef,
        "data": lambda r: r.unpenalised.coef,
        "path": lambda r: r.lasso.coef,
        "folds": lambda r: r.ridge.cv_mse,
        "fresh sets": lambda r: r.variance_by_lambda.unpenalised.variance,
        "planes": lambda r: [r.odds.l1_on_axis],
        "columns": lambda r: r.shrinkage.l1 / r.shrinkage.lam,
    }
    moved = {name for name, of in drawn.items() if not np.allclose(of(plain), of(changed), rtol=1e-12)}
    own = {"folds": {"folds"}, "repeats": {"fresh sets"}, "problems": {"planes"}, "lam": {"columns"}}
    assert moved <= own.get(next(iter(given)), set())


def test_more_of_a_kind_begin_with_the_fewer():
    problem, data, draws = problem_of(seed=5)
    _, more_data, _ = problem_of(seed=5, n_train=70)
    np.testing.assert_allclose(more_data.X[:50], data.X, rtol=1e-12)
    np.testing.assert_allclose(more_data.y[:50], data.y, rtol=1e-12)
    denser, denser_data, _ = problem_of(seed=5, informative=9)
    assert (denser.beta[problem.beta != 0] == problem.beta[problem.beta != 0]).all()
    assert (denser.beta != 0).sum() == 9
    np.testing.assert_array_equal(denser_data.X, data.X)
    np.testing.assert_allclose(
        denser_data.y - denser_data.X @ denser.beta, data.y - data.X @ problem.beta, atol=1e-12
    )
    noisier, noisier_data, _ = problem_of(seed=5, noise=4)
    np.testing.assert_allclose(noisier_data.y - data.X @ noisier.beta, 2 * (data.y - data.X @ problem.beta))
    few = [fresh.y[0] for fresh in problem.fresh(3, draws.fresh)]
    assert [fresh.y[0] for fresh in problem.fresh(200, problem_of(seed=5)[2].fresh)][:3] == few


@pytest.mark.parametrize("l1_ratio", [0.05, 0.5, 1])
def test_the_elastic_net_s_path_begins_where_scikit_learns_does(l1_ratio):
    _, data, _ = problem_of()
    ours = mlbasics.run("regularization", penalty="elastic", l1_ratio=l1_ratio, **QUICK).result.elastic
    theirs, coef, _ = enet_path(data.z.X, data.z.y, l1_ratio=l1_ratio, eps=1e-3, alphas=100)
    np.testing.assert_allclose(ours.lambdas, theirs, rtol=1e-10)
    np.testing.assert_allclose(ours.coef[0], 0, atol=1e-9)
    assert (ours.coef[1] != 0).sum() == (coef[:, 1] != 0).sum() > 0


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
