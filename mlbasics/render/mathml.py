"""Formulas as words have them, in Unicode on a line, as MathML: (1/m) Σ (x - μ)² with a fraction and a power.

What binds, from the tightest: a power ² or ³ or a subscript ₁, a fraction a/b, then what stands side by side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

LETTER = "[A-Za-zΑ-ΡΤ-Ωα-ω]\u0302?"  # with or without a hat; Σ is a sign
NAME = rf"[가-힣]+|(?:{LETTER}){{3,}}|{LETTER}"  # two letters are a product
TOKEN = re.compile(rf"\d+(?:\.\d+)?{LETTER}|\d+(?:\.\d+)?|{NAME}|\S")
FRACTION = re.compile("<mfrac>(?:(?!<mfrac>).)*</mfrac>")
RAISED, LOWERED = dict(zip("²³", "23", strict=True)), dict(zip("₀₁₂ₙ", "012n", strict=True))
GAP = '<mspace width="2em"/>'
PARENTHESES, GROUP = r"^<mrow><mo>\(</mo>(.*)<mo>\)</mo></mrow>$", r"\1"
PAIRS = {"(": ")", "‖": "‖"}


def formula(text: str) -> str:
    """Return a line of formulas, those apart by three blanks or more, as one block of MathML."""
    parts = (f"<mrow>{_Reader(part).row()}</mrow>" for part in re.split(r"\s{3,}", text.strip()))
    return f'<math display="block">{GAP.join(parts)}</math>'


class _Reader:
    """A formula, read from left to right."""

    def __init__(self, text: str) -> None:
        self.tokens: list[str] = TOKEN.findall(text)

    def row(self, until: str = "") -> str:
        """Return all that stands side by side, up to the closing sign."""
        return "".join(self._side_by_side(until))

    def _side_by_side(self, until: str) -> Iterator[str]:
        while self.tokens and self.tokens[0] != until:
            above = self._power()
            if self.tokens[:1] == ["/"]:
                self.tokens.pop(0)
                yield f"<mfrac>{_bare(above)}{_bare(self._power())}</mfrac>"
            else:
                yield above
        if self.tokens and until:
            self.tokens.pop(0)

    def _power(self) -> str:
        """Return one thing and what is raised or lowered behind it."""
        base = self._atom()
        while self.tokens and (mark := self.tokens[0]) in {**RAISED, **LOWERED}:
            self.tokens.pop(0)
            tag, small = ("msup", RAISED[mark]) if mark in RAISED else ("msub", LOWERED[mark])
            base = f"<{tag}>{base}<mn>{small}</mn></{tag}>"
        return base

    def _atom(self) -> str:
        token = self.tokens.pop(0) if self.tokens else ""
        if token == "√":
            return f"<msqrt>{_bare(self._power())}</msqrt>"
        if token in PAIRS:
            inside = self.row(PAIRS[token])
            if token == "(" and FRACTION.fullmatch(inside):
                return inside
            return f"<mrow><mo>{token}</mo>{inside}<mo>{PAIRS[token]}</mo></mrow>"
        if token[:1].isdigit():
            number = token.rstrip(token.lstrip("0123456789.") or " ")
            return f"<mn>{number}</mn>" + (f"<mi>{token[len(number) :]}</mi>" if number != token else "")
        if re.fullmatch(NAME, token):
            return f"<mi>{token}</mi>"
        return f"<mo>{escape(token.replace('-', '−'))}</mo>"


def _bare(group: str) -> str:
    """Return what stands over, under or in a bar as one row, without parentheses it makes needless."""
    return f"<mrow>{re.sub(PARENTHESES, GROUP, group)}</mrow>"
