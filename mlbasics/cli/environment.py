"""What the streams of this process can show: the one place that asks the environment."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, MutableMapping
from contextlib import suppress
from typing import Literal, TextIO

from mlbasics.cli.streams import carries
from mlbasics.render.terminal import (
    LOWEST,
    NARROWEST,
    PIPE,
    TALL,
    TALLEST,
    WIDEST,
    Color,
    Terminal,
)
from mlbasics.words import FALLBACK, languages, load

DRAWN = "⣿░─│┌●○▲■◆×✓✗"  # what a screen is drawn with beside its words

When = Literal["auto", "always", "never"]
Theme = Literal["auto", "dark", "light"]


def inspect(
    stream: TextIO,
    environ: Mapping[str, str],
    *,
    lang: str,
    width: int | None,
    height: int | None,
    color: When,
    ascii_only: bool,
    theme: Theme,
) -> Terminal:
    """Return what the stream can show; what the user asked for by an option goes first."""
    return Terminal(
        width=width or _width(stream, environ),
        height=height or _height(stream, environ),
        color=_color(stream, environ, color),
        ascii_only=ascii_only or not carries(stream, DRAWN),
        lang=spoken(lang, stream),
        dark=_dark(environ) if theme == "auto" else theme == "dark",
    )


def tidy(environ: MutableMapping[str, str]) -> None:
    """Drop sizes that are none, over which rich and Typer would stumble; ask for one BLAS thread."""
    environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # a run uses one; others would be started to do nothing
    for name in ("COLUMNS", "LINES", "TERMINAL_WIDTH"):
        if not re.fullmatch("0*[1-9][0-9]{0,8}", environ.get(name, ""), re.ASCII):
            environ.pop(name, None)


def spoken(lang: str, stream: TextIO) -> str:
    """Return the language, or English where the stream cannot carry the language's own name."""
    return lang if carries(stream, load(lang)["language.name"]) else FALLBACK


def language(environ: Mapping[str, str]) -> str:
    """Return the language that is wished for and spoken: the first that the variables name, else English."""
    names = [environ.get(name, "") for name in ("MLBASICS_LANG", "LC_ALL", "LC_MESSAGES", "LANG")]
    names += environ.get("LANGUAGE", "").split(":")
    if not any(names):
        import locale

        with suppress(ValueError):  # LC_CTYPE may name what is none
            names = [locale.getlocale()[0] or ""]  # Windows and macOS may set none of them
    codes = {load(code)["language.english-name"]: code for code in languages()}
    codes |= {"C": FALLBACK, "POSIX": FALLBACK}
    for name in names:
        spoken_in = re.split("[_.@-]", name)[0]  # ko_KR.UTF-8, or Korean_Korea.949 on Windows
        code = codes.get(spoken_in, spoken_in.lower())
        if code in languages():
            return code
    return FALLBACK


def _width(stream: TextIO, environ: Mapping[str, str]) -> int:
    if "COLUMNS" in environ:
        wanted = int(environ["COLUMNS"])
    elif stream.isatty():
        wanted = os.get_terminal_size(stream.fileno()).columns or PIPE
    else:
        wanted = PIPE
    return min(max(wanted, NARROWEST), WIDEST)


def _height(stream: TextIO, environ: Mapping[str, str]) -> int:
    """Return the rows that a screen may take: the terminal's but one, which the prompt takes."""
    if "LINES" in environ:
        wanted = int(environ["LINES"]) - 1
    elif stream.isatty():
        wanted = os.get_terminal_size(stream.fileno()).lines - 1
    else:
        wanted = TALL
    return min(max(wanted, LOWEST), TALLEST)


def _color(stream: TextIO, environ: Mapping[str, str], when: When) -> Color:
    """Return the colors to use: the flag, then NO_COLOR, then what forces color, then the terminal."""
    forced = any(environ.get(name, "") not in ("", "0") for name in ("FORCE_COLOR", "CLICOLOR_FORCE"))
    refused = bool(environ.get("NO_COLOR")) or (environ.get("CLICOLOR") == "0" and not forced)
    capable = stream.isatty() and environ.get("TERM") not in ("dumb", "unknown", "")
    if when == "never" or (when == "auto" and (refused or not (forced or capable))):
        return None
    if environ.get("COLORTERM") in ("truecolor", "24bit"):
        return "truecolor"
    return "256" if "256" in environ.get("TERM", "") else "standard"


def _dark(environ: Mapping[str, str]) -> bool:
    """Return whether the background is dark, as far as the terminal says: its last number is the color."""
    return environ.get("COLORFGBG", "").rpartition(";")[2] not in ("7", "15")
