"""A request that cannot be met, told in one sentence."""

from __future__ import annotations

import errno

from mlbasics.words import Phrase, load, phrase

LONGEST = 60  # characters of what a user gave, where it is told


class InputError(ValueError):
    """A request that cannot be met: one sentence saying what was given and what is accepted."""

    def __init__(self, sentence: Phrase, exit_code: int = 2) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.exit_code = exit_code

    def __str__(self) -> str:
        return load("en").say(self.sentence)


def no_such(key: str, given: object, names: tuple[str, ...], **values: object) -> InputError:
    """Return the error for a name that is not in names, suggesting the nearest."""
    return InputError(
        phrase(key, given=quoted(given), names=", ".join(names), suggestion=nearest(given, names), **values)
    )


def nearest(given: object, names: tuple[str, ...]) -> Phrase | str:
    """Return the question whether the nearest of the names was meant; nothing where none is near."""
    from difflib import get_close_matches  # only errors need it

    near = get_close_matches(quoted(given), names, n=1)
    return phrase("error.nearest", name=near[0]) if near else ""


def quoted(given: object) -> str:
    """Return what a user gave, fit for one line of an error: printable, and not too long."""
    try:
        text = printable(str(given))
    except ValueError:  # an int of thousands of digits
        text = f"<{type(given).__name__}>"
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def problem(error: Exception) -> Phrase | str:
    """Return what is wrong with a file: a sentence of ours, or the system's own where we have none."""
    if not isinstance(error, OSError):  # a ValueError: a NUL, or half a character, in the name
        return phrase("system.name")
    key = f"system.{errno.errorcode.get(error.errno or 0)}"
    return phrase(key) if key in load("en") else error.strerror or str(error)


def printable(text: str) -> str:
    """Return a text from outside without what could move a terminal's cursor, color it or turn it round."""
    return text if text.isprintable() else "".join(c if c.isprintable() else "·" for c in text)
