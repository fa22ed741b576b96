import numpy as np
import pytest
from sklearn.neural_network import MLPRegressor

import mlbasics
from mlbasics.kit.targets import TARGETS


def result(**given):
    return mlbasics.run("uat", **given).result


def verdicts(**given):
    return {claim.id: claim.holds for claim in mlbasics.run("uat", **given).claims}


def test_every_claim_holds_on_198_of_200_seeds():
    held = [verdicts(seed=seed) for seed in range(200)]
    counts = {claim: sum(h[claim] is True for h in held) for claim in held[0]}
    assert all(count >= 198 for count in counts.values()), counts


@pytest.mark.parametrize("method", ["steps", "least-squares", "trained"])
@pytest.mark.parametrize(
    ("activation", "theirs"), [("sigmoid", "logistic"), ("tanh", "tanh"), ("relu", "relu")]
)
def test_the_weights_are_the_network_for_numpy_and_for_scikit_learn(method, activation, theirs):
    ours = result(method=method, activation=activation, neurons=20, interval="-1 2")
    w, x = ours.weights, ours.curves.x
    z = np.outer(x, w.W1) + w.b1
    plain = {"sigmoid": lambda z: 1 / (1 + np.exp(-z)), "tanh": np.tanh, "relu": lambda z: np.maximum(z, 0)}
    with np.errstate(over="ignore"):
        np.testing.assert_allclose(plain[activation](z) @ w.W2 + w.b2, ours.curves.network, atol=1e-10)
    model = MLPRegressor(hidden_layer_sizes=(20,), activation=theirs).partial_fit(
        x[:, None], ours.curves.target
    )
    model.coefs_, model.intercepts_ = [w.W1[None], w.W2[:, None]], [w.b1, np.array([w.b2])]
    np.testing.assert_allclose(model.predict(x[:, None]), ours.curves.network, atol=1e-10)


def test_the_sup_error_of_the_sine_is_at_most_4_over_n():
    by = result(target="sin").by_width
    for n, error in zip(by.neurons, by.sup_error, strict=True):
        assert n < 10 or error <= 4 / n


@pytest.mark.parametrize("target", [name for name in TARGETS if name != "step"])
def test_continuous_targets_are_met_within_005_by_300_steps(target):
    ours = result(target=target, neurons=300)
    assert ours.sup_error < 0.05
    assert ours.slope == pytest.approx(-1, abs=0.15)
    assert all(
        error <= bound for error, bound in zip(ours.by_width.sup_error, ours.by_width.bound, strict=True)
    )


def test_training_reaches_a_lower_error_than_scikit_learns_lbfgs():
    ours = result(method="trained", neurons=30)
    x = np.linspace(0, 1, 200)[:, None]
    y = 4 * x[:, 0] * (1 - x[:, 0]) * np.cos(25 * x[:, 0])
    theirs = MLPRegressor(
        hidden_layer_sizes=(30,), activation="logistic", solver="lbfgs", random_state=0
    ).fit(x, y)
    assert ours.rms_error < np.sqrt(np.mean((theirs.predict(x) - y) ** 2)) / 10


def test_a_formula_of_ones_own_on_ones_own_interval():
    ours = result(function="exp(-x)*x**2", interval="0 5", neurons=100)
    np.testing.assert_allclose(ours.curves.target, np.exp(-ours.curves.x) * ours.curves.x**2)
    assert ours.sup_error <= ours.bound


@pytest.mark.parametrize(
    ("text", "place"),
    [("1e200*x", "x = 5.0e-4;"), ("1/x", "x = 0;"), ("log(x - 0.5)", "x = 0;"), ("1/(x - 1)", "x = 1;")],
)
def test_a_formula_that_is_not_finite_says_where(text, place):
    with pytest.raises(mlbasics.InputError, match=place):
        mlbasics.run("uat", function=text)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (
            {"activation": "linear"},
            {"error-falls-with-width": False, "rate-is-one-over-n": None, "linear-cannot": True},
        ),
        ({"target": "step"}, {"rate-is-one-over-n": None, "within-bound": None, "jump-resists": True}),
        ({"function": "2*x + 1"}, {"linear-cannot": False}),
        ({"function": "3"}, {"error-falls-with-width": None, "lost-outside": False, "linear-cannot": False}),
        ({"method": "least-squares"}, {"rate-is-one-over-n": None, "within-bound": None}),
        ({"steepness": 3}, {"within-bound": None, "error-falls-with-width": False}),
        ({"max_neurons": 1}, {"error-falls-with-width": None, "rate-is-one-over-n": None}),
        ({"function": "sqrt(x)"}, {"lost-outside": False, "within-bound": None}),
    ],
)
def test_claims_answer_honestly_when_settings_defeat_them(given, expected):
    held = verdicts(**given)
    assert {claim: held[claim] for claim in expected} == expected


@pytest.mark.parametrize(
    "given",
    [
        {"neurons": 1},
        {"neurons": 1, "activation": "relu"},
        {"neurons": 1, "method": "trained"},
        {"neurons": 100_000, "max_neurons": 10},
        {"interval": "0 1e-6"},
        {"interval": "0 1e6", "target": "sin"},
        {"interval": "1e6 1000001"},
        {"steepness": 1e9},
        {"steepness": 1e-3},
        {"max_neurons": 1},
        {"function": "0"},
    ],
)
def test_extreme_settings_give_a_sensible_screen(given):
    text = mlbasics.run("uat", **given).to_text()
    assert "nan" not in text.replace("nanometre", "")
    assert "inf" not in text.replace("infinitely", "")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (
            {"method": "trained", "neurons": 101},
            "--neurons is 101; with --method trained it takes at most 100.",
        ),
        ({"interval": "1 0"}, "--interval is '1 0'; it takes two numbers, the second larger"),
        ({"interval": "0 nan"}, "--interval is '0 nan'"),
        ({"interval": (1e6, 1e6 + 1e-6)}, "--interval is"),
        ({"interval": "5"}, "--interval is '5'"),
    ],
)
def test_what_cannot_be_met_gets_one_sentence(given, sentence):
    with pytest.raises(mlbasics.InputError) as error:
        mlbasics.run("uat", **given)
    assert str(error.value).startswith(sentence)
