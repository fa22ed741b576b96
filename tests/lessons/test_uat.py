import itertools
import math

import finished
import numpy as np
import pytest
from sklearn.neural_network import MLPRegressor

import mlbasics
from mlbasics import formats, lessons, runs
from mlbasics.formats.view import View
from mlbasics.kit import formula, no_tick
from mlbasics.kit.targets import TARGETS
from mlbasics.lessons.uat import Params
from mlbasics.lessons.uat.questions import QUESTIONS
from mlbasics.posing import pose
from mlbasics.render.terminal import Terminal


def look(**given):
    """Run no more than the look shows."""
    return runs.run("uat", no_tick, False, **given)


def result(**given):
    return look(**given).result


def whole(**given):
    return finished.run("uat", **given).result


def verdicts(**given):
    return {claim.id: claim.holds for claim in finished.run("uat", **given).claims}


def test_every_claim_holds_and_all_but_training_rests_on_nothing_random():
    full, *others = [mlbasics.run("uat", seed=0), *(look(seed=seed) for seed in range(1, 8))]
    assert all(claim.holds for run in (full, *others) for claim in run.claims)
    steps = [[c for c in run.claims if c.id != "training-has-to-find"] for run in others]
    assert all(claims == steps[0] for claims in steps)
    assert len({run.result.training.sup_error[0] for run in others}) == 7


@pytest.mark.parametrize("given", [{}, {"method": "trained", "neurons": 9}, {"target": "step"}], ids=str)
def test_the_look_says_what_the_whole_run_says(given):
    headlines = [claim for claim in mlbasics.run("uat", **given).claims if claim.headline]
    assert look(**given).claims == headlines
    assert len(headlines) == 3


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
    by = result(target="sin").widths
    for n, error in zip(by.neurons, by.sup_error, strict=True):
        assert n < 10 or error <= 4 / n


@pytest.mark.parametrize("target", [name for name in TARGETS if name != "step"])
def test_continuous_targets_are_met_within_005_by_300_steps(target):
    ours = result(target=target, neurons=300)
    assert ours.sup_error < 0.05
    assert target == "constant" or ours.slope == pytest.approx(-1, abs=0.15)
    cell = 1 / (np.array(ours.widths.neurons) + 1)
    assert (np.array(ours.widths.sup_error) <= 1.001 * ours.lipschitz * cell + 1e-12).all()


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
    assert ours.sup_error <= ours.lipschitz * 5 / 101


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("1e200*x", "x = "),
        ("1/x", "x = 0[.]"),
        ("log(x - 0.5)", "x = 0[.]"),
        ("1/(x - 1)", "x = 1[.]"),
        ("1/(x - 0.30025)", "x = 0.3[.]"),
        ("log(abs(x - 0.3))", "x = 0.3[.]"),
        ("tan(pi*x)", "x = 0.5[.]"),
    ],
)
def test_a_formula_that_is_not_finite_says_where(text, place):
    with pytest.raises(mlbasics.InputError, match=place):
        mlbasics.run("uat", function=text)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (
            {"activation": "linear"},
            {
                "follows-the-curve": False,
                "rate-is-one-over-n": False,
                "training-has-to-find": False,
                "steps-from-steepness": False,
            },
        ),
        (
            {"target": "step"},
            {
                "follows-the-curve": False,
                "rate-is-one-over-n": False,
                "training-has-to-find": False,
                "jump-resists": True,
            },
        ),
        ({"activation": "relu"}, {"follows-the-curve": True, "steps-from-steepness": False}),
        ({"neurons": 1}, {"follows-the-curve": False, "training-has-to-find": True}),
        ({"target": "line"}, {"follows-the-curve": True, "training-has-to-find": None}),
        ({"function": "3"}, {"training-has-to-find": None, "lost-outside": False}),
        ({"method": "least-squares"}, {"rate-is-one-over-n": None}),
        ({"steepness": 3}, {"follows-the-curve": False, "rate-is-one-over-n": False}),
        ({"function": "sqrt(x)"}, {"lost-outside": False}),
        ({"function": "1000 + sin(6*x)"}, {"follows-the-curve": True}),
        ({"function": "x + 3e4"}, {"follows-the-curve": True, "rate-is-one-over-n": True}),
    ],
)
def test_claims_answer_honestly_when_settings_defeat_them(given, expected):
    held = verdicts(**given)
    assert {claim: held[claim] for claim in expected} == expected


