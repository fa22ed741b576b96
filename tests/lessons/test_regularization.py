from dataclasses import replace

import finished
import numpy as np
import pytest
from optimality import kkt_residual
from sklearn.linear_model import Lasso, LinearRegression, lasso_path
from sklearn.model_selection import cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

import mlbasics
from mlbasics.kit import draws
from mlbasics.kit.params import fill
from mlbasics.lessons import regularization
from mlbasics.lessons.regularization.experiment import KINDS, Sparse
from mlbasics.numerics.penalties import L1, TrainingSet
from mlbasics.posing import asked_of, pose
from mlbasics.render import figure
from mlbasics.render.terminal import Terminal

QUICK = {"problems": 100}


def verdicts(**given):
    return {claim.id: claim.holds for claim in finished.run("regularization", **given).claims}


def test_every_claim_holds_on_19_of_20_seeds():
    held = [verdicts(seed=seed) for seed in range(20)]
    counts = {claim: sum(h[claim] is True for h in held) for claim in held[0]}
    assert all(count >= 19 for count in counts.values()), counts


def test_the_curve_that_is_calmed_is_lesson_one_s_at_the_same_seed():
    for seed in (1, 7):
        ours = mlbasics.run("regularization", seed=seed, **QUICK).result.calming
        theirs = mlbasics.run("overfit", seed=seed).result
        np.testing.assert_array_equal(ours.y, theirs.train.y)
        np.testing.assert_allclose(
            ours.curve(theirs.curves.x, -1), theirs.every_fit[11], rtol=1e-9, atol=1e-9
        )
        near = 4 * np.sqrt(2 / 1000) * theirs.test_mse[-1]  # lesson one's is a mean over 1000 points
        assert ours.test_mse[-1] == pytest.approx(theirs.test_mse[-1], abs=near + 0.02)


def test_the_hero_shows_the_wild_curve_the_tamed_one_and_where_the_ring_touches_both():
    run = finished.run("regularization", **QUICK)
    diamond, disk, curve = run.report.heroes[0].plots
    series = {one.label.key: one for one in curve.series}
    assert max(map(abs, series["series.wild"].y)) > 2 * max(map(abs, series["series.calmed"].y))
    corner, beside = star(diamond), star(disk)
    assert corner == (0, 1)
    assert np.hypot(*beside) == pytest.approx(1)
    assert beside[0] > 0.2
    assert diamond.x_range == disk.x_range
    assert diamond.equal_units
    none, l2, l1 = (dict(zip(column_ids(run), row.cells, strict=True)) for row in run.report.table.rows)
    assert (none["at-zero"], l2["at-zero"], l1["at-zero"]) == (0, 0, run.result.chosen.lasso.zeros)
    assert (none["true-kept"], l2["true-kept"]) == (5, 5)
    assert l1["true-kept"] == sum(run.result.chosen.lasso.coef[run.result.true_coef != 0] != 0)


def star(plot):
    (one,) = (series for series in plot.series if series.shape == "star")
    return one.x[0], one.y[0]


def column_ids(run):
    return [column.id for column in run.report.table.columns]


