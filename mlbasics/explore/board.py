"""The board on which a setting is shown: knobs at the left, the picture beside them, what was found below."""

from __future__ import annotations

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.widgets import Input, Static

from mlbasics.explore.knobs import Knob
from mlbasics.explore.panes import Knobs, Rows
from mlbasics.kit.errors import printable
from mlbasics.render.palette import ASCII
from mlbasics.render.terminal import NARROWEST, TALL, Terminal

NARROW, WIDE, ROOMY = 28, 38, 120  # columns of the knobs, and of the screen from which on they have more
LEAST = 60, 18  # columns and rows
CLICKED = {key: key for key in "ntrmcq"} | {"?": "question_mark"}
LINES = ("head", "caption", "change", "status", "keys")


class Board(Screen[None]):
    """The panes, and sentences on lines of their own."""

    DEFAULT_CSS = """
    Board {
        #middle { height: 1fr; }
        #left { height: 1fr; overflow: hidden; }
        #knobs { height: auto; max-height: 100%; scrollbar-size: 0 0; }
        #picture { width: 1fr; height: 1fr; margin-left: 1; }
        #claims { height: auto; max-height: 10; }
        Static, #entry { height: 1; }
        #try { height: auto; margin: 1 1 0 2; }
        #entry { border: none; padding: 0; }
        #keys { text-style: dim; }
        &.small > * { display: none; }
        &.small #head { display: block; }
        &.tall #status { height: 2; }
        &.tall #entry { margin-bottom: 1; }
    }
    """

    def __init__(self, terminal: Terminal) -> None:
        super().__init__()
        self.terminal = terminal
        self.lines = {name: Static(id=name) for name in LINES}
        self.left, self.knobs, self.suggestion = (
            Vertical(id="left"),
            Knobs(terminal, "knobs"),
            Static(id="try"),
        )
        self.picture, self.claims = Rows("picture"), Rows("claims")
        self.entry: Input | None = None  # where a value is typed

    def compose(self) -> ComposeResult:
        """Lay the panes out."""
        yield self.lines["head"]
        yield self.lines["caption"]
        with Horizontal(id="middle"):
            with self.left:
                yield self.knobs
                yield self.suggestion
            yield self.picture
        yield self.lines["change"]
        yield self.claims
        yield self.lines["status"]
        yield self.lines["keys"]

    @on(Rows.Resized, "#picture")
    def lay_out(self) -> None:
        """Give the knobs, and sentences, as much room as there is."""
        self.left.styles.width = WIDE if self.size.width >= ROOMY else NARROW
        self.set_class(self.size.height >= TALL, "tall")

    def on_resize(self) -> None:
        """Leave room for one sentence where there is none for a picture."""
        self.set_class(self.size.width < LEAST[0] or self.size.height < LEAST[1], "small")

    def on_click(self, click: events.Click) -> None:
        """Press the key that the last line names where the mouse is."""
        if click.widget is self.lines["keys"]:
            before = str(self.lines["keys"].content)[: click.x + 1].rpartition("  ")[2]
            if before[:1] in CLICKED:
                self.app.simulate_key(CLICKED[before[0]])

    @property
    def rooms(self) -> tuple[Terminal, Terminal]:
        """The terminals that picture and claims are drawn for."""
        width, height = self.picture.size
        below = self.terminal._replace(width=max(self.size.width, NARROWEST))
        return self.terminal._replace(width=width, height=height), below

    def put(self, place: str, text: Text) -> None:
        """Put a sentence on its line, as much as fits."""
        fitting, rows = text.copy(), 2 if place == "status" and self.has_class("tall") else 1
        fitting.plain = printable(text.plain.translate(ASCII) if self.terminal.ascii_only else text.plain)
        fitting.truncate(rows * self.size.width, overflow="crop" if self.terminal.ascii_only else "ellipsis")
        if fitting != self.lines[place].content:
            self.lines[place].update(fitting, layout=False)

    def ask(self, knob: Knob) -> None:
        """Let the value of a knob be typed, in the place of what it does."""
        self.entry = Input(printable(knob.typed), placeholder=knob.help, id="entry")
        self.lines["status"].display = False
        self.mount(self.entry, before="#keys")
        self.entry.focus()

    def ask_no_more(self) -> None:
        """Put the sentence back."""
        if self.entry is not None:
            self.entry.remove()
        self.entry = None
        self.lines["status"].display = True
