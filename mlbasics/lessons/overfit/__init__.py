"""Overfitting: a model that learns the noise of its training set errs more on new data.

The parameters of the lesson; its two tasks, regression and classification, are one file each.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from mlbasics.kinds import Choice, Number, Text
from mlbasics.lesson import Claim, Depends, Story, Tick, parameter

if TYPE_CHECKING:
    from numpy.random import Generator

    from mlbasics.data.columns import Columns

ORDER = 1


@dataclass(frozen=True)
class Params:
    """What the learner may change."""

    task: str = parameter("regression", Choice(("regression", "classification")))
    target: str = parameter("sin", Choice(("sin", "cosine", "step", "line", "runge", "constant")))
    n_train: int = parameter(Depends("task", regression=30, classification=300), Number(2, 5000, whole=True))
    noise: float = parameter(0.25, Number(0, 100))
    max_degree: int = parameter(15, Number(0, 60, whole=True))
    folds: int = parameter(10, Number(2, 100, whole=True))
    repeats: int = parameter(100, Number(1, 10_000, whole=True))
    data: str | None = parameter(None, Text("FILE"))
    x: str | None = parameter(None, Text("COLUMNS"))
    y: str | None = parameter(None, Text("COLUMN"))
    seed: int = parameter(0, Number(0, 2**32 - 1, whole=True))


def simulate(params: Params, rng: Generator, tick: Tick, columns: Columns | None = None) -> Any:
    """Run the chosen task."""
    return _task(params, "experiment").simulate(params, rng, tick, columns)


def judge(params: Params, result: Any) -> list[Claim]:
    """Judge the chosen task's claims."""
    claims: list[Claim] = _task(params, "claims").judge(params, result)
    return claims


def show(params: Params, result: Any) -> Story:
    """Show the chosen task."""
    story: Story = _task(params, "screen").show(params, result)
    return story


def _task(params: Params, part: str) -> Any:
    return import_module(f"{__name__}.{params.task}.{part}")
