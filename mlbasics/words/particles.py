"""The particle of a Korean word, chosen by the sound it ends in: 3이, 4가, 값을, 곡선으로."""

from __future__ import annotations

HANGUL = range(ord("가"), ord("힣") + 1)
FINALS = 28  # ways a syllable of Hangul can end, the first of them in a vowel
RIEUL = 8  # the one ending in ㄹ, after which it is 로, not 으로
READ = dict(
    zip("0123456789%", ("영", "일", "이", "삼", "사", "오", "육", "칠", "팔", "구", "트"), strict=True)
)
PAIRS = {pair[0]: pair for pair in (("은", "는"), ("이", "가"), ("을", "를"), ("과", "와"), ("으로", "로"))}


def joined(word: str, particle: str) -> str:
    """Return the word and its particle, named as after a consonant; both forms where the sound is not known."""
    after_consonant, after_vowel = PAIRS[particle]
    last = word.rstrip(")]}'\"").rstrip()[-1:]
    last = READ.get(last, last)
    if not last or ord(last) not in HANGUL:
        return f"{word}{after_consonant}({after_vowel})"
    final = (ord(last) - HANGUL.start) % FINALS
    vowel = final == 0 or (particle == "으로" and final == RIEUL)
    return word + (after_vowel if vowel else after_consonant)
