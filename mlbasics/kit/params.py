"""Parameters: what a learner may change.  A Params is valid when it exists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from typing import Any, TypeVar, cast

from mlbasics.kit.errors import InputError, no_such
from mlbasics.kit.kinds import Accepts, Choice, Data, Text
from mlbasics.kit.number import Number
from mlbasics.words import phrase


class Depends:
    """A default that follows from an earlier parameter: Depends("task", regression=30, ...)."""

    def __init__(self, on: str, /, **defaults: object) -> None:
        self.on = on
        self.defaults = defaults


def parameter(default: object, accepts: Accepts) -> Any:
    """Declare a field of a lesson's Params: its default and what it accepts."""
    return field(default=default, metadata={"accepts": accepts})


def accepts(parameter: Field[Any]) -> Accepts:
    """Return what a field made by parameter() accepts."""
    return cast("Accepts", parameter.metadata["accepts"])


TYPICAL = 1  # of the first seeds the one whose first lesson is closest to the median over hundreds


def option_name(name: str) -> str:
    """Return the command-line spelling of a parameter: n_train is --n-train."""
    return "--" + name.replace("_", "-")


@dataclass(frozen=True)
class LessonParams:
    """What the learner may change of any lesson; a lesson adds its own.

    Values are read as their kinds read them, text too; InputError, one sentence, for what none accepts.
    """

    seed: int = parameter(TYPICAL, Number(0, 2**32 - 1, whole=True))

    def __post_init__(self) -> None:
        for f in parameters(type(self)):  # in order: a default may depend on an earlier parameter
            value = getattr(self, f.name)
            if isinstance(value, Depends):
                value = value.defaults[getattr(self, value.on)]
            object.__setattr__(self, f.name, accepts(f).accept(option_name(f.name), value))
        self.check()

    def check(self) -> None:
        """Raise InputError where parameters exclude each other: the rules that no single one can know."""

    @property
    def idle(self) -> tuple[str, ...]:
        """The parameters that have no effect, as the others are."""
        return ()


@dataclass(frozen=True)
class OwnData(LessonParams):
    """The parameters of a lesson that takes the learner's own table."""

    built_in = tuple[str, ...]()
    """Those that say what a lesson's own data are, and have no effect on a table."""

    data: str | None = parameter(None, Data())
    x: str | None = parameter(None, Text("COLUMNS"))
    y: str | None = parameter(None, Text("COLUMN"))
    decimal: str = parameter("auto", Choice(("auto", ".", ",")))

    def check(self) -> None:
        """Raise InputError for --x or --y without --data, and for what has no effect beside it."""
        refused, key = (("x", "y"), "error.alone") if self.data is None else (self.built_in, "error.either")
        for name in changes(self):
            if name in refused:
                raise InputError(phrase(key, option=option_name(name), other="--data"))

    @property
    def idle(self) -> tuple[str, ...]:
        """Those of a table where there is none, else those of the lesson's own data."""
        return OWN_DATA[1:] if self.data is None else self.built_in


OWN_DATA = ("data", "x", "y", "decimal")

P = TypeVar("P", bound=LessonParams)


def parameters(params: type[LessonParams]) -> list[Field[Any]]:
    """Return the parameters in the order they are told: a lesson's own, those of own data, the seed."""
    found = {f.name: f for f in fields(params)}
    declared = (name for one in params.__mro__ for name in vars(one).get("__annotations__", ()))
    return [found[name] for name in dict.fromkeys(declared) if name in found]


def fill(params: type[P], given: Mapping[str, object]) -> P:
    """Return params with what is given and defaults for the rest; raise InputError for an unknown name."""
    names = [f.name for f in parameters(params)]
    for name in given:
        if name not in names:
            raise no_such("error.parameter", name, tuple(names))
    return params(**cast(Any, given))


def changes(params: LessonParams) -> dict[str, str | tuple[str, ...]]:
    """Return what differs from the defaults, own data first, as typed: a word, or two of an interval."""
    changed: dict[str, str | tuple[str, ...]] = {}
    for f in sorted(parameters(type(params)), key=lambda f: f.name not in OWN_DATA):
        default, value = f.default, getattr(params, f.name)
        if isinstance(default, Depends):
            default = default.defaults[getattr(params, default.on)]
        if value != accepts(f).accept(option_name(f.name), default):
            changed[f.name] = accepts(f).typed(value)
    return changed
