"""Universal approximation: sigmoids make steps, steps make bumps, bumps make any continuous function."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from mlbasics.lesson import Choice, Claim, Interval, Number, Story, Text, Tick, parameter

if TYPE_CHECKING:
    from numpy.random import Generator

    from mlbasics.data.columns import Columns

ORDER = 4

TARGETS = {
    "bumps": "4*x*(1 - x)*cos(25*x)",
    "sin": "sin(2*pi*x)",
    "abs": "abs(2*x - 1)",
    "step": "sign(x - 0.5)",
    "runge": "1/(1 + 25*(2*x - 1)**2)",
}


@dataclass(frozen=True)
class Params:
    """What the learner may change."""

    neurons: int = parameter(50, Number(1, 100_000, whole=True))
    method: str = parameter("steps", Choice(("steps", "least-squares", "trained")))
    target: str = parameter("bumps", Choice(tuple(TARGETS)))
    function: str | None = parameter(None, Text())
    interval: tuple[float, float] = parameter("0 1", Interval())
    activation: str = parameter("sigmoid", Choice(("sigmoid", "tanh", "relu", "linear")))
    steepness: float | None = parameter(None, Number(1e-3, 1e9, optional=True))
    max_neurons: int = parameter(1000, Number(1, 100_000, whole=True))
    data: str | None = parameter(None, Text("FILE"))
    x: str | None = parameter(None, Text("COLUMN"))
    y: str | None = parameter(None, Text("COLUMN"))
    seed: int = parameter(0, Number(0, 2**32 - 1, whole=True))


def simulate(params: Params, rng: Generator, tick: Tick, columns: Columns | None = None) -> Any:
    """Build the networks and measure their errors."""
    return import_module(f"{__name__}.experiment").simulate(params, rng, tick, columns)


def judge(params: Params, result: Any) -> list[Claim]:
    """Judge the claims."""
    claims: list[Claim] = import_module(f"{__name__}.claims").judge(params, result)
    return claims


def show(params: Params, result: Any) -> Story:
    """Show the ladder, the network on its target, and the errors by width."""
    story: Story = import_module(f"{__name__}.screen").show(params, result)
    return story
