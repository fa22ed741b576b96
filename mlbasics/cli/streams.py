"""The three streams as they may be: closed, full, cut off, or without the characters that are to be shown."""

import codecs
import os
import sys
from typing import TextIO
from unicodedata import combining, east_asian_width

from mlbasics.words import load, phrase

STREAMS = {"stdin": ("r", os.O_WRONLY), "stdout": ("w", os.O_RDONLY), "stderr": ("w", os.O_WRONLY)}
"""How each is used, and what to open in its place: using it fails, but complaints go nowhere."""


def hold() -> None:
    """Occupy the places of closed streams, which the next file opened would take, and be written over."""
    for number, (name, (mode, way)) in enumerate(STREAMS.items()):
        if getattr(sys, name) is None:
            held = os.open(os.devnull, way)
            if held != number:
                os.dup2(held, number)
                os.close(held)
            setattr(sys, name, open(number, mode, encoding="utf-8"))  # noqa: SIM115


def put(text: str, lang: str) -> None:
    """Write to standard output; say so where its encoding lacks a character; a closed pipe ends quietly."""
    encoding = sys.stdout.encoding or "ascii"
    if not carries(sys.stdout, text):
        text = text.encode(encoding, "mlbasics").decode(encoding)
        note(load(lang).say(phrase("note.characters", encoding=encoding)))
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        silence(sys.stdout)


def note(sentence: str) -> None:
    """Write one sentence to standard error; where even that cannot be written, nobody is told."""
    try:
        sys.stderr.write(f"mlbasics: {sentence}\n")
        sys.stderr.flush()
    except OSError:
        silence(sys.stderr)


def playable(stream: TextIO) -> bool:
    """Return whether the stream is a terminal on which a line can be written anew."""
    return stream.isatty() and os.environ.get("TERM") not in ("dumb", "unknown")


def carries(stream: TextIO, text: str) -> bool:
    """Return whether the stream's encoding has every character of the text."""
    try:
        text.encode(stream.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def silence(stream: TextIO) -> None:
    """Let what is still to be flushed at the end go nowhere: it has failed once."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _stand_in(error: UnicodeError) -> tuple[str, int]:
    """Return as many question marks as the characters take cells, so that columns stay columns."""
    assert isinstance(error, UnicodeEncodeError)
    lost = error.object[error.start : error.end]
    marks = ("" if combining(c) else "??" if east_asian_width(c) in "WF" else "?" for c in lost)
    return "".join(marks), error.end


codecs.register_error("mlbasics", _stand_in)
