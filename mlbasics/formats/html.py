"""A run as one page that needs nothing else: plots as vector graphics, tables as tables, light and dark."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from mlbasics.formats.view import View, paragraphs
from mlbasics.kit.claims import Claim
from mlbasics.kit.report import Block, Cell, Panels, Plot, Report, Series, Table
from mlbasics.lessons import ways_on
from mlbasics.render import vector
from mlbasics.render.mathml import formula
from mlbasics.render.palette import LOOKS, VERDICTS
from mlbasics.runs import Run
from mlbasics.words import Phrase, Words

WORDS = ' class="words"'
WIDTHS = (520, 460, 340)  # units of a plot that stands alone, beside another, or beside two; about pixels

PAGE = """<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
</head>
<body style="margin:0">
{body}
</body>
</html>
"""


def render(run: Run, words: Words, view: View) -> str:
    """Return the page; where the stream cannot carry it as it is, in character references."""
    report = view.report(run)
    title = f"{report.lesson} · {words.say(Phrase('question'))}"
    page = PAGE.format(lang=view.terminal.lang, title=escape(title), body=fragment(report, words, view.carry))
    return page.encode("ascii", "xmlcharrefreplace").decode() if view.terminal.ascii_only else page


def fragment(report: Report, words: Words, carry: str = "") -> str:
    """Return the report as one element with its own style, for a page or a notebook."""
    style = Path(__file__).with_suffix(".css").read_text("utf-8")
    body = "\n".join(_Teller(words).report(report, carry))
    return f'<div class="mlbasics">\n<style>\n{style}</style>\n{body}\n</div>'


class _Teller:
    """How each part of a report is told in HTML."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def say(self, said: Phrase | str) -> str:
        return escape(self.words.say(said))

    def report(self, report: Report, carry: str) -> Iterator[str]:
        first, others = paragraphs(self.words)
        if not report.claims:  # a figure alone
            yield from map(self.block, report.heroes)
            return
        yield f"<header><p>{escape(report.lesson)}</p><h1>{self.say(Phrase('question'))}</h1></header>"
        if not report.heroes:  # the claims alone
            yield self.claims(report.claims)
            return
        yield from (self.paragraph(first), f'<p class="scene">{self.say(report.scene)}</p>')
        yield from map(self.block, report.look)
        yield self.claims(report.headlines)
        yield from map(self.paragraph, others)
        yield f"<details><summary>{self.say(Phrase('more.title'))}</summary>"
        yield from map(self.block, report.more)
        yield self.claims([claim for claim in report.claims if not claim.headline])
        yield f"</details><section><h2>{self.say(Phrase('try.title'))}</h2><dl>"
        yield from (self.example(said, command) for said, command in ways_on(report, carry))
        yield "</dl></section>"

    def paragraph(self, text: str) -> str:
        """Return a paragraph; its indented lines are formulas."""
        if text.startswith("    "):
            return "".join(map(formula, text.split("\n")))
        return f"<p>{escape(text)}</p>"

    def claims(self, claims: Sequence[Claim]) -> str:
        return f'<ul class="claims">{"".join(map(self.claim, claims))}</ul>'

    def block(self, block: Block) -> str:
        if isinstance(block, Panels | Plot):
            return self.figures([block] if isinstance(block, Plot) else block.level())
        return self.table(block) if isinstance(block, Table) else f"<p>{self.say(block)}</p>"

    def figures(self, plots: Sequence[Plot]) -> str:
        """Return plots side by side where there is room."""
        width = WIDTHS[min(len(plots), len(WIDTHS)) - 1]
        return f'<div class="figures">{"".join(self.figure(plot, width) for plot in plots)}</div>'

    def figure(self, plot: Plot, width: int) -> str:
        """Return a plot under its title, and over the names that found no place in it."""
        drawing = vector.draw(plot, self.words, width)
        remark = "" if plot.axes is None else f" {self.say(plot.axes)}"
        keys = "".join(map(self.legend, drawing.unnamed))
        return f"<figure><figcaption><b>{self.say(plot.title)}</b>{remark}</figcaption>{drawing.svg}" + (
            f'<ul class="legend">{keys}</ul></figure>' if keys else "</figure>"
        )

    def legend(self, series: Series) -> str:
        return f"<li>{vector.sample(series)} {self.say(series.label)}</li>"

    def table(self, table: Table) -> str:
        head = "".join(
            f'<th scope="col"{WORDS if table.columns[i].words else ""}>{self.say(column.name)}</th>'
            for i, column in enumerate(table.columns)
        )
        decimals = [column.decimals for column in table.columns]
        rows = [
            f'<tr class="{LOOKS[row.role].css}">{"".join(map(self.cell, row.cells, decimals))}</tr>'
            for row in table.rows
        ]
        return (
            f'<h2>{self.say(table.title)}</h2><div class="scroll" tabindex="0"><table>'
            f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
        )

    def cell(self, cell: Cell, decimals: int | None) -> str:
        if isinstance(cell, tuple):
            return f"<td{WORDS}>{', '.join(map(self.say, cell))}</td>"
        said = self.say(cell) if isinstance(cell, Phrase | str) else self.words.cell(cell, decimals)
        return f"<td>{said}</td>"

    def claim(self, claim: Claim) -> str:
        mark, _ = VERDICTS[claim.holds]
        parts = [f"<b>{self.say(claim.verdict)}</b>"] if claim.verdict else []
        parts.append(self.say(claim.statement))
        parts += [f"<small>{self.say(claim.grounds)}</small>"] if claim.grounds else []
        parts += [self.say(claim.excuse)] if claim.excuse else []
        return f'<li class="{str(claim.holds).lower()}"><i>{mark}</i><p>{" ".join(parts)}</p></li>'

    def example(self, said: Phrase, command: str) -> str:
        return f"<div><dt>{self.say(said)}</dt><dd><code>{escape(command)}</code></dd></div>"
