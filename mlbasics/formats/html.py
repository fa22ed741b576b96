"""A run as one page that needs nothing else: plots as vector graphics, tables as tables, light and dark."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator, Sequence
from hashlib import sha256
from html import escape
from pathlib import Path

from mlbasics.formats.figures import Figures
from mlbasics.formats.view import View, paragraphs
from mlbasics.kit.claims import Claim
from mlbasics.kit.dial import Dial
from mlbasics.kit.report import Block, Cell, Column, Panels, Plot, Report, Table
from mlbasics.lessons import following, ways_on
from mlbasics.render.mathml import formula
from mlbasics.render.palette import LOOKS, VERDICTS
from mlbasics.render.terminal import Terminal
from mlbasics.runs import Run
from mlbasics.words import Phrase, Words

WORDS = ' class="words"'
LOADING = "default-src 'none'; style-src 'unsafe-inline'"  # a page loads nothing

PAGE = """<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>{title}</title>
</head>
<body style="margin:0">
{body}
</body>
</html>
"""


def render(run: Run, words: Words, view: View) -> str:
    """Return the page of a run."""
    report = view.report(run)
    dial = dial_of(run) if report.heroes and report.claims else None  # where it is an article
    title = f"{report.lesson} · {words.say(Phrase('question'))}"
    return page(title, [sheet(article(report, words, view.carry, dial)), *script([dial])], view.terminal)


def dial_of(run: Run) -> Dial | None:
    """Return the dial of a run, where there is one and it can be turned."""
    return run.dial if run.dial is not None and len(run.dial.positions) > 1 else None


def page(title: str, parts: Sequence[str], terminal: Terminal) -> str:
    """Return a page of these parts; where the stream cannot carry it as it is, in character references."""
    body = "\n".join(parts)
    sources = re.findall("<script>(.*?)</script>", body, re.DOTALL)
    hashes = [f"'sha256-{b64encode(sha256(source.encode()).digest()).decode()}'" for source in sources]
    policy = "; ".join([LOADING, *(["script-src " + " ".join(hashes)] if hashes else [])])
    whole = PAGE.format(lang=terminal.lang, policy=policy, title=escape(title), body=body)
    return whole.encode("ascii", "xmlcharrefreplace").decode() if terminal.ascii_only else whole


def script(dials: Sequence[Dial | None]) -> Sequence[str]:
    """Return the script that turns dials, where there are any."""
    source = Path(__file__).with_suffix(".js").read_text("utf-8")
    return [f"<script>\n{source}</script>"] if any(dials) else []


def fragment(report: Report, words: Words, carry: str = "") -> str:
    """Return the report as one element with its own style, for a notebook: nothing in it moves."""
    return sheet(article(report, words, carry, None))


def sheet(body: str) -> str:
    """Return one element with its own style."""
    style = Path(__file__).with_suffix(".css").read_text("utf-8")
    return f'<div class="mlbasics">\n<style>\n{style}</style>\n{body}\n</div>'


def article(report: Report, words: Words, carry: str, dial: Dial | None, *, course: bool = False) -> str:
    """Return the report as an article; of a course, it has the lesson's name, and a link to the next."""
    place = f' id="{report.lesson}"' if course else ""
    parts = "\n".join(_Teller(words, course).report(report, carry, dial))
    return f"<article{place}>\n{parts}\n</article>"


class _Teller:
    """How each part of a report is told in HTML."""

    def __init__(self, words: Words, course: bool) -> None:
        self.words, self.course = words, course
        self.figures = Figures(words)
        self.title, self.head = ("h2", "h3") if course else ("h1", "h2")

    def say(self, said: Phrase | str) -> str:
        return escape(self.words.say(said))

    def report(self, report: Report, carry: str, dial: Dial | None) -> Iterator[str]:
        first, others = paragraphs(self.words)
        if not report.claims:  # a figure alone
            yield from map(self.block, report.heroes)
            return
        question = f"<{self.title}>{self.say(Phrase('question'))}</{self.title}>"
        yield f"<header><p>{escape(report.lesson)}</p>{question}</header>"
        if not report.heroes:  # the claims alone
            yield self.claims(report.claims)
            return
        yield from (self.paragraph(first), f'<p class="scene">{self.say(report.scene)}</p>')
        if dial is not None:
            yield self.figures.player(dial, report.lesson if self.course else "")
        yield from map(self.block, report.look[len(dial.look.heroes) if dial else 0 :])
        yield self.claims(report.headlines)
        yield from map(self.paragraph, others)
        yield f"<details><summary>{self.say(Phrase('more.title'))}</summary>"
        yield from map(self.block, report.more)
        yield self.claims([claim for claim in report.claims if not claim.headline])
        yield f"</details><section><{self.head}>{self.say(Phrase('try.title'))}</{self.head}><dl>"
        *ways, (bridge, command) = ways_on(report, carry)
        yield from (self.example(self.say(said), command) for said, command in ways)
        link = f'<a href="#{following(report.lesson)}">{self.say(bridge)}</a>'
        yield self.example(link if self.course else self.say(bridge), command)
        yield "</dl></section>"

    def paragraph(self, text: str) -> str:
        """Return a paragraph; its indented lines are formulas."""
        if text.startswith("    "):
            lines = "".join(map(formula, text.split("\n")))
            return f'<div class="formula">{lines}</div>'
        return f"<p>{escape(text)}</p>"

    def claims(self, claims: Sequence[Claim]) -> str:
        return f'<ul class="claims">{"".join(map(self.claim, claims))}</ul>'

    def block(self, block: Block) -> str:
        if isinstance(block, Panels | Plot):
            return self.figures.still(block)
        return self.table(block) if isinstance(block, Table) else f"<p>{self.say(block)}</p>"

    def table(self, table: Table) -> str:
        head = "".join(
            f'<th scope="col"{WORDS if column.words else ""}>{self.say(column.name)}</th>'
            for column in table.columns
        )
        rows = [
            f'<tr class="{LOOKS[row.role].css}">{"".join(map(self.cell, row.cells, table.columns))}</tr>'
            for row in table.rows
        ]
        return (
            f"<{self.head}>{self.say(table.title)}</{self.head}>"
            f'<div class="scroll" tabindex="0"><table>'
            f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
        )

    def cell(self, cell: Cell, column: Column) -> str:
        if isinstance(cell, tuple):
            said = ", ".join(map(self.say, cell))
        else:
            said = (
                self.say(cell) if isinstance(cell, Phrase | str) else self.words.cell(cell, column.decimals)
            )
        return f"<td{WORDS if column.words else ''}>{said}</td>"

    def claim(self, claim: Claim) -> str:
        mark, _ = VERDICTS[claim.holds]
        parts = [f"<b>{self.say(claim.verdict)}</b>"] if claim.verdict else []
        parts.append(self.say(claim.sentence))
        parts += [f"<small>{self.say(claim.grounds)}</small>"] if claim.grounds else []
        parts += [self.say(claim.excuse)] if claim.excuse else []
        return f'<li class="{str(claim.holds).lower()}"><i>{mark}</i><p>{" ".join(parts)}</p></li>'

    def example(self, why: str, command: str) -> str:
        return f"<div><dt>{why}</dt><dd><code>{escape(command)}</code></dd></div>"
