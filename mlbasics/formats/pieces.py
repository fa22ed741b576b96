"""The pieces of a page: page.html has each of them behind its name, with a $name for what fills it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from html import escape
from importlib.resources import files
from string import Template

Filling = str | int | None | Iterable["Filling"]


class Html(str):
    """What is HTML already, and not to be escaped."""


def fill(piece: str, **values: Filling) -> Html:
    """Return a piece filled with texts, which are escaped, with HTML, or with several in a row."""
    return Html(_pieces()[piece].substitute({name: _said(value) for name, value in values.items()}))


def _said(value: Filling) -> str:
    if isinstance(value, Html) or value is None:
        return value or ""
    return escape(str(value)) if isinstance(value, str | int) else "".join(map(_said, value))


def source(name: str) -> Html:
    """Return what a file of this folder holds."""
    return Html(files(__package__).joinpath(name).read_text("utf-8"))


@cache
def _pieces() -> dict[str, Template]:
    _, *parts = re.split("^<!-- (.*) -->\n", source("page.html"), flags=re.MULTILINE)
    return {
        name: Template(text.removesuffix("\n")) for name, text in zip(parts[::2], parts[1::2], strict=True)
    }
