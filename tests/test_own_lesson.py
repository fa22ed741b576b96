"""Lessons outside the package: a file that is written, checked and run; and files that are wrong."""

import re
from pathlib import Path

import pytest

import mlbasics
from mlbasics import authoring, lessons
from mlbasics.authoring.checks import checks
from mlbasics.cli.app import main
from mlbasics.kit import InputError
from mlbasics.lessons import elsewhere

TEMPLATE = Path(authoring.__file__).with_name("coin.py").read_text("utf-8")


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def test_a_new_lesson_runs_and_keeps_the_contract():
    lesson, test = authoring.new("coin.py")
    assert (lesson.name, test.name) == ("coin.py", "test_coin.py")
    assert [check for check in checks("coin.py", seeds=10) if not check.kept] == []
    assert mlbasics.run("./coin.py", flips=100).to_dict()["lesson"] == "coin"


def test_a_folder_is_a_lesson_too():
    Path("coin").mkdir()
    Path("coin/__init__.py").write_text(TEMPLATE, "utf-8")
    run = mlbasics.run("./coin")
    assert len(run.claims) == 2
    assert "mlbasics ./coin --flips" in run.to_text()


def test_nothing_is_written_over():
    authoring.new("coin.py")
    with pytest.raises(InputError):
        authoring.new("coin.py")
    with pytest.raises(InputError):
        authoring.new("coin.txt")


