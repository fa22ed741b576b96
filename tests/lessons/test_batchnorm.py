import math
import statistics
from types import SimpleNamespace

import numpy as np
import pytest

import mlbasics
from mlbasics import formats, runs
from mlbasics.formats.view import View
from mlbasics.kit import Panels, Plot, no_tick
from mlbasics.kit.params import fill
from mlbasics.lessons.batchnorm import Params, claims
from mlbasics.lessons.batchnorm.experiment import source, study_of
from mlbasics.numerics import batchnorm, deep
from mlbasics.posing import asked_of, pose
from mlbasics.render.terminal import Terminal

SMALL = {"layers": 2, "units": 8, "learning_rates": "0.01,0.1", "networks": 2, "epochs": 1}


def run(**given):
    return mlbasics.run("batchnorm", **given)


def look(**given):
    return runs.run("batchnorm", no_tick, False, **given)


def study(seed=0, **given):
    params = fill(Params, SMALL | given)
    return study_of(params, source(params, None), np.random.default_rng(seed))


def test_noise_of_strength_0_is_none():
    finished = look(noisy=0, **SMALL)
    drift, shaken = finished.result.shift.by_layer, finished.result.shaken
    np.testing.assert_array_equal(drift.noisy.per_step, drift.with_.per_step)
    rate = finished.result.learning_rates.index(finished.result.shift.learning_rate)
    assert shaken.test_accuracy[0] == finished.result.with_.test_accuracy[rate]


def held(finished):
    return {claim.id: claim.holds for claim in finished.claims}


def reasons(finished):
    return {c.id: c.reason.key.removeprefix("because.") for c in finished.claims if c.reason is not None}


@pytest.mark.parametrize("seed", [1, 4, 27])
def test_every_claim_holds(seed):
    assert {claim: holds for claim, holds in held(run(seed=seed)).items() if holds is not True} == {}


FEW = {"layers": 5, "units": 8, "epochs": 1, "networks": 3, "learning_rates": "0.01,0.1,1,10"}
FASTER, LARGER, SHIFT = "trains-faster", "larger-learning-rate", "shift-is-not-the-whole-story"
EVERY = (FASTER, LARGER, SHIFT, "inputs-drift")
VARIED = [
    ({}, {}),
    ({"seed": 1}, {}),
    ({"layers": 1}, {"inputs-drift": "moved-too"}),
    ({"layers": 1, "units": 4}, {"inputs-drift": "still"}),
    ({"layers": 2}, {FASTER: "keeps-up", LARGER: "no-further"}),
    ({"units": 2}, dict.fromkeys(EVERY, "none-trains")),
    ({"units": 2, "layers": 20}, dict.fromkeys(EVERY, "none-trains")),
    ({"activation": "tanh", "layers": 1, "epochs": 3}, {SHIFT: "no-gain"}),
    ({"activation": "sigmoid", "layers": 8}, {
        LARGER: "never-without", SHIFT: "collapsed", "inputs-drift": "collapsed"
    }),
    ({"activation": "sigmoid", "placement": "after"}, {LARGER: "never-without"}),
    ({"activation": "sigmoid", "layers": 2}, {LARGER: "never-without"}),
    ({"placement": "after", "activation": "tanh", "units": 16}, {"inputs-drift": "after", LARGER: "no-better"}),
    ({"placement": "none"}, dict.fromkeys(EVERY, "no-batch-norm")),
    ({"dataset": "clusters", "layers": 2, "units": 16}, {}),
    ({"batch_size": 2, "layers": 2, "networks": 1}, {FASTER: "not-reached"}),
    ({"batch_size": 1536}, dict.fromkeys(EVERY, "none-trains")),
    ({"learning_rates": "1e6"}, dict.fromkeys(EVERY, "none-trains")),
    ({"learning_rates": "1e-6,1e-5"}, dict.fromkeys(EVERY, "none-trains")),
    ({"learning_rates": "0.03,0.1", "epochs": 2}, {LARGER: "larger-rates"}),
    ({"networks": 1}, {}),
    ({"noisy": 0}, {SHIFT: "weak-noise"}),
    ({"noisy": 100}, {SHIFT: "strong-noise"}),
    ({"epochs": 10, "layers": 2, "units": 32, "noisy": 2}, {SHIFT: "good-without"}),
    ({"data": "sklearn:iris"}, {SHIFT: "no-gain"}),
]  # fmt: skip


