import hashlib
from dataclasses import replace

import finished
import numpy as np
import pytest
from sklearn.linear_model import LinearRegression

import mlbasics
from mlbasics.formats.view import View
from mlbasics.kit import draws, no_tick
from mlbasics.kit.params import fill
from mlbasics.kit.targets import unit_curve
from mlbasics.lessons import bias_variance
from mlbasics.lessons.bias_variance import experiment
from mlbasics.lessons.bias_variance.experiment import family, fits
from mlbasics.lessons.bias_variance.figures import caption
from mlbasics.lessons.bias_variance.questions import QUESTIONS
from mlbasics.lessons.bias_variance.sampling import KnownTruth
from mlbasics.numerics.decomposition import Errors
from mlbasics.numerics.learners import Networks
from mlbasics.posing import pose
from mlbasics.render.terminal import Terminal
from mlbasics.runs import run

SEEDS = 6


def sine(x):
    return np.sin(2 * np.pi * x)


def result(**given):
    return finished.run("bias-variance", **given).result


def verdicts(**given):
    return {claim.id: claim.holds for claim in finished.run("bias-variance", **given).claims}


def reasons(**given):
    return {c.id: c.reason and c.reason.key for c in finished.run("bias-variance", **given).claims}


def test_every_claim_holds_at_the_defaults():
    held = [verdicts(seed=seed) for seed in range(SEEDS)]
    counts = {claim: sum(h[claim] is True for h in held) for claim in held[0]}
    assert set(counts.values()) == {SEEDS}, counts  # 200 of 200, each, on seeds 3000 to 3199


def test_two_points_of_a_sine_are_those_of_the_book():
    """Abu-Mostafa, Magdon-Ismail, Lin, "Learning From Data" (2012), example 2.8: n = 2 and no noise."""
    wave = {"function": "sin(pi*(2*x - 1))", "n_train": 2, "noise": 0, "design": "random"}
    ours = result(degrees="0,1", trials=20_000, **wave)
    for i, (bias2, variance) in enumerate([(0.5, 0.25), (0.2067, 1.676)]):
        assert ours.bias2[i] == pytest.approx(bias2, abs=3 * ours.se.bias2[i] + 1e-4)
        assert ours.variance[i] == pytest.approx(variance, abs=3 * ours.se.variance[i] + 1e-3)


def closed(degree, n, noise, f=sine):
    """Bias² and variance of least squares at fixed inputs, by the hat matrix; nothing of ours."""
    x, grid = (np.arange(n) + 0.5) / n, np.linspace(0, 1, 4001)
    columns, at = (np.polynomial.legendre.legvander(2 * v - 1, degree) for v in (x, grid))
    smoother = at @ np.linalg.pinv(columns)
    bias2 = np.square(smoother @ f(x) - f(grid))
    return np.trapezoid(bias2, grid), noise**2 * np.trapezoid(np.square(smoother).sum(axis=1), grid)


def test_measured_terms_are_the_closed_forms_within_their_standard_errors():
    """Over 40 seeds the distances from the truth spread by one standard error, or less where there is no bias."""
    runs = [result(degrees="1,3,8", seed=seed, trials=100) for seed in range(40)]
    for i, degree in enumerate((1, 3, 8)):
        for name, truth in zip(("bias2", "variance"), closed(degree, 20, 0.25), strict=True):
            z = np.array([(getattr(r, name)[i] - truth) / getattr(r.se, name)[i] for r in runs])
            assert abs(z.mean()) < 4 / 40**0.5
            assert z.std() < 1.4


def sets_of(params):
    own = draws(np.random.default_rng(params.seed), "inputs", "noise", "weights")
    source, learners = KnownTruth(params), family(params, own["weights"])
    return source, [s for s, _ in fits(source, learners, params.n_train, params.trials, own)]


def test_the_terms_equal_a_plain_loop_on_the_same_draws():
    given = {"degrees": "0,2,6", "n_train": 30, "trials": 50}
    ours = result(**given)
    source, ((x, y, _),) = sets_of(fill(bias_variance.Params, given))
    for i, degree in enumerate((0, 2, 6)):
        columns, at = (np.polynomial.legendre.legvander(2 * v - 1, degree) for v in (x[0], source.nodes))
        fits = np.array([LinearRegression(fit_intercept=False, tol=0).fit(columns, t).predict(at) for t in y])
        variance = fits.var(axis=0, ddof=1)
        bias2 = (fits.mean(axis=0) - sine(source.nodes)) ** 2 - variance / 50
        assert ours.variance[i] == pytest.approx(variance @ source.weights, rel=1e-8)
        assert ours.bias2[i] == pytest.approx(bias2 @ source.weights, rel=1e-8)


