"""Which language is spoken, and that it is spoken to the end: the system's complaints and the CSV reader's too."""

import errno
import re

import pytest
from pieces import pieces

import mlbasics
from mlbasics import lessons, words
from mlbasics.cli import app, environment
from mlbasics.data import read
from mlbasics.kit.errors import InputError, problem

NAMES = ("MLBASICS_LANG", "LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE")


@pytest.mark.parametrize("first", range(len(NAMES)))
def test_the_first_variable_that_names_a_language_decides(first):
    later = dict.fromkeys(NAMES[first + 1 :], "en_US.UTF-8")
    assert environment.language(later | {NAMES[first]: "ko_KR.UTF-8"}) == "ko"
    others = dict.fromkeys(NAMES[first + 1 :], "ko_KR.UTF-8")
    assert environment.language(others | {NAMES[first]: "en_US.UTF-8"}) == "en"


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({"LANGUAGE": "de:ko:en"}, "ko"),  # the first of the list that is spoken
        ({"LANGUAGE": "de:en:ko"}, "en"),
        ({"LANG": "de_DE.UTF-8", "LANGUAGE": "de:ko"}, "ko"),  # one that is not spoken leaves it to the next
        ({"MLBASICS_LANG": "fr", "LANG": "ko_KR.UTF-8"}, "ko"),
        ({"MLBASICS_LANG": "", "LANG": "ko_KR.UTF-8"}, "ko"),
        ({"MLBASICS_LANG": "ko", "LC_ALL": "C"}, "ko"),
        ({"LC_ALL": "C", "LANG": "ko_KR.UTF-8"}, "en"),  # C and POSIX ask for no translation
        ({"LC_ALL": "POSIX", "LANGUAGE": "ko"}, "en"),
        ({"LANG": "C.UTF-8", "LANGUAGE": "ko"}, "en"),
        ({"LANG": "Korean_Korea.949"}, "ko"),  # as on Windows
        ({"LANG": "ko-KR"}, "ko"),
        ({"LANG": "ko@euro"}, "ko"),
        ({"LANG": "x", "LANGUAGE": ":"}, "en"),
    ],
)
def test_a_language_that_is_wished_for_and_spoken(environ, language):
    assert environment.language(environ) == language


def test_a_locale_that_is_none_is_english(monkeypatch):
    for name in ("LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "MLBASICS_LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_CTYPE", "foo")
    assert environment.language({}) == "en"


def test_the_option_goes_before_the_variable(monkeypatch, capsys):
    monkeypatch.setenv("MLBASICS_LANG", "ko")
    app.main(["lessons"])
    assert words.load("ko")["about.lessons"] in capsys.readouterr().out
    app.main(["lessons", "--lang", "en"])
    assert words.load("en")["about.lessons"] in capsys.readouterr().out


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (["overfit", "a"], "overfit 명령에 필요 없는 말이 있습니다: 'a'."),
        (["explain"], "explain 뒤에 수업 이름을 지정하세요: "),
        (["overfit", "--noise"], "--noise 옵션에는 값이 필요합니다."),
        (["uat", "--interval", "0"], "--interval 옵션에는 값이 두 개 필요합니다."),
        (["overfit", "--check=3"], "--check 옵션은 값을 받지 않습니다."),
        (["overfit", "--n-trian", "3"], "--n-trian 옵션은 없습니다. 혹시 --n-train 아닌가요?"),
        (["overfit", "--data", "/"], "--data '/' 파일을 읽을 수 없습니다: 디렉터리입니다."),
        (["overfit", "--data", "a\0b"], "파일을 읽을 수 없습니다: 파일 이름으로 쓸 수 없는 이름입니다."),
        (["overfit", "--output", "/no/where.svg"], "쓸 수 없습니다: 그런 파일이나 디렉터리가 없습니다."),
        (["overfit", "--output", "/dev/full"], "--output 값이 '/dev/full'입니다. --format을 지정하거나"),
        (
            ["overfit", "--format", "json", "--output", "/dev/full"],
            "쓸 수 없습니다: 디스크에 남은 공간이 없습니다.",
        ),
    ],
)
def test_an_error_is_told_in_the_language(monkeypatch, capsys, args, sentence):
    monkeypatch.setenv("MLBASICS_LANG", "ko")
    assert app.main(args) in (1, 2)
    told = capsys.readouterr().err
    assert re.search("[가-힣]", told)
    assert pieces(sentence) <= pieces(told)


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ('x,y\n1,"2\n', "2번째 줄을 CSV로 읽을 수 없습니다(열린 따옴표가 닫히지 않았습니다)."),
        ('x,y\n1,"2"3\n', "2번째 줄을 CSV로 읽을 수 없습니다(닫는 따옴표 뒤에 다른 글자가 있습니다)."),
        ("x,y\n1," + "9" * 200_000, "2번째 줄을 CSV로 읽을 수 없습니다(칸 하나가 너무 깁니다)."),
    ],
)
def test_the_csv_reader_s_complaint_is_told_in_the_language(tmp_path, table, told):
    path = tmp_path / "t.csv"
    path.write_text(table)
    with pytest.raises(InputError) as refused:
        read(str(path))
    assert words.load("ko").say(refused.value.sentence).endswith(told)


def test_a_complaint_of_the_system_that_has_no_sentence_is_the_system_s():
    assert problem(OSError(errno.ENOTEMPTY, "Directory not empty")) == "Directory not empty"
    assert problem(OSError("no number")) == "no number"


@pytest.mark.parametrize("rows", [1, 2])
def test_one_row_is_no_rows(rows):
    said = words.load("en").say(words.phrase("data.few", source="t.csv", rows=rows, least=4))
    assert f"{rows} complete {'row' if rows == 1 else 'rows'}; " in said


MAY_BE_ONE = [
    "coefficients",
    "features",
    "hidden",
    "layers",
    "mislabeled",
    "networks",
    "neurons",
    "units",
    "widest",
    "width",
]


@pytest.mark.parametrize("lesson", mlbasics.lesson_names())
def test_a_count_that_may_be_one_chooses_its_noun(lesson):
    """{features:feature/features}, not {features} features: in English 1 is followed by another word than 2."""
    plural = re.compile(rf"\{{({'|'.join(MAY_BE_ONE)})\}} ([\w{{}}-]+ )?[a-z]+s\b(?<!ss)")
    sentences = lessons.words(lesson, "en").sentences
    assert {key: plural.search(said)[0] for key, said in sentences.items() if plural.search(said)} == {}


def test_completion_says_what_it_did(monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("MLBASICS_LANG", "ko")
    monkeypatch.setenv("_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION", "1")
    assert app.main(["--install-completion", "bash"]) == 0
    script = tmp_path / ".bash_completions" / "mlbasics.sh"
    assert script.exists()
    told = words.load("ko").say(words.phrase("note.completion", shell="bash", path=str(script)))
    assert capsys.readouterr().out == f"{told}\n"


@pytest.mark.parametrize("lang", words.languages())
@pytest.mark.parametrize("kind", [words.Ratio, words.Rough])
@pytest.mark.parametrize("value", [1e4, 3.4e26, -5e9])
def test_a_huge_number_is_said_by_its_limit(lang, kind, value):
    said = words.Words(words.load(lang).sentences | {"it": "{it}"}).say(words.phrase("it", it=kind(value)))
    assert "10,000" in said
    assert sum(character.isdigit() for character in said) == 5
