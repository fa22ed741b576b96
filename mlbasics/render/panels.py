"""Plots on a screen: each between its title and what names found no place in it, and several side by side."""

from __future__ import annotations

from collections.abc import Sequence

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
        _head(plot, terminal.width, say, console),
        drawn.cells,
        *legend(drawn.unnamed, terminal, say, console),
    ]


def stacked(panels: Panels, width: int) -> bool:
    """Return whether there is no room for the plots side by side."""
    return _each(panels, width) < panels.narrowest


def _each(panels: Panels, width: int) -> int:
    return (width - 2 * (len(panels.plots) - 1)) // len(panels.plots)


def beside(panels: Panels, terminal: Terminal, say: figure.Say, console: Console) -> list[RenderableType]:
    """Return plots side by side, or one above the other where there is no room."""
    plots, one_above = panels.level(), stacked(panels, terminal.width)
    each = terminal.width if one_above else _each(panels, terminal.width)
    room = max(figure.beside(plot, each, say) for plot in plots)
    drawn = [figure.draw(plot, each, terminal, say, room) for plot in plots]
    alike = len({tuple(map(labels.name_of, plot.series)) for plot in plots}) == 1
    parts = []
    for plot, one in zip(plots, drawn, strict=True):
        keys = [] if alike else legend(one.unnamed, terminal._replace(width=each), say, console)
        parts.append(Group(_head(plot, each, say, console), one.cells, *keys))
    unnamed = {labels.name_of(series): series for one in drawn for series in one.unnamed}
    key = legend(list(unnamed.values()), terminal, say, console) if alike else []
    if one_above:
        return [*parts, *key]
    grid = Table.grid(padding=(0, 2, 0, 0))
    for _ in plots:
        grid.add_column(vertical="bottom" if alike else "top")  # so that frames stand level
    grid.add_row(*parts)
    return [grid, *key]


def _head(plot: Plot, width: int, say: figure.Say, console: Console) -> Text:
    head = Text(say(plot.title), "bold")
    if plot.axes is not None and (remark := say(plot.axes)):
        head = Text.assemble(head, "  ", (remark, "dim"))
    return Text("\n").join(head.wrap(console, width))


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
