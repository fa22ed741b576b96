"""The explorer: keys and mouse turn the knobs of a setting, and the newest is shown."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from threading import Timer
from typing import ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.widgets import Input

from mlbasics import lessons
from mlbasics.explore import drawing, work
from mlbasics.explore.page import Page
from mlbasics.explore.panes import KnobRow
from mlbasics.explore.setting import Setting
from mlbasics.explore.showing import Showing
from mlbasics.kit.errors import InputError
from mlbasics.render.screen import Screen
from mlbasics.render.terminal import Terminal
from mlbasics.words import Phrase, phrase

BIG = 5  # steps that Shift makes of one
GESTURE = 1.0  # seconds up to which turns of one knob are one change
LATE = 2.0  # seconds that a terminal may take to be left
SIGNALS = ("SIGTERM", "SIGHUP", "SIGINT")
KEYS = {
    "up,k": "choose(-1)", "down,j": "choose(1)", "left,h": "turn(-1)", "right,l": "turn(1)",
    "shift+left,H": f"turn(-{BIG})", "shift+right,L": f"turn({BIG})", "enter": "enter", "backspace": "reset",
    "n": "new_data", "t": "suggestion", "r": "defaults", "g": "ghost", "m": "more", "c": "command",
    "question_mark": "keys", "q,ctrl+c": "quit",
    **{str(place): f"lesson({place})" for place in range(1, len(lessons.COURSE) + 1)},
}  # fmt: skip


class Explorer(Showing):
    """A lesson whose knobs can be turned."""

    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [Binding(key, does, show=False) for key, does in KEYS.items()]

    def __init__(self, setting: Setting, terminal: Terminal, carry: str) -> None:
        super().__init__(setting, terminal, carry)
        self.last_turn = ("", 0.0)  # of which knob, and when

    def on_mount(self) -> None:
        """Leave at a signal as at a key, with the terminal as it was."""
        for number in (getattr(signal, name) for name in SIGNALS if hasattr(signal, name)):
            with suppress(NotImplementedError):  # on Windows
                asyncio.get_running_loop().add_signal_handler(number, self._leave, 128 + number)

    def _leave(self, code: int) -> None:
        """Leave, and where the terminal is gone, and nothing can be written to it, leave nevertheless."""
        late = Timer(LATE, os._exit, (code,))
        late.daemon = True
        late.start()
        self.exit(code)

    def on_unmount(self) -> None:
        """Drop what is being done."""
        self.newest.ask(lambda wanted: None)

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
        chosen = self.knobs[self.chosen].name
        self.setting = setting
        names = [one.name for one in self.knobs]  # own data have other knobs
        self.chosen = names.index(chosen) if chosen in names else 0
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
        turnable = self.knobs
        if held.place >= len(turnable):  # of a lesson that was left meanwhile
            return
        self.chosen = held.place
        knob = turnable[held.place]
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

    def action_suggestion(self) -> None:
        """Try what is suggested."""
        if self.suggestions:
            self._turn(partial(self.setting.tried, self.suggestions[0].options), "try")

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
        self.push_screen(Page(drawing.rows(screen.finish())))

    def action_enter(self) -> None:
        """Let the value of the chosen knob be typed."""
        knob = self.knobs[self.chosen]
        if knob.entered is not None:
            self.board.ask(knob)

    @on(Input.Submitted)
    def _entered(self, typed: Input.Submitted) -> None:
        knob = self.knobs[self.chosen]
        self.board.ask_no_more()
        if knob.entered is not None:
            self._turn(partial(knob.entered, typed.value), knob.name)

    def on_key(self, event: events.Key) -> None:
        """Leave the value as it was, at Escape."""
        if event.key == "escape":
            self.board.ask_no_more()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Return whether a key does what it does: not while a value is typed, or a page is read."""
        return action == "quit" or (self.screen is self.board and self.board.entry is None)