BROKEN = {
    "a syntax error": ("def lesson(params", "def lesson(params:"),
    "an error as it is read": ("SUGGESTIONS = (", "1 / 0\nSUGGESTIONS = ("),
    "a module that is not there": ("from dataclasses", "import no_such_module\nfrom dataclasses"),
    "no Params": ("class Params(LessonParams)", "class Parameters(LessonParams)"),
    "Params of another kind": ("class Params(LessonParams)", "class Params"),
    "no lesson": ("def lesson(", "def lessons("),
    "a lesson without claims": ("claims=(root_n, all_near), ", ""),
    "a lesson that is none": ("    return Lesson(", "    return dict("),
    "a simulation that raises": (
        "    p, n, draw",
        "    raise ValueError('no')\n    p, n, draw",
    ),
    "a name that is not there": ("shares = draw", "shares = nobody"),
    "a claim that raises": (
        '    evidence = {"sd": result.sd',
        '    {}["x"]\n    evidence = {"sd": result.sd',
    ),
    "a claim that returns nothing": (
        "    holds = result.farthest <= 0.1\n    return holds,",
        "    return\n    holds,",
    ),
    "a look that raises": ("    scene = phrase(", "    scene = 1 / 0 or phrase("),
    "a dial that raises": ("    positions = [", "    positions = 1 / 0\n    positions = ["),
    "a sentence that is not there": ('        "scene": "{coins}', '        "seen": "{coins}'),
    "a sentence without its value": ("{coins} coins, each", "{coin} coins, each"),
    "a sentence with an open brace": ("{coins} coins, each", "{coins coins, each"),
    "a result without a field": ("float(shares.std()), ", ""),
    "a figure of NaN": ("(0, max(params.flips, 2))", "(float('nan'), 1)"),
    "a kind that is none": ("Number(0, 1, step=0.05)", "7"),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_lesson_that_is_wrong_says_where_in_one_sentence(fault, capsys):
    whole, broken = BROKEN[fault]
    assert TEMPLATE.count(whole) >= 1
    Path("wrong.py").write_text(TEMPLATE.replace(whole, broken, 1), "utf-8")
    assert re.fullmatch(r"mlbasics: .*wrong\.py.*\n", refused(capsys, "./wrong.py"))


SILENT = {  # what is missing, what is told of it, and a command that needs it
    "no words at all": ("WORDS = {", "TEXTS = {", "question", "explain"),
    "an option's sentence": ('"option.flips": "Flips', '"option.flip": "Flips', "option.flips", "--help"),
    "a suggestion's sentence": ('"try.few": "With', '"try.fewer": "With', "try.few", "--brief"),
    "a question's sentence": (
        '"question.farthest.ask": "How',
        '"question.asks": "How',
        "question.farthest.ask",
        "learn",
    ),
    "a placeholder's value": ("{coins} fair coins", "{coin} fair coins", "question.farthest.scene", "learn"),
    "a claim's sentence": ('"claim.root-n": "The', '"claim.root": "The', "claim.root-n", "--json"),
    "a series' sentence": ('"series.own": "the', '"series.owned": "the', "series.own", "-o=x.html"),
}


@pytest.mark.parametrize("fault", SILENT)
def test_a_sentence_that_is_missing_is_named_by_whatever_needs_it_and_by_check(fault, capsys):
    whole, broken, key, command = SILENT[fault]
    assert whole in TEMPLATE
    english = TEMPLATE.replace('    "ko": {', '    "kl": {')  # else Korean would be told to lack nothing
    Path("wrong.py").write_text(english.replace(whole, broken, 1), "utf-8")
    words = ["./wrong.py", command] if command.startswith("-") else [command, "./wrong.py"]
    said = refused(capsys, *words)
    assert re.fullmatch(r"mlbasics: .*wrong\.py.*\n", said)
    assert key in said
    assert main(["check", "./wrong.py"]) == 1
    told = "".join(capsys.readouterr())
    assert key in told
    assert "Traceback" not in told


def refused(capsys, *words):
    """Run the program, which cannot finish, and return what it says."""
    assert main(words) == 1
    return capsys.readouterr().err


@pytest.mark.parametrize(
    ("whole", "broken", "told"),
    [
        ('    """No coin is farther than 0.1 from its own share."""\n', "", "all-near"),
        ('    return holds, {"farthest"', '    return None, {"farthest"', "all-near"),
        ('"앞면이 나올 확률."', '"앞면이 나올 확률, {coins}."', "ko: other values in option.heads"),
        ('        "option.heads": "Probability of heads.",\n', "", "en: no option.heads"),
        ('        "try.bent": "휘어진', '        "try.curved": "휘어진', "ko: no try.bent"),
    ],
)
def test_check_finds_what_no_command_stumbles_over(whole, broken, told):
    assert whole in TEMPLATE
    Path("wrong.py").write_text(TEMPLATE.replace(whole, broken, 1), "utf-8")
    assert any(told in check.found for check in checks("./wrong.py", seeds=3) if not check.kept)


def test_a_lesson_in_english_alone_lacks_nothing():
    Path("plain.py").write_text(TEMPLATE[: TEMPLATE.index('    "ko": {')] + "}\n", "utf-8")
    assert next(checks("./plain.py")).kept


def test_the_traceback_is_shown_where_it_is_asked_for(capsys):
    Path("wrong.py").write_text(TEMPLATE.replace("shares = draw", "shares = nobody", 1), "utf-8")
    assert "NameError" in refused(capsys, "./wrong.py", "--debug")
    assert "Traceback" in refused(capsys, "./wrong.py", "--debug")


def test_a_file_that_is_not_there_is_one_sentence():
    with pytest.raises(InputError, match=r"nowhere\.py"):
        mlbasics.run("nowhere.py")


def test_a_lesson_is_not_run_for_a_name_that_is_none_of_its_own(tmp_path):
    Path("loud.py").write_text("raise SystemExit('was run')", "utf-8")
    assert not lessons.exists("loud")
    assert lessons.exists("loud.py")


def test_an_installed_lesson_is_found_by_its_name(tmp_path, monkeypatch):
    (tmp_path / "stats_lessons.py").write_text(TEMPLATE, "utf-8")
    info = tmp_path / "stats_lessons-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: stats-lessons\nVersion: 1.0\n", "utf-8")
    (info / "entry_points.txt").write_text("[mlbasics.lessons]\nlarge-numbers = stats_lessons\n", "utf-8")
    assert not lessons.exists("large-numbers")
    monkeypatch.syspath_prepend(tmp_path)
    assert elsewhere.installed() == {"large-numbers": ("stats_lessons", "stats-lessons")}
    assert len(mlbasics.run("large-numbers").claims) == 2


def test_the_guide_shows_the_page_as_it_is():
    guide = (Path(__file__).parent.parent / "docs" / "lessons.md").read_text("utf-8")
    assert TEMPLATE in guide
    assert len(re.findall(r"^```python", guide, re.MULTILINE)) >= 1
