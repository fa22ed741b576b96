"""The HTML page in a real browser: its dial turns, nothing is fetched, everything is visible on a phone and on paper."""

import re
from pathlib import Path

import numpy as np
import pytest
from browser import BROWSER, Browser
from finished import run

import mlbasics
from mlbasics.formats import View
from mlbasics.kit import Panels
from mlbasics.render.terminal import Terminal
from mlbasics.words import languages

pytestmark = pytest.mark.skipif(BROWSER is None, reason="needs Chromium (apt-get install chromium)")

LESSONS = mlbasics.lesson_names()
SEEN = """(() => {
  const box = e => (({left, right, top, bottom}) => [left, right, top, bottom])(e.getBoundingClientRect())
  const all = what => [...document.querySelectorAll(what)].filter(e => e.getClientRects().length)
  return {
    width: innerWidth, scrolls: document.documentElement.scrollWidth,
    plots: all("figure > svg").map(box),
    drawn: all("figure > svg").map(e => Math.max(0, ...[...e.querySelectorAll("path")].map(g => g.getBoundingClientRect().width))),
    letters: all("figure > svg text").map(e => e.getBoundingClientRect().height),
    tables: all("table").map(e => [box(e), box(e.parentElement), e.parentElement.scrollWidth - e.parentElement.clientWidth]),
    cells: all("td, th").map(e => e.getBoundingClientRect().height),
    words: all("h1, h2, h3, p, li, figcaption, dt, dd, button, input, output").map(box),
  }
})()"""
DRAWN = """[...document.querySelectorAll(".player figure :is(path, text)")].filter(e => e.getClientRects().length)
  .map(e => e.getAttribute("d") || e.textContent + e.getAttribute("x"))"""
POSITION = "document.querySelector('output').value"


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    browser = Browser(tmp_path_factory.mktemp("profile"))
    yield browser
    browser.close()


@pytest.fixture
def address(tmp_path):
    """What writes a page to a file, and returns where a browser finds it."""

    def written(page):
        file = tmp_path / "page.html"
        file.write_text(page, "utf-8")
        return file.as_uri()

    return written


@pytest.fixture
def overfit(address):
    return address(run("overfit").render("html"))


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("lesson", LESSONS)
def test_everything_is_visible_and_nothing_is_fetched(browser, address, lesson, language, width):
    written = run(lesson).render("html", View(Terminal(lang=language)))
    assert len(written.encode()) < 400_000
    with browser.page(address(written), width) as page:
        page.eval("document.querySelectorAll('details').forEach(e => { e.open = true })")
        shown = page.eval(SEEN)
        assert page.console() == []
        assert page.requests() == []
    assert shown["width"] == width
    assert shown["scrolls"] <= width, "the page itself scrolls sideways"
    for left, right, top, bottom in shown["plots"]:
        assert 0 <= left < right <= width
        assert right - left > (250 if width > 500 else 150)
        assert bottom - top > 100
    assert min(shown["drawn"], default=51) > 50
    assert min(shown["letters"], default=10) > 9
    assert len(shown["tables"]) == written.count("<table>")
    for (left, right, top, bottom), (outer_left, outer_right, *_), beyond in shown["tables"]:
        assert 0 <= left < right
        assert bottom > top
        assert 0 <= outer_left < outer_right <= width, (
            "a table too wide for the page scrolls in its own frame"
        )
        assert right <= outer_right + max(beyond, 1)
    assert min(shown["cells"], default=16) > 15
    assert all(0 <= left < right <= width and top < bottom for left, right, top, bottom in shown["words"])


def test_it_is_light_by_day_and_dark_by_night(browser, overfit):
    def brightness(page, property):
        color = page.eval(f"getComputedStyle(document.querySelector('.mlbasics')).{property}")
        return sum(map(int, re.findall(r"\d+", color)[:3])) / 3

    with browser.page(overfit) as day, browser.page(overfit, dark=True) as night:
        assert brightness(day, "backgroundColor") > 200 > 60 > brightness(day, "color")
        assert brightness(night, "color") > 200 > 60 > brightness(night, "backgroundColor")


