"""The panes of the explorer: rows of cells, and the knobs beside them."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size
from rich.text import Text
from textual import events
from textual.containers import VerticalScroll
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from mlbasics.explore.drawing import Lines
from mlbasics.explore.knobs import Knob
from mlbasics.kit.errors import printable
from mlbasics.render.palette import ASCII, Colors
from mlbasics.render.terminal import Terminal

LABEL, VALUE = 13, 7  # columns of a parameter's name, and of its value
MARK = 2  # columns before the name
SEEN = 5  # parts of a knob, the first, that are seen


class Rows(Widget):
    """Rows of cells that were drawn elsewhere."""

    class Resized(Message):
        """There is more room, or less."""

        def __init__(self, rows: Rows) -> None:
            super().__init__()
            self.rows = rows

        @property
        def control(self) -> Rows:
            """The pane."""
            return self.rows

    def __init__(self, id: str, lines: Lines = ()) -> None:
        super().__init__(id=id)
        self.strips = list(map(Strip, lines))

    def show(self, lines: Lines) -> None:
        """Put these rows in the place of those before."""
        grown, self.strips = len(lines) > len(self.strips), list(map(Strip, lines))
        self.refresh(layout=grown)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many rows there are."""
        return len(self.strips)

    def render_line(self, y: int) -> Strip:
        """Return one row."""
        return self.strips[y] if y < len(self.strips) else Strip.blank(self.size.width)

    def on_resize(self) -> None:
        """Tell that there is more room, or less."""
        self.post_message(self.Resized(self))


class KnobRow(Widget):
    """A knob: its name, its value, and its track, which the mouse can take hold of."""

    class Held(Message):
        """The mouse took hold of a knob, at a share of its track, or beside it: None."""

        def __init__(self, place: int, share: float | None) -> None:
            super().__init__()
            self.place, self.share = place, share

    def __init__(self, knob: Knob, place: int, terminal: Terminal) -> None:
        super().__init__()
        self.knob, self.place, self.terminal = knob, place, terminal
        self.chosen = self.dragged = False

    def show(self, knob: Knob, chosen: bool) -> None:
        """Show the knob as it stands now."""
        looked = self.knob[:SEEN], self.chosen
        self.knob, self.chosen = knob, chosen
        self.styles.height = knob.rows
        if looked != (knob[:SEEN], chosen):
            self.refresh()

    @property
    def track(self) -> range:
        """The columns of the track: the dial's has a row of its own."""
        return range(MARK if self.knob.is_dial else MARK + LABEL + VALUE + 1, self.size.width - 1)

    def render(self) -> Text:
        """Return the knob as it stands."""
        knob, style = self.knob, "bold" if self.chosen or self.knob.is_dial else ""
        mark = (">" if self.terminal.ascii_only else "▸") if self.chosen else " "
        beside = self.size.width - MARK - 1
        label, shown = (
            printable(text.translate(ASCII) if self.terminal.ascii_only else text)
            for text in (knob.label, knob.shown)
        )
        if knob.is_dial:
            label = set_cell_size(label, beside - cell_len(shown))
            return Text.assemble((f"{mark} {label}{shown}\n  ", style), self._track())
        label = set_cell_size(label, max(LABEL, cell_len(label) + 1))
        room = VALUE if knob.share is not None else beside - cell_len(label)
        shown = " " * (VALUE - cell_len(shown)) + shown
        return Text.assemble((f"{mark} {label}{set_cell_size(shown, room)} ", style), self._track())

    def _track(self) -> Text:
        if self.knob.share is None:
            return Text()
        bar, handle = ("-", "o") if self.terminal.ascii_only else ("─", "●")
        hue = Colors(self.terminal).line("blue") or ""
        at = round(self.knob.share * (len(self.track) - 1))
        after = len(self.track) - at - 1
        return Text.assemble((bar * at, hue), (handle, f"bold {hue}"), (bar * after, "dim"))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of the knob."""
        on_track = event.x >= self.track.start and (event.y == 1 or not self.knob.is_dial)
        self.dragged = on_track and self.knob.at is not None
        if self.dragged:
            self.capture_mouse()
            self.on_mouse_move(event)
        else:
            self.post_message(self.Held(self.place, None))

    def on_mouse_move(self, event: events.MouseEvent) -> None:
        """Turn the knob that is held."""
        if self.dragged:
            share = (event.x - self.track.start) / max(1, len(self.track) - 1)
            self.post_message(self.Held(self.place, min(max(share, 0.0), 1.0)))

    def on_mouse_up(self) -> None:
        """Let go of it."""
        self.dragged = False
        self.release_mouse()


class Knobs(VerticalScroll, can_focus=False):
    """All knobs, one of them chosen."""

    def __init__(self, terminal: Terminal, id: str) -> None:
        super().__init__(id=id)
        self.terminal, self.rows = terminal, list[KnobRow]()

    def show(self, knobs: Sequence[Knob], chosen: int) -> None:
        """Show the knobs as they stand."""
        while len(self.rows) > len(knobs):
            self.rows.pop().remove()
        new = [KnobRow(knobs[i], i, self.terminal) for i in range(len(self.rows), len(knobs))]
        self.rows += new
        self.mount_all(new)
        for i, (row, knob) in enumerate(zip(self.rows, knobs, strict=True)):
            row.show(knob, i == chosen)
        self.call_after_refresh(self.rows[chosen].scroll_visible, animate=False)