@pytest.mark.parametrize(("given", "expected"), VARIED, ids=lambda given: str(given))
def test_claims_answer_honestly_and_the_screen_is_sensible_whatever_the_settings(given, expected):
    finished = run(**FEW | given)
    found = reasons(finished)
    assert {claim: found.get(claim) for claim in expected} == expected
    assert all((claim.reason is None) == (claim.holds is True) for claim in finished.claims)
    for lang in ("en", "ko"):
        words = finished.to_text(lang=lang).replace("(", " ").replace(",", " ").split()
        assert not {"nan", "inf", "-inf", "None"} & set(words)


@pytest.mark.parametrize(
    ("given", "claim", "advice"),
    [
        ({"learning_rates": "0.03,0.1", "epochs": 2}, LARGER, {"learning_rates": "0.03,0.1,1,3"}),
        ({"learning_rates": "1e-6,1e-5"}, FASTER, {"learning_rates": "0.1,1"}),
        ({"batch_size": 1536}, FASTER, {"epochs": 40}),
        ({"noisy": 0.01}, SHIFT, {"noisy": 0.5, "units": 16}),
        ({"batch_size": 2, "networks": 1}, FASTER, {"batch_size": 64}),
    ],
)
def test_advice_that_is_followed_changes_the_verdict(given, claim, advice):
    before, after = run(**FEW | given), run(**FEW | given | advice)
    assert held(before)[claim] is not True
    assert held(after)[claim] is True


RATES = (0.1, 0.3, 1, 3)


def sweep(losses, accuracies):
    """A sweep of final losses; who ends below 0.8 has learned."""
    losses = np.array(losses)
    learned = [rate for rate, loss in zip(RATES, losses, strict=True) if loss < 0.8]
    best = int(np.nanargmin(losses)) if np.isfinite(losses).any() else None
    return SimpleNamespace(
        largest_rate=max(learned, default=None),
        test_accuracy=np.array(accuracies),
        final_loss=losses,
        best=best,
    )


BROKEN = sweep((0.5, 0.7, np.nan, np.nan), (0.8, 0.7, np.nan, np.nan))
STUCK = sweep((1.0,) * 4, (0.25,) * 4)
WELL = sweep((0.3, 0.1, 0.2, 0.9), (0.9, 0.98, 0.95, 0.3))


@pytest.mark.parametrize(
    ("without", "with_", "n_test", "expected"),
    [
        (BROKEN, WELL, 1000, (True, None)),
        (STUCK, WELL, 1000, (None, "never-without")),
        (STUCK, STUCK, 1000, (None, "none-trains")),
        (sweep((0.5, 0.4, 0.3, 0.2), (0.8,) * 4), WELL, 1000, (None, "larger-rates")),
        (sweep((0.5, 0.4, 0.6, 0.7), (0.8, 0.85, 0.82, 0.2)), WELL, 1000, (False, "no-better")),
        (BROKEN, STUCK, 1000, (False, "no-further")),
        (BROKEN, WELL, 12, (None, "few-rows")),
    ],
)
def test_high_rates_are_those_above_the_plain_networks_best(without, with_, n_test, expected):
    result = SimpleNamespace(
        learning_rates=RATES, without=without, with_=with_, guessing=1, guessing_accuracy=0.25, n_test=n_test
    )
    holds, evidence, reason = claims.larger_learning_rate(SimpleNamespace(placement="before"), result)
    assert (holds, reason and reason.key.removeprefix("because.")) == expected
    if holds:
        assert (evidence["rate"], evidence["with"], evidence["without"]) == (1, 0.95, 0.25)


def test_faster_is_told_in_steps_to_one_loss_at_any_length_of_training():
    def curves(*falls, steps):
        each = np.array([np.exp(-fall * np.arange(steps)) for fall in falls])
        return SimpleNamespace(final_loss=each[:, -1], loss_curve=each, largest_rate=1, best=0,
                               test_accuracy=each[:, -1])  # fmt: skip

    for steps in (10, 40, 4000):
        sides = curves(0.02, 0.05, steps=steps), curves(0.03, 0.2, steps=steps)
        result = SimpleNamespace(without=sides[0], with_=sides[1], guessing=1.0, steps=steps, batch=64,
                                 step=list(range(1, steps + 1)), guessing_accuracy=0.5)  # fmt: skip
        holds, evidence, _ = claims.trains_faster(SimpleNamespace(placement="before"), result)
        loss = max(0.25, min(0.8, math.exp(-0.05 * (steps - 1))))
        assert evidence["loss"] == pytest.approx(loss)
        assert evidence["with"] == math.floor(math.log(1 / loss) / 0.2) + 2  # the first value under it
        assert evidence["without"] == min(steps, math.floor(math.log(1 / loss) / 0.05) + 2)
        assert holds is (evidence["with"] < evidence["without"] / 2)


