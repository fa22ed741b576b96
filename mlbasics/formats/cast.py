"""A run as an asciicast, version 2: its dial turned in a terminal, for players of such recordings."""

from __future__ import annotations

import json

from mlbasics.formats.view import View
from mlbasics.kit.errors import InputError
from mlbasics.render.look import reel
from mlbasics.runs import Run
from mlbasics.words import Phrase, Words, phrase


def render(run: Run, words: Words, view: View) -> str:
    """Return the recording: a header, then what is written when; each screen is written from its top."""
    if run.dial is None:
        raise InputError(phrase("error.still", lesson=run.lesson))
    terminal = view.terminal._replace(color=view.terminal.color or "256")
    texts = reel(run.report, run.dial, words, terminal, view.carry)
    header = {
        "version": 2,
        "width": terminal.width,
        "height": max(text.count("\n") for text in texts) + 1,
        "title": words.say(Phrase("question")),
    }
    events = [
        (round(i / view.fps, 3), "o", "\x1b[H\x1b[2J" + text.replace("\n", "\r\n"))
        for i, text in enumerate(texts)
    ]
    return "".join(json.dumps(line) + "\n" for line in (header, *events))
