"""An app that shows a setting: its picture, what was found, and how both differ from before."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text
from textual import on
from textual.app import App

from mlbasics import lessons
from mlbasics.explore import work
from mlbasics.explore.board import Board
from mlbasics.explore.drawing import Seen
from mlbasics.explore.driver import driver
from mlbasics.explore.knobs import Knob, knobs
from mlbasics.explore.newest import Newest
from mlbasics.explore.page import Page
from mlbasics.explore.panes import Rows
from mlbasics.explore.setting import Setting
from mlbasics.kit.errors import InputError
from mlbasics.kit.report import Suggestion
from mlbasics.render.terminal import Terminal
from mlbasics.words import Phrase, Words, phrase


class Showing(App[int]):
    """What is asked for last is shown; what was asked for before it is dropped."""

    def __init__(self, setting: Setting, terminal: Terminal, carry: str) -> None:
        super().__init__(driver_class=driver(), ansi_color=True)
        self.terminal, self.carry = terminal, carry
        self.setting = setting  # as the knobs stand
        self.asked: work.Order | None = None  # last
        self.answered: work.Order | None = None  # last
        self.seen: Seen | None = None  # what the picture shows
        self.told: Seen | None = None  # what was at rest last
        self.before: Seen | None = None  # what it is compared with
        self.chosen, self.ghost = 0, True
        self.note: Text | None = None  # what is said in place of what the chosen knob does
        self.newest = Newest()
        self.said: dict[str, Words] = {}  # sentences by lesson
        self.board = Board(terminal)

    def get_default_screen(self) -> Board:
        """Return the board, under all pages."""
        return self.board

    @property
    def words(self) -> Words:
        """The sentences of the lesson."""
        lesson = self.setting.lesson
        if lesson not in self.said:
            self.said[lesson] = lessons.words(lesson, self.terminal.lang)
        return self.said[lesson]

    @property
    def knobs(self) -> list[Knob]:
        """The knobs as they stand; the dial is known once there is a run."""
        return knobs(self.setting, self.seen.dial if self.seen else None, self.words)

    @property
    def at_rest(self) -> bool:
        """Whether all that was asked for is shown."""
        return self.answered is self.asked

    @property
    def suggestions(self) -> Sequence[Suggestion]:
        """What to try next."""
        return self.told.run.report.suggestions if self.told else ()

    def _show(self) -> None:
        """Show the knobs, and what the chosen one does."""
        turnable = self.knobs
        self.chosen = min(self.chosen, len(turnable) - 1)
        self.board.knobs.show(turnable, self.chosen)
        question = self.words["question"]
        self.board.put(
            "head",
            Text.assemble((lessons.called(self.setting.lesson), "bold reverse"), "  ", (question, "bold")),
        )
        if self.board.has_class("small"):
            self.board.put("head", Text(self.words["explore.small"]))
        self.board.put("status", self.note or Text(turnable[self.chosen].help, "dim"))
        self.board.put("keys", Text(self.words["explore.keys"]))

    def _say(self, sentence: Phrase | None, style: str = "bold") -> None:
        """Say one sentence in place of what the chosen knob does, or no more."""
        self.note = None if sentence is None else Text(self.words.say(sentence), style)
        self._show()

    @on(Rows.Resized)
    def _resized(self) -> None:
        self._show()
        self._ask(resized=True)

    def _ask(self, *, resized: bool = False) -> None:
        """Let the picture of the setting be drawn, and then what was found be told."""
        if self.board.picture.size.area:
            self.asked = self._order._replace(resized=resized)
            self.newest.ask(work.shown(self.asked, self.post_message))

    @property
    def _order(self) -> work.Order:
        picture, claims = self.board.rooms
        return work.Order(self.setting, self.seen, self.before, self.ghost, picture, claims, self.words)

    @on(work.Drawn)
    def _drawn(self, drawn: work.Drawn) -> None:
        if drawn.seen.setting.lesson == self.setting.lesson:
            self.seen = drawn.seen
            self.board.picture.show(drawn.lines)
            self.board.put("caption", Text(self.words.say(drawn.seen.frame.caption)))
            self._show()

    @on(work.Told)
    def _told(self, told: work.Told) -> None:
        if told.order is self.asked:
            self.answered, self.told = told.order, told.seen
            self.board.claims.show(told.claims)
            read = told.seen.run.report.note  # of own data: how they were read
            self.board.put("change", told.change or Text("" if read is None else self.words.say(read), "dim"))
            tried = [phrase("look.try", question=one.why) for one in self.suggestions[:1]]
            self.board.suggestion.update(Text("".join(map(self.words.say, tried)), "dim"))

    @on(work.Advanced)
    def _advanced(self, advanced: work.Advanced) -> None:
        progress = phrase("explore.progress", percent=advanced.percent)
        self.board.put("change", Text(self.words.say(progress)))

    @on(work.Failed)
    def _failed(self, failed: work.Failed) -> None:
        if not isinstance(failed.error, InputError):
            raise failed.error
        self.answered = self.asked
        self.board.put("change", Text())
        self._say(failed.error.sentence, "bold yellow")

    @on(work.Read)
    def _read(self, read: work.Read) -> None:
        self.board.put("change", Text())
        self.push_screen(Page(read.lines))
        self._ask()
