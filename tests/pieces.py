"""What a sentence is about, whatever its words: the options, the quoted and the numbers it names."""

import re

PIECE = re.compile(r"--[a-z][\w-]*|'.*?'(?=[\s,.;:)]|$)|\d[\d.,]*\d|\d")


def pieces(sentence):
    """The options, quoted words and numbers of a sentence."""
    return {piece.rstrip(".,") for piece in PIECE.findall(sentence)}
