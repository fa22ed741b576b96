"""The explorer: knobs at the left, the picture beside them, below it what changed and what was found."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual import events, on
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static

from mlbasics import lessons
from mlbasics.explore import drawing, work
from mlbasics.explore.drawing import Seen
from mlbasics.explore.knobs import Knob, knobs
from mlbasics.explore.newest import Newest
from mlbasics.explore.page import Page
from mlbasics.explore.panes import KnobRow, Knobs, Rows
from mlbasics.explore.setting import Setting
from mlbasics.kit.errors import InputError
from mlbasics.kit.report import Suggestion
from mlbasics.render.screen import Screen
from mlbasics.render.terminal import NARROWEST, TALL, Terminal
from mlbasics.words import Phrase, Words, phrase

BIG = 5  # steps that Shift makes of one
GESTURE = 1.0  # seconds up to which turns of one knob are one change
NARROW, WIDE, ROOMY = 28, 38, 120  # columns of the knobs, and of the screen from which on they have more
LINES = ("head", "caption", "change", "status", "keys")
SIGNALS = ("SIGTERM", "SIGHUP", "SIGINT")
KEYS = {
    "up,k": "choose(-1)", "down,j": "choose(1)", "left,h": "turn(-1)", "right,l": "turn(1)",
    "shift+left,H": f"turn(-{BIG})", "shift+right,L": f"turn({BIG})", "enter": "enter", "backspace": "reset",
    "n": "new_data", "t": "suggestion", "r": "defaults", "g": "ghost", "m": "more", "c": "command",
    "question_mark": "keys", "q,ctrl+c": "quit",
    **{str(place): f"lesson({place})" for place in range(1, len(lessons.COURSE) + 1)},
}  # fmt: skip


class Explorer(App[int]):
    """A lesson whose knobs can be turned."""

    ENABLE_COMMAND_PALETTE = False
    CSS = """
    #middle { height: 1fr; }
    #left { height: 1fr; overflow: hidden; }
    #knobs { height: auto; max-height: 100%; scrollbar-size: 0 0; }
    #picture { width: 1fr; height: 1fr; margin-left: 1; }
    #claims { height: auto; max-height: 10; }
    Explorer Static, #entry { height: 1; }
    .tall #status { height: 2; }
    .tall #entry { margin-bottom: 1; }
    Explorer #try { height: auto; margin: 1 1 0 2; }
    #entry { border: none; padding: 0; }
    #keys { text-style: dim; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding(key, does, show=False) for key, does in KEYS.items()]

    def __init__(self, setting: Setting, terminal: Terminal, carry: str) -> None:
        super().__init__(ansi_color=True)
        self.terminal, self.carry = terminal, carry
        self.setting = setting  # as the knobs stand
        self.asked: work.Order | None = None  # last
        self.answered: work.Order | None = None  # last
        self.seen: Seen | None = None  # what the picture shows
        self.told: Seen | None = None  # what was at rest last
        self.before: Seen | None = None  # what it is compared with
        self.chosen, self.ghost = 0, True
        self.last_turn = ("", 0.0)  # of which knob, and when
        self.note: Text | None = None  # what is said in place of what the chosen knob does
        self.newest = Newest()
        self.lines = {name: Static(id=name) for name in LINES}
        self.left, self.rows, self.try_ = Vertical(id="left"), Knobs(terminal, "knobs"), Static(id="try")
        self.picture, self.claims = Rows("picture"), Rows("claims")

    def compose(self) -> ComposeResult:
        """Lay the panes out."""
        yield self.lines["head"]
        yield self.lines["caption"]
        with Horizontal(id="middle"):
            with self.left:
                yield self.rows
                yield self.try_
            yield self.picture
        yield self.lines["change"]
        yield self.claims
        yield self.lines["status"]
        yield self.lines["keys"]

    def on_mount(self) -> None:
        """Leave at a signal as at a key, with the terminal as it was."""
        for number in (getattr(signal, name) for name in SIGNALS if hasattr(signal, name)):
            with suppress(NotImplementedError):  # on Windows
                asyncio.get_running_loop().add_signal_handler(number, self.exit, 128 + number)
        self._show()

    # What is shown

    @property
    def words(self) -> Words:
        """The sentences of the lesson."""
        return lessons.words(self.setting.lesson, self.terminal.lang)

    @property
    def knobs(self) -> list[Knob]:
        """The knobs as they stand; the dial is known once there is a run."""
        return knobs(self.setting, self.seen.dial if self.seen else None, self.words)

    @property
    def at_rest(self) -> bool:
        """Whether all that was asked for is shown."""
        return self.answered is self.asked

    def _show(self) -> None:
        """Show the knobs, and what the chosen one does."""
        turnable = self.knobs
        self.chosen = min(self.chosen, len(turnable) - 1)
        self.rows.show(turnable, self.chosen)
        question = self.words["question"]
        self._put("head", Text.assemble((self.setting.lesson, "bold reverse"), "  ", (question, "bold")))
        self._put("status", self.note or Text(turnable[self.chosen].help, "dim"))
        self._put("keys", Text(self.words["explore.keys"]))

    def _put(self, place: str, text: Text) -> None:
        fitting, rows = text.copy(), 2 if place == "status" and self.screen.has_class("tall") else 1
        if self.terminal.ascii_only:
            fitting.plain = Screen(self.words, self.terminal).say(text.plain)
        fitting.truncate(rows * self.size.width, overflow="crop" if self.terminal.ascii_only else "ellipsis")
        self.lines[place].update(fitting)

    def _say(self, sentence: Phrase | None, style: str = "bold") -> None:
        """Say one sentence in place of what the chosen knob does, or no more."""
        self.note = None if sentence is None else Text(self.words.say(sentence), style)
        self._show()

    @on(Rows.Resized, "#picture")
    def _resized(self) -> None:
        self.left.styles.width = WIDE if self.size.width >= ROOMY else NARROW
        self.screen.set_class(self.size.height >= TALL, "tall")
        self._ask(resized=True)

    def _ask(self, *, resized: bool = False) -> None:
        """Let the picture of the setting be drawn, and then what was found be told."""
        if self.picture.size.area:
            self.asked = self._order._replace(resized=resized)
            self.newest.ask(work.shown(self.asked, self.post_message))

    @property
    def _order(self) -> work.Order:
        room = self.picture.size
        picture = self.terminal._replace(width=room.width, height=room.height)
        claims = self.terminal._replace(width=max(self.size.width, NARROWEST))
        return work.Order(self.setting, self.seen, self.before, self.ghost, picture, claims, self.words)

    @on(work.Drawn)
    def _drawn(self, drawn: work.Drawn) -> None:
        if drawn.seen.setting.lesson == self.setting.lesson:
            self.seen = drawn.seen
            self.picture.show(drawn.lines)
            self._put("caption", Text(self.words.say(drawn.seen.frame.caption)))
            self._show()

    @on(work.Told)
    def _told(self, told: work.Told) -> None:
        if told.order is self.asked:
            self.answered, self.told = told.order, told.seen
            self.claims.show(told.claims)
            self._put("change", told.change)
            tried = [phrase("look.try", question=one.why) for one in self._suggestions[:1]]
            self.try_.update(Text("".join(map(self.words.say, tried)), "dim"))

    @on(work.Advanced)
    def _advanced(self, advanced: work.Advanced) -> None:
        progress = phrase("explore.progress", percent=advanced.percent)
        self._put("change", Text(self.words.say(progress)))

    @on(work.Failed)
    def _failed(self, failed: work.Failed) -> None:
        if not isinstance(failed.error, InputError):
            raise failed.error
        self.answered = failed.order
        self._put("change", Text())
        self._say(failed.error.sentence, "bold yellow")

    @on(work.Read)
    def _read(self, read: work.Read) -> None:
        self._put("change", Text())
        self.push_screen(Page(read.lines))
        self._ask()

    # What is turned

    def _turn(self, turned: Callable[[], Setting], knob: str) -> None:
        """Turn a knob, unless there is no such setting; compare with what was seen before it was touched."""
        try:
            setting = turned()
        except InputError as error:
            self._say(error.sentence, "bold yellow")
            return
        last, now = self.last_turn, time.monotonic()
        if knob != last[0] or now - last[1] > GESTURE:
            self.before = self.told
        self.last_turn = knob, now
        self.setting = setting
        self._say(None)
        self._ask()

    def action_choose(self, steps: int) -> None:
        """Choose another knob."""
        self.chosen = (self.chosen + steps) % len(self.knobs)
        self._say(None)

    def action_turn(self, steps: int) -> None:
        """Turn the chosen knob."""
        knob = self.knobs[self.chosen]
        if knob.turned is None:
            self._say(phrase("explore.typed"))
        else:
            self._turn(partial(knob.turned, steps), knob.name)

    @on(KnobRow.Held)
    def _held(self, held: KnobRow.Held) -> None:
        """Choose the knob that is clicked on, and turn it: to there, or a switch to its next name."""
        self.chosen = held.place
        knob = self.knobs[held.place]
        if held.share is not None and knob.at is not None:
            self._turn(partial(knob.at, held.share), knob.name)
        elif knob.is_switch and knob.turned is not None:
            self._turn(partial(knob.turned, 1), knob.name)
        else:
            self._say(None)

    def action_reset(self) -> None:
        """Put the chosen knob where it stands at first."""
        knob = self.knobs[self.chosen]
        self._turn(knob.reset, knob.name)

    def action_new_data(self) -> None:
        """Draw other data."""
        self._turn(lambda: self.setting.changed("seed", self.setting.params.seed + 1), "seed")

    @property
    def _suggestions(self) -> Sequence[Suggestion]:
        return self.told.run.report.suggestions if self.told else ()

    def action_suggestion(self) -> None:
        """Try what is suggested."""
        if self._suggestions:
            self._turn(partial(self.setting.tried, self._suggestions[0].options), "try")

    def action_defaults(self) -> None:
        """Put all knobs where they stand at first."""
        self._turn(self.setting.defaults, "all")

    def action_lesson(self, place: int) -> None:
        """Go to another lesson."""
        self.chosen, self.seen, self.told = 0, None, None
        self._turn(lambda: self.setting.other(lessons.COURSE[place - 1]), "lesson")

    # What else there is

    def action_ghost(self) -> None:
        """Show, or hide, what was seen before."""
        self.ghost = not self.ghost
        self._ask()

    def action_command(self) -> None:
        """Copy the command of this setting, and show it."""
        command = self.setting.command(self.carry)
        self.copy_to_clipboard(command)
        self._say(phrase("explore.copied", command=command))

    def action_more(self) -> None:
        """Show everything measured."""
        self.newest.ask(work.everything(self._order, self.carry, self.post_message))

    def action_keys(self) -> None:
        """Show what the keys do."""
        terminal = self._order.claims
        screen = Screen(self.words, terminal)
        screen.print(screen.text(Phrase("explore.help")))
        self.push_screen(Page(drawing.rows(screen.finish(), terminal)))

    def action_enter(self) -> None:
        """Let the value of the chosen knob be typed."""
        knob = self.knobs[self.chosen]
        if knob.entered is not None:
            self.lines["status"].display = False
            self.mount(Input(knob.typed, placeholder=knob.help, id="entry"), before="#keys")
            self.query_one("#entry").focus()

    @on(Input.Submitted)
    def _entered(self, typed: Input.Submitted) -> None:
        knob = self.knobs[self.chosen]
        self._leave_entry()
        if knob.entered is not None:
            self._turn(partial(knob.entered, typed.value), knob.name)

    def on_key(self, event: events.Key) -> None:
        """Leave the value as it was, at Escape."""
        if event.key == "escape" and self.query("#entry"):
            self._leave_entry()

    def _leave_entry(self) -> None:
        self.query("#entry").remove()
        self.lines["status"].display = True

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Return whether a key does what it does: not while a value is typed, or a page is read."""
        return action == "quit" or not (isinstance(self.screen, Page) or self.query("#entry"))
