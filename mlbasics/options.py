"""Options as Typer reads them, and those every command shares: how a screen is shown."""

from __future__ import annotations

import inspect
import os
import sys
from collections.abc import Callable, Mapping
from typing import Annotated, Any, TextIO, cast

import typer
from typer.main import get_command

from mlbasics import terminal
from mlbasics.kinds import Choice, Number
from mlbasics.phrase import phrase
from mlbasics.words import Words, languages, load

WIDTH = Number(terminal.NARROWEST, terminal.WIDEST, whole=True)
COLOR = Choice(("auto", "always", "never"))
LANG = Choice(languages())

HELP = {"help_option_names": ["-h", "--help"]}

Names = tuple[str, ...]

Option = tuple[Any, Any, object]
"""The type of a parameter, what Typer is told of it, and its default."""


def with_options(callback: Callable[..., object], options: Mapping[str, Option]) -> Callable[..., object]:
    """Return callback(**options), or callback(ctx, **options), with the signature Typer reads them from."""
    context = [p for p in inspect.signature(callback).parameters.values() if p.name == "ctx"]
    keywords = [
        inspect.Parameter(
            name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=Annotated[kind, told]
        )
        for name, (kind, told, default) in options.items()
    ]
    parameters = [p.replace(annotation=typer.Context) for p in context] + keywords
    callback.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    callback.__annotations__ = {p.name: p.annotation for p in parameters}
    return callback


def command(name: str, told: str, callback: Callable[..., object], options: Mapping[str, Option]) -> Any:
    """Return a command that calls callback(**options)."""
    app = typer.Typer(add_completion=False, rich_markup_mode="rich", context_settings=HELP)
    app.command(name, help=told)(with_options(callback, options))
    return get_command(app)


def option(
    words: Words, key: str, kind: object, default: object, metavar: str | None = None, names: Names = ()
) -> Option:
    """Return an output option; the shell completes its names."""
    told = typer.Option(
        f"--{key}",
        help=words.say(phrase(f"help.{key}", names=", ".join(names))),
        metavar=metavar,
        autocompletion=completing(names),
        rich_help_panel=words["panel.output"],
    )
    return kind, told, default


def completing(names: Names) -> Callable[[str], list[str]] | None:
    """Return what offers those of the names that begin as what is typed; nothing where there are no names."""
    return (lambda incomplete: [n for n in names if n.startswith(incomplete)]) if names else None


def screen_options(words: Words) -> dict[str, Option]:
    """Return the options that say how a screen is shown; shown_on reads them."""
    return {
        "lang": option(words, "lang", str | None, None, LANG.metavar, LANG.names),
        "width": option(words, "width", str | None, None, WIDTH.metavar),
        "color": option(words, "color", str, "auto", COLOR.metavar, COLOR.names),
        "ascii": option(words, "ascii", bool, False),
    }


def shown_on(
    stream: TextIO,
    locale_lang: str,
    note: bool = True,
    *,
    lang: str | None,
    width: str | None,
    color: str,
    ascii: bool,
) -> terminal.Terminal:
    """Return how a screen is shown on the stream, given the options; note a language it cannot carry."""
    asked = locale_lang if lang is None else LANG.accept("--lang", lang)
    shown = terminal.inspect(
        stream,
        os.environ,
        lang=asked,
        width=None if width is None else cast(int, WIDTH.accept("--width", width)),
        color=cast(terminal.When, COLOR.accept("--color", color)),
        ascii_only=ascii,
    )
    if note and shown.lang != asked:
        sys.stderr.write(f"mlbasics: {load(shown.lang)['note.language']}\n")
    return shown
