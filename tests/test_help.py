"""What --help prints: whole at every width, and in Korean without a word of English but names."""

import re
import shlex

import pytest
from rich.cells import cell_len

import mlbasics
from mlbasics import lessons, words
from mlbasics.cli import app
from mlbasics.cli.options import screen_options
from mlbasics.formats import FORMATS
from mlbasics.kit import Choice
from mlbasics.kit.params import accepts

LESSONS = mlbasics.lesson_names()
PAGES = [(), *((name,) for name in (*LESSONS, *app.OTHERS))]
WIDTHS = (40, 60, 80, 100)


@pytest.fixture
def page(monkeypatch, capsys):
    def read(*args, width, lang="ko"):
        monkeypatch.setenv("COLUMNS", str(width))
        monkeypatch.setenv("MLBASICS_LANG", lang)
        assert app.main([*args, "--help"]) == 0
        return capsys.readouterr().out

    return read


@pytest.mark.parametrize("lang", words.languages())
@pytest.mark.parametrize("name", PAGES, ids=" ".join)
def test_it_is_whole_at_every_width(page, name, lang):
    asked, _ = app.find(name, lang)
    sentences = [asked.about, *(option.about for option in asked.options if option.panel)]
    for width in WIDTHS:
        shown = page(*name, width=width, lang=lang)
        assert max(map(cell_len, shown.split("\n"))) <= width
        assert "…" not in shown
        told = re.sub(r"\s", "", shown)
        assert all(re.sub(r"\s", "", sentence) in told for sentence in sentences)


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_s_ten_most_used_options_stand_first(page, lesson):
    shown = page(lesson, width=80, lang="en")
    used, rest = (shown.index(words.load("en")[f"panel.{name}"] + "\n") for name in ("used", "experiment"))
    assert used < rest
    assert len(re.findall(r"^  (?:-o, )?--", shown[used:rest], re.M)) == 10


@pytest.mark.parametrize("lang", words.languages())
@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_has_three_examples_that_run_each_with_its_question(page, lesson, lang):
    shown = page(lesson, width=80, lang=lang)
    examples = re.findall(rf"^mlbasics {lesson} (--.+)\n +(\S.*\?)$", shown, re.M)
    assert len(examples) == 3
    for typed, _ in examples:
        name, value = shlex.split(typed)
        lessons.find(lesson).Params(**{name.lstrip("-").replace("-", "_"): value})


def choices():
    """Every name that an option takes for a value."""
    for lesson in LESSONS:
        for field in lessons.find(lesson).Params.__dataclass_fields__.values():
            kind = accepts(field)
            yield from kind.names if isinstance(kind, Choice) else ()
    for option in screen_options(words.load("ko")):
        yield from option.names


NAMES = {
    *LESSONS, *app.OTHERS, *FORMATS, *words.languages(), *choices(), "mlbasics", "claims", "scikit-learn", "sklearn",
    "ANSWERS", "CSV", "HTML", "JSON", "Markdown", "Schema", "ASCII", "NO_COLOR", "MLBASICS_LANG", "COLORFGBG", "false", "null",
    "breast_cancer", "diabetes", "digits", "iris", "wine", "pi", "L1", "L2", "SE", "OOB", "k-NN",
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES, ids=" ".join)
def test_in_korean_there_is_no_english_word_but_names(page, name):
    for width in WIDTHS:
        shown = re.sub(r"\n +", " ", page(*name, width=width))
        bare = re.sub(r"(?<![\w-])--?[a-z][a-z0-9-]*|'[^']*'", " ", shown)  # options and formulas
        bare = re.sub(r"(?<=[가-힣])\([a-z -]+\)", " ", bare)  # a term's English beside it: 폴드(fold)
        assert set(re.findall("(?<![0-9])[A-Za-z][A-Za-z0-9_-]*[A-Za-z0-9]", bare)) <= NAMES