def test_no_loss_is_low_by_the_luck_of_a_small_batch():
    losses = np.random.default_rng(0).choice([0.1, 2.0], 640)
    swept = SimpleNamespace(loss_curve=losses[None])
    for batch, expected in ((64, 1 + int(np.argmax(losses < 0.5))), (1, None)):
        result = SimpleNamespace(batch=batch, step=list(range(1, 641)))
        assert claims.steps_to(result, swept, 0.5) == expected


def test_guessings_loss_is_the_entropy_of_the_classes(tmp_path):
    own = tmp_path / "rare.csv"
    rng = np.random.default_rng(0)
    own.write_text("a,b,y\n" + "".join(f"{u:.3f},{v:.3f},{'yes' if i % 10 == 0 else 'no'}\n"
                                       for i, (u, v) in enumerate(rng.normal(size=(400, 2)))))  # fmt: skip
    finished = look(**SMALL, data=str(own))
    assert finished.result.guessing == pytest.approx(-(0.1 * math.log(0.1) + 0.9 * math.log(0.9)), abs=0.06)
    assert held(finished)[FASTER] is None
    assert finished.result.classes == 2


def test_where_all_points_are_alike_to_a_layer_it_is_said_and_seen():
    finished = run(activation="sigmoid", networks=2, learning_rates="0.1,1", epochs=1)
    assert reasons(finished)["inputs-drift"] == "collapsed"
    assert reasons(finished)["shift-is-not-the-whole-story"] == "collapsed"
    plain, normed = finished.report.heroes[1].plots
    assert (normed.axes.key, plain.axes.key) == ("plot.entering.axes", "plot.entering.alike")
    without, with_ = finished.result.shift.without[-1], finished.result.shift.with_[-1]
    assert without.max() == 1.0  # one bar holds them all
    assert with_.max() < 0.5


def test_the_hero_shows_the_middle_network_and_how_far_all_spread():
    finished = look(**SMALL | {"networks": 3, "learning_rates": "0.03,1000"})
    plot, result = finished.report.heroes[0].plots[-1], finished.result
    line, band = ([s for s in plot.series if s.kind == kind] for kind in ("both", "band"))
    for one, around, side in zip(line, band, (result.without, result.with_), strict=True):
        each = sorted(100 * side.accuracies[0])
        assert (around.y[0], one.y[0], around.y_top[0]) == pytest.approx(tuple(each))
    crosses = [s for s in plot.series if s.shape == "cross"]
    assert crosses[0].x == [1000.0]
    assert crosses[0].y == pytest.approx([100 * result.guessing_accuracy])
    assert plot.title.key == "plot.accuracies.lost"


def classes(shape, theta, running, x):
    """The class of each point, written out: z = x W, normalized by the running statistics, and ReLU."""
    *hidden, output = shape.layers_of(theta.astype(float))
    for layer, p in enumerate(hidden):
        z = x @ p["W"][0]
        if running:
            mean, var = (values[0].astype(float) for values in running[layer])
            z = (z - mean) / np.sqrt(var + 1e-5) * p["gamma"][0] + p["beta"][0]
        else:
            z = z + p["b"][0]
        x = np.maximum(z, 0)
    return (x @ output["W"][0] + output["b"][0]).argmax(axis=1)


@pytest.mark.parametrize("side", ["without", "with_"])
def test_regions_are_the_classes_that_the_middle_network_has_at_each_step(side):
    result, one = look(**SMALL, seed=0).result, study(seed=0)
    plane, sweep, regions = result.plane, getattr(result, side), getattr(result.plane, side)
    rate = one.rates.index(result.shift.learning_rate)
    network = rate * one.networks + sweep.typical[rate]
    one = one if side == "with_" else one.placed("none")
    descent, batches = one.start(slice(network, network + 1)), one.batches()
    (left, low), (right, high) = plane.corners
    across, up = ((np.arange(n) + 0.5) / n for n in (40, 32))
    middles = np.array([(left + (right - left) * u, low + (high - low) * v) for v in up for u in across])
    for step in range(result.steps + 1):
        if step in [*result.watched, result.steps]:
            moment = [*result.watched, result.steps].index(step)
            asked = classes(descent.shape, descent.theta, descent.running, middles)
            assert (asked == regions[moment].ravel()).mean() > 0.99
        if step < result.steps:
            descent.step(one.data.x[batches[step]], one.data.labels[batches[step]])


