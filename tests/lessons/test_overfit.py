from importlib import import_module

import finished
import numpy as np
import pytest
from sklearn.neighbors import KNeighborsClassifier

import mlbasics
from mlbasics import lessons
from mlbasics.data.columns import Columns
from mlbasics.formats.json import plain
from mlbasics.kit import InputError, draws
from mlbasics.kit.params import fill
from mlbasics.kit.story import no_tick
from mlbasics.kit.targets import TARGETS
from mlbasics.lessons import overfit
from mlbasics.lessons.overfit.regression.experiment import KINDS, simulate, source
from mlbasics.numerics.validation import fold_masks

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


def test_the_mean_share_of_noise_learned_is_the_textbooks():
    seeds, n = 500, 30
    params = fill(overfit.Params, {"folds": 2, "n_train": n, "max_degree": 15})
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


def test_every_mislabelled_point_rules_a_patch_that_more_neighbours_take_from_it():
    result = mlbasics.run("overfit", task="classification").result
    points = np.column_stack([result.points.x1, result.points.x2])
    up, across = np.shape(result.regions[1])
    own = ((points[:, ::-1] + 1) / 2 * (up, across)).astype(int).T
    best = result.regions[result.best_k.test]
    kept = {k: (result.regions[k][tuple(own)] == result.points.label) for k in (1, result.best_k.test)}
    wrong = result.points.mislabelled
    assert kept[1][wrong].mean() > 0.9
    assert kept[result.best_k.test][wrong].mean() < 0.5
    assert (result.regions[1] != best).mean() > 0.02


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
    assert "1000 points" in why["overfitting-hurts"]


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
@pytest.mark.parametrize("target", ["sin", "step", "constant"])
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


def test_where_labels_are_coins_no_k_is_said_to_be_better():
    for seed in range(20):
        held, why = both(task="classification", noise=100, n_train=100, seed=seed)
        assert not held["overfitting-hurts"]
        assert not held["underfitting-hurts-both"]
        assert not any("Few training points" in reason for reason in why.values())


def test_with_hardly_any_noise_the_reason_is_that_and_not_few_points():
    for seed in range(10):
        held, why = both(task="classification", noise=0.01, seed=seed)
        for claim in ("overfitting-hurts", "cv-finds-it", "noise-is-learned"):
            assert held[claim] is not False or "--noise 0.01" in why[claim]


def test_a_degree_too_high_for_a_jump_errs_more_without_any_noise():
    for seed in range(10):
        assert verdicts(noise=0, target="step", seed=seed)["overfitting-hurts"] is True


def test_a_gap_that_may_be_chance_is_not_called_absent():
    for seed in range(10):
        assert verdicts(max_degree=30, seed=seed, repeats=10)["overfitting-hurts"] is not False


@pytest.mark.parametrize("given", [{"target": "line"}, {"function": "3 - x", "noise": 0.1}])
def test_the_degree_of_the_truth_is_not_too_simple(given):
    for seed in range(10):
        run = mlbasics.run("overfit", seed=seed, repeats=10, **given)
        assert run.result.simple_degree == 0
        assert {c.id: c.holds for c in run.claims}["underfitting-hurts-both"] is True
        assert "degree 1: too simple" not in run.to_text()


def test_no_degree_is_too_simple_for_a_constant():
    for seed in range(10):
        run = mlbasics.run("overfit", seed=seed, repeats=10, target="constant")
        assert run.result.simple_degree is None
        assert {c.id: c.holds for c in run.claims}["underfitting-hurts-both"] is None
        assert "degree 0: too simple" not in run.to_text()


def test_degrees_1_4_and_15_rank_as_in_scikit_learns_example_of_underfitting_and_overfitting():
    # Theirs are 30 points at random; evenly spaced ones tame degree 15 unless there are fewer.
    given = {"target": "cosine", "noise": 0.1, "n_train": 17, "max_degree": 15}
    mse = mlbasics.run("overfit", **given).result.band.test_mid
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
    {"repeats": 1},
    {"function": "x**2"},
    {"function": "1e99*x"},
    {"function": "-1.8"},
    {"function": "1e-200*x", "noise": 0},
]


@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize("given", VARIED, ids=str)
def test_a_claim_that_does_not_hold_has_a_reason(task, given):
    for claim in mlbasics.run("overfit", task=task, **{"repeats": 30, "seed": 7, **given}).claims:
        assert claim.holds or claim.reason is not None


