"""Every Korean sentence there is, the README's too: its particles, its terms and how it speaks."""

import re
import string
import unicodedata
from importlib import import_module
from pathlib import Path
from runpy import run_path

import pytest

import mlbasics
from mlbasics import lessons
from mlbasics.words import Ratio, Share, Words, phrase
from mlbasics.words.particles import PAIRS, joined

ROOT = Path(__file__).parent.parent
PACKAGES = ["mlbasics.words", *(f"{lessons.find(name).__name__}.words" for name in mlbasics.lesson_names())]
FILES = {package.split(".")[-2]: import_module(f"{package}.ko").WORDS for package in PACKAGES}
FILES["coin"] = run_path(str(ROOT / "mlbasics" / "authoring" / "coin.py"))["WORDS"]["ko"]
SENTENCES = [(f"{name}:{key}", said) for name, file in FILES.items() for key, said in file.items()]
README = enumerate((ROOT / "README.ko.md").read_text("utf-8").split("\n"), 1)
SENTENCES += [(f"README.ko.md:{number}", line) for number, line in README]

CHANGING = ["은", "는", "이", "가", "을", "를", "과", "와", "으로", "로"]
FIXED = [
    "도",
    "만",
    "의",
    "에",
    "에서",
    "부터",
    "까지",
    "처럼",
    "보다",
    "이면",
    "이고",
    "입니다",
    "이라",
    "이라서",
]  # the same after any sound
END = r"(?=[\s.,;:()]|$)"
APART = rf"[}}0-9A-Za-z²ε%'`\")] ({'|'.join(CHANGING + FIXED)}){END}"
UNCHOSEN = rf"\}}['\"]*({'|'.join(CHANGING)}){END}"


def found(pattern):
    """The sentences in which a pattern is found, and what is found."""
    places = ((name, re.search(pattern, said)) for name, said in SENTENCES)
    return {name: at[0] for name, at in places if at}


def test_a_particle_joins_what_it_follows():
    """After a placeholder, a digit, a Latin letter, an option, a quotation or a parenthesis that ends in one."""
    assert found(APART) == {}
    assert all(
        re.search(APART, wrong) for wrong in ("0.593 와", "t = {t} 는", "k = 28 를", "--json 으로", "'k' 은")
    )


def test_a_percent_sign_joins_its_number():
    assert found(r"[}\d] %") == {}


def test_a_particle_that_changes_with_the_sound_is_chosen_where_a_placeholder_is_filled():
    assert found(UNCHOSEN) == {}
    assert all(re.search(UNCHOSEN, wrong) for wrong in ("{n}은 더", "'{given}'을", "{option}와"))
    assert found(r"\((는|가|를|와|로|은|이|을|과)\)") == {}


def test_a_particle_is_right_after_a_number_or_a_letter_that_stands_in_the_sentence():
    forms = {form: pair[0] for pair in PAIRS.values() for form in pair}
    wrong = {}
    for name, said in SENTENCES:
        for word, form in re.findall(
            rf"(?<![\w{{/-])([A-Z]*\d+%?|[A-Z]+|[A-Za-z])({'|'.join(forms)}){END}", said
        ):
            if joined(word, forms[form]) != word + form:
                wrong[name] = word + form
    assert wrong == {}


ALOUD = ["영", "일", "이", "삼", "사", "오", "육", "칠", "팔", "구", "십"]


def form(particle, sound):
    """The particle after a sound: its last letter, taken apart as Unicode does, is a consonant or a vowel."""
    last = unicodedata.normalize("NFD", sound)[-1]
    vowel = "\u1161" <= last <= "\u1175" or (particle == "으로" and last == "\u11af")
    return {"은": "은는", "이": "이가", "을": "을를", "과": "과와", "으로": ("으로", "로")}[particle][vowel]


FILLED = [
    *enumerate(ALOUD), ("나무", "나무"), ("모델", "모델"), ("집", "집"), (0.25, "영 점 이오"), (1340.0, "천삼백사십"),
    (Share(0.5), "퍼센트"), (Ratio(3), "세 배"),
]  # fmt: skip
"""What may fill a place, and how it is read aloud."""


def test_every_particle_of_a_placeholder_is_right_whatever_fills_it():
    sentences = [*SENTENCES, *((f"tried:{particle}", f"{{x:{particle}}}") for particle in PAIRS)]
    places = {
        (name, place[2]) for name, said in sentences for place in string.Formatter().parse(said) if place[2]
    }
    assert {particle for _, particle in places} == set(PAIRS)
    for name, particle in places:
        tried = Words(FILES["mlbasics"] | {"tried": f"{{x:{particle}}}", "bare": "{x}"})
        for value, sound in FILLED:
            told, bare = (tried.say(phrase(key, x=value)) for key in ("tried", "bare"))
            assert told == bare + form(particle, sound), name