@pytest.mark.parametrize("seed", [0, 1])
def test_regions_caption_and_curves_tell_the_same_of_a_step(seed):
    finished = look(seed=seed, networks=3)
    for frame in finished.dial.frames:
        *regions, curves = frame.heroes[0].plots
        lines = [s for s in curves.series if s.kind == "both"]
        at = lines[0].x.index(finished.result.shift.learning_rate)
        for name, region, line in zip(("without", "with"), regions, lines, strict=True):
            assert frame.caption.values[name] == region.title.values["right"]
            assert 100 * frame.caption.values[name] == pytest.approx(line.y[at])


def test_regions_are_drawn_where_there_is_a_plane_of_few_classes(tmp_path):
    own = tmp_path / "own.csv"
    rows = np.random.default_rng(0).normal(size=(60, 3)).round(3)
    for columns, count, drawn in ((2, 3, True), (3, 3, False), (2, 5, False)):
        lines = [",".join([*map(str, x[:columns]), f"c{i % count}"]) for i, x in enumerate(rows)]
        own.write_text("\n".join([",".join([*"abc"[:columns], "y"]), *lines]))
        finished = look(**SMALL, data=str(own))
        assert (finished.result.plane is not None) == drawn
        assert isinstance(finished.report.heroes[0], Panels if drawn else Plot)
        assert isinstance(finished.dial.frames[0].heroes[0], Panels if drawn else Plot)
        if drawn:
            labels = finished.report.heroes[0].plots[0].regions.labels
            assert [label.values["name"] for label in labels] == ["c0", "c1", "c2"]
    assert look(**SMALL, dataset="clusters").result.plane is None
    assert len(look(**SMALL, placement="none").report.heroes[0].plots) == 2


def test_what_only_pictures_need_is_not_in_the_json():
    assert "plane" not in run(**SMALL).to_dict()["result"]


def test_a_network_without_numbers_has_no_regions():
    plane = look(**SMALL | {"learning_rates": "1e6"}).result.plane
    assert (plane.without[-1] == -1).all()


def test_histograms_count_every_point_at_each_moment():
    result = look(**SMALL).result
    for side in (result.shift.without, result.shift.with_):
        assert len(side) == len(result.watched) + 1
        np.testing.assert_allclose(side.sum(axis=1), 1)
    assert (np.diff(result.shift.edges) > 0).all()


def test_two_points_have_their_sentence_where_it_is_true():
    for placement, key in (
        ("before", "scene.before.pair"),
        ("after", "scene.after"),
    ):  # a ReLU may make them alike
        scene = look(**SMALL, batch_size=2, placement=placement).report.scene
        assert scene.values["placement"].key == key
    hats = batchnorm.normalize(np.array([[3.0], [3.5]])).x_hat[:, 0]
    np.testing.assert_allclose(hats, [-1, 1], rtol=1e-3)


def test_what_is_random_of_a_seed_does_not_move_with_unrelated_options():
    plain = study()
    others = [
        {"layers": 5},
        {"units": 3},
        {"activation": "tanh"},
        {"placement": "none"},
        {"placement": "after"},
        {"batch_size": 16},
        {"learning_rates": "0.001:10:8"},
        {"epochs": 3},
        {"noisy": 3},
        {"networks": 5},
    ]
    for given in others:
        other = study(**given)
        for a, b in zip(plain.data, other.data, strict=True):
            assert a.tobytes() == b.tobytes()
        rows = [one.batches().ravel()[:1536] for one in (plain, other)]
        np.testing.assert_array_equal(*rows)
        if not {"units", "activation"} & set(given):
            first, second = (one.shape.layers_of(one.start(slice(2)).theta)[0]["W"] for one in (plain, other))
            np.testing.assert_array_equal(first, second)
    assert study(seed=1).data.x.tobytes() != plain.data.x.tobytes()


@pytest.mark.parametrize(
    "given", [{}, {"placement": "none"}, {"batch_size": 8}, {"data": "OWN", "batch_size": 500}]
)
def test_a_run_ticks_to_its_end(given, tmp_path):
    if "data" in given:
        own = tmp_path / "own.csv"
        own.write_text("a,b,c\n" + "".join(f"{i % 7},{i % 5},{'xy'[i % 2]}\n" for i in range(60)))
        given = given | {"data": str(own)}
    ticks = []
    run(**SMALL | given, tick=lambda done, total: ticks.append((done, total)))
    assert ticks[-1][0] == ticks[-1][1]
    ends = [total for done, total in ticks if done == total]
    assert len(ends) == 1
    assert all(done <= total for done, total in ticks)