LEAST_CONTRAST = """(() => {
  const parts = color => color.match(/[\\d.]+/g).map(Number)
  const ground = e => {
    for (; e; e = e.parentElement) {
      const [r, g, b, a = 1] = parts(getComputedStyle(e).backgroundColor)
      if (a > .5) return [r, g, b]
    }
    return [255, 255, 255]
  }
  const light = color => color.slice(0, 3).map(c => c / 255).map(c => c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + [.2126, .7152, .0722][i] * c, 0)
  const said = e => [...e.childNodes].some(node => node.nodeType === 3 && node.data.trim())
  return Math.min(...[...document.querySelectorAll(".mlbasics :is(p, td, th, b, small, i, dt, code, figcaption, h1, h2)")]
    .filter(said).map(e => [light(parts(getComputedStyle(e).color)), light(ground(e))])
    .map(([one, other]) => (Math.max(one, other) + .05) / (Math.min(one, other) + .05)))
})()"""
JUPYTER = """<body data-jp-theme-light="{light}" style="background: {ground}"><style>
.jp-RenderedHTMLCommon {{ color: {ink} }} .jp-RenderedHTMLCommon table {{ color: {ink} }}
.jp-RenderedHTMLCommon tbody tr:nth-child(odd) {{ background: {ground} }}
.jp-RenderedHTMLCommon tbody tr:nth-child(even) {{ background: {other} }}
</style><div class="jp-RenderedHTMLCommon">{run}</div></body>"""


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(
    ("light", "ground", "other", "ink"),
    [("true", "#fff", "#f5f5f5", "#000"), ("false", "#111", "#333", "#fff")],
)
def test_in_a_notebook_it_follows_the_notebook_s_theme(browser, address, light, ground, other, ink, dark):
    """As JupyterLab colors its rows, whatever the system prefers."""
    shown = JUPYTER.format(light=light, ground=ground, other=other, ink=ink, run=run("overfit")._repr_html_())
    with browser.page(address(shown), dark=dark) as page:
        assert page.eval(LEAST_CONTRAST) >= 4.5


def test_the_browser_would_have_told(browser, address):
    """A page that throws, and one that asks for a picture which its policy forbids, are seen to do so."""
    with browser.page(
        address('<script>throw "oh"</script><img src="https://example.invalid/a.png">')
    ) as page:
        assert page.requests() == ["https://example.invalid/a.png"]
        assert len(page.console()) >= 1
    forbidden = (
        run("overfit").render("html").replace("<table>", '<img src="https://example.invalid/a.png"><table>')
    )
    with browser.page(address(forbidden)) as page:
        assert any("Content Security Policy" in line for line in page.console())
    meddled = run("overfit").render("html").replace('"use strict"', "'use strict'")
    with browser.page(address(meddled)) as page:
        assert any("Content Security Policy" in line for line in page.console())
        assert page.eval("document.querySelector('.live') === null")


def moved(page, before):
    """Whether what is seen has changed, and nothing was complained of."""
    return page.eval(DRAWN) != before and page.console() == []


@pytest.mark.parametrize("focus", ["input", ".player", "button"])
def test_arrow_keys_turn_the_dial(browser, overfit, focus):
    with browser.page(overfit) as page:
        assert page.eval(POSITION) == "11"
        page.eval(f"document.querySelector('{focus}').focus({{preventScroll: true}})")
        before = page.eval(DRAWN)
        page.key("ArrowLeft")
        page.key("ArrowLeft")
        assert page.eval(POSITION) == "9"
        assert page.eval("location.hash") == "#9"
        assert moved(page, before)
        page.key("ArrowRight")
        page.key("ArrowRight")
        page.key("ArrowRight")
        assert page.eval(POSITION) == "11"
        assert page.eval(DRAWN) == before


