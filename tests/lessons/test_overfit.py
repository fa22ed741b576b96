import numpy as np
import pytest
from sklearn.neighbors import KNeighborsClassifier

import mlbasics
from mlbasics.kit import InputError
from mlbasics.kit.params import fill
from mlbasics.kit.story import no_tick
from mlbasics.kit.targets import TARGETS
from mlbasics.lessons import overfit
from mlbasics.lessons.overfit.regression.simulate import simulate
from mlbasics.lessons.overfit.regression.source import source

TASKS = ("regression", "classification")


def verdicts(**given):
    return {claim.id: claim.holds for claim in mlbasics.run("overfit", **given).claims}


def reasons(**given):
    claims = mlbasics.run("overfit", **given).to_dict()["claims"]
    return {claim["id"]: claim["evidence"].get("reason", "") for claim in claims}


@pytest.mark.parametrize("task", TASKS)
def test_every_claim_holds_on_198_of_200_seeds(task):
    held = [verdicts(task=task, seed=seed) for seed in range(200)]
    counts = {claim: sum(h[claim] is True for h in held) for claim in held[0]}
    assert all(count >= 198 for count in counts.values()), counts


def test_the_mean_share_of_noise_learned_is_the_textbooks():
    seeds, n = 2000, 30
    params = fill(overfit.Params, {"folds": 2})
    curve = source(params, None)
    results = [simulate(params, curve, np.random.default_rng(s), no_tick) for s in range(seeds)]
    shares = np.array([r.noise_share for r in results])
    error = shares.std(axis=0, ddof=1) / np.sqrt(seeds)
    assert (np.abs(shares.mean(axis=0) - np.arange(1, 17) / n) < 3 * error).all()


def test_knn_errors_equal_scikit_learns_for_every_k():
    result = mlbasics.run("overfit", task="classification", n_train=80).result
    points = np.column_stack([result.points.x1, result.points.x2])
    for k in result.k:
        wrong = (
            KNeighborsClassifier(k).fit(points, result.points.label).predict(points) != result.points.label
        )
        assert result.train_error[k - 1] == wrong.mean()


def test_the_learned_boundary_separates_the_labels_of_the_nearest_points():
    result = mlbasics.run("overfit", task="classification", n_train=50).result
    points = np.column_stack([result.points.x1, result.points.x2])
    nearest = KNeighborsClassifier(1).fit(points, result.points.label)
    edge = np.column_stack([result.boundaries["1"].x1, result.boundaries["1"].x2])
    steps = np.array([[1 / 120, 0], [0, 1 / 48]])
    crossed = [nearest.predict(edge - step) != nearest.predict(edge + step) for step in steps]
    assert (crossed[0] | crossed[1]).all()


def test_without_noise_nothing_is_said_to_be_overfitted_or_learned():
    held, why = verdicts(noise=0), reasons(noise=0)
    assert held["train-error-falls"] is True
    assert held["overfitting-hurts"] is None
    assert held["noise-is-learned"] is None
    assert "--noise 0" in why["overfitting-hurts"]
    assert "--noise 0" in why["noise-is-learned"]


def test_with_a_thousand_points_overfitting_is_not_seen():
    held, why = verdicts(n_train=1000), reasons(n_train=1000)
    assert held["overfitting-hurts"] is False
    assert held["noise-is-learned"] is True
    assert "--n-train 1000" in why["overfitting-hurts"]


def test_with_a_straight_line_nothing_is_too_complex():
    held, why = verdicts(max_degree=1), reasons(max_degree=1)
    assert held["overfitting-hurts"] is None
    assert held["cv-finds-it"] is None
    assert "--max-degree" in why["overfitting-hurts"]


def test_one_degree_leaves_nothing_to_compare():
    assert verdicts(max_degree=0)["train-error-falls"] is None


def test_a_constant_without_noise_is_fitted_by_degree_0():
    held = verdicts(target="constant", noise=0)
    assert held["train-error-falls"] is None
    assert held["underfitting-hurts-both"] is None


def test_labels_without_noise_leave_none_to_learn():
    assert verdicts(task="classification", noise=0)["noise-is-learned"] is None


@pytest.mark.parametrize("task", TASKS)
def test_a_formula_is_a_target_as_the_named_ones_are(task):
    named, typed = (
        mlbasics.run("overfit", task=task, **given).to_dict()
        for given in ({"target": "cosine"}, {"function": "cos(1.5 * pi * x)"})
    )
    assert named["result"] == typed["result"]
    assert named["claims"] == typed["claims"]


@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize(("function", "x"), [("1/x", 0), ("log(x - 1/2)", 0), ("1/(x - 1/2)**2", 0.5)])
def test_a_formula_that_is_not_finite_is_refused_with_the_place(task, function, x):
    with pytest.raises(InputError, match=f"finite number .* at x = {x}; .* from 0 to 1"):
        mlbasics.run("overfit", task=task, function=function)


def test_beside_a_formula_no_named_target_is_suggested():
    for task in TASKS:
        suggestions = mlbasics.run("overfit", task=task, function="x").report.suggestions
        assert not any("target" in s.options for s in suggestions)


def test_changing_the_repeats_leaves_the_data_alone():
    few, many = (mlbasics.run("overfit", repeats=r).result for r in (1, 50))
    np.testing.assert_array_equal(few.train.y, many.train.y)
    np.testing.assert_array_equal(few.cv_mse, many.cv_mse)


@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize(
    "given",
    [
        {"n_train": 20, "max_degree": 40},
        {"n_train": 2, "max_degree": 40, "repeats": 1},
        {"n_train": 2, "noise": 0, "repeats": 1},
        {"noise": 10},
        {"noise": 0},
        {"n_train": 3, "folds": 100, "max_degree": 0},
    ],
)
def test_extreme_settings_give_a_sensible_screen(task, target, given):
    run = mlbasics.run("overfit", task=task, target=target, **given)
    text = run.to_text()
    assert "nan" not in text
    assert "inf" not in text.replace("infinity", "")
    assert all(len(line) <= 80 for line in text.split("\n"))