UNRELATED = (
    {"degrees": "0:40"}, {"degrees": "3"}, {"family": "knn"}, {"family": "knn", "neighbors": "1"},
    {"family": "ridge", "lambdas": "0.1"}, {"family": "mlp"}, {"family": "mlp", "widths": "1"},
)  # fmt: skip


def untrained(networks, x, y, new):
    return np.zeros((len(y), len(networks.complexities), len(new)))


def data(**given):
    """The training sets of a seed, hashed; families make them in blocks of their own."""
    _, sets = sets_of(fill(bias_variance.Params, given))
    y = np.concatenate([s.y for s in sets])
    x = np.concatenate([np.broadcast_to(s.x, s.y.shape) for s in sets])
    return hashlib.sha256(x.tobytes() + y.tobytes()).hexdigest(), y


@pytest.mark.parametrize("design", ["fixed", "random"])
def test_no_unrelated_option_moves_the_data_of_a_seed(design, monkeypatch):
    monkeypatch.setattr(Networks, "predict", untrained)
    given = {"design": design, "n_train": 30, "trials": 60}
    assert len({data(**given, **other)[0] for other in ({}, *UNRELATED)}) == 1
    np.testing.assert_array_equal(data(**given | {"trials": 90})[1][:60], data(**given)[1])
    noisier = data(**given | {"noise": 0.5})[1] - data(**given | {"noise": 0})[1]
    plain = data(**given)[1] - data(**given | {"noise": 0})[1]
    np.testing.assert_allclose(noisier, 2 * plain, atol=1e-12)


def test_more_degrees_and_other_blocks_leave_the_numbers_of_a_degree(monkeypatch):
    few = result(degrees="0:12", trials=1000, design="random")
    many = result(degrees="0:20", trials=1000, design="random")
    monkeypatch.setattr(experiment, "BLOCK", 50_000)
    blocks = mlbasics.run("bias-variance", degrees="0:12", trials=1000, design="random").result  # made anew
    for other in (many, blocks):
        for name in ("bias2", "variance"):
            np.testing.assert_allclose(getattr(other, name)[:9], getattr(few, name)[:9], rtol=1e-7)
        np.testing.assert_allclose(
            other.se.variance[:9], few.se.variance[:9], rtol=0.1
        )  # about a block's mean
        np.testing.assert_array_equal(other.shares.worse[:9], few.shares.worse[:9])


def test_random_inputs_and_high_degrees_show_their_tail():
    run = mlbasics.run("bias-variance", design="random")
    heavy = run.result.heavy_tail
    assert {8, 10, 12} <= set(heavy)
    assert not {0, 1} & set(heavy)
    assert f"at {heavy[0]:g}, " in run.render("text", View(Terminal(200), more=True))
    assert (run.result.total < 1e4).all()  # of medians: the mean of degree 12 is 40 000 000 000
    assert not result().heavy_tail


def test_a_heavy_tail_hides_no_headline():
    for seed in range(4):
        held = verdicts(design="random", seed=seed)
        assert held.pop("bias-falls") is None  # a mean that says nothing
        assert set(held.values()) == {True}, held


def test_few_sets_are_not_judged():
    assert set(verdicts(trials=29).values()) == {None}
    assert set(verdicts(trials=30).values()) == {True}


def test_shares_are_those_of_a_plain_count():
    ours = result(trials=60, degrees="1,3,12")
    wrong = np.square(ours.fits - ours.truth) @ KnownTruth(fill(bias_variance.Params, {})).weights + 0.25**2
    assert ours.best == 3
    for i in range(3):
        assert ours.shares.worse[i] == np.mean(wrong[:, i] > wrong[:, 1])
        assert ours.shares.tenth_worse[i] == np.mean(wrong[:, i] > 1.1 * wrong[:, 1])


