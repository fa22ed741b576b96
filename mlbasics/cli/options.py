"""The options that commands share, above all how a screen is shown."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TextIO, cast

from mlbasics.cli import environment, streams
from mlbasics.cli.command import Option
from mlbasics.formats.view import HEIGHT, LANG, WIDTH
from mlbasics.kit.kinds import Choice
from mlbasics.render.terminal import TALL, Terminal
from mlbasics.words import Words, load, phrase

COLOR = Choice(("auto", "always", "never"))
THEME = Choice(("auto", "dark", "light"))


def shared(
    words: Words,
    name: str,
    metavar: str = "",
    names: Sequence[str] = (),
    default: str = "",
    short: str = "",
    panel: str = "options",
) -> Option:
    """Return an option that is no lesson's own; its sentence has its name."""
    about = words.say(phrase(f"help.{name}", names=", ".join(names), rows=TALL))
    return Option(name.replace("-", "_"), about, metavar, default, names, short, panel)


def output(
    words: Words, name: str, metavar: str = "", names: Sequence[str] = (), default: str = ""
) -> Option:
    """Return an option of what is written, where, and how it looks."""
    return shared(words, name, metavar, names, default, "-o" if name == "output" else "", "output")


def screen_options(words: Words) -> list[Option]:
    """Return the options that say how a screen is shown; terminal_of reads them."""
    return [
        output(words, "lang", LANG.metavar, LANG.names),
        output(words, "width", WIDTH.metavar),
        output(words, "height", HEIGHT.metavar),
        output(words, "color", COLOR.metavar, COLOR.names, default="auto"),
        output(words, "theme", THEME.metavar, THEME.names, default="auto"),
        output(words, "ascii"),
    ]


def carried(lang: str | None = None, **screen: object) -> str:
    """Return what suggested commands repeat of these options: the language, where one is asked for."""
    return f"--lang {lang}" if lang else ""


def terminal_of(
    stream: TextIO,
    locale_lang: str,
    note: bool = True,
    *,
    lang: str | None = None,
    width: str | None = None,
    height: str | None = None,
    color: str = "auto",
    theme: str = "auto",
    ascii: bool = False,
) -> Terminal:
    """Return how a screen is shown on the stream, given the options; note a language it cannot carry."""
    asked = locale_lang if lang is None else LANG.accept("--lang", lang)
    terminal = environment.inspect(
        stream,
        os.environ,
        lang=asked,
        width=None if width is None else cast(int, WIDTH.accept("--width", width)),
        height=None if height is None else cast(int, HEIGHT.accept("--height", height)),
        color=cast(environment.When, COLOR.accept("--color", color)),
        ascii_only=ascii,
        theme=cast(environment.Theme, THEME.accept("--theme", theme)),
    )
    if note and terminal.lang != asked:
        sentence = phrase("note.language", language=load(asked)["language.english-name"])
        streams.note(load(terminal.lang).say(sentence))
    return terminal
