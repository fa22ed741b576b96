"""The command of a lesson, made from its Params, so that no two faces can disagree."""

from __future__ import annotations

import sys
from dataclasses import Field, fields
from typing import Any

import typer

from mlbasics import formats
from mlbasics import lesson as lessons
from mlbasics.kinds import Choice, Interval
from mlbasics.lesson import Depends, option_name
from mlbasics.options import Option, command, completing, option, screen_options, shown_on
from mlbasics.output import format_of, opened
from mlbasics.phrase import phrase
from mlbasics.words import Words, load


def lesson_command(name: str, lang: str) -> Any:
    """Return the command of a lesson."""
    words = load(lang, name)
    params = fields(lessons.find(name).Params)
    experiment = {f.name: _parameter(f, words) for f in params}

    def run(**given: Any) -> int:
        chosen = {f.name: value for f in params if (value := given.pop(f.name)) is not None}
        return _run(name, chosen, lang, **given)

    options = experiment | output_options(words)
    return command(name, words["summary"] + "\n\n" + words["question"], run, options)


def output_options(words: Words) -> dict[str, Option]:
    """Return the options that every lesson takes beside its own: what is written, where, and how it looks."""
    return {
        "json": option(words, "json", bool, False),
        "format": option(words, "format", str | None, None, "FORMAT", formats.names()),
        "output": option(words, "output", str | None, None, "FILE"),
        "table": option(words, "table", str | None, None, "NAME"),
        "brief": option(words, "brief", bool, False),
        "check": option(words, "check", bool, False),
    } | screen_options(words)


def _parameter(f: Field[Any], words: Words) -> Option:
    """Return a parameter of a lesson as an option; its value is read by the lesson's own rules."""
    accepts = lessons.accepts(f)
    told = typer.Option(
        option_name(f.name),
        help=words[f"option.{f.name}"],
        metavar=accepts.metavar,
        autocompletion=completing(accepts.names if isinstance(accepts, Choice) else ()),
        show_default=_cases(f.default, words) if isinstance(f.default, Depends) else True,
        rich_help_panel=words["panel.experiment"],
    )
    return tuple[str, str] if isinstance(accepts, Interval) else str | None, told, _default(f)


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


def _run(
    name: str,
    chosen: dict[str, Any],
    locale_lang: str,
    *,
    json: bool,
    format: str | None,
    output: str | None,
    table: str | None,
    brief: bool,
    check: bool,
    **screen: Any,
) -> int:
    """Run a lesson and write what it says; return 1 where a claim that is to be checked does not hold."""
    from mlbasics.api import run
    from mlbasics.progress import progress

    told = format_of(format, json, output, table)
    with opened(output) as stream:
        shown = shown_on(stream, locale_lang, told != "json", **screen)
        with progress(sys.stderr, load(locale_lang)["progress"]) as tick:
            finished = run(name, tick=tick, **chosen)
        carry = f"--lang {screen['lang']}" if screen["lang"] else ""
        stream.write(finished.render(told, formats.View(shown, carry, table, brief)))
    return int(check and any(claim.holds is False for claim in finished.claims))