@pytest.mark.parametrize("placement", ["before", "after"])
def test_on_a_batch_every_unit_of_a_trained_network_has_mean_0_and_variance_1_but_for_epsilon(placement):
    one = study(placement=placement, layers=3)
    descent = one.start(slice(1))
    for rows in one.batches():
        descent.step(one.data.x[rows], one.data.labels[rows])
    theta, x = descent.theta.astype(float), one.data.x[:64].astype(float)
    for layer in deep.forward(descent.shape, theta, x).normalized:
        var = layer.statistics.var[0, 0]
        np.testing.assert_allclose(layer.x_hat[0].mean(axis=0), 0, atol=1e-9)
        np.testing.assert_allclose(layer.x_hat[0].var(axis=0), var / (var + 1e-5), rtol=1e-9)


def test_batch_norm_after_the_activation_is_another_network():
    before, after = run(**SMALL).result, run(**SMALL, placement="after").result
    np.testing.assert_array_equal(before.without.final_loss, after.without.final_loss)
    assert (before.with_.final_loss != after.with_.final_loss).all()


def test_diverged_rates_are_null_in_json_and_named_on_the_screen():
    finished = run(**SMALL | {"learning_rates": "0.01,1000", "layers": 8})
    result = finished.to_dict()["result"]
    assert result["without"]["diverged"] == [False, True]
    assert result["without"]["final_loss"][1] is None
    assert "diverged" in finished.to_text()
    assert "발산" in finished.to_text(lang="ko")


def test_the_json_has_the_names_of_the_contract():
    result = run(**SMALL).to_dict()["result"]
    assert {"learning_rates", "without", "with", "shift", "shaken"} <= set(result)
    sweep = {
        "final_loss",
        "test_accuracy",
        "accuracies",
        "diverged",
        "largest_rate",
        "loss_curve",
    }
    assert sweep <= set(result["with"])
    assert set(result["shift"]["by_layer"]) == {"without", "with", "noisy"}


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"batch_size": 1}, ("--batch-size", "'1'", "2", "1536")),
        ({"batch_size": 5000}, ("--batch-size", "'5000'", "2", "1536")),
        ({"layers": 0}, ("--layers", "'0'", "1", "50")),
        ({"learning_rates": "0"}, ("--learning-rates", "'0'")),
    ],
)
def test_what_cannot_be_met_gets_one_sentence(given, named):
    with pytest.raises(mlbasics.InputError) as error:
        run(**given)
    assert all(part in str(error.value) for part in named)


def posed(question, seed, **given):
    asked = next(one for one in asked_of("batchnorm") if one.id == question)
    return pose("batchnorm", asked, seed, given)


@pytest.mark.parametrize("seed", range(5))
def test_the_answer_to_a_value_normalized_is_that_of_the_textbook(seed):
    question = posed("normalized-value", seed).question
    batch = [question.values[name] for name in "abcd"]
    expected = (batch[1] - statistics.mean(batch)) / statistics.pstdev(batch)
    assert question.answer.truth == pytest.approx(expected, abs=1e-4)


def test_the_answers_about_networks_are_those_of_the_sweep():
    one = posed("highest-rate", 1)
    losses = one.run.result.without.final_loss / one.run.result.guessing
    learned = [r for r, loss in zip(one.run.result.learning_rates, losses, strict=True) if loss < 0.8]
    assert one.question.answer.truth == max(learned)
    one = posed("plain-accuracy", 1)
    plain = one.run.result.without
    assert one.question.answer.truth == 100 * plain.test_accuracy[np.nanargmin(plain.final_loss)]


TERMS = {
    "en": ("Batch normalization", "before each activation", "γ", "β", "internal covariate shift", "disputed"),
    "ko": ("배치 정규화(batch normalization)", "활성화 함수 앞", "γ", "β", "내부 공변량 변화", "논쟁 중"),
}


@pytest.mark.parametrize("lang", TERMS)
def test_the_look_names_its_ideas_in_24_rows(lang):
    drawn = formats.render("text", look(), View(Terminal(width=80, height=24, lang=lang)))
    text = " ".join(drawn.split())
    assert [term for term in TERMS[lang] if term not in text] == []
    assert drawn.count("\n") <= 24
