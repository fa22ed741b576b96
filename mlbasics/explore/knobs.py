"""The knobs of a lesson, made from its Params and its dial: what each is called, and how it is turned."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import Field
from functools import partial
from typing import Any, NamedTuple

from mlbasics.explore.setting import Setting
from mlbasics.kit.dial import Dial
from mlbasics.kit.kinds import Choice
from mlbasics.kit.number import Number
from mlbasics.kit.params import accepts, option_name, parameters
from mlbasics.words import Words, number

UNSET = "–"
LONGEST_TRACK = 1e6  # steps: on a longer one, as of seeds, no place can be told from the next


class Knob(NamedTuple):
    """One thing to turn: each of turned, at and entered is the setting after it, or raises InputError."""

    name: str  # of its parameter; the dial has none
    label: str
    help: str
    shown: str
    share: float | None  # of its track, where it stands; None: it has no track, or is not set
    typed: str
    turned: Callable[[int], Setting] | None  # by so many steps; None: it can only be typed
    at: Callable[[float], Setting] | None  # to so much of its track
    entered: Callable[[str], Setting] | None  # to what is typed
    reset: Callable[[], Setting]  # to where it stands at first
    is_switch: bool = False  # between names

    @property
    def is_dial(self) -> bool:
        """Whether it is the lesson's dial."""
        return not self.name

    @property
    def rows(self) -> int:
        """The rows it takes: the dial has its track on one of its own."""
        return 2 if self.is_dial else 1


def knobs(setting: Setting, dial: Dial | None, words: Words) -> list[Knob]:
    """Return the knobs in the order they are told: the dial first, in the place of its own parameter."""
    told = parameters(type(setting.params))
    first = [] if dial is None else [_dial(setting, dial, words)]
    own = None if dial is None else dial.parameter
    idle = setting.params.idle
    return [*first, *(_parameter(setting, f, words) for f in told if f.name != own and f.name not in idle)]


def _dial(setting: Setting, dial: Dial, words: Words) -> Knob:
    stands = setting.stands(dial)
    entered = None if dial.parameter is None else partial(setting.changed, dial.parameter)
    label, own = words.say(dial.name), dial.parameter
    return Knob(
        name="",
        label=label,
        help=words[f"option.{own}"] if own else words["explore.dial"],
        shown=_shown(stands),
        typed=str(stands),
        turned=lambda steps: setting.dialled(dial, dial.turned(stands, steps)),
        at=lambda share: setting.dialled(dial, dial.at(share)),
        share=dial.share(stands),
        entered=entered,
        reset=partial(setting.reset, own),
    )


def _parameter(setting: Setting, f: Field[Any], words: Words) -> Knob:
    kind, value = accepts(f), getattr(setting.params, f.name)
    change = partial(setting.changed, f.name)
    typed = "" if value is None else kind.typed(value)
    said = typed if isinstance(typed, str) else " ".join(typed)
    turned = at = share = None
    if isinstance(kind, Choice):
        turned = _then(partial(kind.turned, value), change)
    elif isinstance(kind, Number):
        turned = _then(partial(_number, kind, value), change)
        if kind.log or kind.high - kind.low <= LONGEST_TRACK:
            at = _then(kind.at, change)
            share = None if value is None else kind.share(value)
    return Knob(
        name=f.name,
        label=option_name(f.name).removeprefix("--"),
        help=words[f"option.{f.name}"],
        shown=_shown(value) if isinstance(kind, Number) else said or UNSET,
        typed=said,
        turned=turned,
        at=at,
        share=share,
        entered=lambda text: change(text) if text else setting.reset(f.name),
        reset=partial(setting.reset, f.name),
        is_switch=isinstance(kind, Choice),
    )


def _then(find: Callable[[Any], object], change: Callable[[object], Setting]) -> Callable[[Any], Setting]:
    """Return what finds a value for what is asked, and then the setting with it."""
    return lambda asked: change(find(asked))


def _number(kind: Number, value: float | None, steps: int) -> float | int | None:
    """Return the number so many steps on; left of the lowest there is none, where there may be none."""
    if value is None:
        return kind.at(0.5 if kind.log else 0.0) if steps > 0 else None
    moved = kind.turned(value, steps)
    return None if kind.optional and moved == value == kind.low and steps < 0 else moved


def _shown(value: float | None) -> str:
    return UNSET if value is None else str(value) if isinstance(value, int) else number(value)
