"""Each format beside the report it tells, read back by a parser that is not ours."""

import csv
import io
import json
import math
import re
import shutil
import subprocess
import xml.etree.ElementTree as ElementTree
from functools import cache
from html.parser import HTMLParser
from itertools import accumulate
from numbers import Real
from types import SimpleNamespace

import finished
import pytest
from markdown_it import MarkdownIt

import mlbasics
from mlbasics import lessons
from mlbasics.formats import FORMATS, View, render
from mlbasics.formats.csv import headers, tables_of
from mlbasics.formats.html import article, fragment
from mlbasics.kit import Claim, Column, Dial, Frame, InputError, Panels, Plot, Row, Series, Suggestion, Table
from mlbasics.kit.report import Report
from mlbasics.render import vector
from mlbasics.render.terminal import Terminal
from mlbasics.words import Phrase, Words, languages, load

LESSONS = mlbasics.lesson_names()


@pytest.fixture(scope="module", params=LESSONS)
def run(request):
    return finished.run(request.param)


@pytest.fixture(params=languages())
def view(request):
    return View(Terminal(80, lang=request.param))


@cache
def rendered(run, name, view):
    return run.render(name, view)


def plots(report):
    shown = [block.plots if isinstance(block, Panels) else [block] for block in (*report.look, *report.more)]
    return [plot for some in shown for plot in some if isinstance(plot, Plot)]


def tables(report):
    return [block for block in (*report.look, *report.more) if isinstance(block, Table)]


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_tells_every_run_the_same_way_twice(run, name, view):
    assert run.render(name, view) == rendered(run, name, view)


@pytest.mark.parametrize("name", FORMATS)
def test_what_a_stream_without_our_characters_gets_is_ascii_in_english(run, name):
    assert run.render(name, View(Terminal(80, ascii_only=True))).isascii()


@pytest.mark.parametrize("name", FORMATS)
def test_brief_tells_the_claims_alone(run, name, view):
    whole = rendered(run, name, view)
    brief = run.render(name, View(view.terminal, brief=True))
    if name == "json":
        assert brief == whole
        return
    assert brief != whole
    told = lessons.words(run.lesson, "en" if name == "csv" else view.terminal.lang)
    assert not any(told.say(suggestion.why) in brief for suggestion in run.report.suggestions)
    seen = re.sub(r"[\\\s\xa0]|&#?\w+;|<[^>]*>", "", brief)
    for claim in run.claims:
        assert re.sub(r"[\s'\"<>&]", "", told.say(claim.statement)) in re.sub(r"['\"]", "", seen)


def test_csv_has_every_row_and_every_number_to_its_last_bit(run):
    for name, table in tables_of(run.report).items():
        head, *rows = csv.reader(io.StringIO(run.render("csv", View(table=name))))
        data = [i for i, column in enumerate(table.columns) if not column.drawn]
        assert len(set(head)) == len(head) == len(data)
        assert all(re.fullmatch("[a-z][a-z0-9]*(_[a-z0-9]+)*", one) for one in head), head
        assert len(rows) == len(table.rows)
        for cells, told in zip(
            zip(*rows, strict=True), ([r.cells[i] for r in table.rows] for i in data), strict=True
        ):
            measured = any(isinstance(value, Real) for value in told)
            for cell, value in zip(cells, told, strict=True):
                if isinstance(value, bool):
                    assert cell == str(value).lower()
                elif isinstance(value, Real) and math.isfinite(value):
                    assert float(cell) == value
                elif measured or value is None:
                    assert cell == ""


def test_csv_is_the_same_in_every_language_and_at_every_width(run):
    for name in tables_of(run.report):
        terminals = [Terminal(width, lang=lang) for lang in languages() for width in (40, 200)]
        assert len({run.render("csv", View(terminal, table=name)) for terminal in terminals}) == 1


def read_by_pandas(path):
    table = pytest.importorskip("pandas").read_csv(path)
    return list(table.columns), {name: str(kind) for name, kind in table.dtypes.items()}, len(table)


def read_by_duckdb(path):
    table = pytest.importorskip("duckdb").read_csv(str(path), header=True)
    return table.columns, dict(zip(table.columns, map(str, table.types), strict=True)), table.shape[0]


def read_by_miller(path):
    if not (miller := shutil.which("mlr")):
        pytest.skip("needs Miller (apt-get install miller)")
    done = subprocess.run(
        [miller, "--icsv", "--ojson", "cat", path], capture_output=True, text=True, check=True
    )
    rows = json.loads(done.stdout)
    kinds = {name: "".join({type(row[name]).__name__ for row in rows if row[name] != ""}) for name in rows[0]}
    return list(rows[0]), kinds, len(rows)


