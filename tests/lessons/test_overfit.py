import numpy as np
import pytest
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import cross_val_score
from sklearn.neighbors import KNeighborsClassifier

import mlbasics
from mlbasics.kit import Choice
from mlbasics.kit.params import fill
from mlbasics.lessons import overfit
from mlbasics.lessons.overfit.regression import experiment
from mlbasics.numerics import samples, validation

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
    given = fill(overfit.Params, {"repeats": 1, "folds": 2})
    results = [experiment.simulate(given, np.random.default_rng(s), lambda *_: None) for s in range(seeds)]
    shares = np.array([r.noise_share for r in results])
    error = shares.std(axis=0, ddof=1) / np.sqrt(seeds)
    assert (np.abs(shares.mean(axis=0) - np.arange(1, 17) / n) < 3 * error).all()


def test_the_share_of_noise_learned_equals_the_hat_matrixs():
    rng = np.random.default_rng(0)
    data = samples.uniform_sample(samples.TARGETS["sin"], (1, 30), 0.25, rng)
    basis, _ = experiment._fit(data, 6)
    x = np.polynomial.legendre.legvander(2 * data.x[0] - 1, 6)
    learned = x @ np.linalg.pinv(x) @ data.noise[0]
    expected = (learned @ learned) / (data.noise[0] @ data.noise[0])
    assert experiment._noise_share(basis, data.noise)[0, 6] == pytest.approx(expected, rel=1e-10)


def test_cross_validation_equals_scikit_learns_on_the_same_folds():
    data = samples.uniform_sample(samples.TARGETS["sin"], (1, 30), 0.25, np.random.default_rng(0))
    mse, error = experiment._cross_validate(data, 8, 10, np.random.default_rng(1))
    masks = validation.fold_masks(1, 30, 10, np.random.default_rng(1))[0]
    splits = [(np.flatnonzero(~m), np.flatnonzero(m)) for m in masks]
    for degree in range(9):
        columns = np.polynomial.legendre.legvander(2 * data.x[0] - 1, degree)
        model = LinearRegression(fit_intercept=False, tol=0)
        scores = -cross_val_score(model, columns, data.y[0], cv=splits, scoring="neg_mean_squared_error")
        assert mse[0, degree] == pytest.approx(scores.mean(), rel=1e-8)
        assert error[0, degree] == pytest.approx(scores.std(ddof=1) / np.sqrt(10), rel=1e-8)


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


def test_the_names_of_the_targets_are_those_that_can_be_asked_for():
    accepts = {f.name: f.metadata["accepts"] for f in overfit.Params.__dataclass_fields__.values()}
    assert accepts["target"] == Choice(tuple(samples.TARGETS))


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


def test_changing_the_repeats_leaves_the_data_alone():
    few, many = (mlbasics.run("overfit", repeats=r).result for r in (1, 50))
    np.testing.assert_array_equal(few.train.y, many.train.y)
    np.testing.assert_array_equal(few.cv_mse, many.cv_mse)


@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize("target", samples.TARGETS)
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
