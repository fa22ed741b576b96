"""Batch normalisation: deep networks trained with and without it, and whether its explanation is right."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from mlbasics.lesson import Choice, Claim, Number, Numbers, Story, Text, Tick, parameter

if TYPE_CHECKING:
    from numpy.random import Generator

    from mlbasics.data.columns import Columns

ORDER = 5

N_TRAIN = 1536


@dataclass(frozen=True)
class Params:
    """What the learner may change."""

    layers: int = parameter(8, Number(1, 50, whole=True))
    units: int = parameter(64, Number(1, 256, whole=True))
    activation: str = parameter("relu", Choice(("relu", "tanh", "sigmoid")))
    placement: str = parameter("before", Choice(("before", "after", "none")))
    dataset: str = parameter("spirals", Choice(("spirals", "rings", "clusters")))
    batch_size: int = parameter(64, Number(1, N_TRAIN, whole=True))
    learning_rates: tuple[float, ...] = parameter("0.001:10:8", Numbers(1e-6, 1e6))
    epochs: int = parameter(6, Number(1, 100, whole=True))
    noisy: float = parameter(0.5, Number(0, 100))
    data: str | None = parameter(None, Text("FILE"))
    x: str | None = parameter(None, Text("COLUMNS"))
    y: str | None = parameter(None, Text("COLUMN"))
    seed: int = parameter(0, Number(0, 2**32 - 1, whole=True))


def simulate(params: Params, rng: Generator, tick: Tick, columns: Columns | None = None) -> Any:
    """Train the networks."""
    return import_module(f"{__name__}.experiment").simulate(params, rng, tick, columns)


def judge(params: Params, result: Any) -> list[Claim]:
    """Judge the claims."""
    claims: list[Claim] = import_module(f"{__name__}.claims").judge(params, result)
    return claims


def show(params: Params, result: Any) -> Story:
    """Show the losses, the shift, one batch worked out, and the variations."""
    story: Story = import_module(f"{__name__}.screen").show(params, result)
    return story
