import finished
import numpy as np
import pytest
from optimality import kkt_residual
from sklearn.linear_model import Lasso, LinearRegression, enet_path
from sklearn.model_selection import cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

import mlbasics
from mlbasics.kit import draws, no_tick
from mlbasics.kit.params import fill
from mlbasics.lessons import regularization
from mlbasics.lessons.regularization.experiment import KINDS, Sparse
from mlbasics.numerics.penalties import L1, L2

QUICK = {"repeats": 10, "problems": 100}


def verdicts(**given):
    return {claim.id: claim.holds for claim in finished.run("regularization", **given).claims}


def test_every_claim_holds_on_19_of_20_seeds():
    held = [verdicts(seed=seed) for seed in range(20)]
    counts = {claim: sum(h[claim] is True for h in held) for claim in held[0]}
    assert all(count >= 19 for count in counts.values()), counts


def test_the_curve_that_is_calmed_is_lesson_one_s_at_the_same_seed():
    for seed in (1, 7):
        ours = mlbasics.run("regularization", seed=seed, **QUICK).result.calming
        theirs = mlbasics.run("overfit", seed=seed, repeats=1).result
        np.testing.assert_array_equal(ours.y, theirs.train.y)
        np.testing.assert_allclose(
            ours.curve(theirs.curves.x, -1), theirs.every_fit[11], rtol=1e-9, atol=1e-9
        )
        near = 4 * np.sqrt(2 / 1000) * theirs.test_mse[-1]  # lesson one's is a mean over 1000 points
        assert ours.test_mse[-1] == pytest.approx(theirs.test_mse[-1], abs=near + 0.02)


def test_a_penalty_too_strong_says_its_strength():
    said = set()
    for seed in range(8):
        claim = mlbasics.run("regularization", lam=936_972, seed=seed, **QUICK).claims[0]
        if not claim.holds:
            assert claim.reason.key == "because.too-strong"
            said.add(claim.reason.values["lam"])
    assert said == {"936,972"}


def test_turned_ellipses_touch_an_edge_and_both_weights_stay():
    run = mlbasics.run("regularization", angle=75, **QUICK)
    corner = run.claims[1]
    assert corner.holds is False
    assert corner.reason.key == "because.on-an-edge"
    assert (run.result.geometry.l1_point != 0).all()


def test_the_hero_shows_the_wild_curve_the_calmed_one_and_where_the_ellipse_touches_both():
    run = finished.run("regularization", **QUICK)
    curve, diamond, disc = run.report.heroes[0].plots
    series = {one.label.key: one for one in curve.series}
    assert max(map(abs, series["series.wild"].y)) > 2 * max(map(abs, series["series.calmed"].y))
    stars = [next(one for one in plot.series if one.shape == "star") for plot in (diamond, disc)]
    assert stars[0].x == [0]
    assert abs(stars[0].y[0]) == pytest.approx(0.8)
    assert np.hypot(stars[1].x[0], stars[1].y[0]) == pytest.approx(0.8)
    assert stars[1].x[0] > 0.2
    assert diamond.x_range == disc.x_range
    assert diamond.equal_units
    none, l2, l1 = run.report.table.rows
    assert (none.cells[1], l2.cells[1], l1.cells[1]) == (0, 0, run.result.chosen.lasso.zeros)


def test_the_dial_goes_from_wild_to_flat_and_stands_where_the_look_does():
    run = finished.run("regularization", **QUICK)
    assert run.dial.positions[0] == 0
    assert list(run.dial.positions) == sorted(run.dial.positions)
    assert run.dial.look.heroes[0] == run.report.heroes[0]
    curve, diamond, disc = run.dial.frames[-1].heroes[0].plots
    assert np.ptp(curve.series[1].y) < 0.1
    assert diamond.series[-1].y == [0]
    assert disc.series[-1].x[0] > 0


def test_bars_of_two_hundred_weights_are_those_worth_showing():
    none, _, l1 = mlbasics.run("regularization", features=200, **QUICK).report.heroes[1].plots
    assert len(none.x_names) <= 40
    assert none.series[1].label.key == "series.nameless"
    assert l1.axes.values["zeros"] > 100


def problem_of(**given):
    """A problem, its data and the generators of a seed."""
    params = fill(regularization.Params, given)
    drawn = draws(np.random.default_rng(params.seed), *KINDS)
    problem = Sparse(params, drawn["truth"])
    return problem, problem.draw(drawn["data"]), drawn


