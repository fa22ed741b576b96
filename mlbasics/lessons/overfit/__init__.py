"""Overfitting: a model that learns the noise of its training set errs more on new data.

The parameters of the lesson; its two tasks, regression and classification, are a folder each.
"""

from __future__ import annotations

from dataclasses import dataclass

from mlbasics.kit import Choice, Depends, Number, OwnData, parameter
from mlbasics.kit.targets import function, target

VARIANT = "task"
"""The parameter whose values are folders: each task has its own source, simulate, judge and show."""


@dataclass(frozen=True)
class Params(OwnData):
    """What the learner may change."""

    task: str = parameter("regression", Choice(("regression", "classification")))
    target: str = target("sin")
    function: str | None = function()
    n_train: int = parameter(
        Depends("task", regression=30, classification=300), Number(2, 5000, whole=True, log=True)
    )
    noise: float = parameter(0.25, Number(0, 100))
    max_degree: int = parameter(15, Number(0, 60, whole=True))
    folds: int = parameter(10, Number(2, 100, whole=True))
    repeats: int = parameter(100, Number(1, 10_000, whole=True, log=True))
