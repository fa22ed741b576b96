from importlib import import_module

import finished
import numpy as np
import pytest
from sklearn.neighbors import KNeighborsClassifier

import mlbasics
from mlbasics import lessons
from mlbasics.formats.view import View
from mlbasics.kit import InputError, draws
from mlbasics.kit.formula import read
from mlbasics.kit.params import fill
from mlbasics.kit.targets import TARGETS
from mlbasics.lessons import overfit
from mlbasics.lessons.overfit import questions
from mlbasics.lessons.overfit.words.en import WORDS
from mlbasics.posing import pose
from mlbasics.render.terminal import Terminal

TASKS = ("regression", "classification")


def verdicts(**given):
    return {claim.id: claim.holds for claim in finished.run("overfit", **given).claims}


def both(**given):
    """Return the verdicts and the reasons of one run."""
    claims = finished.run("overfit", **given).to_dict()["claims"]
    return (
        {claim["id"]: claim["holds"] for claim in claims},
        {claim["id"]: claim["evidence"].get("reason", "") for claim in claims},
    )


def reasons(**given):
    claims = finished.run("overfit", **given).to_dict()["claims"]
    return {claim["id"]: claim["evidence"].get("reason", "") for claim in claims}


@pytest.mark.parametrize("task", TASKS)
def test_every_claim_holds_on_99_of_100_seeds(task):
    held = [verdicts(task=task, seed=seed) for seed in range(100)]
    counts = {claim: sum(h[claim] is True for h in held) for claim in held[0]}
    assert all(count >= 99 for count in counts.values()), counts


def test_knn_errors_equal_scikit_learns_for_every_k():
    result = mlbasics.run("overfit", task="classification", n_train=80).result
    points = np.column_stack([result.points.x1, result.points.x2])
    for k in result.k:
        wrong = (
            KNeighborsClassifier(k).fit(points, result.points.label).predict(points) != result.points.label
        )
        assert result.train_error[k - 1] == wrong.mean()


def test_every_mislabeled_point_rules_a_patch_that_more_neighbors_take_from_it():
    result = mlbasics.run("overfit", task="classification").result
    points = np.column_stack([result.points.x1, result.points.x2])
    up, across = np.shape(result.regions[1])
    own = ((points[:, ::-1] + 1) / 2 * (up, across)).astype(int).T
    best = result.regions[result.best_k.test]
    kept = {k: (result.regions[k][tuple(own)] == result.points.label) for k in (1, result.best_k.test)}
    wrong = result.points.mislabeled
    assert kept[1][wrong].mean() > 0.9
    assert kept[result.best_k.test][wrong].mean() < 0.5
    assert (result.regions[1] != best).mean() > 0.02


