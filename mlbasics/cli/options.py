"""Options as Typer reads them, and those every command shares: how a screen is shown."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any, TextIO, cast

from typer.core import TyperCommand, TyperOption

from mlbasics.cli import environment
from mlbasics.kit.kinds import Choice, Number
from mlbasics.render.terminal import NARROWEST, WIDEST, Terminal
from mlbasics.words import Words, languages, load, phrase

WIDTH = Number(NARROWEST, WIDEST, whole=True)
COLOR = Choice(("auto", "always", "never"))
LANG = Choice(languages())

HELP = {"help_option_names": ["-h", "--help"]}


def command(name: str, help: str, callback: Callable[..., object], params: list[Any]) -> TyperCommand:
    """Return a command that calls callback with the values of its parameters by name."""
    return TyperCommand(name, help=help, callback=callback, params=params, context_settings=HELP)


def option(words: Words, name: str, metavar: str, names: tuple[str, ...] = (), **more: Any) -> TyperOption:
    """Return an output option that takes a word; the shell completes its names."""
    return TyperOption(
        param_decls=[f"--{name}"],
        help=words.say(phrase(f"help.{name}", names=", ".join(names))),
        metavar=metavar,
        autocompletion=completion(names),
        rich_help_panel=words["panel.output"],
        **more,
    )


def flag(words: Words, name: str, **more: Any) -> TyperOption:
    """Return an output option that is given or not."""
    return TyperOption(
        param_decls=[f"--{name}"],
        help=words[f"help.{name}"],
        is_flag=True,
        default=False,
        rich_help_panel=words["panel.output"],
        **more,
    )


def completion(names: tuple[str, ...]) -> Callable[..., list[str]] | None:
    """Return what offers the names to the shell; nothing where there are none."""
    return (lambda context, words, typed: list(names)) if names else None


def screen_options(words: Words) -> list[TyperOption]:
    """Return the options that say how a screen is shown; terminal_of reads them."""
    return [
        option(words, "lang", LANG.metavar, LANG.names),
        option(words, "width", WIDTH.metavar),
        option(words, "color", COLOR.metavar, COLOR.names, default="auto", show_default=True),
        flag(words, "ascii"),
    ]


def terminal_of(
    stream: TextIO,
    locale_lang: str,
    note: bool = True,
    *,
    lang: str | None,
    width: str | None,
    color: str,
    ascii: bool,
) -> Terminal:
    """Return how a screen is shown on the stream, given the options; note a language it cannot carry."""
    asked = locale_lang if lang is None else LANG.accept("--lang", lang)
    terminal = environment.inspect(
        stream,
        os.environ,
        lang=asked,
        width=None if width is None else cast(int, WIDTH.accept("--width", width)),
        color=cast(environment.When, COLOR.accept("--color", color)),
        ascii_only=ascii,
    )
    if note and terminal.lang != asked:
        sentence = phrase("note.language", language=load(asked)["language.english-name"])
        sys.stderr.write(f"mlbasics: {load(terminal.lang).say(sentence)}\n")
    return terminal