def test_the_mouse_turns_the_dial(browser, overfit):
    with browser.page(overfit) as page:
        before, thumb = page.eval(DRAWN), "document.querySelector('input').getBoundingClientRect()"
        left, right, y = page.eval(f"[{thumb}.left, {thumb}.right, ({thumb}.top + {thumb}.bottom) / 2]")
        page.drag((right - 8, y), (left + 8, y))
        assert page.eval(POSITION) == "0"
        assert page.eval("location.hash") == "#0"
        assert moved(page, before)
        assert "0" in page.eval("document.querySelector('.caption .now').textContent")
        page.click((left + right) / 2 + 9, y)
        assert page.eval(POSITION) == "6"


def test_a_click_on_the_picture_lets_the_keys_turn_it(browser, overfit):
    with browser.page(overfit) as page:
        figure = "document.querySelector('.player svg').getBoundingClientRect()"
        page.click(*page.eval(f"[{figure}.left + 100, {figure}.top + 100]"))
        page.key("ArrowLeft")
        assert page.eval(POSITION) == "10"


def test_play_goes_to_the_end_and_stops(browser, overfit):
    with browser.page(overfit + "#6") as page:
        assert page.eval(POSITION) == "6"
        press = "document.querySelector('button').click()"
        before, label = page.eval(DRAWN), page.eval("document.querySelector('button').textContent")
        page.eval(press)
        assert page.eval("document.querySelector('button').textContent") != label
        page.until(f"{POSITION} === '11'")
        assert page.eval("document.querySelector('button').textContent") == label
        assert page.eval("location.hash") == "#11"
        assert moved(page, before)
        page.eval(press)  # from the end it starts over
        page.until(f"{POSITION} === '2'")
        page.eval(press)
        assert page.eval("document.querySelector('.playing') === null")
        assert page.eval("location.hash") == f"#{page.eval(POSITION)}"


@pytest.mark.parametrize(
    ("hash", "position"), [("#3", "3"), ("#0", "0"), ("#99", "11"), ("#x", "11"), ("#%", "11")]
)
def test_the_address_says_where_the_dial_stands(browser, overfit, hash, position):
    with browser.page(overfit + hash) as page:
        assert page.eval(POSITION) == position
        page.eval("location.hash = '#5'")
        page.until(f"{POSITION} === '5'")
        assert page.console() == []


def test_without_its_script_it_has_the_default_and_small_figures(browser, overfit):
    with browser.page(overfit) as live, browser.page(overfit, script=False) as still:
        count = "[...document.querySelectorAll('figure')].filter(e => e.checkVisibility()).length"
        live.ask("Emulation.setScriptExecutionDisabled", value=False)
        assert live.eval(count) == 2
        assert 2 + 4 <= still.eval(count) <= 2 + 6
        assert not still.eval("document.querySelector('.controls').checkVisibility()")
        assert "11" in still.eval("document.querySelector('.caption .now').textContent")


@pytest.mark.parametrize(
    ("lesson", "across", "down"), [("overfit", 0.6, 0.4), ("overfit", 0.3, 0.9), ("uat", 0.5, 0.5)]
)
def test_the_pointer_reads_a_curve_s_value(browser, address, lesson, across, down):
    one = run(lesson)
    with browser.page(address(one.render("html"))) as page:
        left, top, width, height = page.eval(
            "(r => [r.left, r.top, r.width, r.height])(document.querySelector('.player svg').getBoundingClientRect())"
        )
        page.ask(
            "Input.dispatchMouseEvent", type="mouseMoved", x=left + across * width, y=top + down * height
        )
        said = page.eval("document.querySelector('.reading').textContent")
        page.ask("Input.dispatchMouseEvent", type="mouseMoved", x=1, y=1)
        assert page.eval("document.querySelector('.reading') === null")
    name, x, y = re.fullmatch(r"(.*) \((\S+), (\S+)\)", said).groups()
    (plot, *_), words = Panels.of(one.dial.look.heroes[0]).plots, mlbasics.lessons.words(lesson, "en")
    (curve,) = [s for s in plot.series if words.say(s.label) == name and s.kind in ("line", "both")]
    near = np.interp([float(x) - 0.005, float(x), float(x) + 0.005], curve.x, curve.y)
    assert near.min() - 0.02 <= float(y) <= near.max() + 0.02


