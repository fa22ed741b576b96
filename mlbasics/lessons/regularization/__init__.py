"""L1 and L2 regularization: what a penalty on the weights costs, what it saves, and why L1 gives zeros."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mlbasics.kit import Lesson, Number, OwnData, Suggestion, parameter, phrase

if TYPE_CHECKING:
    from mlbasics.lessons.regularization.experiment import OwnTable, Result

SUGGESTIONS = (
    Suggestion({"lam": 10}, phrase("try.lam")),
    Suggestion({"angle": 75}, phrase("try.angle")),
    Suggestion({"n_train": 300}, phrase("try.n_train")),
    Suggestion({"informative": 20}, phrase("try.informative")),
)


@dataclass(frozen=True)
class Params(OwnData):
    """What the learner may change."""

    built_in = ("features", "informative", "n_train", "noise", "correlation")

    features: int = parameter(20, Number(1, 200, whole=True, log=True))
    informative: int = parameter(5, Number(0, 200, whole=True))
    n_train: int = parameter(25, Number(4, 2000, whole=True, log=True))
    noise: float = parameter(2.0, Number(0, 100, step=0.25))
    correlation: float = parameter(0.5, Number(0, 0.99, step=0.05))
    lam: float | None = parameter(None, Number(1e-6, 1e6, optional=True, log=True))
    folds: int = parameter(5, Number(2, 100, whole=True))
    problems: int = parameter(200, Number(100, 1_000_000, whole=True, log=True))
    angle: float = parameter(20.0, Number(-180, 180, step=5))
    eccentricity: float = parameter(0.8, Number(0, 0.999, step=0.05))
    budget: float = parameter(1.0, Number(0.01, 10, log=True))


def lesson(params: Params) -> Lesson[Params, OwnTable | None, Result]:
    """Return what runs; it needs NumPy."""
    from mlbasics.lessons.regularization import claims, experiment, figures
    from mlbasics.lessons.regularization.questions import QUESTIONS

    headlines, others = claims.OWN if params.data is not None else claims.DRAWN
    return Lesson(
        source=experiment.source,
        simulate=experiment.simulate,
        claims=(*headlines, *others),
        headlines=headlines,
        look=figures.look,
        more=figures.more,
        dial=figures.dial,
        questions=QUESTIONS,
    )