@pytest.mark.parametrize(
    ("reader", "numbers"),
    [
        (read_by_pandas, {"int64", "float64"}),
        (read_by_duckdb, {"BIGINT", "DOUBLE"}),
        (read_by_miller, {"int", "float", "intfloat", "floatint"}),
    ],
)
def test_csv_is_read_by_others_as_it_was_written(run, reader, numbers, tmp_path):
    for name, table in tables_of(run.report).items():
        (tmp_path / "table.csv").write_text(run.render("csv", View(table=name)), "utf-8")
        head, kinds, count = reader(tmp_path / "table.csv")
        assert head == list(headers(table.columns))
        assert count == len(table.rows)
        data = [i for i, column in enumerate(table.columns) if not column.drawn]
        for column, cells in zip(head, ([row.cells[i] for row in table.rows] for i in data), strict=True):
            if any(
                isinstance(cell, Real) and not isinstance(cell, bool) and math.isfinite(cell)
                for cell in cells
            ):
                assert kinds[column] in numbers


SIGNS = ("“x", "−1+2", "a│b", "‖w‖ ≤ 1, or “so”")


def test_ascii_is_for_texts_and_not_for_documents():
    """What stands for a sign may be one of the format's own: quotes of CSV, bars of Markdown, a formula's minus."""
    table = Table("signs", [Column("sign", "sign")], [Row((sign,)) for sign in SIGNS], Phrase("more.title"))
    report = Report(
        "overfit", Phrase("question"), [plot_of(SIGNS)], None, [table], finished.run("overfit").claims, ()
    )
    told = SimpleNamespace(lesson="overfit", report=report, claims=report.claims)
    plain = View(Terminal(ascii_only=True))
    _, *rows = csv.reader(io.StringIO(render("csv", told, plain)), strict=True)
    assert rows == [['"x'], ["'-1+2"], ["a|b"], ['|w| <= 1, or "so"']]
    tokens = MarkdownIt("commonmark").enable("table").parse(render("markdown", told, plain))
    cells = [tokens[i + 1].children for i, token in enumerate(tokens) if token.type == "td_open"]
    assert ["".join(part.content for part in cell) for cell in cells] == [
        '"x',
        "-1+2",
        "a|b",
        '|w| <= 1, or "so"',
    ]


def plot_of(names):
    return Plot("signs", [], (0, 1), (0, 1), Phrase("question"), x_names=names)


def test_csv_is_the_first_table_unless_another_is_named(run, view):
    names = list(tables_of(run.report))
    assert run.render("csv", view) == run.render("csv", View(view.terminal, table=names[0]))
    with pytest.raises(InputError, match=f"Did you mean {names[0]}"):
        run.render("csv", View(view.terminal, table=names[0] + "s"))


def test_csv_of_overfit_is_the_result():
    run = finished.run("overfit")
    _, *rows = csv.reader(io.StringIO(run.render("csv", View())))
    assert [(int(row[0]), float(row[1])) for row in rows] == list(enumerate(run.result.train_mse))
    assert len(rows) == run.params.max_degree + 1 > len(tables_of(run.report)["degrees"].shown)


def test_every_table_of_a_run_has_its_own_name(run):
    names = [table.id for table in tables(run.report)]
    assert len({*names, "claims"}) == len(names) + 1
    assert all(re.fullmatch("[a-z][a-z0-9.-]*", name) for name in names)


def test_markdown_has_the_tables_plots_and_claims(run, view):
    words, report = lessons.words(run.lesson, view.terminal.lang), run.report
    tokens = MarkdownIt("commonmark").enable("table").parse(run.render("markdown", view))
    kinds = [token.type for token in tokens]
    assert kinds.count("table_open") == len(tables(report))
    fences = [token.info for token in tokens if token.type == "fence"]
    assert fences.count("text") == len(plots(report))
    assert fences.count("sh") == len(report.suggestions) + 1  # and the next lesson
    cells = [tokens[i + 1] for i, kind in enumerate(kinds) if kind == "th_open"]
    heads = ["".join(part.content for part in cell.children) for cell in cells]
    assert heads == [words.say(c.name) for table in tables(report) for c in table.columns]
    assert kinds.count("list_item_open") == len(report.claims) + len(report.suggestions) + 1


def test_svg_shows_the_screen_and_asks_for_nothing(run, view):
    picture = run.render("svg", view)
    root = ElementTree.fromstring(picture)
    shown = "".join(
        text for node in root.iter("{http://www.w3.org/2000/svg}text") for text in node.itertext()
    )
    screen = run.to_text(80, view.terminal.lang, color="truecolor")
    drawn = r"\s|\x1b\[[\d;]*m|[\u2580-\u259f\u2800-\u28ff]"  # blocks and braille are paths, not letters
    assert re.sub(drawn, "", shown).endswith(re.sub(drawn, "", screen))
    assert re.findall(r"https?://[^\"]*|url\([^#][^)]*\)|@import|@font-face", picture) == [
        "http://www.w3.org/2000/svg"
    ]
    assert len(picture.encode()) < 150_000


class Page(HTMLParser):
    """The elements of a page, its text, and whether every one that opens also closes."""

    VOID = frozenset({"meta", "input"})

    def __init__(self, page):
        super().__init__()
        self.open, self.found, self.text = [], [], ""
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data

    def count(self, tag, **attrs):
        return sum(name == tag and attrs.items() <= given.items() for name, given in self.found)