def test_a_command_can_be_copied(browser, overfit):
    with browser.page(overfit) as page:
        place = "document.querySelector('dd button').scrollIntoView(), (r => [r.left + 5, r.top + 5])(document.querySelector('dd button').getBoundingClientRect())"
        page.click(*page.eval(place))
        page.until("document.querySelector('dd button').textContent === 'Copied'")
        assert page.eval("getSelection().toString()") == page.eval(
            "document.querySelector('dd code').textContent"
        )


def test_on_a_phone_planes_stand_beside_each_other(browser, address):
    with browser.page(address(run("regularization").render("html")), 390) as page:
        tops = (
            "[...document.querySelectorAll('.player .plane > svg')].map(e => e.getBoundingClientRect().top)"
        )
        one, other = page.eval(tops)
        assert one == other


def test_on_paper_every_figure_is_there(browser, overfit):
    with browser.page(overfit) as page:
        figures = page.eval("document.querySelectorAll('figure').length")
        assert figures >= 2 + 4
        printed = page.pdf()  # its tags are not packed: an element, and the drawing in it
        assert printed.startswith(b"%PDF")
        assert printed.count(b"/S /Figure") == 2 * figures
        assert page.console() == []


GUESS = "document.querySelectorAll('.guess')[{}].querySelector('{}')"


@pytest.fixture
def asked(address):
    example = str(Path(__file__).parent.parent / "examples" / "gradient_descent.py")
    return address(mlbasics.run(example).render("html", View(predict=True)))


@pytest.mark.parametrize("width", [390, 1280])
def test_a_guess_by_key_uncovers_the_answer_with_both_on_one_line(browser, asked, width):
    with browser.page(asked, width) as page:
        slider, details = GUESS.format(0, "input"), GUESS.format(0, "details")
        assert page.eval(f"{details}.getClientRects().length") == 0
        page.eval(f"{slider}.focus()")
        before = page.eval(GUESS.format(0, "output") + ".value")
        page.key("ArrowRight")
        assert (
            page.eval(GUESS.format(0, "output") + ".value") != before or page.eval(f"{slider}.value") == "501"
        )
        page.eval(f"{slider}.form.requestSubmit()")
        assert page.eval(f"{details}.open") is True
        marks = page.eval(
            "[...document.querySelectorAll('.guess .strip i')].slice(0, 2).map(e => e.getBoundingClientRect().left)"
        )
        assert all(0 < mark < width for mark in marks)
        assert page.eval("document.documentElement.scrollWidth") <= width


def test_letters_by_mouse_are_judged(browser, asked):
    with browser.page(asked) as page:
        right = page.eval("document.querySelectorAll('.guess')[1].dataset.right")
        for i, letter in enumerate(right):
            page.eval(
                f"document.querySelectorAll('.guess')[1].querySelectorAll('select')[{i}].value = '{letter}'"
            )
        button = GUESS.format(1, "button")
        page.eval(f"{button}.scrollIntoView({{block: 'center'}})")
        page.click(
            *page.eval(
                f"(b => [b.left + b.width / 2, b.top + b.height / 2])({button}.getBoundingClientRect())"
            )
        )
        assert page.eval(GUESS.format(1, "output") + ".value") == f"{right} ✓"


def test_without_its_script_a_question_has_its_answer_folded(browser, asked):
    with browser.page(asked, script=False) as page:
        assert page.eval(GUESS.format(0, "details") + ".open") is False
        assert page.eval(GUESS.format(0, "details") + ".getClientRects().length") == 1
