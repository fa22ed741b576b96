"""A request that cannot be met, told in one sentence."""

from __future__ import annotations

from mlbasics.words import Phrase, load, phrase


class InputError(ValueError):
    """A request that cannot be met: one sentence saying what was given and what is accepted."""

    def __init__(self, sentence: Phrase, exit_code: int = 2) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.exit_code = exit_code

    def __str__(self) -> str:
        return load("en").say(self.sentence)


def no_such(key: str, given: str, names: tuple[str, ...], **values: object) -> InputError:
    """Return the error for a name that is not in names, suggesting the nearest."""
    return InputError(
        phrase(key, given=quoted(given), names=", ".join(names), suggestion=nearest(given, names), **values)
    )


def nearest(given: str, names: tuple[str, ...]) -> Phrase | str:
    """Return the question whether the nearest of the names was meant; nothing where none is near."""
    from difflib import get_close_matches  # only errors need it

    near = get_close_matches(given, names, n=1)
    return phrase("error.nearest", name=near[0]) if near else ""


def quoted(given: object) -> str:
    """Return what a user gave, fit for one line of an error: printable, and not too long."""
    text = "".join(c if c.isprintable() else "·" for c in str(given))
    return text if len(text) <= 60 else text[:59] + "…"
