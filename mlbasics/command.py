"""Commands made from what they accept: a lesson's from its Params, so that no two faces can disagree."""

from __future__ import annotations

import inspect
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import Field, fields
from typing import Annotated, Any, TextIO, cast

import typer
from typer.main import get_command

from mlbasics import lesson as lessons
from mlbasics import terminal
from mlbasics.lesson import Choice, Depends, InputError, Interval, Number, option_name
from mlbasics.report import phrase
from mlbasics.words import Words, languages, load

WIDTH = Number(terminal.NARROWEST, terminal.WIDEST, whole=True)
COLOR = Choice(("auto", "always", "never"))
LANG = Choice(languages())

Option = tuple[Any, Any, object]
"""The type of a parameter, what Typer is told of it, and its default."""


def with_options(callback: Callable[..., None], options: Mapping[str, Option]) -> Callable[..., None]:
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


def screen_options(words: Words) -> dict[str, Option]:
    """Return the options that say how a screen is shown; shown_on reads them."""

    def option(key: str, kind: object, default: object, metavar: str | None = None) -> Option:
        panel = words["panel.output"]
        return (
            kind,
            typer.Option(f"--{key}", help=words[f"help.{key}"], metavar=metavar, rich_help_panel=panel),
            default,
        )

    return {
        "lang": option("lang", str | None, None, LANG.metavar),
        "width": option("width", str | None, None, WIDTH.metavar),
        "color": option("color", str, "auto", COLOR.metavar),
        "ascii": option("ascii", bool, False),
    }


def shown_on(
    stream: TextIO, locale_lang: str, *, lang: str | None, width: str | None, color: str, ascii: bool
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
    if shown.lang != asked:
        sys.stderr.write(f"mlbasics: {load(shown.lang)['note.language']}\n")
    return shown


def explain_command(lang: str) -> Any:
    """Return the command that tells a lesson in words."""
    words = load(lang)

    def explain(lesson: str, **given: Any) -> None:
        if not lesson:
            raise InputError(phrase("error.which", names=", ".join(lessons.names())))
        if lesson not in lessons.names():
            raise lessons.no_such("error.lesson", lesson, lessons.names())
        from mlbasics.render.prose import explain

        shown = shown_on(sys.stdout, lang, **given)
        sys.stdout.write(explain(load(shown.lang, lesson), shown))

    name = (str, typer.Argument(help=words["help.lesson"], metavar="LESSON", show_default=False), "")
    return _command("explain", words["help.explain"], explain, {"lesson": name} | screen_options(words))


def lesson_command(name: str, lang: str) -> Any:
    """Return the command of a lesson."""
    words = load(lang, name)
    params = fields(lessons.find(name).Params)
    experiment = {
        f.name: (
            tuple[str, str] if isinstance(lessons.accepts(f), Interval) else str | None,
            typer.Option(
                option_name(f.name),
                help=words[f"option.{f.name}"],
                metavar=lessons.accepts(f).metavar,
                show_default=_cases(f.default, words) if isinstance(f.default, Depends) else True,
                rich_help_panel=words["panel.experiment"],
            ),
            _default(f),
        )
        for f in params
    }
    as_json = typer.Option("--json", help=words["help.json"], rich_help_panel=words["panel.output"])

    def run(json: bool, **given: Any) -> None:
        chosen = {f.name: value for f in params if (value := given.pop(f.name)) is not None}
        _run(name, chosen, lang, given, json)

    options = experiment | {"json": (bool, as_json, False)} | screen_options(words)
    return _command(name, words["summary"] + "\n\n" + words["question"], run, options)


def _command(name: str, told: str, callback: Callable[..., None], options: Mapping[str, Option]) -> Any:
    app = typer.Typer(add_completion=False, rich_markup_mode="rich")
    app.command(name, help=told)(with_options(callback, options))
    return get_command(app)


def _default(f: Field[Any]) -> object:
    """Return a default as it would be typed; None where it depends on another parameter, or is none."""
    if f.default is None or isinstance(f.default, Depends):
        return None
    typed = str(f.default)
    return tuple(typed.split()) if isinstance(lessons.accepts(f), Interval) else typed


def _cases(default: Depends, words: Words) -> str:
    (_, first), *others = default.defaults.items()
    cases = [
        words.say(phrase("default.case", value=value, option=option_name(default.on), case=case))
        for case, value in others
    ]
    return words.say(phrase("default.depends", first=first, rest=", ".join(cases)))


def _run(name: str, chosen: dict[str, Any], lang: str, screen: dict[str, Any], json: bool) -> None:
    """Run a lesson and write what it says to standard output."""
    from mlbasics.api import run
    from mlbasics.progress import progress

    shown = shown_on(sys.stdout, lang, **screen)
    with progress(sys.stderr, load(lang)["progress"]) as tick:
        finished = run(name, tick=tick, **chosen)
    if json:
        from mlbasics.render.json import render

        sys.stdout.write(render(finished.to_dict()))
    else:
        from mlbasics.render.text import render as render_text

        carry = f"--lang {screen['lang']}" if screen["lang"] else ""
        sys.stdout.write(render_text(finished.report(), load(shown.lang, name), shown, carry))
