import math
from dataclasses import replace

import numpy as np
import pytest

import mlbasics
from mlbasics.kit.params import fill
from mlbasics.lessons.batchnorm import Params
from mlbasics.lessons.batchnorm.simulate import study_of
from mlbasics.lessons.batchnorm.source import source
from mlbasics.numerics.closeup import close_up

SMALL = {"layers": 2, "units": 8, "learning_rates": "0.01,0.1", "epochs": 1}


def result(**given):
    return mlbasics.run("batchnorm", **given).result


def verdicts(**given):
    return {claim.id: claim.holds for claim in mlbasics.run("batchnorm", **given).claims}


def study(**given):
    params = fill(Params, SMALL | given)
    return study_of(params, source(params, None), np.random.default_rng(0))


def test_every_claim_holds_on_19_of_20_seeds():
    held = [verdicts(seed=seed) for seed in range(20)]
    counts = {claim: sum(h[claim] is True for h in held) for claim in held[0]}
    assert all(count >= 19 for count in counts.values()), counts


def test_the_worked_example_can_be_checked_by_hand():
    example = result(**SMALL).worked_example
    x = [round(v, 2) for v in example.x]
    assert x == example.x.tolist()
    mean = sum(x) / len(x)
    var = sum((v - mean) ** 2 for v in x) / len(x)
    assert (example.mean, example.var) == pytest.approx((mean, var), rel=1e-12)
    hats = [(v - mean) / math.sqrt(var + example.eps) for v in x]
    np.testing.assert_allclose(example.normalised, hats, rtol=1e-10)
    np.testing.assert_allclose(example.output, [example.gamma * h + example.beta for h in hats], rtol=1e-9)
    running = math.sqrt(example.running_var + example.eps)
    expected = [example.gamma * (v - example.running_mean) / running + example.beta for v in x]
    np.testing.assert_allclose(example.at_inference, expected, rtol=1e-10)


def test_the_network_looked_at_closely_is_the_one_of_the_sweep():
    one = study(learning_rates="0.1")
    assert close_up(one, 0.1).network.accuracy(*one.data[2:])[0] == one.sweep().test_accuracy[0]


def test_the_loss_along_the_gradient_agrees_with_the_gradients_own_prediction_for_small_steps():
    seen = close_up(study().placed("none"), 1e-4)  # a rate so small that the loss falls in a line
    assert np.median(seen.smoothness.gradient_change) < 0.01
    assert (seen.smoothness.loss_range > 0).all()


def test_a_network_that_does_not_learn_does_not_shift():
    still, shaken = close_up(study(), 1e-12), close_up(replace(study(), noise=0.5), 1e-12)
    assert still.drift.farthest.max() < 1e-4
    # a shift from U(-1/2, 1/2) and a scale from U(1, 5/4), fresh at each step: √(2/12 + 2/192) of a spread
    # near 1, taken at scales of 9/8 on average
    assert shaken.drift.per_step.mean() == pytest.approx(math.sqrt(2 / 12 + 2 / 192) / (9 / 8), rel=0.1)


def test_batch_norm_after_the_activation_is_trained_too_and_both_are_told():
    before, after = result(**SMALL), result(**SMALL, placement="after")
    np.testing.assert_array_equal(before.placement["after"].final_loss, after.with_.final_loss)
    np.testing.assert_array_equal(after.placement["before"].final_loss, before.with_.final_loss)
    assert (before.with_.final_loss != after.with_.final_loss).all()


def test_diverged_rates_are_null_in_json_and_named_on_the_screen():
    run = mlbasics.run("batchnorm", learning_rates="0.01,1000", epochs=1)
    told = run.to_dict()["result"]
    assert told["without"]["diverged"] == [False, True]
    assert told["without"]["final_loss"][1] is None
    assert "diverged" in run.to_text()
    assert "발산" in run.to_text(lang="ko")


def test_the_json_has_the_names_of_the_contract():
    told = mlbasics.run("batchnorm", **SMALL).to_dict()["result"]
    assert {"worked_example", "learning_rates", "without", "with", "shift", "placement", "batch_size", "noisy",
            "gradient_predictiveness"} <= set(told)  # fmt: skip
    assert {"x", "mean", "var", "normalised", "output", "gamma", "beta", "eps"} <= set(told["worked_example"])
    sweep = {"final_loss", "test_accuracy", "diverged", "largest_rate", "steps_to_loss", "loss_curve"}
    assert sweep <= set(told["with"])
    assert {"mean", "std"} <= set(told["shift"]["with"])
    assert set(told["shift"]["by_layer"]) == {"without", "with", "noisy"}
    assert [b["size"] for b in told["batch_size"]] == [2, 8, 64]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"placement": "none"}, {"inputs-drift": None, "normalised": None, "trains-faster": None}),
        ({"activation": "sigmoid"}, {"larger-learning-rate": None, "smoother-loss": False}),
        ({"layers": 1}, {"deep-sigmoid-stuck-without": False, "larger-learning-rate": False}),
        ({"noisy": 0}, {"shift-is-not-the-whole-story": None, "trains-faster": True}),
        ({"noisy": 5}, {"shift-is-not-the-whole-story": False}),
        ({"learning_rates": "0.01"}, {"larger-learning-rate": False}),
        ({"learning_rates": "1e6"}, {"normalised": None, "inputs-drift": None, "trains-faster": None}),
        ({"epochs": 1, "batch_size": 1536}, {"inputs-drift": None, "trains-faster": None}),
    ],
)
def test_claims_answer_honestly_when_settings_defeat_them(given, expected):
    run = mlbasics.run("batchnorm", **given)
    held = {claim.id: claim.holds for claim in run.claims}
    assert {claim: held[claim] for claim in expected} == expected
    assert all(claim.reason is not None for claim in run.claims if claim.holds is not True)


@pytest.mark.parametrize(
    "given",
    [
        {"layers": 1},
        {"layers": 30, "epochs": 1},
        {"units": 1},
        {"batch_size": 2, "epochs": 1, "layers": 2, "units": 4},
        {"batch_size": 1536},
        {"learning_rates": "1e6"},
        {"learning_rates": "1e-6", "epochs": 1},
        {"noisy": 100, "epochs": 1},
        {"placement": "after", "units": 1, "epochs": 1},
    ],
)
def test_extreme_settings_give_a_sensible_screen(given):
    for lang in ("en", "ko"):
        text = mlbasics.run("batchnorm", **given).to_text(lang=lang)
        words = text.replace("(", " ").replace(",", " ").split()
        assert not {"nan", "inf", "-inf", "None"} & set(words)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"batch_size": 1}, "--batch-size is '1'; it takes a whole number from 2 to 1536."),
        ({"batch_size": 5000}, "--batch-size is '5000'; it takes a whole number from 2 to 1536."),
        ({"layers": 0}, "--layers is '0'; it takes a whole number from 1 to 50."),
        ({"learning_rates": "0"}, "--learning-rates is '0'"),
    ],
)
def test_what_cannot_be_met_gets_one_sentence(given, sentence):
    with pytest.raises(mlbasics.InputError) as error:
        mlbasics.run("batchnorm", **given)
    assert str(error.value).startswith(sentence)
