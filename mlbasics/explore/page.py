"""Something to read, over the explorer, until a key is pressed."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen

from mlbasics.explore.drawing import Lines
from mlbasics.explore.panes import Rows


class Page(ModalScreen[None]):
    """Rows that may be more than the terminal has; the arrow keys move them."""

    CSS = """
    Page { background: ansi_default; }
    #page { height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q,m,question_mark,backspace", "dismiss", show=False)
    ]

    def __init__(self, lines: Lines) -> None:
        super().__init__()
        self.lines = lines

    def compose(self) -> ComposeResult:
        """Lay the page out."""
        with VerticalScroll():
            yield Rows("page", self.lines)