@pytest.mark.parametrize(
    ("given", "claim", "reason"),
    [
        ({"n_train": 2, "degrees": "0,1", "noise": 0.1}, "bias-falls", "other-way"),
        ({"degrees": "1,2"}, "bias-falls", "same"),
        ({"noise": 0}, "variance-grows", "no-variance"),
        ({"noise": 0, "design": "random", "degrees": "0,3"}, "variance-grows", "other-way"),
        ({"noise": 0}, "sweet-spot-inside", "no-variance"),
        ({"target": "constant"}, "sweet-spot-inside", "simplest-best"),
        ({"target": "bumps", "n_train": 30, "noise": 0.3}, "sweet-spot-inside", "most-complex-best"),
        ({"n_train": 4}, "sweet-spot-inside", "tie"),
        ({"degrees": "4,5,6"}, "too-simple-is-biased", "hardly-worse.bias2"),
        ({"n_train": 300}, "too-free-varies", "hardly-worse.variance"),
        ({"noise": 0}, "too-free-varies", "no-variance"),
        ({"target": "bumps"}, "too-free-varies", "mostly-other"),
    ],
)
def test_a_false_claim_has_its_own_reason(given, claim, reason):
    assert verdicts(**given)[claim] is False
    assert reasons(**given)[claim] == f"because.{reason}"


WALK = [
    {"family": "knn"}, {"family": "ridge"}, {"family": "mlp", "widths": "1,2"}, {"target": "cosine"},
    {"target": "line"}, {"target": "runge"}, {"target": "step"}, {"target": "abs"}, {"target": "bumps"},
    {"n_train": 10, "degrees": "0:9"}, {"n_train": 100}, {"noise": 1}, {"noise": 10}, {"noise": 100},
    {"design": "random"}, {"design": "random", "family": "knn"}, {"design": "random", "degrees": "0:5"},
    {"trials": 2}, {"trials": 400, "degrees": "0:5"}, {"degrees": "3"}, {"degrees": "3,12"}, {"n_train": 2},
    {"n_train": 3}, {"n_train": 5, "family": "knn"}, {"target": "constant", "noise": 0},
    {"noise": 0, "target": "runge", "n_train": 12, "degrees": "0:11"}, {"family": "ridge", "lambdas": "1,10"},
    {"family": "ridge", "lambdas": "1e-12,1e6"}, {"family": "knn", "neighbors": "20"}, {"degrees": "0:29"},
    {"degrees": "5:12"}, {"degrees": "4:40", "n_train": 60, "noise": 2}, {"function": "exp(x)"},
    {"function": "0"}, {"function": "1e6*sin(7*x)"}, {"function": "1e-6*sin(7*x)", "noise": 1e-7},
    {"function": "1e49*x"}, {"design": "random", "n_train": 5, "degrees": "0:4"},
    {"design": "random", "n_train": 13}, {"design": "random", "target": "constant"},
]  # fmt: skip


def test_whatever_is_not_true_says_why():
    assert len(WALK) == 40
    for given in WALK:
        for claim in mlbasics.run("bias-variance", **{"trials": 40} | given).claims:
            assert claim.reason is not None or claim.holds is True, (given, claim)
            assert not claim.holds or claim.reason is None


@pytest.mark.parametrize("family", ["polynomial", "knn", "ridge", "mlp"])
@pytest.mark.parametrize(
    "given",
    [
        {"n_train": 2, "trials": 2},
        {"noise": 0, "trials": 3},
        {"noise": 50, "n_train": 3},
        {"target": "step"},
        {"design": "random", "n_train": 4},
    ],
)
def test_extreme_settings_give_a_sensible_screen(family, given):
    text = mlbasics.run(
        "bias-variance", **{"family": family, "widths": "1,2", "trials": 30} | given
    ).to_text()
    assert "nan" not in text
    assert "inf" not in text


def test_neighbors_beyond_the_data_get_one_sentence():
    with pytest.raises(mlbasics.InputError, match=r"--neighbors .* 10, .*--n-train .* 5"):
        mlbasics.run("bias-variance", family="knn", neighbors="10,20", n_train=5)


def heroes(**given):
    return run("bias-variance", no_tick, False, **given).report.heroes


def captions(**given):
    fans = next(hero for hero in heroes(**given) if hasattr(hero, "plots"))
    return [plot.title.key.removeprefix("plot.fan.") for plot in fans.plots]


def test_three_fans_on_one_scale_are_captioned_by_what_was_measured():
    fans = heroes()[0]
    assert fans.share_y
    assert captions() == ["wrong", "right", "apart"]
    assert captions(n_train=300) == ["wrong", "right", "right"]
    assert captions(noise=0)[0] == "wrong"
    assert "apart" not in captions(noise=0)
    assert captions(design="random")[-1] == "complexity.polynomial"  # a mean that says nothing has no caption
    for plot in fans.plots:
        truth, *fits, mean = plot.series  # each over those before it
        assert len(fits) == 5
        assert truth.role == "truth"
        np.testing.assert_allclose(truth.y, sine(np.array(truth.x)), atol=1e-12)
        assert len(mean.x) == len(truth.x)


