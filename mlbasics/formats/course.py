"""The whole course as one page: what it is, its contents, and an article for each lesson."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from mlbasics import lessons
from mlbasics.formats.html import article, dial_of, page, script, sheet
from mlbasics.formats.view import View
from mlbasics.runs import Run
from mlbasics.words import load


def render(runs: Sequence[Run], view: View) -> str:
    """Return the page of these runs."""
    lang = view.terminal.lang
    shared = load(lang)
    told = [lessons.words(run.lesson, lang) for run in runs]
    contents = "\n".join(
        f'<li><a href="#{run.lesson}">{escape(words["question"])}</a><p>{escape(words["summary"])}</p></li>'
        for run, words in zip(runs, told, strict=True)
    )
    title = escape(shared["course.title"])
    about = [f"<p>{escape(text)}</p>" for text in shared["course.about"].split("\n\n")]
    articles = [
        article(run.report, words, view.carry, dial_of(run), course=True)
        for run, words in zip(runs, told, strict=True)
    ]
    head = f"<header><h1>{title}</h1></header>\n" + "\n".join(about)
    nav = f'<nav aria-label="{escape(shared["course.contents"])}"><ol>\n{contents}\n</ol></nav>'
    body = sheet("\n".join([head, nav, *articles]))
    return page(shared["course.title"], [body, *script([dial_of(run) for run in runs])], view.terminal)