def test_999_steps_are_no_better_than_1000():
    """Where errors were taken at 2001 fixed points, these fell on the middles of cells: 0.0020 for 0.0074."""
    errors = {n: result(neurons=n) for n in (998, 999, 1000)}
    assert errors[999].sup_error == pytest.approx(errors[1000].sup_error, rel=0.01)
    assert errors[999].rms_error == pytest.approx(errors[998].rms_error, rel=0.01)
    assert errors[999].sup_error == pytest.approx(0.00747, rel=0.01)


def test_a_spike_between_points_is_seen_measured_and_drawn():
    ours = result(function="exp(-((x-0.30025)/0.0001)**2)")
    assert ours.sup_error == pytest.approx(1, rel=0.01)
    assert ours.lipschitz == pytest.approx(np.sqrt(2 / np.e) / 1e-4, rel=0.01)
    assert ours.curves.target.max() > 0.99


def test_a_fast_wave_is_missed_by_twice_its_height():
    ours = result(function="sin(2000*pi*x)")
    assert ours.sup_error == pytest.approx(2, rel=0.01)
    assert ours.lipschitz == pytest.approx(2000 * np.pi, rel=0.01)


def test_the_points_of_a_table_give_slope_and_errors_exactly(tmp_path):
    rng = np.random.default_rng(0)
    x, y = np.sort(rng.random(60)), rng.standard_normal(60)
    path = tmp_path / "points.csv"
    path.write_text("x,y\n" + "".join(f"{a!r},{b!r}\n" for a, b in zip(x.tolist(), y.tolist(), strict=True)))
    ours = result(data=str(path))
    assert ours.lipschitz == pytest.approx(abs(np.diff(y) / np.diff(x)).max())
    at = rng.uniform(x[0], x[-1], 100_000)
    z = np.outer(at, ours.weights.W1) + ours.weights.b1
    with np.errstate(over="ignore"):
        network = (1 / (1 + np.exp(-z))) @ ours.weights.W2 + ours.weights.b2
    error = abs(network - np.interp(at, x, y))
    assert ours.sup_error == pytest.approx(error.max(), rel=0.01)
    assert ours.rms_error == pytest.approx(np.sqrt(np.mean(error**2)), rel=0.01)


def test_more_steps_are_the_same_training_gone_on():
    """Of the same random weights: what the look says of 10 and 100 steps, the table of 1,000 continues."""
    ours = whole(neurons=20)
    assert ours.training.steps + ours.long_training.steps == [10, 100, 1000]
    assert ours.long_training.losses[:101] == ours.training.losses
    assert all(b <= a for a, b in itertools.pairwise(ours.long_training.losses))
    assert ours.long_training.sup_error[0] < ours.training.sup_error[1] < ours.training.sup_error[0]


def test_one_hidden_layer_is_all_there_is():
    """The network that is drawn is the sum of its neurons, one by one, from the weights in the JSON."""
    for given in ({}, {"activation": "relu"}, {"method": "trained"}, {"function": "x + 3e4"}):
        ours = result(**given)
        w, act = (
            ours.weights,
            {"sigmoid": lambda z: 0.5 + 0.5 * math.tanh(z / 2), "relu": lambda z: max(z, 0)},
        )
        f = act[ours.activation]
        neurons = list(zip(w.W1, w.b1, w.W2, strict=True))
        sums = [math.fsum([w.b2, *(v * f(a * x + b) for a, b, v in neurons)]) for x in ours.curves.x]
        np.testing.assert_allclose(ours.curves.network, sums, rtol=1e-12, atol=1e-11)


