"""Plots on a screen: each between its title and what names found no place in it, and several side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from mlbasics.kit.report import Panels, Plot, Series
from mlbasics.render import colours, figure, labels, marks
from mlbasics.render.palette import LOOKS
from mlbasics.render.terminal import Terminal


def draw(plot: Plot, terminal: Terminal, say: figure.Say, console: Console) -> list[RenderableType]:
    """Return a plot as wide as the terminal, under its title."""
    drawn = figure.draw(plot, terminal.width, terminal, say)
    return [
        *_joined(_head(plot, terminal.width, say)).wrap(console, terminal.width),
        drawn.cells,
        *legend(drawn.unnamed, terminal, say, console),
    ]


def stacked(panels: Panels, width: int) -> bool:
    """Return whether there is no room for the plots side by side."""
    return _each(panels, width) < panels.narrowest


def _each(panels: Panels, width: int) -> int:
    return (width - 2 * (len(panels.plots) - 1)) // len(panels.plots)


def beside(panels: Panels, terminal: Terminal, say: figure.Say, console: Console) -> list[RenderableType]:
    """Return plots side by side, or one above the other where there is no room.

    What the longest head takes beyond one row, the frames give.
    """
    plots, one_above = panels.level(), stacked(panels, terminal.width)
    each = terminal.width if one_above else _each(panels, terminal.width)
    room = max(figure.beside(plot, each, say) for plot in plots)
    once = panels.share_y and not one_above  # only the first has labels on its y axis, and their room
    if once:
        each = (terminal.width - 2 * (len(plots) - 1) - room) // len(plots)
    widths = [each + room * (once and not i) for i in range(len(plots))]
    heads = _heads(plots, widths, say, console)
    over = max(map(len, heads)) - 1
    drawn = [
        figure.draw(
            replace(plot, height=max(plot.height - over, figure.LEAST)),
            width, terminal, say, room, labelled=not (once and i),
        )
        for i, (plot, width) in enumerate(zip(plots, widths, strict=True))
    ]  # fmt: skip
    alike = len({tuple(map(labels.name_of, plot.series)) for plot in plots}) == 1
    parts = []
    for head, one, width in zip(heads, drawn, widths, strict=True):
        keys = [] if alike else legend(one.unnamed, terminal._replace(width=width), say, console)
        parts.append(Group(*head, one.cells, *keys))
    nowhere = set.intersection(*({labels.name_of(series) for series in one.unnamed} for one in drawn))
    unnamed = {name: s for s in drawn[0].unnamed if (name := labels.name_of(s)) in nowhere}
    key = legend(list(unnamed.values()), terminal, say, console) if alike else []
    if one_above:
        return [*parts, *key]
    grid = Table.grid(padding=(0, 2, 0, 0))
    for _ in plots:
        grid.add_column(vertical="bottom" if alike else "top")  # so that frames stand level
    grid.add_row(*parts)
    return [grid, *key]


def _heads(
    plots: Sequence[Plot], widths: Sequence[int], say: figure.Say, console: Console
) -> list[list[Text]]:
    """Return the lines over each plot; remarks stand below titles where one of them has no room beside."""
    heads = [_head(plot, width, say) for plot, width in zip(plots, widths, strict=True)]
    if all(_joined(head).cell_len <= width for head, width in zip(heads, widths, strict=True)):
        return [[_joined(head)] for head in heads]
    parted = zip(heads, widths, strict=True)
    return [[line for part in head for line in part.wrap(console, width)] for head, width in parted]


def _head(plot: Plot, width: int, say: figure.Say) -> list[Text]:
    """Return the title, too long for its row broken at its comma, and the remark beside it, if any."""
    title = say(plot.title)
    head = Text(title if cell_len(title) <= width else title.replace(", ", ",\n", 1), "bold")
    remark = "" if plot.axes is None else say(plot.axes)
    return [head, Text(remark, "dim")] if remark else [head]


def _joined(head: Sequence[Text]) -> Text:
    return Text("  ").join(head)


def legend(unnamed: Sequence[Series], terminal: Terminal, say: figure.Say, console: Console) -> list[Text]:
    """Return names of series beside how they look, in as few lines as hold them."""
    lines: list[Text] = []
    for series in unnamed:
        sample = marks.key(series, ascii_only=terminal.ascii_only, shapes=terminal.color is None)
        color = colours.of(terminal).line(LOOKS[series.role].hue)
        entry = Text.assemble((sample, color or ""), " ", say(series.label))
        if lines and lines[-1].cell_len + 3 + entry.cell_len <= terminal.width:
            lines[-1] = Text.assemble(lines[-1], "   ", entry)
        else:
            lines.append(entry)
    return [part for line in lines for part in line.wrap(console, terminal.width)]
