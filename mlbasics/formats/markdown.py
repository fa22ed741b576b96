"""A run as an article in Markdown: tables as tables, claims as a list, plots as blocks of text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mlbasics.formats.view import View, paragraphs
from mlbasics.kit.claims import Claim
from mlbasics.kit.report import Block, Panels, Plot, Report, Table
from mlbasics.lessons import ways_on
from mlbasics.render.palette import ASCII, VERDICTS
from mlbasics.runs import Run
from mlbasics.words import Phrase, Words


def render(run: Run, words: Words, view: View) -> str:
    """Return the document; its plots are as wide as the terminal asked for."""
    return "\n\n".join(_Teller(words, view).report(view.report(run))) + "\n"


class _Teller:
    """How each part of a report is told in Markdown."""

    def __init__(self, words: Words, view: View) -> None:
        self.words, self.view = words, view

    def say(self, said: Phrase | str) -> str:
        """Return the sentence, with what Markdown would read as its own marks escaped."""
        return re.sub(r"([\\`*_\[\]<>|#])", r"\\\1", self.plain(self.words.say(said)))

    def plain(self, text: str) -> str:
        """Return a text in the characters that can be shown."""
        return text.translate(ASCII) if self.view.terminal.ascii_only else text

    def report(self, report: Report) -> Iterator[str]:
        first, others = paragraphs(self.words)
        yield f"# {self.say(Phrase('question'))}"
        if not report.heroes:  # the claims alone
            yield "\n".join(map(self.claim, report.claims))
            return
        yield from (self.paragraph(first), self.say(report.scene))
        if report.note:
            yield self.say(report.note)
        for block in report.look:
            yield from self.block(block)
        yield "\n".join(map(self.claim, report.headlines))
        yield from map(self.paragraph, others)
        yield f"<details>\n<summary>{self.say(Phrase('more.title'))}</summary>"
        for block in report.more:
            yield from self.block(block)
        yield "\n".join(self.claim(claim) for claim in report.claims if not claim.headline)
        yield "</details>"
        yield f"## {self.say(Phrase('try.title'))}"
        yield "\n".join(self.example(said, command) for said, command in ways_on(report, self.view.carry))

    def paragraph(self, text: str) -> str:
        """Return a paragraph; what is indented is a formula, which Markdown leaves as it stands."""
        return self.plain(text) if text.startswith("    ") else self.say(text)

    def example(self, said: Phrase, command: str) -> str:
        return f"- {self.say(said)}\n\n  ```sh\n  {command}\n  ```\n"

    def block(self, block: Block) -> Sequence[str]:
        if isinstance(block, Plot | Panels):
            return [part for plot in Panels.of(block).level() for part in self.plot(plot)]
        return self.table(block) if isinstance(block, Table) else [self.say(block)]

    def plot(self, plot: Plot) -> Sequence[str]:
        from mlbasics.render import figure
        from mlbasics.render.screen import Screen

        screen = Screen(self.words, self.view.terminal._replace(color=None))
        drawn = figure.draw(plot, screen.width, screen.terminal, screen.say)
        legend = figure.legend(drawn.unnamed, screen.terminal, screen.say, screen.console)
        lines = "\n".join([drawn.cells.plain, *(line.plain for line in legend)])
        remark = "" if plot.axes is None else self.say(plot.axes)
        return [f"**{self.say(plot.title)}** {remark}".rstrip(), f"```text\n{lines}\n```"]

    def table(self, table: Table) -> Sequence[str]:
        head = [self.say(column.name) for column in table.columns]
        rule = [":--" if table.columns[i].words else "--:" for i in range(len(head))]
        decimals = [column.decimals for column in table.columns]
        rows = [map(self.say, map(self.words.cell, row.cells, decimals)) for row in table.shown]
        lines = [f"| {' | '.join(cells)} |" for cells in (head, rule, *rows)]
        return [f"**{self.say(table.title)}**", "\n".join(lines)]

    def claim(self, claim: Claim) -> str:
        mark = self.plain(VERDICTS[claim.holds][0])
        parts = [f"**{self.say(claim.verdict)}**"] if claim.verdict else []
        parts += [self.say(part) for part in (claim.sentence, claim.grounds, claim.excuse) if part]
        return f"- {mark} {' '.join(parts)}"
