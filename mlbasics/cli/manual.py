"""What --help prints: a page of the program's own.

Typer's speaks English alone, and rich cuts the last syllable off a full line of Korean in a table's cell.
"""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING

from mlbasics.cli import environment
from mlbasics.cli.command import LESSON, LESSONS, Command, Option
from mlbasics.words import Words, load, phrase

if TYPE_CHECKING:
    from rich.text import Text

    from mlbasics.render.sheet import Sheet

    Entries = list[tuple[str, str, str]]  # what is typed, what it does, its default

INDENT, ROOM, GAP = 2, 26, 2  # columns: before what is typed, for it, and up to what it does
BESIDE = 60  # columns of a terminal that has room for that beside it; in a narrower one it stands below


def page(command: Command, lang: str) -> str:
    """Return a command's usage, what it is about, and what it takes."""
    from rich.cells import cell_len
    from rich.text import Text

    from mlbasics.render.sheet import Sheet

    words = load(lang)
    terminal = environment.inspect(
        sys.stdout,
        os.environ,
        lang=lang,
        width=None,
        height=None,
        color="auto",
        ascii_only=False,
        theme="auto",
    )
    sheet = Sheet(words, terminal)
    sheet.print(sheet.text(_usage(command, words), "bold"), "")
    sheet.print(*(sheet.text(line) for line in command.about.rstrip().split("\n")))
    width = terminal.width - INDENT
    for title, entries in _panels(command, words).items():
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
    shown = sheet.text(default, "dim")
    if default and last.cell_len + 1 + shown.cell_len <= width:
        last.append(" ").append_text(shown)
        shown = sheet.text("")
    return [*lines, last, *(shown.wrap(sheet.console, width, overflow="fold") if shown else ())]


def _usage(command: Command, words: Words) -> str:
    slots = [_metavar(slot, words) for slot in (command.slot, "[OPTIONS]") if slot]
    return words.say(phrase("help.usage", command=" ".join([command.path, *slots])))


def _panels(command: Command, words: Words) -> dict[str, Entries]:
    """Return by panel what the command takes: words, options, those of no panel last."""
    panels: dict[str, Entries] = {}
    if command.slot in (LESSON, LESSONS):
        panels["arguments"] = [(_metavar(command.slot, words), words["help.lesson"], "")]
    elif command.slot:
        panels["commands"] = [(name, about, "") for name, about in command.names().items()]
    told = (option for option in command.options if option.panel)
    for option in sorted(told, key=lambda option: option.panel == "options"):  # a stable sort
        default = words.say(phrase("help.default", value=option.default)) if option.default else ""
        panels.setdefault(option.panel, []).append((_typed(option, words), option.about, default))
    return {words[f"panel.{name}"]: entries for name, entries in panels.items()}


def _typed(option: Option, words: Words) -> str:
    """Return an option as it is typed: -o, --output FILE."""
    return f"{', '.join(option.spellings)} {_metavar(option.metavar, words)}".rstrip()


def _metavar(name: str, words: Words) -> str:
    """Return what stands for a value; ranges and choices are the same in every language."""
    return words.sentences.get(f"metavar.{name}", name)