@pytest.mark.parametrize("size", [(80, 24), (100, 40), (120, 45), (60, 20), (160, 50)])
@pytest.mark.parametrize("angle", [20, -30, 75, 100])
def test_the_star_is_drawn_on_the_shape_it_touches(size, angle):
    width, height = size
    run = mlbasics.run("regularization", angle=angle, **QUICK)
    for plot in run.report.heroes[0].plots[:2]:
        for rows in (8, height // 2):
            drawn = figure.draw(replace(plot, height=rows), width // 3, Terminal(), lambda said: "")
            row, column = np.argwhere(drawn.layout.marks.glyphs == "★")[0]
            x, y = drawn.layout.x, drawn.layout.y
            w1, w2 = star(plot)
            assert abs(x.at([w1])[0] - column - 0.5) <= 0.51
            assert abs(y.at([w2])[0] - row - 0.5) <= 0.01
            (border,) = (
                i for i, s in enumerate(plot.series) if s.kind == "line" and s.role in ("high", "low")
            )
            around = drawn.layout.marks.owner[max(row - 1, 0) : row + 2, max(column - 2, 0) : column + 3]
            assert (around == border).any()


def test_the_dial_goes_from_wild_to_flat_and_stands_where_the_look_does():
    run = finished.run("regularization", **QUICK)
    assert run.dial.positions[0] == 0
    assert list(run.dial.positions) == sorted(run.dial.positions)
    assert run.dial.look.heroes[0] == run.report.heroes[0]
    diamond, disk, curve = run.dial.frames[-1].heroes[0].plots
    tamed = next(one for one in curve.series if one.label.key == "series.calmed")
    assert np.ptp(tamed.y) < 0.1
    assert star(diamond) == (0, 0)
    assert 0 < star(disk)[0] < 0.01


def test_a_lambda_that_is_asked_for_shrinks_diamond_and_disk_as_the_dial_does():
    dial = mlbasics.run("regularization", **QUICK).dial
    turned = dial.positions[-3]
    asked = mlbasics.run("regularization", lam=turned, **QUICK).report.heroes[0].plots
    for ours, theirs in zip(asked[:2], dial.frame(turned).heroes[0].plots[:2], strict=True):
        assert star(ours) == pytest.approx(star(theirs), abs=1e-9)


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
    X = drawn[""].standard_normal((10**6, 20)) @ problem.root.T
    y = X @ problem.beta + problem.noise * drawn[""].standard_normal(10**6)
    squares = np.square(X @ fit.coef[0] + fit.intercept[0] - y)
    assert problem.test_mse(fit)[0] == pytest.approx(squares.mean(), abs=3 * squares.std() / 1000)


def test_the_unpenalized_fit_is_scikit_learns():
    result = finished.run("regularization", **QUICK).result
    _, data, _ = problem_of()
    theirs = LinearRegression().fit(data.X, data.y)
    np.testing.assert_allclose(result.unpenalized.coef, theirs.coef_, rtol=1e-10)


def test_zeros_count_exact_zeros():
    result = finished.run("regularization", **QUICK).result
    assert result.chosen.lasso.zeros == (result.chosen.lasso.coef == 0).sum()


@pytest.mark.parametrize(
    "given",
    [{}, {"features": 60, "n_train": 20}, {"correlation": 0.99}, {"noise": 0, "informative": 0}],
    ids=str,
)
def test_every_fit_by_every_lambda_is_optimal(given):
    result = mlbasics.run("regularization", **QUICK, **given).result
    data = problem_of(**given)[1]
    for path, l1_ratio in ((result.ridge, 0), (result.lasso, 1)):
        weights = path.coef * data.z.x_scale
        assert kkt_residual(data.gram, data.correlation, weights, path.lambdas, l1_ratio) < 1e-9


def test_the_larger_lambda_the_smaller_are_the_weights():
    result = mlbasics.run("regularization", **QUICK).result
    for path, order in ((result.lasso, 1), (result.ridge, 2)):
        size = np.linalg.norm(path.coef * result.feature_sd, order, axis=1)
        assert (np.diff(size) >= -1e-9 * size[-1]).all()


UNRELATED = [
    {"lam": 0.3},
    {"folds": 4},
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
        "data": lambda r: r.unpenalized.coef,
        "path": lambda r: r.lasso.coef,
        "folds": lambda r: r.ridge.cv_mse,
        "planes": lambda r: [r.odds.l1_on_axis],
    }
    moved = {name for name, of in drawn.items() if not np.allclose(of(plain), of(changed), rtol=1e-12)}
    own = {"folds": {"folds"}, "problems": {"planes"}}
    assert moved <= own.get(next(iter(given)), set())


def test_more_of_a_kind_begin_with_the_fewer():
    problem, data, _ = problem_of(seed=5)
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


def test_the_lasso_s_path_begins_where_scikit_learns_does():
    _, data, _ = problem_of()
    ours = mlbasics.run("regularization", **QUICK).result.lasso
    theirs, coef, _ = lasso_path(data.z.X, data.z.y, eps=1e-2, alphas=100)
    np.testing.assert_allclose(ours.lambdas, theirs, rtol=1e-10)
    np.testing.assert_allclose(ours.coef[0], 0, atol=1e-9)
    assert (ours.coef[1] != 0).sum() == (coef[:, 1] != 0).sum() > 0


NOT_SO = [
    ({"lam": 10}, "calms-the-curve", "too-strong"),
    ({"lam": 0.001}, "calms-the-curve", "still-wild"),
    ({"seed": 1129}, "calms-the-curve", "picked-badly"),
    ({"budget": 10}, "corners-give-zeros", "inside"),
    ({"budget": 2}, "corners-give-zeros", "on-an-edge"),  # the diamond holds, though the disk does not
    ({"angle": 75}, "corners-give-zeros", "on-an-edge"),
    ({"lam": 1e-6}, "buys-variance", "too-weak"),
    ({"lam": 10}, "buys-variance", "too-biased"),
    ({"lam": 1e-6}, "l1-zeros-l2-does-not", "lam-small"),
    ({"informative": 9, "features": 10, "noise": 0.5, "n_train": 2000}, "l1-zeros-l2-does-not", "lam-small"),
    ({"noise": 0, "informative": 0}, "l1-zeros-l2-does-not", "nothing-to-learn"),
]


@pytest.mark.parametrize(("given", "claim", "reason"), NOT_SO)
def test_a_claim_that_does_not_hold_says_why(given, claim, reason):
    run = mlbasics.run("regularization", **QUICK | given)
    found = next(one for one in run.claims if one.id == claim)
    assert not found.holds
    assert found.reason.key == f"because.{reason}"


@pytest.mark.parametrize(
    ("given", "advice", "claim"),
    [
        ({"seed": 1129}, {"seed": 1}, "calms-the-curve"),
        ({"budget": 10}, {"budget": 1}, "corners-give-zeros"),
    ],
)
def test_following_the_advice_changes_the_verdict(given, advice, claim):
    assert verdicts(**QUICK | given)[claim] is not True
    assert verdicts(**QUICK | given | advice)[claim] is True


def own(tmp_path, n, noise, signal=(1.0, 1.0, 0, 0, 0), seed=0):
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((n, len(signal)))
    y = X @ np.array(signal) + noise * rng.standard_normal(n)
    path = tmp_path / "own.csv"
    header = ",".join([*(f"x{j}" for j in range(len(signal))), "y"])
    np.savetxt(path, np.column_stack([X, y]), delimiter=",", header=header, comments="", fmt="%.6f")
    return str(path)


@pytest.mark.parametrize(
    ("table", "given", "expected"),
    [
        ({"n": 60, "noise": 1.0}, {}, ("few-rows", True, True)),
        ({"n": 60, "noise": 0.0}, {}, ("too-simple", True, "as-unsteady")),
        ({"n": 12, "noise": 1.0, "seed": 3}, {}, (True, True, True)),
        ({"n": 400, "noise": 0.5, "signal": (1.0, 1.0)}, {}, (True, "lam-small", "as-unsteady")),
        ({"n": 60, "noise": 0.0, "signal": (0, 0)}, {}, ("nothing-to-learn",) * 3),
        ({"n": 60, "noise": 1.0}, {"lam": 5}, ("held-too-much", True, True)),
        ({"n": 60, "noise": 1.0, "signal": (1.0,)}, {"lam": 0.1}, (True, "lam-small", "as-unsteady")),
    ],
)
def test_headlines_on_own_rows_are_about_these_rows(tmp_path, table, given, expected):
    run = mlbasics.run("regularization", data=own(tmp_path, **table), **QUICK, **given)
    found = [claim for claim in run.claims if claim.headline]
    assert [claim.id for claim in found] == ["predicts-as-well", "l1-zeros-l2-does-not", "steadies-the-fit"]
    said = [claim.holds or claim.reason.key.removeprefix("because.") for claim in found]
    assert tuple(said) == expected


def test_rows_left_out_are_predicted_as_scikit_learn_does(tmp_path):
    path = own(tmp_path, 60, 1.0)
    run = mlbasics.run("regularization", data=path, **QUICK)
    rows, found = np.loadtxt(path, delimiter=",", skiprows=1), run.result.left_out
    data = TrainingSet(rows[:, :-1], rows[:, -1])
    folds = data.folds(5, draws(np.random.default_rng(run.params.seed), *KINDS)["folds"])
    model = make_pipeline(StandardScaler(), Lasso(alpha=run.result.lam, tol=1e-12, max_iter=10**6))
    squares, by_fold = [], []
    for rest, X, y in folds:
        fits = [LinearRegression().fit(rest.X, rest.y), model.fit(rest.X, rest.y)]
        squares.append([np.square(fit.predict(X) - y) for fit in fits])
        by_fold.append([fit.predict(data.X) for fit in fits])
    free, held = np.concatenate(squares, axis=1)
    assert (found.free_mse, found.mse) == pytest.approx((free.mean(), held.mean()))
    assert (found.closer, found.farther) == ((held < free).sum(), (held > free).sum())
    spread = np.var(by_fold, axis=0, ddof=1).mean(axis=1)
    assert (found.free_variance, found.variance) == pytest.approx(tuple(spread))


@pytest.mark.parametrize(
    "given",
    [
        {"features": 1, "informative": 1},
        {"features": 60, "n_train": 20},
        {"features": 100, "n_train": 4, "informative": 100},
        {"n_train": 4, "folds": 100},
        {"noise": 0, "informative": 0},
        {"correlation": 0.99},
        {"lam": 1e6},
        {"lam": 1e-6},
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


def asked(name, seed):
    (question,) = (one for one in asked_of("regularization") if one.id == name)
    return pose("regularization", question, seed, {})


@pytest.mark.parametrize("seed", range(8))
def test_the_place_that_is_touched_is_that_of_least_error_on_the_diamond(seed):
    one = asked("where-it-touches", seed)
    (before,), (after,) = one.figures(None), one.figures("A")
    places = {
        series.label.values["letter"]: (series.x[0], series.y[0])
        for series in before.series
        if series.label.key == "picture.asked"
    }
    assert len(places) == 5
    plane = one.run.result.geometry
    errors = {
        letter: (off := np.array(w) - plane.optimum) @ plane.hessian @ off for letter, w in places.items()
    }
    assert one.question.answer.truth == min(errors, key=errors.get)
    assert all(series.shape != "star" for series in before.series)
    assert star(after) == pytest.approx(places[one.question.answer.truth])


def test_a_lambda_is_right_between_too_weak_and_too_strong():
    one = asked("right-strength", 1)
    truth = one.question.answer.truth
    assert one.right(truth)
    assert not one.right(truth * 20)
    assert not one.right(truth / 50)
