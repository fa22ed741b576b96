"""The HTML page in a real browser: nothing on its console, nothing fetched, everything visible on a phone."""

import json
import re
import shutil
import subprocess

import pytest

import mlbasics
from mlbasics.formats import View
from mlbasics.render.terminal import Terminal
from mlbasics.words import languages

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(BROWSER is None, reason="needs Chromium (apt-get install chromium)")

# The page asks in its own head that nothing be loaded; here that plea is taken out, so that a request would be
# made, and seen. It is framed, because a browser's own window cannot be as narrow as a phone.
PLEA = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>\n')
HARNESS = """<!doctype html><meta charset="utf-8"><body><iframe id="frame" style="width:{width}px;height:800px;border:0">
</iframe><pre id="seen"></pre><script>
const frame = document.getElementById("frame")
frame.onload = () => {{
  const inside = frame.contentWindow, page = frame.contentDocument
  const box = e => (({{left, right, top, bottom}}) => [left, right, top, bottom])(e.getBoundingClientRect())
  const all = (what) => [...page.querySelectorAll(what)]
  document.getElementById("seen").textContent = JSON.stringify({{
    requests: inside.performance.getEntriesByType("resource").map(e => e.name),
    width: inside.innerWidth, scrolls: page.documentElement.scrollWidth,
    plots: all("figure > svg").map(box),
    drawn: all("figure > svg").map(e => Math.max(0, ...[...e.querySelectorAll("g")].map(g => g.getBoundingClientRect().width))),
    letters: all("figure > svg text").map(e => e.getBoundingClientRect().height),
    tables: all("table").map(e => [box(e), box(e.parentElement), e.parentElement.scrollWidth - e.parentElement.clientWidth]),
    cells: all("td, th").map(e => e.getBoundingClientRect().height),
    words: all("h1, h2, p, li, figcaption, dt, dd").map(box),
    ink: getComputedStyle(page.querySelector(".mlbasics")).color,
    paper: getComputedStyle(page.querySelector(".mlbasics")).backgroundColor,
  }})
}}
frame.srcdoc = {page}
</script>"""


def seen(page, width, folder, *options):
    """What the browser made of the page at so many pixels, and what it wrote on its console."""
    harness = folder / "harness.html"
    script = json.dumps(PLEA.sub("", page)).replace("</", "<\\/")
    harness.write_text(HARNESS.format(width=width, page=script), "utf-8")
    done = subprocess.run(
        [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--enable-logging=stderr",
         f"--user-data-dir={folder}/profile", "--window-size=1400,900", "--virtual-time-budget=5000", *options,
         "--dump-dom", harness.as_uri()],
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    console = [line for line in done.stderr.splitlines() if "CONSOLE" in line]
    return json.loads(re.search(r'<pre id="seen">(.*?)</pre>', done.stdout, re.DOTALL)[1]), console


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("lesson", mlbasics.lesson_names())
def test_everything_is_visible_and_nothing_is_fetched(lesson, language, width, tmp_path):
    run = mlbasics.run(lesson)
    page = run.render("html", View(Terminal(lang=language)))
    assert PLEA.search(page)
    shown, console = seen(page, width, tmp_path)
    assert console == []
    assert shown["requests"] == []
    assert shown["width"] == width
    assert shown["scrolls"] <= width, "the page itself scrolls sideways"
    assert len(shown["plots"]) == page.count("<figure>") > 0
    for left, right, top, bottom in shown["plots"]:
        assert 0 <= left < right <= width
        assert right - left > 250
        assert bottom - top > 120
    assert min(shown["drawn"]) > 50
    assert min(shown["letters"]) > 9
    assert len(shown["tables"]) == page.count("<table>") > 0
    for (left, right, top, bottom), (outer_left, outer_right, *_), beyond in shown["tables"]:
        assert 0 <= left < right
        assert bottom > top
        assert 0 <= outer_left < outer_right <= width, (
            "a table too wide for the page scrolls in its own frame"
        )
        assert right <= outer_right + max(beyond, 1)
    assert min(shown["cells"]) > 15
    assert all(0 <= left < right <= width and top < bottom for left, right, top, bottom in shown["words"])


@pytest.mark.parametrize("lesson", mlbasics.lesson_names())
def test_as_it_is_written_it_forbids_requests_and_needs_none(lesson, tmp_path, monkeypatch):
    monkeypatch.setattr("test_page.PLEA", re.compile("^$"))
    shown, console = seen(mlbasics.run(lesson).render("html", View(Terminal())), 390, tmp_path)
    assert console == []
    assert shown["paper"] == "rgb(255, 255, 255)"


def test_it_is_light_by_day_and_dark_by_night(tmp_path):
    page = mlbasics.run("overfit").render("html", View(Terminal()))
    (day, _), (night, _) = (
        seen(page, 390, tmp_path, *options) for options in ([], ["--blink-settings=preferredColorScheme=0"])
    )
    assert brightness(day["paper"]) > 200 > 60 > brightness(day["ink"])
    assert brightness(night["ink"]) > 200 > 60 > brightness(night["paper"])


def brightness(color):
    return sum(map(int, re.findall(r"\d+", color)[:3])) / 3


def test_the_browser_would_have_told(tmp_path):
    """A page that writes an error and asks for a picture is seen to do so."""
    page = '<div class="mlbasics"><script>console.error("oh")</script><img src="https://example.invalid/a.png"></div>'
    shown, console = seen(page, 390, tmp_path)
    assert shown["requests"] == ["https://example.invalid/a.png"]
    assert any("oh" in line for line in console)
