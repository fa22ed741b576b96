"""The screen: a report as lines of text, with tables and color by rich."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.cells import cell_len
from rich.console import JustifyMethod, RenderableType
from rich.measure import Measurement
from rich.table import Table as RichTable
from rich.text import Text

from mlbasics import lessons
from mlbasics.kit.claims import Claim
from mlbasics.kit.report import Panels, Plot, Report, Role, Table
from mlbasics.render import figure
from mlbasics.render.palette import ASCII, STYLES, VERDICTS, Colors
from mlbasics.render.sheet import Sheet
from mlbasics.words import Phrase


class Screen(Sheet):
    """A sheet on which each part of a report is drawn."""

    def title(self, report: Report) -> list[Text]:
        """Return the lesson's name and question, and the sentence that sets the scene."""
        name = Text(lessons.called(report.lesson), "bold reverse" if self.console.color_system else "")
        title = Text.assemble(name, "  ", (self.say(Phrase("question")), "bold"))
        return [title, self.text(report.scene), *([self.text(report.note, "dim")] if report.note else [])]

    def beside(self, phrase: Phrase, command: str) -> list[Text]:
        """Return a sentence with a command behind it, or, where the line is too short, below it."""
        said, typed = self.text(phrase), Text(command, "bold")
        if said.cell_len + 2 + typed.cell_len <= self.width:
            return [Text.assemble(said, "  ", typed)]
        return [said, Text.assemble("  ", typed)]

    def claims(self, claims: Sequence[Claim]) -> str:
        """Print the claims alone and return them."""
        self.print(*map(self.claim, claims))
        return self.finish()

    def block(self, block: Plot | Panels | Table | Phrase) -> Sequence[RenderableType]:
        """Return what is printed for one block."""
        if isinstance(block, Plot | Panels):
            return figure.titled(Panels.of(block), self.terminal, self.say, self.console)
        if isinstance(block, Table):
            return [self.text(block.title, "bold"), self.table(block)]
        return [self.text(block)]

    def table(self, table: Table, ruled: bool = True) -> RichTable:
        """Return the table, without those of its optional columns, from the right, that do not fit."""
        shown = list(range(len(table.columns)))
        optional = [i for i in shown if table.columns[i].optional]
        while True:
            drawn = self.columns(table, shown, ruled)
            needed = Measurement.get(self.console, self.console.options.update(width=1000), drawn).minimum
            if needed <= self.width or not optional:
                return drawn
            shown.remove(optional.pop())

    def columns(self, table: Table, shown: Sequence[int], ruled: bool) -> RichTable:
        """Return the table with the columns shown; numbers are never broken, words may be."""
        rich = RichTable(
            box=(box.MARKDOWN if self.ascii_only else box.SIMPLE_HEAD) if ruled else None,
            padding=(0, 1) if ruled else (0, 2, 0, 0),
            header_style="bold" if ruled else "dim",
            pad_edge=False,
            show_edge=False,
            collapse_padding=not self.ascii_only,
        )
        for i in shown:
            name = self.text(table.columns[i].name)
            justify: JustifyMethod = "left" if table.columns[i].words else "right"
            rich.add_column(name, justify=justify, overflow="fold", no_wrap=table.columns[i].drawn)
        for row in table.shown:
            cells = (self.text(self.words.cell(row.cells[i], table.columns[i].decimals)) for i in shown)
            rich.add_row(*cells, style=self.style(row.role))
        return rich

    def style(self, role: Role) -> str:
        """Return the color of a role, as rich names it."""
        return Colors(self.terminal).line(STYLES[role].hue) or ""

    def claim(self, claim: Claim, before: Claim | None = None) -> RenderableType:
        """Return a claim behind its mark: what was found, on what evidence, and if not, why.

        Behind both marks, where it was judged otherwise before.
        """
        mark, style = VERDICTS[claim.holds]
        marked = Text(mark, style)
        if before is not None and before.holds is not claim.holds:
            marked = Text(f"{VERDICTS[before.holds][0]}→{mark}", f"{style} reverse")
        if self.ascii_only:
            marked.plain = marked.plain.translate(ASCII)
        sentence = self.text(claim.sentence)
        if claim.verdict:
            sentence = Text.assemble((self.say(claim.verdict), style), " ", sentence)
        if claim.grounds:
            sentence.append(" ").append(self.say(claim.grounds), "dim")
        if claim.excuse is not None:
            sentence.append(" ").append(self.say(claim.excuse))
        return _hanging(marked, sentence)

    def suggestions(self, suggested: Sequence[tuple[Phrase, str]]) -> RenderableType:
        """Return the commands to try, each as it can be typed, with its reason beside or below it."""
        commands = [Text(f"  {_continued(command, self.width - 2)}", "bold") for _, command in suggested]
        room = max(cell_len(line) for command in commands for line in command.plain.split("\n")) + 3
        lines: list[Text] = []
        for command, (reason, _) in zip(commands, suggested, strict=True):
            why = self.text(reason, "dim")
            if room + why.cell_len <= self.width and "\n" not in command.plain:
                command.pad_right(room - command.cell_len)
                lines.append(Text.assemble(command, why))
            else:
                broken = why.wrap(self.console, self.width - 4)
                lines += [command, *(Text("    ").append(part) for part in broken)]
        return Text("\n").join(lines)


def _continued(command: str, width: int) -> str:
    """Return a command too long for a line on several, each but the last ended as a shell wants it."""
    lines = [""]
    for word in command.split(" --"):
        part = word if not lines[0] else f" --{word}"
        if lines[-1] and cell_len(lines[-1] + part) > width - 2:
            lines[-1] += " \\"
            lines.append(f"     {part}")
        else:
            lines[-1] += part
    return "\n".join(lines)


def _hanging(mark: Text, sentence: Text) -> RenderableType:
    grid = RichTable.grid(padding=(0, 1, 0, 0))
    grid.add_column()
    grid.add_column(overflow="fold")
    grid.add_row(mark, sentence)
    return grid
