"""The particle of a Korean word, chosen by the sound it ends in: 3이, 4가, 값을, 곡선으로."""

from __future__ import annotations

import re

HANGUL = range(ord("가"), ord("힣") + 1)
FINALS = 28  # ways a syllable of Hangul can end, the first of them in a vowel
RIEUL = 8  # the one ending in ㄹ, after which it is 로, not 으로
SIGNS = "0123456789%²" + "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
READ = dict(
    zip(SIGNS, "영일이삼사오육칠팔구트곱이비시디이프지치이이이엘엠엔오피큐알스티유이유스이트", strict=True)
)
"""The last syllable of what is read aloud: 퍼센트, 제곱, 엘, 엠; a word that is no abbreviation is not read so."""
PARENTHESIS = re.compile(r"(?<=\S)\([^()]*\)$")  # what it adds to a word does not change the word's particle
PAIRS = {pair[0]: pair for pair in (("은", "는"), ("이", "가"), ("을", "를"), ("과", "와"), ("으로", "로"))}


def joined(word: str, particle: str) -> str:
    """Return the word and its particle, named as after a consonant; both forms where the sound is not known."""
    after_consonant, after_vowel = PAIRS[particle]
    bare = PARENTHESIS.sub("", word).strip("()[]{}'\" ")
    spelled = bare.isupper() or len(bare) == 1  # a word of small letters is read in ways that no rule tells
    last = READ.get(bare[-1:].upper() if spelled else bare[-1:], bare[-1:])
    if not last or ord(last) not in HANGUL:
        return f"{word}{after_consonant}({after_vowel})"
    final = (ord(last) - HANGUL.start) % FINALS
    vowel = final == 0 or (particle == "으로" and final == RIEUL)
    return word + (after_vowel if vowel else after_consonant)