def test_a_caption_leaves_open_what_is_near_the_line_between():
    ours = result(degrees="3")  # the truth varies by 1/2 over x: far is more than 1/32

    def said(bias2, variance):
        terms = {"bias2": np.array([bias2]), "variance": np.array([variance])}
        told = caption(replace(ours, **terms, se=Errors(np.array([1e-4]), np.array([1e-4]))), 0)
        return told and told.key.removeprefix("plot.fan.")

    assert [said(*terms) for terms in ((0.1, 0), (0, 0.1), (0, 0))] == ["wrong", "apart", "right"]
    assert said(0.1, 0.1) is said(1 / 32, 0) is None


def test_the_stack_adds_up_to_the_error_and_its_mark_hangs_over_the_best():
    _, stack = heroes()
    layers = [series for series in stack.series if series.kind == "stack"]
    error = np.array([sum(closed(degree, 20, 0.25)) for degree in range(13)]) + 0.25**2
    np.testing.assert_allclose(np.sum([layer.y for layer in layers], axis=0), error, rtol=0.2)
    assert stack.y_range[0] == 0
    assert not stack.log_y
    (mark,) = (series for series in stack.series if series.label.key == "series.best")
    assert set(mark.x) == {int(error.argmin())}


def table(**given):
    return run("bias-variance", no_tick, False, **given).report.table


def test_the_bars_are_as_long_as_the_errors_and_made_of_their_parts():
    rows = table().rows
    parts = np.array([[row.cells[2].count(fill) for fill in "░▒▓"] for row in rows])
    for row, i in zip(rows, (1, 3, 12), strict=True):
        assert row.cells[1] == pytest.approx(sum(closed(i, 20, 0.25)) + 0.25**2, rel=0.2)
    errors = np.array([row.cells[1] for row in rows])
    np.testing.assert_allclose(parts.sum(axis=1), errors / errors.max() * parts.sum(axis=1).max(), atol=1)
    assert [row.role for row in rows] == ["low", "plain", "high"]
    np.testing.assert_allclose(parts[:, 0], 0.25**2 / errors.max() * parts.sum(axis=1).max(), atol=1)


def test_a_bar_that_is_cut_says_so():
    cut = [row.cells[2].endswith("→") for row in table(design="random", degrees="0:20").rows]
    assert cut == [False, False, True]


def test_networks_have_a_line_beside_them_on_the_same_sets():
    given = {"family": "mlp", "trials": 60, "widths": "1,3,5"}
    run, line = finished.run("bias-variance", **given), result(degrees="1", trials=60)
    assert run.result.complexity == [0, 1, 3, 5]
    for term in ("bias2", "variance"):
        assert getattr(run.result, term)[0] == pytest.approx(getattr(line, term)[0], rel=1e-9)
    names = [plot.title.values.get("name", plot.title) for plot in heroes(**given)[0].plots]
    assert [name.key for name in names] == ["complexity.linear", "complexity.mlp"]
    assert names[1].values == {"value": run.result.best}
    held = {c.id: c.holds for c in run.claims if c.headline}
    ids = ("linear-more-biased-than-mlp", "mlp-varies-more", "too-simple-is-biased")
    assert held == dict.fromkeys(ids, True)
    assert "degree" not in run.render("text", View(Terminal(100), more=True)).split("Try next")[0]


def test_the_error_in_between_is_compared_with_the_models_that_are_drawn():
    run = finished.run("bias-variance")
    (claim,) = (c for c in run.claims if c.id == "sweet-spot-inside")
    told = [claim.evidence[name] for name in ("simplest_total", "total", "most_complex_total")]
    assert told == pytest.approx([row.cells[1] for row in table().rows], rel=0.01)  # no bar is below zero


DIABETES = {"data": "sklearn:diabetes", "x": "bmi", "y": "target"}


@pytest.mark.parametrize(
    ("given", "claim", "reason", "advice"),
    [
        ({"design": "random"}, "bias-falls", "heavy-tail", {"degrees": "0:4"}),
        (DIABETES, "bias-falls", "heavy-tail", {"degrees": "0,1"}),
        ({"noise": 10}, "bias-falls", "few-trials", {"trials": 5000}),
        ({"trials": 2}, "variance-grows", "few-sets", {"trials": 30}),
        ({"degrees": "4,5,6", "trials": 30}, "sweet-spot-inside", "close", {"trials": 2000}),
        (
            {"degrees": "3,4,5,6", "n_train": 18, "trials": 60},
            "too-free-varies",
            "few-trials",
            {"trials": 9999},
        ),
    ],
)
def test_advice_that_is_followed_changes_the_verdict(given, claim, reason, advice):
    assert reasons(**given)[claim] == f"because.{reason}"
    assert verdicts(**given)[claim] is None
    assert reasons(**given | advice)[claim] != f"because.{reason}"