def drawn(run, neurons=None):
    """Return the series of the hero by what they show."""
    plot = (run.dial.look if neurons is None else run.dial.frame(neurons)).heroes[0].plots[0]
    return plot, {series.label.key.removeprefix("series."): series for series in plot.series}


@pytest.mark.parametrize("activation", ["sigmoid", "tanh"])
def test_bumps_are_as_high_as_the_target_in_the_middle_of_each(activation):
    run = look(activation=activation, interval="0 2", neurons=16)
    for n in (1, 2, 16, 50):
        _, series = drawn(run, n)
        edges, heights = np.array(series["bumps"].x), np.array(series["bumps"].y)
        middles = (edges[1:] + edges[:-1]) / 2
        assert len(heights) == n + 1
        np.testing.assert_allclose(np.diff(edges), 2 / (n + 1))
        np.testing.assert_allclose(heights, 4 * middles * (1 - middles) * np.cos(25 * middles))


@pytest.mark.parametrize("given", [{"activation": "relu"}, {"method": "trained"}, {"steepness": 3}], ids=str)
def test_there_are_no_bumps_where_none_are_made(given):
    plot, series = drawn(look(neurons=10, **given))
    assert "bumps" not in series
    assert not plot.title.key.endswith("bumps")


def test_the_network_lies_over_the_target_and_a_thousand_bumps_are_drawn_as_fewer():
    plot, series = drawn(look(neurons=1000))
    assert plot.series[-2:] == [series["target"], series["network"]]
    assert series["target"].role == "truth"
    assert len(series["bumps"].y) == 400
    x = (np.arange(400) + 0.5) / 400
    np.testing.assert_allclose(series["bumps"].y, 4 * x * (1 - x) * np.cos(25 * x), atol=0.05)


def test_linear_neurons_are_drawn_as_lines():
    """No step is shown for them: not of one neuron, not of two, not of all."""
    run = look(activation="linear")
    _, one, two = run.dial.look.heroes[0].plots
    for series in (*one.series, *two.series[1:], drawn(run)[1]["network"]):
        np.testing.assert_allclose(np.interp(0.3, series.x, series.y), 0.7 * series.y[0] + 0.3 * series.y[-1])


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_the_look_fits_a_small_terminal_at_any_number_of_neurons(lang):
    for n in (1, 2, 16, 50, 300):
        screen = View(Terminal(80, None, False, lang, height=24))
        assert len(formats.render("text", look(neurons=n), screen).splitlines()) <= 24


def test_every_position_of_the_dial_can_be_said():
    words = lessons.words("uat", "en")
    run = look(neurons=7)
    assert run.dial.positions == [1, 2, 5, 7, 10, 20, 50, 100, 200]
    assert run.dial.positions[run.dial.default] == 7
    for frame in run.dial.frames:
        assert words.say(frame.caption)


VARIED = [
    *({"target": name} for name in TARGETS),
    *({"target": name, "method": "trained", "neurons": 9} for name in ("sin", "step", "runge")),
    *({"target": name, "method": "least-squares"} for name in ("abs", "step", "line")),
    *({"activation": name} for name in ("tanh", "relu", "linear")),
    *({"activation": name, "method": "trained", "neurons": 5} for name in ("tanh", "relu", "linear")),
    *({"steepness": k} for k in (1e-3, 3, 60, 1e4, 1e9)),
    *({"target": "step", "steepness": k} for k in (3, 1e9)),
    *({"interval": ends} for ends in ("1e6 1000000.001", "-1e12 1e12", "0 1e-12")),
    *(
        {"function": text}
        for text in (
            "0**x", "x**0.1", "sin(2000*pi*x)", "exp(-((x-0.30025)/0.0001)**2)", "exp(230*x)", "floor(9*x)",
            "tanh(1e20*(x-.3))", "1/(x + 1e-9)", "sin(300*x) + sign(x - .4)", "1000 + x",
        )
    ),
]  # fmt: skip