def test_cross_validation_equals_scikit_learns_on_the_same_folds():
    result = finished.run("regularization", **QUICK).result
    _, data, drawn = problem_of()
    path = result.lasso
    rows = [tuple(row) for row in data.X]
    splits = []
    for _, held_out, _ in data.folds(5, drawn["folds"]):
        out = np.array([rows.index(tuple(row)) for row in held_out])
        splits.append((np.setdiff1d(np.arange(len(rows)), out), out))
    assert sorted(np.concatenate([out for _, out in splits])) == list(range(len(rows)))
    for i in (20, 50, 80):
        model = make_pipeline(StandardScaler(), Lasso(alpha=path.lambdas[i], tol=1e-12, max_iter=10**6))
        scores = -cross_val_score(model, data.X, data.y, cv=splits, scoring="neg_mean_squared_error")
        assert path.cv_mse[i] == pytest.approx(scores.mean(), rel=1e-8)
        assert path.cv_se[i] == pytest.approx(scores.std(ddof=1) / np.sqrt(5), rel=1e-8)


def test_the_expected_test_error_is_that_of_a_million_new_points():
    problem, data, drawn = problem_of()
    fit = data.fit(np.array([0.2]), L1)
    X = drawn["fresh"].standard_normal((10**6, 20)) @ problem.root.T
    y = X @ problem.beta + problem.noise * drawn["fresh"].standard_normal(10**6)
    squares = np.square(X @ fit.coef[0] + fit.intercept[0] - y)
    assert problem.test_mse(fit)[0] == pytest.approx(squares.mean(), abs=3 * squares.std() / 1000)


def test_the_unpenalised_fit_is_scikit_learns():
    result = finished.run("regularization", **QUICK).result
    _, data, _ = problem_of()
    theirs = LinearRegression().fit(data.X, data.y)
    np.testing.assert_allclose(result.unpenalised.coef, theirs.coef_, rtol=1e-10)
    assert result.unpenalised.train_mse == pytest.approx(np.mean((theirs.predict(data.X) - data.y) ** 2))


def test_zeros_count_exact_zeros():
    result = finished.run("regularization", **QUICK).result
    assert result.chosen.lasso.zeros == (result.chosen.lasso.coef == 0).sum()


@pytest.mark.parametrize(
    "given",
    [{}, {"features": 60, "n_train": 20}, {"correlation": 0.99}, {"noise": 0, "informative": 0}],
    ids=str,
)
def test_every_fit_by_every_lambda_is_optimal(given):
    result = mlbasics.run("regularization", penalty="elastic", **QUICK, **given).result
    data = problem_of(**given)[1]
    for path, l1_ratio in ((result.ridge, L2), (result.lasso, L1), (result.elastic, 0.5)):
        weights = path.coef * data.z.x_scale
        assert kkt_residual(data.gram, data.correlation, weights, path.lambdas, l1_ratio) < 1e-9


def test_the_larger_lambda_the_smaller_are_the_weights():
    result = mlbasics.run("regularization", **QUICK).result
    for path, order in ((result.lasso, 1), (result.ridge, 2)):
        size = np.linalg.norm(path.coef * result.feature_sd, order, axis=1)
        assert (np.diff(size) >= -1e-9 * size[-1]).all()


UNRELATED = [
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
    }
    moved = {name for name, of in drawn.items() if not np.allclose(of(plain), of(changed), rtol=1e-12)}
    own = {"folds": {"folds"}, "repeats": {"fresh sets"}, "problems": {"planes"}}
    assert moved <= own.get(next(iter(given)), set())


def test_more_of_a_kind_begin_with_the_fewer():
    problem, data, drawn = problem_of(seed=5)
    _, more_data, _ = problem_of(seed=5, n_train=70)
    np.testing.assert_allclose(more_data.X[:25], data.X, rtol=1e-12)
    np.testing.assert_allclose(more_data.y[:25], data.y, rtol=1e-12)
    denser, denser_data, _ = problem_of(seed=5, informative=9)
    assert (denser.beta[problem.beta != 0] == problem.beta[problem.beta != 0]).all()
    assert (denser.beta != 0).sum() == 9
    np.testing.assert_array_equal(denser_data.X, data.X)
    np.testing.assert_allclose(
        denser_data.y - denser_data.X @ denser.beta, data.y - data.X @ problem.beta, atol=1e-12
    )
    noisier, noisier_data, _ = problem_of(seed=5, noise=4)
    np.testing.assert_allclose(noisier_data.y - data.X @ noisier.beta, 2 * (data.y - data.X @ problem.beta))
    few = [fresh.y[0] for fresh in problem.fresh(3, drawn["fresh"], no_tick)]
    assert [fresh.y[0] for fresh in problem.fresh(200, problem_of(seed=5)[2]["fresh"], no_tick)][:3] == few


@pytest.mark.parametrize("l1_ratio", [0.05, 0.5, 1])
def test_the_elastic_net_s_path_begins_where_scikit_learns_does(l1_ratio):
    _, data, _ = problem_of()
    ours = mlbasics.run("regularization", penalty="elastic", l1_ratio=l1_ratio, **QUICK).result.elastic
    theirs, coef, _ = enet_path(data.z.X, data.z.y, l1_ratio=l1_ratio, eps=1e-2, alphas=100)
    np.testing.assert_allclose(ours.lambdas, theirs, rtol=1e-10)
    np.testing.assert_allclose(ours.coef[0], 0, atol=1e-9)
    assert (ours.coef[1] != 0).sum() == (coef[:, 1] != 0).sum() > 0


