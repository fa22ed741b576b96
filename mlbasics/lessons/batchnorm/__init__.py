"""Batch normalization: deep networks trained with and without it, and whether its explanation is right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mlbasics.kit import Choice, Lesson, Number, Numbers, OwnData, Suggestion, parameter, phrase

if TYPE_CHECKING:
    from mlbasics.lessons.batchnorm.experiment import Result, Source


N_TRAIN = 1536

SUGGESTIONS = (
    Suggestion({"layers": 2}, phrase("try.layers")),
    Suggestion({"activation": "sigmoid"}, phrase("try.sigmoid")),
    Suggestion({"batch_size": 2}, phrase("try.batch_size")),
    Suggestion({"noisy": 5}, phrase("try.noisy")),
    Suggestion({"placement": "after"}, phrase("try.after")),
    Suggestion({"dataset": "clusters"}, phrase("try.dataset")),
)


@dataclass(frozen=True)
class Params(OwnData):
    """What the learner may change."""

    built_in = ("dataset",)

    layers: int = parameter(8, Number(1, 50, whole=True))
    units: int = parameter(32, Number(1, 256, whole=True))
    activation: str = parameter("relu", Choice(("relu", "tanh", "sigmoid")))
    placement: str = parameter("before", Choice(("before", "after", "none")))
    dataset: str = parameter("spirals", Choice(("spirals", "clusters")))
    batch_size: int = parameter(64, Number(2, N_TRAIN, whole=True, log=True, step=2))
    learning_rates: tuple[float, ...] = parameter("0.001,0.003,0.01,0.03,0.1,0.3,1,3,10", Numbers(1e-6, 1e6))
    networks: int = parameter(3, Number(1, 25, whole=True))
    epochs: int = parameter(2, Number(1, 100, whole=True))
    noisy: float = parameter(0.5, Number(0, 100, step=0.25))


def lesson(params: Params) -> Lesson[Params, Source, Result]:
    """Return what runs; it needs NumPy."""
    from mlbasics.lessons.batchnorm import claims, experiment, figures
    from mlbasics.lessons.batchnorm.questions import QUESTIONS

    return Lesson(
        source=experiment.source,
        simulate=experiment.simulate,
        claims=claims.RULES,
        headlines=claims.HEADLINES,
        look=figures.look,
        more=figures.more,
        dial=figures.dial,
        questions=QUESTIONS,
    )
