"""The course as one page: all lessons, one outline, names that do not clash."""

import re
import subprocess
import sys
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import finished
import pytest
from browser import BROWSER, Browser
from small import SIZES

import mlbasics
from mlbasics import lessons
from mlbasics.cli.app import main
from mlbasics.formats import View
from mlbasics.formats.html import course
from mlbasics.render.terminal import Terminal
from mlbasics.words import languages, load

LESSONS = mlbasics.lesson_names()
FEW = ["--networks=1", "--trials=20", "--problems=100"]
SCRIPT = Path(sys.executable).with_name("mlbasics")


@pytest.fixture(scope="module")
def runs():
    return [finished.run(lesson, **SIZES.get(lesson, {})) for lesson in LESSONS]


@pytest.fixture(params=languages())
def page(request, runs):
    return Outline(course(runs, View(Terminal(lang=request.param))), request.param)


class Outline(HTMLParser):
    """Headings with their levels, names, links and elements of a page."""

    def __init__(self, source, language):
        super().__init__()
        self.source, self.words = source, load(language)
        self.headings, self.tags, self.ids, self.links, self.heading = [], [], [], [], None
        self.feed(source)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.tags.append(tag)
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given["href"]] if "href" in given else []
        if re.fullmatch("h[1-6]", tag):
            self.headings.append([int(tag[1]), ""])
            self.heading = self.headings[-1]

    def handle_endtag(self, tag):
        if re.fullmatch("h[1-6]", tag):
            self.heading = None

    def handle_data(self, data):
        if self.heading:
            self.heading[1] += data


def test_headings_nest_and_every_lesson_is_one(page, runs):
    levels = [level for level, _ in page.headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert page.headings[0][1] == page.words["course.title"]
    assert len([1 for level in levels if level == 2]) == len(LESSONS) == page.tags.count("article")


def test_links_lead_to_lessons_and_no_name_is_given_twice(page):
    assert page.ids == list(LESSONS)
    assert {link.removeprefix("#") for link in page.links} == set(LESSONS)
    assert [link.removeprefix("#") for link in page.links][: len(LESSONS)] == list(LESSONS)


def test_it_has_one_style_one_script_and_loads_nothing(page):
    assert page.tags.count("style") == page.tags.count("script") == 1
    assert not re.search(r"https?:|url\(|@import|\bsrc=|\bon\w+=", page.source)
    assert not {"link", "img", "iframe"} & set(page.tags)
    dials = re.findall('class="player"[^>]* data-name="([^"]+)"', page.source)
    assert len(set(dials)) == len(dials) > 0
    assert set(dials) == set(LESSONS)


def test_it_is_in_the_language_asked_for(page, runs):
    language = "ko" if "재생" in page.source else "en"
    for lesson in LESSONS:
        assert lessons.words(lesson, language)["question"] in [said for _, said in page.headings]


def test_the_command_writes_it(tmp_path):
    done = subprocess.run(
        [SCRIPT, "course", *FEW, "--lang", "ko", "-o", tmp_path / "course.html"], capture_output=True, text=True, check=True
    )  # fmt: skip
    assert done.stdout + done.stderr == ""
    page = Outline((tmp_path / "course.html").read_text("utf-8"), "ko")
    assert page.ids == list(LESSONS)
    assert "--lang ko" in page.source  # the commands to try


def test_an_option_is_for_every_lesson_that_has_it(tmp_path, monkeypatch):
    given, done = {}, {name: finished.run(name, **SIZES.get(name, {})) for name in LESSONS}

    def run(name, tick, **params):
        given[name] = params
        return done[name]

    monkeypatch.setattr(mlbasics.runs, "run", run)
    assert main(["course", "--seed", "3", "--n-train", "15", "-o", str(tmp_path / "course.html")]) == 0
    has = {name: "n_train" in lessons.find(name).Params.__dataclass_fields__ for name in LESSONS}
    assert given == {name: {"seed": "3"} | ({"n_train": "15"} if has[name] else {}) for name in LESSONS}
    assert 0 < sum(has.values()) < len(has)


def test_a_terminal_is_not_filled_with_html(monkeypatch, capsys):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert main(["course"]) == 2
    assert "-o course.html" in capsys.readouterr().err


@pytest.mark.skipif(BROWSER is None, reason="needs Chromium (apt-get install chromium)")
def test_the_address_turns_the_dial_it_names_and_no_other(runs, tmp_path):
    file = tmp_path / "course.html"
    file.write_text(course(runs, View(Terminal())), "utf-8")
    browser = Browser(tmp_path / "profile")
    positions = "Object.fromEntries([...document.querySelectorAll('.player')].map(e => [e.dataset.name, e.querySelector('output').value]))"
    try:
        with browser.page(file.as_uri(), 390) as page:
            default = page.eval(positions)
            assert page.eval("scrollY") == 0
        with browser.page(file.as_uri() + "#overfit=5", 390) as page:
            assert page.eval(positions) == default | {"overfit": "5"}
            top = page.eval("document.querySelector('.player').getBoundingClientRect().top")
            assert abs(top) < 5
            assert page.eval("document.documentElement.scrollWidth") <= 390
            page.eval("document.querySelector('nav a').click()")
            assert page.eval("location.hash") == "#overfit"
            page.eval("document.querySelector('input').focus()")
            page.key("ArrowRight")
            assert page.eval("location.hash") == "#overfit=6"
            assert page.console() == page.requests() == []
    finally:
        browser.close()