@pytest.fixture(scope="session")
def tables(tmp_path_factory):
    """Tables of the learner's own, by name."""
    folder, rng = tmp_path_factory.mktemp("tables"), np.random.default_rng(0)
    i, noise = np.arange(200), rng.normal(size=200)
    columns = {
        "constant": (i[:60], np.full(60, 5)),
        "few": (i[:11], np.sin(i[:11])),
        "line": (i, 2 * i),
        "noise": (i, noise),
        "tied": (i // 2, noise),
        "steep": (i, np.exp(i / 9) + noise),
    }
    for name, (x, y) in columns.items():
        (folder / name).write_text("x,y\n" + "".join(f"{a},{b}\n" for a, b in zip(x, y, strict=True)))
    kinds = {"rare": np.where(rng.random(200) < 0.1, "a", "b"), "even": np.where(noise > 0, "a", "b")}
    for name, kind in (*kinds.items(), ("small", kinds["even"][:20])):
        x1, x2 = rng.random((2, 200)) if name == "rare" else (noise, i % 7)
        rows = (f"{a},{b},{c}\n" for a, b, c in zip(x1, x2, kind, strict=False))
        (folder / name).write_text("x1,x2,c\n" + "".join(rows))
    return folder


REASONS = [
    ("constant-y", "overfitting-hurts", {"data": "constant"}),
    ("constant-y", "train-error-falls", {"target": "constant", "noise": 0}),
    ("constant-y", "cv-finds-it", {"data": "constant"}),
    ("few-rows", "overfitting-hurts", {"data": "few"}),
    ("few-rows", "underfitting-hurts-both", {"data": "few", "seed": 1}),
    ("too-simple", "overfitting-hurts", {"degree": 2}),
    ("chance", "overfitting-hurts", {"data": "noise", "n_train": 100, "max_degree": 8}),
    ("exact", "overfitting-hurts", {"noise": 0, "function": "x**3"}),
    ("exact", "overfitting-hurts", {"data": "line"}),
    ("few-points.own", "overfitting-hurts", {"data": "noise", "n_train": 2, "seed": 5}),
    ("many-points", "overfitting-hurts", {"n_train": 100}),
    ("many-points", "overfitting-hurts", {"n_train": 5000}),
    ("best-is-simplest", "underfitting-hurts-both", {"max_degree": 0}),
    ("constant", "underfitting-hurts-both", {"target": "constant", "seed": 2}),
    ("noise-drowns.own", "underfitting-hurts-both", {"data": "noise"}),
    ("no-better-extreme", "cv-finds-it", {"max_degree": 0}),
    ("picked-badly", "cv-finds-it", {"noise": 1, "seed": 0}),
    ("one-degree", "train-error-falls", {"max_degree": 0}),
    ("shared-x", "train-error-falls", {"data": "tied"}),
    ("shared-x", "train-error-falls", {"data": "sklearn:diabetes"}),
    ("no-better-fit", "train-error-falls", {"target": "abs", "noise": 0, "max_degree": 1}),
    ("best-is-one", "overfitting-hurts", {"task": "classification", "noise": 0.01, "seed": 2}),
    ("best-is-n", "underfitting-hurts-both", {"task": "classification", "function": "5"}),
    ("best-k-is-an-extreme", "cv-finds-it", {"task": "classification", "function": "5"}),
    ("one-label", "underfitting-hurts-both", {"task": "classification", "function": "1.4", "noise": 1}),
    ("one-label.own", "underfitting-hurts-both", {"task": "classification", "data": "rare", "seed": 5}),
    ("hardly-worse.own", "overfitting-hurts", {"task": "classification", "data": "even"}),
    ("chance", "overfitting-hurts", {"task": "classification", "data": "sklearn:wine", "seed": 0}),
    ("few-rows", "overfitting-hurts", {"task": "classification", "data": "small"}),
    ("one-class", "train-error-falls", {"task": "classification", "function": "5"}),
    ("same-place", "train-error-falls", {"task": "classification", "data": "sklearn:iris"}),
]
ADVISED = [
    ("best-is-drawn", "overfitting-hurts", {"degree": 3}, {"degree": 11}),
    ("best-is-drawn", "overfitting-hurts", {"max_degree": 3}, {"max_degree": 11}),
    ("no-noise", "overfitting-hurts", {"noise": 0}, {"noise": 0.25}),
    ("few-points", "overfitting-hurts", {"n_train": 2, "seed": 0}, {"n_train": 12}),
    ("few-points", "underfitting-hurts-both", {"n_train": 3, "seed": 3}, {"n_train": 100}),
    ("hardly-worse", "overfitting-hurts", {"n_train": 50}, {"max_degree": 49}),
    ("hardly-worse", "overfitting-hurts", {"n_train": 30, "degree": 6}, {"degree": 11, "max_degree": 29}),
    ("noise-drowns", "underfitting-hurts-both", {"noise": 1, "seed": 2}, {"noise": 0.25}),
    ("none-better", "underfitting-hurts-both", {"max_degree": 2}, {"max_degree": 11}),
    ("few-folds", "cv-finds-it", {"folds": 2, "seed": 7}, {"folds": 12}),
    ("no-noise", "overfitting-hurts", {"task": "classification", "noise": 0, "seed": 0}, {"noise": 0.25}),
    ("little-noise", "overfitting-hurts", {"task": "classification", "noise": 0.01}, {"noise": 0.25}),
    ("only-noise", "cv-finds-it", {"task": "classification", "noise": 100}, {"noise": 0.25}),
    (
        "only-noise",
        "underfitting-hurts-both",
        {"task": "classification", "noise": 3, "seed": 3},
        {"noise": 0.25},
    ),
    ("few-points", "overfitting-hurts", {"task": "classification", "n_train": 20}, {"n_train": 250}),
]
"""What does not hold, on which settings, for which reason, and what the reason advises."""


def claim(name, given, folder):
    path = given.get("data", "")
    given = given | ({"data": str(folder / path)} if (folder / path).is_file() else {})
    return next(one for one in finished.run("overfit", **given).claims if one.id == name)


@pytest.mark.parametrize(("reason", "name", "given"), [*REASONS, *(one[:3] for one in ADVISED)], ids=str)
def test_each_reason_is_given_where_it_is_true(reason, name, given, tables):
    found = claim(name, given, tables)
    assert not found.holds
    assert found.reason.key == f"because.{reason}"


@pytest.mark.parametrize(("reason", "name", "given", "advised"), ADVISED, ids=str)
def test_advice_that_is_followed_makes_the_claim_hold(reason, name, given, advised, tables):
    assert claim(name, given | advised, tables).holds


def test_no_reason_is_without_a_setting_that_reaches_it():
    told = {key.removeprefix("because.") for key in WORDS if key.startswith("because.")}
    assert told == {one[0] for one in (*REASONS, *ADVISED)}


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
    with pytest.raises(InputError) as refused:
        mlbasics.run("overfit", task=task, function=function)
    assert refused.value.sentence.key == "formula.infinite.unit"
    assert refused.value.sentence.values["x"] == x


def test_beside_a_formula_no_named_target_is_suggested():
    for task in TASKS:
        suggestions = mlbasics.run("overfit", task=task, function="x").report.suggestions
        assert not any("target" in s.options for s in suggestions)


@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize("target", ["sin", "step", "constant"])
@pytest.mark.parametrize(
    "given",
    [
        {"n_train": 20, "max_degree": 40},
        {"n_train": 2, "max_degree": 40},
        {"n_train": 2, "noise": 0},
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


def test_where_labels_are_coins_no_k_is_said_to_be_better():
    for seed in range(20):
        held, why = both(task="classification", noise=100, n_train=100, seed=seed)
        assert not held["overfitting-hurts"]
        assert not held["underfitting-hurts-both"]
        assert not any("Few training points" in reason for reason in why.values())


def test_a_degree_too_high_for_a_jump_errs_more_without_any_noise():
    for seed in range(10):
        assert verdicts(noise=0, target="step", seed=seed)["overfitting-hurts"] is True


def test_a_gap_that_may_be_chance_is_not_called_absent():
    for seed in range(10):
        assert verdicts(max_degree=30, seed=seed)["overfitting-hurts"] is not False


@pytest.mark.parametrize("given", [{"target": "line"}, {"function": "3 - x", "noise": 0.1}])
def test_the_degree_of_the_truth_is_not_too_simple(given):
    for seed in range(10):
        run = mlbasics.run("overfit", seed=seed, **given)
        assert run.result.simple_degree == 0
        assert {c.id: c.holds for c in run.claims}["underfitting-hurts-both"] is True
        assert "degree 1: too simple" not in run.to_text()


def test_no_degree_is_too_simple_for_a_constant():
    for seed in range(10):
        run = mlbasics.run("overfit", seed=seed, target="constant")
        assert run.result.simple_degree is None
        assert {c.id: c.holds for c in run.claims}["underfitting-hurts-both"] is None
        assert "degree 0: too simple" not in run.to_text()


def test_degrees_1_4_and_15_rank_as_in_scikit_learns_example_of_underfitting_and_overfitting():
    # Theirs are 30 points at random; evenly spaced ones tame degree 15 unless there are fewer.
    given = {"target": "cosine", "noise": 0.1, "n_train": 17, "max_degree": 15}
    mse = np.median(
        [mlbasics.run("overfit", seed=seed, **given).result.test_mse for seed in range(30)], axis=0
    )
    assert mse[4] < mse[1] < mse[15]


def test_too_few_rows_to_test_on_decide_nothing(tmp_path):
    table = tmp_path / "few.csv"
    table.write_text("x,z,y,c\n" + "".join(f"{i},{i * i % 7},{i % 3},{'ab'[i % 2]}\n" for i in range(12)))
    held = verdicts(data=str(table), x="x", y="y")
    assert held["overfitting-hurts"] is None
    assert verdicts(task="classification", data=str(table), x="x,z", y="c")["underfitting-hurts-both"] is None


VARIED = [
    *({"n_train": n} for n in (2, 3, 5, 12, 100, 1000)),
    *({"noise": noise} for noise in (0, 1e-3, 0.05, 1, 3, 100)),
    *({"target": target, "noise": noise} for target in TARGETS for noise in (0, 0.25)),
    *({"max_degree": degree} for degree in (0, 1, 2, 5, 30)),
    {"folds": 2},
    {"folds": 100},
    {"function": "x**2"},
    {"function": "1e99*x"},
    {"function": "-1.8"},
    {"function": "1e-200*x", "noise": 0},
]


@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize("given", VARIED, ids=str)
def test_a_claim_that_does_not_hold_has_a_reason(task, given):
    for claim in mlbasics.run("overfit", task=task, **{"seed": 7, **given}).claims:
        assert claim.holds or claim.reason is not None


UNRELATED = (
    {"max_degree": 4},
    {"max_degree": 30},
    {"folds": 3},
)


def drawn(task, **given):
    """Return all that a seed draws: the training set's x and noise, the test set, the labels."""
    params = fill(overfit.Params, {"task": task, "seed": 4, **given})
    place = lessons.find("overfit").lesson(params).source(params, None)
    module = import_module(f"mlbasics.lessons.overfit.{task}.experiment")
    of = draws(np.random.default_rng(params.seed), *module.KINDS)
    if task == "classification":
        train, test = place.split(of)
        return [train.at, test.at, train.label, test.label]
    train, test_x, test_y = place.first(of)
    return [train.x[0], train.y[0] - place.truth(train.x[0]), test_x, test_y]


@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize("given", UNRELATED, ids=str)
def test_no_option_but_the_data_s_own_moves_what_a_seed_draws(task, given):
    for ours, theirs in zip(drawn(task), drawn(task, **given), strict=True):
        np.testing.assert_array_equal(ours, theirs)


@pytest.mark.parametrize("given", [{"target": "step"}, {"function": "1e6*x**5"}], ids=str)
def test_another_curve_has_the_same_x_and_the_same_noise(given):
    ours, theirs = (drawn("regression", **options) for options in ({}, given))
    for i in (0, 1, 2):  # all but the test set's y
        np.testing.assert_allclose(ours[i], theirs[i], atol=1e-9)


@pytest.mark.parametrize(("task", "begin"), [("regression", (1, 2, 3)), ("classification", (0, 1, 2, 3))])
def test_what_is_drawn_for_a_larger_training_set_begins_as_for_a_smaller(task, begin):
    small, large = (drawn(task, n_train=n) for n in (30, 60))
    for i in begin:  # where the points of a curve lie is not drawn: they are spread evenly
        few = min(len(small[i]), len(large[i]))
        np.testing.assert_allclose(small[i][:few], large[i][:few], atol=1e-12)


def test_the_highest_degree_passes_through_every_point_and_errs_twelve_times_as_much_between_them():
    ratios = []
    for seed in range(200):
        result = mlbasics.run("overfit", seed=seed).result
        assert result.train_mse[-1] < 1e-20
        ratios.append(result.test_mse[-1] / result.test_mse.min())
    assert 8 < np.median(ratios) < 18  # 12 over 400 other seeds


def test_more_noise_is_the_same_noise_enlarged():
    little, much = (drawn("regression", noise=noise) for noise in (0.25, 0.5))
    np.testing.assert_array_equal(little[0], much[0])
    np.testing.assert_allclose(2 * little[1], much[1])


@pytest.fixture(scope="module")
def asked():
    """Twelve times each question, by its id."""
    return {one.id: [pose("overfit", one, seed, {}) for seed in range(12)] for one in questions.QUESTIONS}


def test_how_many_times_as_large_the_error_is_follows_from_a_fit_by_numpy(asked):
    x = np.linspace(0, 1, 2001)
    for one in asked["times-worse"]:
        train, curve = one.run.result.train, np.sin(2 * np.pi * x)
        fits = [np.polynomial.Chebyshev.fit(train.x, train.y, d, [0, 1])(x) for d in range(12)]
        error = [np.mean((fit - curve) ** 2) + 0.25**2 for fit in fits]
        assert one.question.answer.truth == pytest.approx(error[-1] / min(error), rel=0.25)


def test_the_degree_asked_for_is_close_to_the_curve(asked):
    for one in asked["best-flexibility"]:
        x = np.linspace(0, 1, 201)
        curve = read(TARGETS[one.run.params.target])(x)
        distance = [np.mean((fit - curve) ** 2) for fit in one.run.result.every_fit]
        assert distance[int(one.question.answer.truth)] < 1.3 * min(distance) + 0.002


def test_the_pictures_asked_for_are_the_closest_to_the_points_and_to_the_curve(asked):
    for one in asked["closest-and-best"]:
        (panels,), data = one.figures(None), one.run.result.train
        curves = [plot.series[0] for plot in panels.plots]
        misses = [np.abs(np.interp(data.x, c.x, c.y) - data.y).mean() for c in curves]
        off = [np.mean((np.array(c.y) - np.sin(2 * np.pi * np.array(c.x))) ** 2) for c in curves]
        assert one.question.answer.truth == "ABC"[np.argmin(misses)] + "ABC"[np.argmin(off)]


def test_the_number_of_points_that_works_does_in_a_run_of_its_own(asked):
    for one in asked["enough-points"]:
        params = {"seed": one.run.params.seed, "n_train": int(one.question.answer.truth)}
        mse = mlbasics.run("overfit", **params).result.test_mse
        assert 1.5 <= mse[-1] / mse.min() <= 3
        assert not one.right(12)


def test_the_planes_asked_for_are_faultless_on_the_points_and_closest_to_the_border(asked):
    for one in asked["faultless-and-best"]:
        (panels,), points = one.figures(None), one.run.result.points
        planes = [np.array(plot.regions.rows) for plot in panels.plots]
        up, across = planes[0].shape
        x1, x2 = (np.arange(across) + 0.5) / across * 2 - 1, (np.arange(up) + 0.5) / up * 2 - 1
        true = x2[:, None] > np.sin(np.pi * (x1 + 1)) / 2
        at = ((points.x2 + 1) / 2 * up).astype(int), ((points.x1 + 1) / 2 * across).astype(int)
        faults = [np.mean(plane[at] != points.label) for plane in planes]
        assert (
            one.question.answer.truth
            == "ABC"[np.argmin(faults)] + "ABC"[np.argmin([np.mean(p != true) for p in planes])]
        )


TERMS = {
    ("regression", "en"): (
        "overfits",
        "underfits",
        "Overfitting",
        "Underfitting",
        "noise",
        "Cross-validation",
    ),
    ("regression", "ko"): ("과적합(과대적합)", "과소적합", "잡음(noise)", "교차 검증"),
    ("classification", "en"): ("Overfitting", "Underfitting", "Noise", "Bayes error", "Cross-validation"),
    ("classification", "ko"): ("과적합", "과소적합", "잡음", "베이즈 오류율", "교차 검증"),
}


@pytest.mark.parametrize(("task", "lang"), TERMS)
def test_the_look_names_its_ideas(task, lang):
    look = finished.run("overfit", task=task).render("text", View(Terminal(80, lang=lang, height=23)))
    assert look.count("\n") <= 23
    assert [term for term in TERMS[task, lang] if term not in look] == []
