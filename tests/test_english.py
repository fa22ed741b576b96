"""English as it is written here: what can be told by a rule, in every sentence there is."""

import re
from importlib import import_module

import pytest

import mlbasics
from mlbasics import lessons

PACKAGES = ["mlbasics.words", *(f"{lessons.find(name).__name__}.words" for name in mlbasics.lesson_names())]
SENTENCES = [
    (f"{package}:{key}", said)
    for package in PACKAGES
    for key, said in import_module(f"{package}.en").WORDS.items()
]
NEVER = {
    "a contraction": r"\b\w+(n't|'re|'ve|'ll)\b",
    "British spelling": r"(?i)\b\w*(colour|neighbour|behaviour|normalis|standardis|regularis|generalis|centred)\w*",
    "a blank before %": r"\d\} ?\s%|\w %",
    "two blanks between sentences": r"[.!?]  (?=[A-Z])",
    "a word that is not used here": r"(?i)\b(disc|nearer|blew up|the learners?)\b",
}


@pytest.mark.parametrize("rule", NEVER)
def test_no_sentence_has(rule):
    found = [name for name, said in SENTENCES if re.search(NEVER[rule], said)]
    assert found == []


def test_a_thing_to_try_is_a_question():
    tried = [(name, said) for name, said in SENTENCES if name.partition(":")[2].startswith("try.")]
    tried = [(name, said) for name, said in tried if not name.endswith("try.title")]
    assert len(tried) > 10
    assert [name for name, said in tried if not (said[0].isupper() and said.endswith("?"))] == []


def test_a_reason_stands_in_brackets_and_is_a_sentence():
    reasons = [(name, said) for name, said in SENTENCES if name.partition(":")[2].startswith("because.")]
    assert len(reasons) > 30
    assert [name for name, said in reasons if not re.fullmatch(r"\(.*[.?!]\)", said, re.DOTALL)] == []
