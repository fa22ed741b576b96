"""The command of a lesson, made from its Params, so that it and Python cannot disagree."""

from __future__ import annotations

import io
import sys
from dataclasses import Field
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from mlbasics import lessons
from mlbasics.cli import offers
from mlbasics.cli.command import PROGRAM, Command, Option
from mlbasics.cli.destination import deliver, file_at, format_of
from mlbasics.cli.options import carried, output, screen_options, shared, terminal_of
from mlbasics.cli.streams import playable
from mlbasics.data import STDIN
from mlbasics.formats import DEFAULT, FORMATS, SCREENS, render
from mlbasics.formats.view import FPS, RATE, View
from mlbasics.kit.errors import InputError
from mlbasics.kit.kinds import Choice
from mlbasics.kit.params import Depends, LessonParams, OwnData, accepts, fill, option_name, parameters
from mlbasics.kit.story import command_line
from mlbasics.words import Words, load, phrase

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlbasics.render.terminal import Terminal
    from mlbasics.runs import Run

DESCRIBED = ("text", "json")  # the formats of --describe
ANY_FILE = io.TextIOWrapper(io.BytesIO(), "utf-8")
"""What a file is to those who ask a stream what it can show."""

OWN_USED, USED = 6, ("data", "more", "watch", "output")
"""The options that its page shows first: so many of the lesson's own, and these."""


def lesson_command(name: str, lang: str) -> Command:
    """Return the command of a lesson."""
    words = lessons.words(name, lang)
    own = parameter_options(lessons.find(name).Params, words)
    every = [*own, *output_options(words), shared(words, "help", short="-h")]
    used = [option for option in every if option in own[:OWN_USED] or option.name in USED]
    options = [option._replace(panel="used") for option in used]
    options += [option for option in every if option not in used]
    about = words["question"] + "\n\n" + _examples(name, words)
    return Command(f"{PROGRAM} {name}", about, options, partial(_run, name, lang))


def parameter_options(params: type[LessonParams], words: Words) -> list[Option]:
    """Return the parameters of a lesson as options; their values are read by the lesson's own rules."""
    return [_parameter(f, words) for f in parameters(params)]


def questions(lang: str) -> dict[str, str]:
    """Return each lesson's question by the lesson's name."""
    return {name: lessons.words(name, lang)["question"] for name in lessons.COURSE}


def chosen(name: str, given: dict[str, Any]) -> dict[str, Any]:
    """Take the parameters of a lesson out of the options that are given, and return them."""
    return {f.name: given.pop(f.name) for f in parameters(lessons.find(name).Params) if f.name in given}


def output_options(words: Words) -> list[Option]:
    """Return the options that every lesson takes beside its own: what is written, where, and how it looks."""
    return [
        output(words, "json"),
        output(words, "format", "FORMAT", tuple(FORMATS)),
        output(words, "output", "FILE"),
        output(words, "table", "NAME", (*offers.named("table", words), "claims")),
        output(words, "plot", "NAME", offers.named("plot", words)),
        output(words, "predict"),
        output(words, "brief"),
        output(words, "more"),
        output(words, "describe"),
        output(words, "watch"),
        output(words, "fps", RATE.metavar, default=str(FPS)),
        output(words, "check"),
        *screen_options(words),
    ]


def _parameter(f: Field[Any], words: Words) -> Option:
    kind = accepts(f)
    names = offers.OFFERS.get(f.name) or (kind.names if isinstance(kind, Choice) else ())
    return Option(
        f.name, words[f"option.{f.name}"], kind.metavar, _default(f.default, words), names, panel="experiment"
    )


def _default(default: object, words: Words) -> str:
    """Return a default as the help shows it: where it depends on another parameter, each of its cases."""
    if not isinstance(default, Depends):
        return "" if default is None else str(default)
    (_, first), *others = default.defaults.items()
    cases = [
        words.say(phrase("default.case", value=value, option=option_name(default.on), case=case))
        for case, value in others
    ]
    return words.say(phrase("default.depends", first=first, rest=", ".join(cases)))


def _examples(name: str, words: Words) -> str:
    """Return what the lesson suggests to try, a line for each command and one for its question."""
    suggested = getattr(lessons.find(name), "SUGGESTIONS", ())[:3]
    return "\n".join(f"{command_line(name, s.options)}\n    {words.say(s.why)}" for s in suggested)


def _run(
    name: str,
    locale_lang: str,
    *,
    json: bool = False,
    format: str | None = None,
    output: str | None = None,
    table: str | None = None,
    plot: str | None = None,
    predict: bool = False,
    brief: bool = False,
    more: bool = False,
    describe: bool = False,
    watch: bool = False,
    fps: str = str(FPS),
    check: bool = False,
    **given: Any,
) -> int:
    """Run a lesson and write what it says; return 1 where a claim that is to be checked does not hold."""
    from mlbasics.cli.progress import progress
    from mlbasics.runs import run

    params, screen = chosen(name, given), given
    written = format_of(format, json, output, table, plot)
    if predict and written != "html":
        raise InputError(phrase("error.predict-alone", format=written))
    file = file_at(output)
    terminal = terminal_of(ANY_FILE if file else sys.stdout, locale_lang, written != "json", **screen)
    typing = params.get("data") == STDIN and sys.stdin.isatty()
    whole = more or brief or check or plot is not None or written not in SCREENS
    if describe:
        written = Choice(DESCRIBED).accept("--format", written)
        deliver(_description(name, params, written, terminal), file, terminal.lang)
        return 0
    rate = cast(int, RATE.accept("--fps", fps))
    with progress(sys.stderr, load(locale_lang)["progress"], quiet=typing) as tick:
        finished = run(name, tick, whole, **params)
        view = View(terminal, carried(**screen), table, brief, more, watch, rate, plot, predict)
        moving = watch and written == DEFAULT and not file and playable(sys.stdout)
        plays = moving and finished.dial is not None
        text = "" if plays else render(written, finished, view)
    if plays:
        _play(finished, view, lambda: terminal_of(sys.stdout, locale_lang, False, **screen))
    else:
        deliver(text, file, terminal.lang)
    return int(check and any(claim.holds is False for claim in finished.claims))


def _description(name: str, given: dict[str, Any], written: str, terminal: Terminal) -> str:
    """Return the columns of the learner's data as they were read."""
    from mlbasics.data import description, read
    from mlbasics.render.screen import Screen

    params = fill(lessons.find(name).Params, given)
    if not isinstance(params, OwnData) or params.data is None:
        raise InputError(phrase("error.alone", option="--describe", other="--data"))
    columns = read(params.data, params.decimal)
    if written == "json":
        told = {"source": columns.source, "rows": columns.rows_read}
        from json import dumps

        return dumps({**told, "columns": description.described(columns)}) + "\n"
    screen = Screen(load(terminal.lang), terminal)
    screen.print(*screen.block(description.table(columns)), *map(screen.text, columns.notes))
    return screen.finish()


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