@pytest.mark.parametrize("given", VARIED, ids=str)
def test_a_claim_that_does_not_hold_says_why(given):
    claims = mlbasics.run("uat", **given).claims
    assert all(claim.holds or claim.reason is not None for claim in claims)


@pytest.mark.parametrize(
    ("given", "claim", "holds", "reason"),
    [
        ({"steepness": 3}, "jump-resists", False, "steepness"),
        ({"function": "sin(3000*x) + sign(x - .4)"}, "jump-resists", False, "too-fine"),
        ({"function": "0**x"}, "jump-resists", None, "lone-point"),
        ({"function": "sin(2000*pi*x)"}, "rate-is-one-over-n", False, "wide-steps"),
        ({"target": "step"}, "rate-is-one-over-n", False, "half-jump"),
        ({"function": "x**0.1"}, "rate-is-one-over-n", False, "jump"),
        ({"function": "x + 0.01*sign(x - .3)"}, "rate-is-one-over-n", False, "half-jump"),
        ({"activation": "relu"}, "rate-is-one-over-n", None, "not-steps"),
        ({"activation": "relu"}, "steps-from-steepness", False, "no-step"),
        ({"neurons": 3}, "follows-the-curve", False, "few-neurons"),
        ({"function": "sin(2000*pi*x)", "neurons": 300}, "follows-the-curve", False, "too-fine"),
        ({"target": "step"}, "follows-the-curve", False, "half-jump"),
        ({"steepness": 3}, "follows-the-curve", False, "steepness"),
        ({"target": "line"}, "training-has-to-find", None, "found"),
        ({"function": "sin(99*x)"}, "training-has-to-find", False, "hard"),
        ({"function": "3"}, "training-has-to-find", None, "exact"),
        ({"neurons": 2}, "lost-outside", False, "coarse"),
        ({"function": "arctan(9*x)", "interval": "-5 5", "neurons": 500}, "lost-outside", False, "flat"),
    ],
)
def test_the_reason_is_the_true_one(given, claim, holds, reason):
    found = {c.id: c for c in mlbasics.run("uat", **given).claims}[claim]
    assert found.holds is holds
    assert found.reason.key == f"because.{reason}"


@pytest.mark.parametrize(
    "given",
    [
        {"neurons": 1},
        {"neurons": 1, "activation": "relu"},
        {"neurons": 1, "method": "trained"},
        {"neurons": 100_000},
        {"interval": "0 1e-6"},
        {"interval": "0 1e6", "target": "sin"},
        {"interval": "1e6 1000001"},
        {"steepness": 1e9},
        {"steepness": 1e-3},
        {"function": "0"},
        {"function": "0**x"},
        {"function": "1e-320*x"},
        {"function": "1e-320*x", "method": "trained", "neurons": 3},
        {"function": "1e80*x"},
        {"function": "exp(230*x)"},
        {"function": "log(x+1e-300)", "interval": "0 1e-12", "activation": "relu"},
        {
            "function": "cosh(x)*1e80",
            "interval": "0 1e-12",
            "method": "trained",
            "neurons": 5,
        },
        {"function": "x", "interval": "-1e12 1e12", "activation": "linear"},
        {"function": "x", "interval": "-1e12 1e12", "method": "trained", "neurons": 3},
    ],
)
def test_extreme_settings_give_a_sensible_screen(given):
    text = mlbasics.run("uat", **given).to_text()
    assert "nan" not in text.replace("nanometre", "")
    assert "inf" not in text.replace("infinitely", "")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"method": "trained", "neurons": 101}, "--neurons.*100.*--method trained"),
        ({"interval": "1 0"}, "--interval .*'1 0'"),
        ({"interval": "0 nan"}, "--interval .*'0 nan'"),
        ({"interval": (1e6, 1e6 + 1e-6)}, "--interval "),
        ({"interval": "5"}, "--interval .*'5'"),
    ],
)
def test_what_cannot_be_met_gets_one_sentence(given, said):
    with pytest.raises(mlbasics.InputError, match=said):
        mlbasics.run("uat", **given)