@pytest.mark.parametrize(
    ("given", "claim", "reason"),
    [
        ({"degrees": "3"}, "bias-falls", "one-complexity"),
        ({"degrees": "0,1"}, "sweet-spot-inside", "few-complexities"),
        ({"noise": 10}, "too-simple-is-biased", "none-simpler"),
        ({"target": "bumps", "n_train": 30}, "too-free-varies", "none-freer"),
        ({"target": "line", "degrees": "1:5"}, "bias-falls", "no-bias"),
        (DIABETES, "too-simple-is-biased", "own-data"),
    ],
)
def test_every_other_reason_is_reached(given, claim, reason):
    assert reasons(**given)[claim] == f"because.{reason}"
    assert verdicts(**given)[claim] is None


def test_headlines_on_own_rows_are_about_these_rows():
    held = {c.id: c.holds for c in finished.run("bias-variance", **DIABETES).claims if c.headline}
    assert held == dict.fromkeys(("too-free-varies", "sweet-spot-inside", "variance-grows"), True)


def test_targets_that_are_all_the_same_leave_nothing_to_tell(tmp_path):
    path = tmp_path / "constant.csv"
    path.write_text("x,y\n" + "".join(f"{i / 3:.2f},5\n" for i in range(30)))
    run = mlbasics.run("bias-variance", data=str(path))
    assert {c.reason.key for c in run.claims} == {"because.constant-y", "because.own-data"}
    assert not run.result.variance.any()
    assert "\u2013" not in run.to_text().split("Try:")[0]


def test_what_the_arithmetic_leaves_is_nothing():
    """Without noise the variance is that of rounding: 1e-48."""
    ours = result(noise=0)
    assert ours.variance.tolist() == ours.se.bias2.tolist() == ours.se.variance.tolist() == [0] * 13


def test_on_own_rows_what_is_owed_to_variance_is_measured_where_the_error_is(tmp_path):
    """On the rows left out: on all, most of which each sample holds, the fits vary far less than they err."""
    rng = np.random.default_rng(0)
    x = rng.random(24)
    rows = zip(x, 2 * x + 0.5 * rng.standard_normal(24), strict=True)
    path = tmp_path / "line.csv"
    path.write_text("x,y\n" + "".join(f"{a},{b}\n" for a, b in rows))
    held = [verdicts(data=str(path), degrees="0:9", seed=seed)["too-free-varies"] for seed in range(4)]
    assert held == [True] * 4


def posed(name, seed):
    (asked,) = (one for one in QUESTIONS if one.id == name)
    return pose("bias-variance", asked, seed, {})


@pytest.mark.parametrize("seed", range(3))
def test_answers_are_those_of_the_closed_forms(seed):
    def terms(params, degree, n):
        return closed(degree, n, params.noise, unit_curve(params))

    more, small = posed("more-data", seed), posed("both-small", seed)
    params = more.run.params
    expected = sum(terms(params, params.degrees[0], 4 * params.n_train)) + params.noise**2
    assert more.question.answer.truth == pytest.approx(expected, rel=0.2)
    bound = small.question.values["bound"]
    larger = [max(terms(small.run.params, degree, 30)) for degree in range(13)]
    assert small.right(small.question.answer.truth)
    assert larger[small.question.answer.truth] < 1.1 * bound
    assert not any(small.right(degree) for degree in range(13) if larger[degree] > 1.2 * bound)


@pytest.mark.parametrize("seed", range(3))
def test_letters_are_of_the_fits_they_stand_for(seed):
    one = posed("which-is-which", seed)
    (panels,) = one.figures("ABC")
    truth = dict(zip(one.question.answer.truth, ("wrong", "apart", "right"), strict=True))
    for letter, plot in zip("ABC", panels.plots, strict=True):
        assert plot.title.values["letter"] == letter
        assert plot.title.values["name"].key == f"plot.fan.{truth[letter]}"
    assert [p.title.key for p in one.figures(None)[0].plots] == ["picture.asked"] * 3