def test_html_has_the_tables_plots_and_claims_and_loads_nothing(run, view):
    report, source = run.report, run.render("html", view)
    page = Page(source)
    assert page.count("table") == len(tables(report))
    assert page.count("tr") == sum(1 + len(table.shown) for table in tables(report))
    figures = Page(re.sub('<div class="moments">.*?</div>', "", source))  # without what only paper has
    assert figures.count("svg", role="img") == len(plots(report)) == figures.count("figure")
    assert page.count("code") == len(report.suggestions) + 1  # and the next lesson
    assert page.count("html", lang=view.terminal.lang) == page.count("main") == 1
    words = lessons.words(run.lesson, view.terminal.lang)
    assert all(words.say(claim.statement) in page.text for claim in run.claims)
    assert page.count("script") == 1
    assert page.count("input", type="range") == (run.dial is not None)
    assert not {"link", "img", "iframe"} & {tag for tag, _ in page.found}
    assert not re.search(r"https?:|url\(|@import|\b(src|href)=|\bon\w+=", source)
    assert not re.search(
        r"\b(nan|inf|None)\b", " ".join(str(given.get("d")) for tag, given in page.found if tag == "path")
    )


def test_a_dial_of_one_position_has_no_slider():
    page = Page(mlbasics.run("overfit", max_degree=0).render("html"))
    assert page.count("input") == 0
    assert page.count("figure") > 0


EVIL = '</title><script>alert("&1|`*_`")</script>'


def evil_report():
    said = Phrase("evil", {"x": EVIL})
    series = Series(said, "test", "both", [0, 1], [0, 1])
    plot = Plot("evil", [series], (0, 1), (0, 1), said, said, x_names=[EVIL, "b"])
    table = Table("evil", [Column("evil", said)], [Row((said,)), Row(((said, said),))], said)
    claims = [Claim("evil", False, {"x": 1}, said, "evil", headline) for headline in (True, False)]
    return Report("overfit", said, [plot], table, [said], claims, [Suggestion({"x": EVIL}, said)])


def evil_dial():
    said = Phrase("evil", {"x": EVIL})
    plots = [
        Plot("evil", [Series(said, "test", "line", [0, 1], [0, i])], (0, 1), (0, 1), said) for i in (1, 2)
    ]
    return Dial(said, [0, 1], 0, lambda position: Frame([plots[int(position)]], said))


def test_html_escapes_whatever_it_is_told():
    sentences = load("en").sentences | dict.fromkeys(
        ["question", "explain", "bridge", "evil", "claim.evil", "evidence.evil"], EVIL
    )
    words, report = Words(sentences), evil_report()
    still = Page(fragment(report, words))
    assert still.count("svg", **{"aria-label": EVIL}) == 1
    turning = Page(article(report, words, "", evil_dial(), course=True))
    assert turning.count("svg", **{"aria-label": EVIL}) == 3  # and two small ones
    for page in (still, turning):
        assert page.count("script") == 0
        assert page.text.count(EVIL) > 10


def coordinates(plot):
    """The points of the one line of a plot, and its frame: (points, width, height)."""
    root = ElementTree.fromstring(vector.draw(plot, load("en"), 460).svg)
    inner = root.find("svg")
    path = inner.find("g/path").get("d")
    points = []
    for run in path.split("M")[1:]:
        numbers = iter([float(number) for number in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", run)])
        steps = list(zip(numbers, numbers, strict=True))  # the first from the corner, others from one another
        points += accumulate(steps, lambda at, step: (at[0] + step[0], at[1] + step[1]))
    return points, float(inner.get("width")), float(inner.get("height"))


@pytest.mark.parametrize("log_y", [False, True])
def test_a_vector_plot_puts_values_where_they_belong(log_y):
    y_range = (0.01, 100.0) if log_y else (-2.0, 2.0)
    line = Series(Phrase("claims.title"), "high", "line", [0, 5, 10], [y_range[0], 1.0, y_range[1]])
    points, width, height = coordinates(Plot("line", [line], (0, 10), y_range, line.label, log_y=log_y))
    middle = height / 2 if log_y else height / 4
    inset = vector.INSET
    expected = [(inset, height), (width / 2, middle), (width - inset, 0)]
    assert all(math.dist(a, b) < 0.15 for a, b in zip(points, expected, strict=True))


def test_a_vector_plot_leaves_gaps_and_holds_what_is_far_outside():
    y = [0.0, math.nan, 1.0, 1e300, -math.inf]
    line = Series(Phrase("claims.title"), "high", "line", range(5), y)
    points, _, height = coordinates(Plot("line", [line], (0, 4), (0, 1), line.label))
    assert len(points) == 4
    assert all(-height - 0.1 <= y <= 2 * height + 0.1 for _, y in points)


def test_json_is_json(run, view):
    assert json.loads(run.render("json", view)) == run.to_dict()