@pytest.mark.parametrize(("x", "y"), [(1, 1e99), (1, 1e-200), (1e-200, 1), (1e99, 1), (1, 1e-310)])
def test_tables_of_tiny_and_huge_numbers(tmp_path, x, y):
    path = tmp_path / "points.csv"
    path.write_text("x,y\n" + "".join(f"{x * i / 20!r},{y * (i % 7)!r}\n" for i in range(21)))
    run = mlbasics.run("uat", data=str(path), neurons=50)
    assert run.result.sup_error / y == pytest.approx(0.79656, rel=1e-4)
    assert "nan" not in run.to_text()


def test_a_table_whose_x_hardly_differ_gets_one_sentence(tmp_path):
    path = tmp_path / "points.csv"
    path.write_text("x,y\n1000000,1\n1000000.000000001,2\n")
    with pytest.raises(mlbasics.InputError, match="column 'x'"):
        mlbasics.run("uat", data=str(path))


def test_a_formula_and_too_many_neurons_are_refused_before_anything_runs():
    for given in ({"function": "x +"}, {"method": "trained", "neurons": 101}):
        with pytest.raises(mlbasics.InputError):
            Params(**given)


def asked(name, seed):
    """Return a question about a run of a seed."""
    found = next(one for one in QUESTIONS if one.id == name)
    return pose("uat", found, seed, {})


@pytest.mark.parametrize("seed", range(8))
def test_answers_are_those_of_networks_built_by_hand(seed):
    """Steps at the edges of equal cells, from the middle of one to the middle of the next."""

    def off(f, n, x):
        edges = np.arange(1, n + 1) / (n + 1)
        heights = f((np.arange(n + 1) + 0.5) / (n + 1))
        with np.errstate(over="ignore"):
            steps = 1 / (1 + np.exp(-20 * (n + 1) * (x[:, None] - edges)))
        return abs(heights[0] + steps @ np.diff(heights) - f(x))

    x = np.linspace(0, 1, 20_001) + 1e-9
    one = asked("more-neurons", seed).question
    run = asked("more-neurons", seed).run
    f = formula.read(run.params.function)
    assert one.answer.truth == pytest.approx(off(f, one.values["many"], x).max(), rel=0.02)
    one, run = asked("largest-error", seed).question, asked("largest-error", seed).run
    f = formula.read(run.params.function)
    assert one.answer.right(float(x[off(f, run.params.neurons, x).argmax()]))
    one, run = asked("at-a-jump", seed).question, asked("at-a-jump", seed).run
    f = formula.read(run.params.function)
    assert one.answer.truth == pytest.approx(off(f, 200, x).max(), rel=0.03)
    one = asked("next-weight", seed).question
    total = np.array(one.figures(None)[0].series[0].y)
    assert one.answer.truth == pytest.approx(total[-1] - total[200], abs=1e-6)


@pytest.mark.parametrize(
    "given",
    [{"neurons": 3}, {"neurons": 1, "target": "sin"}, {"neurons": 2, "activation": "relu"},
     {"neurons": 2, "method": "trained"}, {"neurons": 4, "function": "sin(40*x)"}],
    ids=str,
)  # fmt: skip
def test_advice_that_is_followed_changes_the_verdict(given):
    claim = look(**given).claims[0]
    assert claim.reason.key == "because.few-neurons"
    assert look(**given | {"neurons": claim.reason.values["enough"]}).claims[0].holds


@pytest.mark.parametrize(
    ("lang", "terms"),
    [
        ("en", ["Universal approximation theorem", "sigmoid", "hidden layer", "continuous", "step", "bump"]),
        (
            "ko",
            [
                "보편 근사 정리(universal approximation theorem)",
                "시그모이드",
                "은닉층",
                "연속",
                "계단",
                "봉우리",
            ],
        ),
    ],
)
def test_the_look_names_its_ideas(lang, terms):
    screen = formats.render("text", look(), View(Terminal(80, None, False, lang, height=24)))
    assert [term for term in terms if term not in screen.replace("\n", " ")] == []
