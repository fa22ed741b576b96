import math
from types import SimpleNamespace

import numpy as np
import pytest

import mlbasics
from mlbasics.kit.params import fill
from mlbasics.lessons.batchnorm import Params, judge
from mlbasics.lessons.batchnorm.simulate import study_of
from mlbasics.lessons.batchnorm.source import source

SMALL = {"layers": 2, "units": 8, "learning_rates": "0.01,0.1", "epochs": 1}


def run(**given):
    return mlbasics.run("batchnorm", **given)


def study(seed=0, **given):
    params = fill(Params, SMALL | given)
    return study_of(params, source(params, None), np.random.default_rng(seed))


@pytest.mark.parametrize("seed", range(3))
def test_every_claim_holds(seed):
    assert {claim.id: claim.holds for claim in run(seed=seed).claims if claim.holds is not True} == {}


VARIED = [
    ({}, {}),
    ({"seed": 1}, {}),
    ({"layers": 1}, {"inputs-drift": False, "deep-sigmoid-stuck-without": None}),
    ({"layers": 1, "units": 4}, {}),
    ({"layers": 2}, {"deep-sigmoid-stuck-without": None}),
    ({"layers": 3, "units": 16}, {}),
    ({"layers": 8}, {}),
    ({"layers": 12}, {}),
    ({"layers": 20, "units": 2}, {}),
    ({"units": 1}, {"trains-faster": None}),
    ({"units": 2}, {}),
    ({"units": 32}, {}),
    ({"activation": "tanh"}, {}),
    ({"activation": "sigmoid"}, {"larger-learning-rate": None, "smoother-loss": False}),
    ({"activation": "sigmoid", "layers": 2}, {}),
    ({"activation": "tanh", "layers": 1, "epochs": 3}, {}),
    ({"placement": "after"}, {"inputs-drift": False}),
    ({"placement": "after", "layers": 1}, {}),
    ({"placement": "after", "activation": "tanh", "units": 16}, {}),
    ({"placement": "after", "units": 1}, {}),
    ({"placement": "none"}, {"inputs-drift": None, "normalised": None, "trains-faster": None}),
    ({"placement": "none", "layers": 2}, {}),
    ({"dataset": "rings"}, {}),
    ({"dataset": "clusters"}, {}),
    ({"dataset": "clusters", "layers": 2, "units": 16}, {}),
    ({"dataset": "rings", "layers": 2, "epochs": 4}, {}),
    ({"batch_size": 4, "layers": 1, "units": 4}, {}),
    ({"batch_size": 8, "layers": 1, "units": 32}, {"trains-faster": False, "shift-is-not-the-whole-story": False}),
    ({"batch_size": 300}, {}),
    ({"batch_size": 1536}, {"inputs-drift": None, "trains-faster": None}),
    ({"learning_rates": "0.01"}, {"larger-learning-rate": None}),
    ({"learning_rates": "0.1,1"}, {}),
    ({"learning_rates": "1e6"}, {"normalised": None, "inputs-drift": None, "trains-faster": None}),
    ({"learning_rates": "1e-6"}, {"inputs-drift": False, "trains-faster": None, "smoother-loss": False}),
    ({"learning_rates": "1e-6,1e6"}, {}),
    ({"learning_rates": "100,1000"}, {}),
    ({"learning_rates": "0.01:1:20"}, {}),
    ({"learning_rates": "0.01,0.02", "layers": 2, "epochs": 2}, {}),
    ({"noisy": 0}, {"shift-is-not-the-whole-story": None}),
    ({"noisy": 100}, {}),
    ({"epochs": 6, "layers": 2, "units": 16}, {"trains-faster": True}),
]  # fmt: skip


@pytest.mark.parametrize(("given", "expected"), VARIED, ids=lambda given: str(given))
def test_claims_answer_honestly_and_the_screen_is_sensible_whatever_the_settings(given, expected):
    finished = run(**{"layers": 5, "units": 8, "epochs": 1} | given)
    held = {claim.id: claim.holds for claim in finished.claims}
    assert {claim: held[claim] for claim in expected} == expected
    assert all((claim.reason is None) == (claim.holds is True) for claim in finished.claims)
    for lang in ("en", "ko"):
        words = finished.to_text(lang=lang).replace("(", " ").replace(",", " ").split()
        assert not {"nan", "inf", "-inf", "None"} & set(words)


