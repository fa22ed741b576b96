"""How a run is told, whatever the format: a value that every format is given."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from mlbasics.kit.report import Report
from mlbasics.render.terminal import Terminal
from mlbasics.runs import Run


@dataclass(frozen=True)
class View:
    """How a run is told, whatever the format."""

    terminal: Terminal = field(default_factory=Terminal)
    carry: str = ""  # options the suggested commands repeat
    table: str | None = None  # the one table of formats that hold one
    brief: bool = False  # the claims alone

    def report(self, run: Run) -> Report:
        """Return what of the run is told."""
        return replace(run.report, blocks=(), suggestions=()) if self.brief else run.report
