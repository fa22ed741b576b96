"""The work behind a setting, off the event loop: its run, its picture, and then what was found."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from rich.text import Text
from textual.message import Message

from mlbasics.explore import drawing
from mlbasics.explore.drawing import Lines, Seen, see
from mlbasics.explore.newest import Job, Superseded, Wanted
from mlbasics.explore.setting import Setting
from mlbasics.kit.story import Tick
from mlbasics.render.look import look
from mlbasics.render.terminal import TALL, Terminal
from mlbasics.runs import Run, run
from mlbasics.words import Words

REST = 0.12  # seconds without a turn after which a knob is at rest
PATIENCE = 0.1  # seconds that a run may take though a newer one is asked for: held keys shall show something
OFTEN = 0.125  # seconds from one report to the next
SLOW = 0.4  # seconds from which on it is told how far a run is


@dataclass
class Drawn(Message):
    """A picture is there."""

    seen: Seen
    lines: Lines


@dataclass
class Told(Message):
    """An order that is done: what was found, and what changed."""

    order: Order
    seen: Seen
    claims: Lines
    change: Text


@dataclass
class Read(Message):
    """All that a run has to show."""

    lines: Lines


@dataclass
class Advanced(Message):
    """A run has come so far."""

    percent: int


@dataclass
class Failed(Message):
    """An order that could not be met, and why."""

    order: Order
    error: Exception


Post = Callable[[Message], object]


class Order(NamedTuple):
    """What is to be shown, and where."""

    setting: Setting
    seen: Seen | None  # what is shown: its run may do
    before: Seen | None  # what it is compared with
    ghost: bool  # whether that is seen behind it
    picture: Terminal  # the room for the picture
    claims: Terminal  # and for the claims
    words: Words
    resized: bool = False  # since what is shown was drawn


def shown(order: Order, post: Post) -> Job:
    """Return the job of drawing a setting, from the run at hand if that can, and telling what was found."""
    former = order.before.frame if order.before is not None and order.ghost else None

    def show(seen: Seen) -> Seen:
        post(Drawn(seen, drawing.picture(seen.frame, former, order.words, order.picture)))
        return seen

    def job(wanted: Wanted) -> None:
        setting, seen = order.setting, order.seen
        at_hand = seen is not None and setting.served_by(seen.run, seen.dial)
        if seen is not None and order.resized and not at_hand:
            show(seen)
        if seen is not None and at_hand:
            seen = show(see(setting, seen.run))
            wanted(0 if seen.judged else REST)
        if seen is None or not at_hand or not seen.judged:
            seen = show(see(setting, _made(setting, _ticking(wanted, post))))
        wanted(0)
        claims = drawing.claims(seen, order.before, order.words, order.claims)
        post(Told(order, seen, claims, drawing.change(seen, order.before, order.words)))

    return _careful(order, job, post)


def everything(order: Order, carry: str, post: Post) -> Job:
    """Return the job of measuring all there is of a setting, and writing it down."""
    terminal = order.claims._replace(height=TALL)

    def job(wanted: Wanted) -> None:
        whole = _made(order.setting, _ticking(wanted, post), whole=True)
        text = look(whole.report, order.words, terminal, carry, more=True)
        post(Read(drawing.rows(text)))

    return _careful(order, job, post)


def _careful(order: Order, job: Job, post: Post) -> Job:
    """Return the job whose failure is told."""

    def careful(wanted: Wanted) -> None:
        try:
            job(wanted)
        except Superseded:
            raise
        except Exception as error:  # the event loop says it, or ends with it
            post(Failed(order, error))

    return careful


def _ticking(wanted: Wanted, post: Post) -> Tick:
    begun = last = time.monotonic()

    def tick(done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - begun > PATIENCE:
            wanted(0)
        if now - begun > SLOW and now - last > OFTEN:
            post(Advanced(100 * done // max(1, total)))
            last = now

    return tick


def _made(setting: Setting, tick: Tick, whole: bool = False) -> Run:
    return run(setting.lesson, tick, whole, **vars(setting.params))
