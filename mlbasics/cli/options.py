"""Options as Typer reads them, and those every command shares: how a screen is shown."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, TextIO, cast

from typer.core import TyperCommand, TyperOption

from mlbasics.cli import environment, streams
from mlbasics.cli.manual import help_option
from mlbasics.formats.view import HEIGHT, LANG, WIDTH
from mlbasics.kit.errors import InputError, quoted
from mlbasics.kit.kinds import Choice
from mlbasics.render.terminal import TALL, Terminal
from mlbasics.words import Words, load, phrase

COLOR = Choice(("auto", "always", "never"))
THEME = Choice(("auto", "dark", "light"))


class Command(TyperCommand):
    """A command that refuses what stands beside its options in a sentence of its own."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command, unless there is a word too many."""
        if ctx.args:
            raise InputError(phrase("error.extra", command=self.name, given=quoted(ctx.args[0])))
        return super().invoke(ctx)


def command(name: str, help: str, callback: Callable[..., object], params: list[Any], lang: str) -> Command:
    """Return a command that calls callback with the values of its parameters by name."""
    return Command(
        name, help=help, callback=callback, params=[*params, help_option(lang)], add_help_option=False,
        context_settings={"allow_extra_args": True},
    )  # fmt: skip


def option(
    words: Words,
    name: str,
    metavar: str,
    names: tuple[str, ...] = (),
    short: tuple[str, ...] = (),
    **more: Any,
) -> TyperOption:
    """Return an output option that takes a word; the shell completes its names."""
    return TyperOption(
        param_decls=[f"--{name}", *short],
        help=words.say(phrase(f"help.{name}", names=", ".join(names), rows=TALL)),
        metavar=metavar,
        autocompletion=completion(names),
        rich_help_panel="output",
        **more,
    )


def flag(words: Words, name: str, **more: Any) -> TyperOption:
    """Return an output option that is given or not."""
    return TyperOption(
        param_decls=[f"--{name}"],
        help=words[f"help.{name}"],
        is_flag=True,
        default=False,
        rich_help_panel="output",
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
        option(words, "height", HEIGHT.metavar),
        option(words, "color", COLOR.metavar, COLOR.names, default="auto", show_default=True),
        option(words, "theme", THEME.metavar, THEME.names, default="auto", show_default=True),
        flag(words, "ascii"),
    ]


def carried(lang: str | None) -> str:
    """Return what suggested commands repeat of these options: the language, where one is asked for."""
    return f"--lang {lang}" if lang else ""


def terminal_of(
    stream: TextIO,
    locale_lang: str,
    note: bool = True,
    *,
    lang: str | None,
    width: str | None,
    height: str | None,
    color: str,
    theme: str,
    ascii: bool,
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
