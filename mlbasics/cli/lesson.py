"""The command of a lesson, made from its Params, so that no two faces can disagree."""

from __future__ import annotations

import io
import sys
from dataclasses import Field
from typing import TYPE_CHECKING, Any, cast

from typer.core import TyperCommand, TyperOption

from mlbasics import lessons
from mlbasics.cli.destination import deliver, file_at, format_of
from mlbasics.cli.options import carried, command, completion, flag, option, screen_options, terminal_of
from mlbasics.cli.streams import playable
from mlbasics.data import STDIN
from mlbasics.formats import DEFAULT, FORMATS, SCREENS, render
from mlbasics.formats.view import FPS, RATE, View
from mlbasics.kit.kinds import Choice, Interval
from mlbasics.kit.params import Depends, accepts, option_name, parameters
from mlbasics.kit.story import command_line
from mlbasics.words import Words, load, phrase

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlbasics.render.terminal import Terminal
    from mlbasics.runs import Run

ANY_FILE = io.TextIOWrapper(io.BytesIO(), "utf-8")
"""What a file is to those who ask a stream what it can show."""


def lesson_command(name: str, lang: str) -> TyperCommand:
    """Return the command of a lesson."""
    words = lessons.words(name, lang)

    def run(**options: Any) -> int:
        return _run(name, given(name, options), lang, **options)

    options = [*parameter_options(name, words), *output_options(words)]
    return command(name, words["question"] + "\n\n" + _examples(name, words), run, options, lang)


def parameter_options(name: str, words: Words) -> list[TyperOption]:
    """Return the parameters of a lesson as options."""
    return [_parameter(f, words) for f in parameters(lessons.find(name).Params)]


def given(name: str, options: dict[str, Any]) -> dict[str, Any]:
    """Take the parameters of a lesson out of the options, and return those that have a value."""
    params = parameters(lessons.find(name).Params)
    return {f.name: value for f in params if (value := options.pop(f.name)) is not None}


def _examples(name: str, words: Words) -> str:
    """Return what the lesson suggests to try, a line for each command and one for its question."""
    suggested = getattr(lessons.find(name), "SUGGESTIONS", ())[:3]
    return "\n".join(f"{command_line(name, s.options)}\n    {words.say(s.why)}" for s in suggested)


def output_options(words: Words) -> list[TyperOption]:
    """Return the options that every lesson takes beside its own: what is written, where, and how it looks."""
    return [
        flag(words, "json"),
        option(words, "format", "FORMAT", tuple(FORMATS)),
        option(words, "output", "FILE", short=("-o",)),
        option(words, "table", "NAME"),
        option(words, "plot", "NAME"),
        flag(words, "brief"),
        flag(words, "more"),
        flag(words, "watch"),
        option(words, "fps", RATE.metavar, default=str(FPS), show_default=True),
        flag(words, "check"),
        *screen_options(words),
    ]


def _parameter(f: Field[Any], words: Words) -> TyperOption:
    """Return a parameter of a lesson as an option; its value is read by the lesson's own rules."""
    kind = accepts(f)
    return TyperOption(
        param_decls=[option_name(f.name)],
        default=_default(f),
        nargs=2 if isinstance(kind, Interval) else 1,
        help=words[f"option.{f.name}"],
        metavar=kind.metavar,
        autocompletion=completion(kind.names if isinstance(kind, Choice) else ()),
        show_default=_cases(f.default, words) if isinstance(f.default, Depends) else True,
        rich_help_panel="experiment",
    )


def _default(f: Field[Any]) -> object:
    """Return a default as it would be typed; None where it depends on another parameter, or is none."""
    if f.default is None or isinstance(f.default, Depends):
        return None
    typed = str(f.default)
    return tuple(typed.split()) if isinstance(accepts(f), Interval) else typed


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
    plot: str | None,
    brief: bool,
    more: bool,
    watch: bool,
    fps: str,
    check: bool,
    **screen: Any,
) -> int:
    """Run a lesson and write what it says; return 1 where a claim that is to be checked does not hold."""
    from mlbasics.cli.progress import progress
    from mlbasics.runs import run

    written = format_of(format, json, output, table, plot)
    file = file_at(output)
    terminal = terminal_of(ANY_FILE if file else sys.stdout, locale_lang, written != "json", **screen)
    carry = carried(screen["lang"])
    typing = chosen.get("data") == STDIN and sys.stdin.isatty()
    whole = more or brief or check or plot is not None or written not in SCREENS
    rate = cast(int, RATE.accept("--fps", fps))
    with progress(sys.stderr, load(locale_lang)["progress"], quiet=typing) as tick:
        finished = run(name, tick, whole, **chosen)
        view = View(terminal, carry, table, brief, more, watch, rate, plot)
        moving = watch and written == DEFAULT and not file and playable(sys.stdout)
        plays = moving and finished.dial is not None
        text = "" if plays else render(written, finished, view)
    if plays:
        _play(finished, view, lambda: terminal_of(sys.stdout, locale_lang, False, **screen))
    else:
        deliver(text, file, terminal.lang)
    return int(check and any(claim.holds is False for claim in finished.claims))


def _play(finished: Run, view: View, inspect: Callable[[], Terminal]) -> None:
    """Play a run whose lesson has a dial, from end to end of it, and leave its look."""
    from mlbasics.cli.watch import play
    from mlbasics.render import look

    report, dial, words = finished.report, finished.dial, lessons.words(finished.lesson, view.terminal.lang)
    assert dial is not None
    play(
        look.screens(dial),
        lambda which, terminal: look.screen(report, dial, which, words, terminal, view.carry),
        inspect,
        view.fps,
    )
