"""What every lesson, language and screen must keep; walks the folders, so a new one is covered at once."""

import json
import string
from importlib import import_module
from itertools import product

import finished
import pytest
from rich.cells import cell_len
from small import SIZES

import mlbasics
from mlbasics import lessons, runs, words
from mlbasics.cli.lesson import output_options
from mlbasics.formats.pieces import source
from mlbasics.formats.view import View
from mlbasics.kit import Choice, Panels, Plot, Role, no_tick
from mlbasics.kit.params import accepts, fill
from mlbasics.render.palette import STYLES
from mlbasics.render.terminal import Terminal

LESSONS = mlbasics.lesson_names()
LANGUAGES = words.languages()


def cases():
    """Every lesson as it comes, and, small, once for every other choice its parameters offer."""
    for name in LESSONS:
        yield name, {}
        params = lessons.find(name).Params
        defaults = fill(params, {})
        for field in params.__dataclass_fields__.values():
            kind = accepts(field)
            if isinstance(kind, Choice):
                others = (n for n in kind.names if n != getattr(defaults, field.name))
                yield from ((name, SIZES.get(name, {}) | {field.name: other}) for other in others)


CASES = list(cases())


@pytest.fixture(scope="module", params=CASES, ids=str)
def run(request):
    name, given = request.param
    return finished.run(name, **given)


def placeholders(sentence):
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("lesson", [None, *LESSONS])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_sentences_with_the_same_placeholders(language, lesson):
    package = f"{lessons.find(lesson).__name__}.words" if lesson else "mlbasics.words"
    english, other = (import_module(f"{package}.{spoken}").WORDS for spoken in ("en", language))
    rules = {f"rule.{key}" for key in (lessons.rules(lesson) if lesson and language != "en" else ())}
    assert {k: placeholders(v) for k, v in english.items()} == {
        k: placeholders(v) for k, v in other.items() if k not in rules
    }
    assert rules <= set(other)  # in English a rule is its docstring


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_claim_of_a_run_has_its_rule_and_no_rule_is_without_a_claim(lesson):
    told = {
        key.removeprefix("claim.")
        for key in lessons.words(lesson, "en").sentences
        if key.startswith("claim.")
    }
    rules = lessons.rules(lesson)
    assert set(rules) == told
    assert all(rules.values())
    assert {claim.key for claim in finished.run(lesson, **SIZES.get(lesson, {})).claims} <= told


@pytest.mark.parametrize("lesson", LESSONS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_parameter_has_help(language, lesson):
    told = lessons.words(lesson, language)
    params = lessons.find(lesson).Params
    assert all(f"option.{name}" in told for name in params.__dataclass_fields__)
    assert "question" in told
    assert "summary" in told
    assert "explain" in told


def test_every_role_has_a_look():
    assert set(STYLES) == set(Role.__args__)


def test_the_json_is_the_contracts(run):
    document = run.to_dict()
    assert list(document) == ["schema_version", "lesson", "version", "params", "result", "claims"]
    text = json.dumps(document, allow_nan=False)
    assert json.loads(text) == document
    params = lessons.find(run.lesson).Params
    assert set(document["params"]) == set(params.__dataclass_fields__)
    assert len(document["claims"]) >= 3
    for claim in document["claims"]:
        assert set(claim) == {"id", "statement", "headline", "holds", "evidence"}
        assert claim["holds"] in (True, False, None)
        assert claim["holds"] is not None or claim["evidence"]["reason"]


@pytest.mark.parametrize(("lesson", "given"), CASES)
def test_the_same_seed_gives_the_same_json_and_another_seed_another(lesson, given):
    """As it comes too a lesson is small here: so it is run in other processes, and compared, by test_cli."""
    small = SIZES.get(lesson, {}) | given
    once = finished.run(lesson, **small).to_dict()
    assert mlbasics.run(lesson, **small).to_dict() == once
    assert mlbasics.run(lesson, **small, seed=2).to_dict()["result"] != once["result"]


SCREENS = list(product((40, 80, 200), LANGUAGES, (False, True)))
PAIRS = [
    (width, language, ascii_only)
    for width, language, ascii_only in SCREENS
    if width != 80 and ((width == 40) ^ (language == "en") ^ ascii_only)
]
"""Of the screens so few that any two of their properties still meet."""


@pytest.mark.parametrize(
    ("run", "width", "language", "ascii_only"),
    [
        pytest.param(case, *screen, id=f"{case}-{screen}")
        for case in CASES
        for screen in (PAIRS if case[1] else SCREENS)
    ],
    indirect=["run"],
)
def test_a_screen_keeps_its_width_its_frames_and_its_characters(run, width, language, ascii_only):
    view = View(Terminal(width, None, ascii_only, language), more=True)
    lines = run.render("text", view).split("\n")
    assert max(map(cell_len, lines)) <= width
    plots = [
        p
        for b in (*run.report.look, *run.report.more)
        for p in (b.plots if isinstance(b, Panels) else [b])
        if isinstance(p, Plot)
    ]
    assert "\n".join(lines).count("└") == (0 if ascii_only else len(plots))
    assert not any("\x1b" in line for line in lines)
    if ascii_only and language == "en":
        assert "\n".join(lines).isascii()


def test_what_is_suggested_runs_and_changes_something(run):
    """It is run as its command runs it: what the look shows."""
    suggestions = run.report.suggestions
    assert len(suggestions) == 3
    for suggestion in suggestions:
        assert fill(type(run.params), suggestion.options) != run.params
        suggested = runs.run(run.lesson, no_tick, False, **SIZES.get(run.lesson, {}) | suggestion.options)
        assert suggested.report.look


def test_a_notebook_shows_the_page_and_a_shell_the_screen(run):
    assert run._repr_html_().startswith('<div class="mlbasics">')
    assert str(run) == run.to_text() == run.render("text")


@pytest.mark.parametrize("lesson", LESSONS)
def test_no_parameter_takes_the_name_of_an_output_option(lesson):
    parameters = lessons.find(lesson).Params.__dataclass_fields__
    assert not set(parameters) & {option.name for option in output_options(words.load("en"))}


def test_every_color_of_a_role_is_in_the_page_s_style():
    page = source("page.css")
    for style in STYLES.values():
        assert f".{style.hue} {{" in page
