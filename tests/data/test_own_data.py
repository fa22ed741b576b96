"""Every lesson on the learner's own rows, beside scikit-learn or a hand calculation on the same rows."""

import csv
import io

import numpy as np
import pytest
from refused import refused
from sklearn.datasets import load_breast_cancer, load_diabetes, load_iris
from sklearn.linear_model import Lasso, LinearRegression, Ridge
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from small import SIZES

import mlbasics
from mlbasics import words
from mlbasics.data import read
from mlbasics.formats import View
from mlbasics.kit import Table, draws
from mlbasics.kit.params import fill
from mlbasics.lessons import bias_variance, uat
from mlbasics.lessons.bias_variance.sampling import OwnRows
from mlbasics.lessons.uat.experiment import source
from mlbasics.render.terminal import Terminal

QUICK = {"problems": 100}
LESSONS = {
    "overfit": {},
    "bias-variance": {"degrees": "0:3"},
    "regularization": QUICK,
    "uat": {"neurons": 10},
}


@pytest.fixture
def table(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    rng = np.random.default_rng(0)
    x = rng.uniform(-5, 20, 80)
    y = 1000 + 300 * np.sin(x / 4) + 20 * rng.standard_normal(80)
    path = tmp_path / "table.csv"
    path.write_text(
        "hour,load\n" + "".join(f"{a!r},{b!r}\n" for a, b in zip(x.tolist(), y.tolist(), strict=True))
    )
    return "table.csv", x, y


@pytest.mark.parametrize("lesson", LESSONS)
@pytest.mark.parametrize("lang", ["en", "ko"])
def test_every_lesson_shows_the_learners_rows_and_says_where_they_are_from(lesson, lang, table):
    path, _, _ = table
    run = mlbasics.run(lesson, data=path, **LESSONS[lesson])
    text = run.render("text", View(Terminal(lang=lang), more=True))
    assert "table.csv" in text.replace("\n", "")
    assert "nan" not in text
    assert run.result.origin.rows == 80
    assert text.count(f"mlbasics {lesson} --data {path} --") >= 2


TABLES = {lesson: ("sklearn:diabetes", given) for lesson, given in LESSONS.items()} | {
    "classes": ("sklearn:breast_cancer", {"task": "classification"}),
    "batchnorm": ("sklearn:iris", SIZES["batchnorm"]),
}


@pytest.mark.parametrize("case", TABLES)
def test_no_table_has_a_column_of_dashes(case):
    data, given = TABLES[case]
    report = mlbasics.run("overfit" if case == "classes" else case, data=data, **given).report
    tables = [block for block in (*report.look, *report.more) if isinstance(block, Table)]
    assert tables
    for table in tables:
        for column, cells in zip(
            table.columns, zip(*(row.cells for row in table.rows), strict=True), strict=True
        ):
            assert not all(cell is None or cell != cell for cell in cells), (table.id, column.name)


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_sentence_says_what_is_not_known(lesson, table):
    if lesson in ("overfit", "uat", "regularization"):  # whose claims are about these rows
        return
    claims = mlbasics.run(lesson, data=table[0], **LESSONS[lesson]).to_dict()["claims"]
    reasons = [claim["evidence"].get("reason", "") for claim in claims if claim["holds"] is None]
    assert words.load("en")["because.own-data"].strip("()") in " ".join(reasons)


@pytest.mark.parametrize(("penalty", "model"), [("lasso", Lasso), ("ridge", Ridge)])
def test_weights_on_the_bundled_diabetes_data_equal_scikit_learns(penalty, model):
    X, y = load_diabetes(return_X_y=True)
    chosen = getattr(
        mlbasics.run("regularization", data="sklearn:diabetes", lam=2.5, **QUICK).result.chosen, penalty
    )
    theirs = model(alpha=2.5, tol=1e-14, max_iter=10**6) if penalty == "lasso" else model(alpha=2.5 * len(y))
    scaled = make_pipeline(StandardScaler(), theirs).fit(X, y)
    expected = scaled[-1].coef_ / scaled[0].scale_
    np.testing.assert_allclose(chosen.coef, expected, rtol=0, atol=1e-8 * np.abs(expected).max())


def test_on_a_table_with_known_answers_screen_json_and_csv_agree(tmp_path):
    rng = np.random.default_rng(1)
    size, rooms = rng.uniform(20, 200, 60), rng.integers(1, 6, 60)
    price = 3 * size - 10 * rooms + 50
    path = tmp_path / "homes.csv"
    rows = zip(size.tolist(), rooms.tolist(), price.tolist(), strict=True)
    path.write_text("size,rooms,price\n" + "".join(f"{a!r},{b},{c!r}\n" for a, b, c in rows))
    run = mlbasics.run("regularization", data=str(path), y="price", **QUICK)
    document = run.to_dict()["result"]
    assert document["features"] == ["size", "rooms"]
    np.testing.assert_allclose(document["unpenalized"]["coef"], [3, -10], rtol=1e-9)
    told = list(csv.reader(io.StringIO(run.render("csv", View(Terminal(), table="weights")))))
    assert [row[0] for row in told[1:]] == ["size", "rooms"]
    assert float(told[1][1]) == document["unpenalized"]["coef"][0]
    assert float(told[2][3]) == document["chosen"]["lasso"]["coef"][1]
    lines = [line.split() for line in run.render("text", View(more=True)).split("\n")]
    assert next(line for line in lines if line[:1] == ["size"])[1] == "3"
    assert next(line for line in lines if line[:1] == ["rooms"])[1] == "-10"


def test_errors_of_own_rows_equal_scikit_learns_on_the_same_split(table):
    path, x, y = table
    result = mlbasics.run("overfit", data=path, max_degree=6, n_train=30).result
    trained = np.abs(x[:, None] - result.train.x).min(axis=1) < 1e-9
    u = 2 * (x - x.min()) / np.ptp(x) - 1
    assert trained.sum() == 30
    for degree in range(7):
        columns = np.polynomial.legendre.legvander(u, degree)
        model = LinearRegression(fit_intercept=False, tol=0).fit(columns[trained], y[trained])
        wrong = np.square(model.predict(columns) - y)
        assert result.train_mse[degree] == pytest.approx(wrong[trained].mean(), rel=1e-8)
        assert result.test_mse[degree] == pytest.approx(wrong[~trained].mean(), rel=1e-8)


def test_classes_of_own_rows_are_labeled_as_scikit_learn_does():
    bundle = load_breast_cancer()
    X, label = bundle.data[:, :2], bundle.target == 0
    result = mlbasics.run("overfit", task="classification", data="sklearn:breast_cancer", n_train=100).result
    assert result.classes == ["benign", "malignant"]
    scaled = (X - X.min(axis=0)) / np.ptp(X, axis=0)
    points = np.column_stack([result.points.x1, result.points.x2])
    trained = np.array([np.abs(X - p).sum(axis=1).argmin() for p in points])
    np.testing.assert_array_equal(label[trained], result.points.label)
    for k in (5, 11):
        model = KNeighborsClassifier(k).fit(scaled[trained], result.points.label)
        assert result.train_error[k - 1] == np.mean(model.predict(scaled[trained]) != result.points.label)


def test_three_classes_of_own_rows_are_labeled_as_scikit_learn_does():
    bundle = load_iris()
    X = bundle.data[:, :2]
    result = mlbasics.run("overfit", task="classification", data="sklearn:iris", seed=3).result
    assert result.classes == ["setosa", "versicolor", "virginica"]
    assert set(np.unique(result.regions[1])) == {0, 1, 2}
    points = np.column_stack([result.points.x1, result.points.x2])
    trained = np.array([np.abs(X - p).sum(axis=1).argmin() for p in points])
    scaled = (X - X.min(axis=0)) / np.ptp(X, axis=0)
    for k in (1, 7, 40):
        model = KNeighborsClassifier(k, algorithm="brute").fit(scaled[trained], result.points.label)
        wrong = model.predict(scaled[trained]) != result.points.label
        assert result.train_error[k - 1] == pytest.approx(wrong.mean(), abs=0.02)  # equal distances


def test_bootstrap_terms_equal_a_plain_loop_over_the_same_samples(table):
    path, _, _ = table
    given = {"data": path, "degrees": "1,2", "trials": 40, "n_train": 30, "seed": 0}
    result = mlbasics.run("bias-variance", **given).result
    rows = OwnRows(fill(bias_variance.Params, given), read(path))
    sets = rows.draw(30, 40, draws(np.random.default_rng(0), "inputs"))
    for i, degree in enumerate((1, 2)):
        fits = [np.polynomial.Polynomial.fit(a, b, degree) for a, b in zip(sets.x, sets.y, strict=True)]
        predictions = np.array([fit(rows.nodes) for fit in fits])
        variance = predictions.var(axis=0, ddof=1).mean()
        naive = np.square(predictions.mean(axis=0) - rows.y).mean()
        assert result.variance[i] == pytest.approx(variance, rel=1e-8)
        assert result.bias2[i] == pytest.approx(naive - variance / 40, rel=1e-8)
        squared = np.square(predictions - rows.y)
        left_out = [e[o].mean() for e, o in zip(squared, sets.out, strict=True)]
        assert result.oob_mse[i] == pytest.approx(np.mean(left_out))


def test_the_curve_goes_through_the_points_in_order_and_averages_those_of_equal_x(tmp_path):
    path = tmp_path / "curve.csv"
    path.write_text("t,v\n3,1\n1,5\n2,0\n2,4\n")
    followed = source(fill(uat.Params, {}), read(str(path)))
    np.testing.assert_array_equal(followed.survey.points, [1, 2, 3])
    np.testing.assert_array_equal(followed.f(np.array([1, 1.5, 2, 3])), [5, 3.5, 2, 1])
    assert np.isnan(followed.f(np.array([0.9, 3.1]))).all()


def test_deep_networks_train_on_a_table_with_a_class_column():
    small = {"layers": 2, "units": 16, "learning_rates": "0.03,0.1", "epochs": 3}
    run = mlbasics.run("batchnorm", data="sklearn:iris", **small)
    assert run.result.guessing == pytest.approx(np.log(3), rel=0.02)  # of the classes as they are
    assert run.result.origin.y == "target"
    assert np.nanmax(run.result.with_.test_accuracy) > 0.8
    assert "sklearn:iris" in run.to_text().replace("\n", "")
    assert "mlbasics batchnorm --data sklearn:iris --" in run.to_text()
    all_at_once = mlbasics.run("batchnorm", data="sklearn:iris", batch_size=500, **small)
    assert all_at_once.result.batch == 75
    with refused("data.classes", wanted="2–50"):
        mlbasics.run("batchnorm", data="sklearn:diabetes", y="target", **small)


def test_of_150_rows_enough_are_left_to_test_deep_networks_on():
    claims = mlbasics.run("batchnorm", data="sklearn:iris").to_dict()["claims"]
    assert None not in [claim["holds"] for claim in claims]


def test_options_that_exclude_data_say_so(table):
    with refused("error.either", option="--function", other="--data"):
        mlbasics.run("uat", data=table[0], function="x")
    with refused("error.either", option="--noise", other="--data"):
        mlbasics.run("bias-variance", data=table[0], noise=0.5)
    with refused("error.alone", option="--x", other="--data"):
        mlbasics.run("overfit", x="hour")
    with refused("data.classes", given=214):
        mlbasics.run("overfit", task="classification", data="sklearn:diabetes", y="target")
