"""L1 and L2 regularization: what a penalty on the weights costs, what it saves, and why L1 gives zeros."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from mlbasics.lesson import Choice, Claim, Number, Story, Text, Tick, parameter

if TYPE_CHECKING:
    from numpy.random import Generator

    from mlbasics.data.columns import Columns

ORDER = 3


@dataclass(frozen=True)
class Params:
    """What the learner may change."""

    view: str = parameter("paths", Choice(("paths", "variance", "geometry", "shrinkage")))
    penalty: str = parameter("both", Choice(("both", "l1", "l2", "elastic")))
    features: int = parameter(20, Number(1, 200, whole=True))
    informative: int = parameter(5, Number(0, 200, whole=True))
    n_train: int = parameter(50, Number(4, 2000, whole=True))
    noise: float = parameter(2.0, Number(0, 100))
    correlation: float = parameter(0.5, Number(0, 0.99))
    lam: float | None = parameter(None, Number(1e-6, 1e6, optional=True))
    l1_ratio: float = parameter(0.5, Number(0.01, 1))
    folds: int = parameter(10, Number(2, 100, whole=True))
    repeats: int = parameter(100, Number(10, 10_000, whole=True))
    problems: int = parameter(10_000, Number(100, 1_000_000, whole=True))
    angle: float = parameter(20.0, Number(-180, 180))
    eccentricity: float = parameter(0.9, Number(0, 0.999))
    budget: float = parameter(0.8, Number(0.01, 10))
    data: str | None = parameter(None, Text("FILE"))
    x: str | None = parameter(None, Text("COLUMNS"))
    y: str | None = parameter(None, Text("COLUMN"))
    seed: int = parameter(0, Number(0, 2**32 - 1, whole=True))


def simulate(params: Params, rng: Generator, tick: Tick, columns: Columns | None = None) -> Any:
    """Fit every penalty by every path, over many data sets, and solve the plane of two weights."""
    return import_module(f"{__name__}.experiment").simulate(params, rng, tick, columns)


def judge(params: Params, result: Any) -> list[Claim]:
    """Judge the claims."""
    claims: list[Claim] = import_module(f"{__name__}.claims").judge(params, result)
    return claims


def show(params: Params, result: Any) -> Story:
    """Show the paths, the plane of two weights, or what a penalty does to one weight."""
    story: Story = import_module(f"{__name__}.screen").show(params, result)
    return story
