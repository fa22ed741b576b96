"""What --help prints: a page of the program's own.

Typer's speaks English alone, and rich cuts the last syllable off a full line of Korean in a table's cell.
"""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperArgument, TyperGroup, TyperOption

from mlbasics.cli import environment, streams
from mlbasics.words import Words, load, phrase

if TYPE_CHECKING:
    from rich.text import Text

    from mlbasics.render.sheet import Sheet
    from mlbasics.render.terminal import Terminal

    Entries = list[tuple[str, str, str]]  # what is typed, what it does, its default

INDENT, ROOM, GAP = 2, 26, 2  # columns: before what is typed, for it, and up to what it does
BESIDE = 60  # columns of a terminal that has room for that beside it; in a narrower one it stands below


def help_option(lang: str) -> TyperOption:
    """Return the option that prints the page of the command it is given to."""
    words = load(lang)

    def print_page(ctx: typer.Context, option: object, asked: bool) -> None:
        if asked and not ctx.resilient_parsing:
            terminal = environment.inspect(
                sys.stdout, os.environ, lang=lang,
                width=None, height=None, color="auto", ascii_only=False, theme="auto",
            )  # fmt: skip
            streams.put(page(ctx, words, terminal), lang)
            raise typer.Exit

    return TyperOption(
        param_decls=["--help", "-h"], help=words["help.help"], is_flag=True, is_eager=True,
        expose_value=False, callback=print_page,
    )  # fmt: skip


def page(ctx: Any, words: Words, terminal: Terminal) -> str:
    """Return a command's usage, what it is about, and what it takes."""
    from rich.cells import cell_len
    from rich.text import Text

    from mlbasics.render.sheet import Sheet

    sheet = Sheet(words, terminal)
    sheet.print(sheet.text(_usage(ctx, words), "bold"), "")
    sheet.print(*(sheet.text(line) for line in ctx.command.help.rstrip().split("\n")))
    width = terminal.width - INDENT
    for title, entries in _panels(ctx, words).items():
        sheet.print("", sheet.text(title, "bold"))
        most = ROOM if terminal.width >= BESIDE else 2
        room = max([cell_len(typed) for typed, *_ in entries if cell_len(typed) <= most], default=most)
        for typed, does, default in entries:
            left = sheet.text(" " * INDENT + typed, "bold")
            if cell_len(typed) > room:
                sheet.print(*(sheet.text(" " * INDENT + part, "bold") for part in _parted(typed, width)))
                left = Text()
            for line in _explained(sheet, does, default, width - room - GAP):
                left.pad_right(INDENT + room + GAP - left.cell_len)
                sheet.print(left + line)
                left = Text()
    return sheet.finish()


def _parted(typed: str, width: int) -> list[str]:
    """Return what is typed in lines of this width; a choice of many names is parted after one of them."""
    lines = [""]
    for part in re.findall(r"[^|]+\|?", typed):
        if lines[-1] and len(lines[-1] + part) > width:
            lines.append("")
        lines[-1] += part
    return lines


def _explained(sheet: Sheet, does: str, default: str, width: int) -> list[Text]:
    """Return what an option does in lines of this width, its default on the last where there is room."""
    *lines, last = sheet.text(does).wrap(sheet.console, width, overflow="fold")
    told = sheet.text(default, "dim")
    if default and last.cell_len + 1 + told.cell_len <= width:
        last.append(" ").append_text(told)
        told = sheet.text("")
    return [*lines, last, *(told.wrap(sheet.console, width, overflow="fold") if told else ())]


def _usage(ctx: Any, words: Words) -> str:
    taken = [str(p.metavar) for p in ctx.command.params if isinstance(p, TyperArgument)]
    taken += ["[COMMAND]"] if isinstance(ctx.command, TyperGroup) else []
    slots = [_metavar(name, words) for name in (*taken, "[OPTIONS]")]
    return words.say(phrase("help.usage", command=" ".join([ctx.command_path, *slots])))


def _panels(ctx: Any, words: Words) -> dict[str, Entries]:
    """Return by panel what the command takes: commands, arguments, options, those of no panel last."""
    command: Any = ctx.command
    panels: dict[str, Entries] = {}
    if isinstance(command, TyperGroup):
        made: dict[str, Any] = {name: command.get_command(ctx, name) for name in command.list_commands(ctx)}
        panels["commands"] = [(name, one.help.partition("\n")[0], "") for name, one in made.items()]
    for parameter in sorted(command.params, key=lambda p: _panel(p) == "options"):  # a stable sort
        entry = _typed(parameter, ctx, words), parameter.help or "", _default(parameter, words)
        panels.setdefault(_panel(parameter), []).append(entry)
    return {words[f"panel.{name}"]: entries for name, entries in panels.items()}


def _panel(parameter: Any) -> str:
    if isinstance(parameter, TyperArgument):
        return "arguments"
    return str(parameter.rich_help_panel or "options")


def _typed(parameter: Any, ctx: Any, words: Words) -> str:
    """Return a parameter as it is typed: -o, --output FILE."""
    slot = "" if getattr(parameter, "is_flag", False) else _metavar(parameter.make_metavar(ctx), words)
    if isinstance(parameter, TyperArgument):
        return slot
    return f"{', '.join(sorted(parameter.opts, key=len))} {slot}".rstrip()


def _metavar(name: str, words: Words) -> str:
    """Return what stands for a value; ranges and choices are the same in every language."""
    return words.sentences.get(f"metavar.{name}", name)


def _default(parameter: Any, words: Words) -> str:
    """Return what the default is told as, where there is one to tell."""
    shown, value = parameter.show_default, parameter.default
    if not isinstance(shown, str):
        told = isinstance(value, str | tuple) and shown
        shown = " ".join([value] if isinstance(value, str) else value) if told else ""
    return words.say(phrase("help.default", value=shown)) if shown else ""