WALK = [
    {"n_train": 4}, {"n_train": 10}, {"n_train": 15, "informative": 20}, {"n_train": 21}, {"n_train": 22},
    {"n_train": 25}, {"n_train": 400}, {"n_train": 2000, "repeats": 20}, {"noise": 0.0}, {"noise": 0.01},
    {"noise": 0.1}, {"noise": 10.0}, {"noise": 100.0}, {"noise": 100.0, "n_train": 10},
    {"noise": 0.0, "n_train": 10}, {"noise": 0.0, "informative": 0}, {"correlation": 0.0},
    {"correlation": 0.95}, {"correlation": 0.99}, {"correlation": 0.99, "n_train": 10}, {"informative": 0},
    {"informative": 1}, {"informative": 20}, {"informative": 20, "noise": 0.0}, {"features": 1},
    {"features": 2, "informative": 1}, {"features": 200, "n_train": 30}, {"features": 60, "n_train": 20},
    {"features": 200, "n_train": 60, "noise": 0.5}, {"lam": 1e-6}, {"lam": 1e-6, "n_train": 10}, {"lam": 0.01},
    {"lam": 0.5}, {"lam": 5.0}, {"lam": 1e6}, {"lam": 1.0, "noise": 0.1}, {"repeats": 10}, {"repeats": 300},
    {"folds": 2}, {"folds": 100, "n_train": 12}, {"problems": 100}, {"eccentricity": 0.999, "angle": 1.0},
]  # fmt: skip


def wide(run):
    return run.params.features >= run.params.n_train


TRUE = {  # when a reason is the true one, by the run's own numbers
    "nothing-to-learn": lambda run, found: not run.result.ridge.coef.any(),
    "nothing-to-select": lambda run, found: run.result.true_coef.all() or not run.result.true_coef.any(),
    "all-stay": lambda run, found: found["l1_zeros"] == 0 and run.params.lam is None,
    "lam-small": lambda run, found: found["l1_zeros"] == 0 and run.params.lam is not None,
    "keeps-most": lambda run, found: found["right"] >= 0.8 and found["right"] - found["wrong"] < 0.2,
    "loses-some": lambda run, found: found["right"] < 0.8,
    "alike": lambda run, found: found["right"] < 0.8 and run.params.correlation >= 0.9,
    "hardly-penalised": lambda run, found: found["variance"] > found["free_variance"] / 2,
    "held-back": lambda run, found: wide(run) and max(found["l1"], found["l2"]) > found["unpenalised"],
    "little-noise": lambda run, found: run.params.noise < 1 and not wide(run),
}


@pytest.mark.parametrize("given", WALK, ids=str)
def test_a_claim_that_does_not_hold_has_a_reason_and_the_true_one(given):
    run = mlbasics.run("regularization", **{"repeats": 30, "problems": 200, "seed": 1} | given)
    for claim in run.claims:
        if claim.holds is True:
            assert claim.reason is None or claim.reason.key == "verdict.barely", claim.id
        elif claim.reason.key != "because.within-error":
            assert TRUE[claim.reason.key.removeprefix("because.")](run, claim.evidence), claim
        else:
            assert claim.holds is None


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"lam": 1e-6}, {"l1-zeros-l2-does-not": False, "corners-give-zeros": False, "buys-variance": False}),
        ({"budget": 10}, {"corners-give-zeros": None}),
        ({"angle": 75}, {"corners-give-zeros": False, "l1-zeros-l2-does-not": True}),
        ({"correlation": 0.95}, {"selects-features": False}),
        ({"informative": 0}, {"selects-features": None}),
        ({"informative": 20}, {"selects-features": None}),
        ({"noise": 0}, {"eases-overfitting": False}),
        ({"noise": 50}, {"selects-features": False, "eases-overfitting": True}),
        ({"noise": 0, "informative": 0}, {"l1-zeros-l2-does-not": None}),
        ({"n_train": 22}, {"eases-overfitting": True}),  # the error has a heavy tail
    ],
)
def test_claims_answer_honestly_when_settings_defeat_them(given, expected):
    held = verdicts(**given)
    assert {claim: held[claim] for claim in expected} == expected


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
        {"budget": 10},
        {"budget": 0.01, "eccentricity": 0.999, "angle": -77},
        {"eccentricity": 0},
    ],
)
def test_extreme_settings_give_a_sensible_screen(given):
    run = mlbasics.run("regularization", **QUICK, **given)
    text = run.to_text()
    assert "nan" not in text
    assert "inf" not in text.replace("informative", "")
    assert all(len(line) <= 80 for line in text.split("\n"))