@pytest.mark.parametrize("particle", PAIRS)
def test_a_particle_after_what_is_read_aloud(particle):
    read = {
        "L1": "일",
        "L2": "이",
        "MSE": "이",
        "SGD": "디",
        "CNN": "엔",
        "k": "케이",
        "n": "엔",
        "r": "알",
        "R": "알",
    }
    read |= {
        "1000": "천",
        "3.14": "사",
        "-7": "칠",
        "95%": "퍼센트",
        "σ²": "제곱",
        "'모델'": "모델",
        "곡선(5)": "곡선",
        "(3)": "삼",
    }
    for word, sound in read.items():
        assert joined(word, particle) == word + form(particle, sound)
    assert joined("--noise", particle) == "--noise{}({})".format(*PAIRS[particle])


# What is not said, by the table of terms; a pattern spares what only looks like it.
NOT_SAID = {
    "기계 ?학습": "머신러닝",
    "모형": "모델",
    r"(다항식|곡선|모델|직선)[을를] 맞[추춥출춘춰]|잘 맞[추춥출춘춰]": "적합하다",  # numbers of steps are matched
    "시험 ?(데이터|세트|집합|점|오차|오류)|훈련 집합": "테스트, 훈련 데이터",  # rates are tried: 시험한 학습률
    "초과적합": "과적합",
    "소음": "잡음",
    "치우[쳐침친]": "편향",
    "평균 제곱": "평균제곱오차",
    "표준 오차": "표준오차",
    r"s\.e\.": "SE",
    "겹(?!치|쳐|친|칠|침|쳤| 교차 검증)": "폴드",  # 5겹 교차 검증 is the name of the method
    "집단|두 종류|종류의 점|종류가 \\{": "클래스",
    "잡음의 바닥|바닥 잡음": "줄일 수 없는 오차",
    "주머니": "OOB",
    "예산": "한도",
    "모서리": "꼭짓점",
    "닫힌 (식|꼴|형태)": "이론값",
    "유닛": "뉴런",
    "활성 ?함수": "활성화 함수",
    "뛰는 (곳|점)": "불연속점",
    "가장 큰 (절대 )?오차": "최대 오차",
    "(?<!0이 )아닌 특성": "나머지 특성",
    "걸음": "스텝",
    "떠내려": "이동하다",
    "찍기|찍는|찍은": "무작위 추측",
    "시작값": "난수 시드",
    "배(우[는지고며려]|운|울|웠|움|웁)": "학습하다",
    "빠진 값": "결측값",
    "주세요|주지 않으": "지정하세요, 생략하면",
    "차수들": "차수",
    "부채": "곡선들의 폭",
    "이동 평균 분산": "이동 분산",
}


@pytest.mark.parametrize("pattern", NOT_SAID)
def test_the_field_s_own_words_are_said(pattern):
    assert found(pattern) == {}, f"say {NOT_SAID[pattern]}"


def test_regularization_is_not_normalization():
    """정규화 is what a batch undergoes; what a penalty does is 규제, and that lesson's idea tells them apart."""
    others = {name for name in found("(?<!배치 )정규화") if not name.startswith("batchnorm:")}
    assert others <= {f"regularization:{key}" for key in ("explain", "scene", "scene.own")}


def test_the_readme_leads_to_what_is_there():
    readme = (ROOT / "README.ko.md").read_text("utf-8")
    paths = {path.partition("#")[0] for path in re.findall(r"\]\(([^)]+)\)", readme)}
    assert len(paths) > len(mlbasics.lesson_names())
    assert all((ROOT / path).exists() for path in paths), "make screens draws its pictures"
    english = (ROOT / "README.md").read_text("utf-8")
    assert "(README.ko.md)" in english[:200]
    for language, text in (("ko", readme), ("en", english)):
        for lesson in mlbasics.lesson_names():
            assert f"| {lessons.words(lesson, language)['question']} |" in text


SPOKEN = (
    "about",
    "because",
    "bridge",
    "data",
    "error",
    "explain",
    "help",
    "note",
    "option",
    "question",
    "scene",
)


def endings(key):
    """The ends of the sentences there: what stands before a full stop, or ends it."""
    return [
        (name, end)
        for name, said in SENTENCES
        if ("claim" if ".claim" in name else name.partition(":")[2].partition(".")[0]) in key
        for end in re.findall(r"(\w+)[.!?]?[\")]*(?=\s|$)(?<=[.!?\")])", re.sub('"[^"]*"', "", said))
    ]


def test_a_claim_and_a_rule_state_and_the_rest_speaks_to_the_learner():
    for name, end in endings(("claim", "rule")):
        assert not re.search("(?<!아)니다$|[세까어]요$", end), (name, end)
    for name, end in endings(SPOKEN):
        assert not re.search("(?<!니)(?<!시)다$", end), (name, end)