@pytest.mark.parametrize(
    ("rates", "without", "with_", "expected"),
    [
        ((0.1, 0.4, 1.6, 6.4), 0.1, 1.6, (True, None)),  # surely over 4 times
        ((0.1, 0.4, 1.6, 6.4), 0.1, 0.4, (None, "few-rates")),  # between 1 and 16 times
        ((0.1, 0.4, 1.6, 6.4), 0.4, 0.4, (False, "no-further")),
        ((0.1, 0.4, 1.6, 6.4), 1.6, 0.1, (False, "no-further")),
        ((0.1, 0.4, 1.6, 6.4), 6.4, 6.4, (None, "larger-rates")),
        ((0.1, 0.4, 1.6, 6.4), 1.6, 6.4, (None, "larger-rates")),
        ((0.1, 0.4, 1.6, 6.4), 0.4, 6.4, (True, None)),
        ((0.01, 10.0), 0.01, 0.01, (None, "few-rates")),  # between 0.001 and 1000 times
        ((0.01,), 0.01, 0.01, (None, "larger-rates")),
        ((0.1, 0.2, 0.4, 0.8, 1.6), 0.1, 0.4, (None, "few-rates")),  # between 2 and 8 times
        ((0.1, 0.2, 0.4, 0.8, 1.6), 0.1, 0.2, (False, "no-further")),  # at most 4 times
        ((0.1, 0.4), None, 0.4, (None, "none-trains")),
    ],
)
def test_how_much_larger_a_rate_may_be_is_said_only_where_the_rates_tried_can_tell(
    rates, without, with_, expected
):
    result = SimpleNamespace(
        learning_rates=rates,
        without=SimpleNamespace(largest_rate=without),
        with_=SimpleNamespace(largest_rate=with_),
    )
    holds, _, reason = judge.larger_learning_rate(SimpleNamespace(placement="before"), result)
    assert (holds, reason and reason.key.removeprefix("because.")) == expected


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
    ]
    for given in others:
        other = study(**given)
        for a, b in zip(plain.data, other.data, strict=True):
            assert a.tobytes() == b.tobytes()
        rows = [one.batches().ravel()[:1536] for one in (plain, other)]
        np.testing.assert_array_equal(*rows)
        if not {"units", "activation"} & set(given):
            first, second = (one.shape.layers_of(one.start([1]).theta)[0]["W"] for one in (plain, other))
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
    assert len(ends) == 2  # of the sweep, and of the details
    assert all(done <= total for done, total in ticks)


def test_the_worked_example_can_be_checked_by_hand():
    example = run(**SMALL).result.worked_example
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


def test_batch_norm_after_the_activation_is_trained_too_and_both_are_shown():
    before, after = run(**SMALL).result, run(**SMALL, placement="after").result
    np.testing.assert_array_equal(before.placement["after"].final_loss, after.with_.final_loss)
    np.testing.assert_array_equal(after.placement["before"].final_loss, before.with_.final_loss)
    assert (before.with_.final_loss != after.with_.final_loss).all()


def test_diverged_rates_are_null_in_json_and_named_on_the_screen():
    finished = run(learning_rates="0.01,1000", epochs=1)
    result = finished.to_dict()["result"]
    assert result["without"]["diverged"] == [False, True]
    assert result["without"]["final_loss"][1] is None
    assert "diverged" in finished.to_text()
    assert "발산" in finished.to_text(lang="ko")


def test_the_json_has_the_names_of_the_contract():
    result = run(**SMALL).to_dict()["result"]
    assert {"worked_example", "learning_rates", "without", "with", "shift", "placement", "batch_size", "noisy",
            "gradient_predictiveness"} <= set(result)  # fmt: skip
    assert {"x", "mean", "var", "normalised", "output", "gamma", "beta", "eps"} <= set(
        result["worked_example"]
    )
    sweep = {"final_loss", "test_accuracy", "diverged", "largest_rate", "steps_to_loss", "loss_curve"}
    assert sweep <= set(result["with"])
    assert {"mean", "std"} <= set(result["shift"]["with"])
    assert set(result["shift"]["by_layer"]) == {"without", "with", "noisy"}
    assert [b["size"] for b in result["batch_size"]] == [2, 8, 64]


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
        run(**given)
    assert str(error.value).startswith(sentence)