@pytest.mark.parametrize("task", TASKS)
def test_what_is_shown_first_is_the_same_without_the_details(task):
    params = fill(overfit.Params, {"task": task})
    place = lessons.find("overfit").lesson(params).source(params, None)
    rng = np.random.default_rng(params.seed)
    first = lessons.find("overfit").lesson(params).simulate(params, place, rng, no_tick)
    whole = plain(mlbasics.run("overfit", task=task).result)
    assert {k: v for k, v in plain(first).items() if v is not None} == {
        k: v for k, v in whole.items() if k not in ("band", "repeats") and v is not None
    }


UNRELATED = (
    {"max_degree": 4},
    {"max_degree": 30},
    {"folds": 3},
    {"repeats": 7},
    {"repeats": 101},
)


def drawn(task, **given):
    """Return all that a seed draws: the training set's x and noise, the test set, the labels, and fresh sets."""
    params = fill(overfit.Params, {"task": task, "seed": 4, **given})
    place = lessons.find("overfit").lesson(params).source(params, None)
    module = import_module(f"mlbasics.lessons.overfit.{task}.experiment")
    of = draws(np.random.default_rng(params.seed), *module.KINDS)
    if task == "classification":
        train, test = place.split(of)
        return [train.at, test.at, train.label, test.label]
    train, test_x, test_y = place.first(of)
    fresh = [sets.data for sets in place.fresh([3, 1, 3], of)]
    return [
        *(train.x[0], train.noise[0], test_x, test_y),
        *(np.concatenate([getattr(sets, name) for sets in fresh]) for name in ("x", "noise")),
    ]


@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize("given", UNRELATED, ids=str)
def test_no_option_but_the_data_s_own_moves_what_a_seed_draws(task, given):
    for ours, theirs in zip(drawn(task), drawn(task, **given), strict=True):
        np.testing.assert_array_equal(ours, theirs)


@pytest.mark.parametrize("given", [{"target": "step"}, {"function": "1e6*x**5"}], ids=str)
def test_another_curve_has_the_same_x_and_the_same_noise(given):
    ours, theirs = (drawn("regression", **options) for options in ({}, given))
    for i in (0, 1, 2, 4, 5):  # all but the test set's y
        np.testing.assert_array_equal(ours[i], theirs[i])


@pytest.mark.parametrize(("task", "begin"), [("regression", (1, 2, 3)), ("classification", (0, 1, 2, 3))])
def test_what_is_drawn_for_a_larger_training_set_begins_as_for_a_smaller(task, begin):
    small, large = (drawn(task, n_train=n) for n in (30, 60))
    for i in begin:  # where the points of a curve lie is not drawn: they are spread evenly
        few = min(len(small[i]), len(large[i]))
        np.testing.assert_array_equal(small[i][:few], large[i][:few])


def test_the_highest_degree_passes_through_every_point_and_errs_twelve_times_as_much_between_them():
    ratios = []
    for seed in range(200):
        result = mlbasics.run("overfit", seed=seed, repeats=1).result
        assert result.train_mse[-1] < 1e-20
        ratios.append(result.test_mse[-1] / result.test_mse.min())
    assert 8 < np.median(ratios) < 18  # 12 over 400 other seeds


def test_more_noise_is_the_same_noise_enlarged():
    little, much = (drawn("regression", noise=noise) for noise in (0.25, 0.5))
    np.testing.assert_array_equal(little[0], much[0])
    np.testing.assert_allclose(2 * little[1], much[1])


@pytest.mark.parametrize("sizes", [[7], [1, 6], [2, 2, 3]])
@pytest.mark.parametrize("own", [False, True])
def test_fresh_sets_are_the_same_in_blocks_of_any_size(sizes, own):
    cells = [str(i) for i in range(20)]
    rows = Columns("rows", {"x": cells, "y": cells}, range(20), 20) if own else None
    params = fill(overfit.Params, {"n_train": 9})
    place = source(params, rows)

    def sets(sizes):
        of = draws(np.random.default_rng(0), *KINDS)
        blocks = [
            (block.data.x, block.data.y, fold_masks(len(block.data.x), 9, 4, of["fresh_folds"]))
            for block in place.fresh(sizes, of)
        ]
        return [np.concatenate(parts) for parts in zip(*blocks, strict=True)]

    for ours, theirs in zip(sets([3, 4]), sets(sizes), strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_the_share_of_noise_learned_at_a_degree_does_not_hang_on_other_degrees_nor_on_folds():
    shares = [
        mlbasics.run("overfit", seed=4, **given).result.repeats.noise_share[5]
        for given in ({"max_degree": 8}, {}, {"max_degree": 30}, {"folds": 3})
    ]
    np.testing.assert_allclose(shares, shares[0], rtol=1e-9)
