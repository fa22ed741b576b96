"""Overfitting: a model that learns the noise of its training set errs more on new data.

The parameters of the lesson; its two tasks, regression and classification, are a folder each.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mlbasics.kit import Choice, Depends, InputError, Lesson, Number, OwnData, Suggestion, parameter, phrase
from mlbasics.kit.targets import function, target

if TYPE_CHECKING:
    from mlbasics.lessons.overfit.classification import experiment as of_classes
    from mlbasics.lessons.overfit.regression import experiment as of_curves

SUGGESTIONS = (
    Suggestion({"n_train": 100}, phrase("try.n_train")),
    Suggestion({"degree": 5}, phrase("try.degree")),
    Suggestion({"task": "classification"}, phrase("try.classification")),
    Suggestion({"noise": 1}, phrase("try.noise")),
)


@dataclass(frozen=True)
class Params(OwnData):
    """What the learner may change."""

    built_in = ("target", "function", "noise")

    task: str = parameter("regression", Choice(("regression", "classification")))
    target: str = target("sin")
    function: str | None = function()
    n_train: int = parameter(
        Depends("task", regression=12, classification=250), Number(2, 5000, whole=True, log=True)
    )
    noise: float = parameter(0.25, Number(0, 100, step=0.05))
    max_degree: int = parameter(11, Number(0, 60, whole=True))
    degree: int | None = parameter(None, Number(0, 60, whole=True, optional=True))
    folds: int = parameter(Depends("task", regression=12, classification=10), Number(2, 100, whole=True))

    def check(self) -> None:
        """Raise InputError for a degree to draw that is not fitted."""
        super().check()
        if self.degree is not None and self.degree > self.max_degree:
            other = f"--max-degree {self.max_degree}"
            raise InputError(
                phrase("error.with", option="--degree", given=self.degree, other=other, most=self.max_degree)
            )

    @property
    def drawn(self) -> int:
        """The degree whose curve is drawn: the highest, unless another is named."""
        return self.max_degree if self.degree is None else self.degree


def lesson(params: Params) -> Lesson[Params, Any, Any]:
    """Return what runs for the task asked for; it needs NumPy."""
    return _classification() if params.task == "classification" else _regression()


def _regression() -> Lesson[Params, of_curves.Source, of_curves.Result]:
    from mlbasics.lessons.overfit.questions import QUESTIONS
    from mlbasics.lessons.overfit.regression import claims, experiment, figures

    return Lesson(
        source=experiment.source,
        simulate=experiment.simulate,
        claims=claims.RULES,
        headlines=claims.HEADLINES,
        look=figures.look,
        more=figures.more,
        dial=figures.dial,
        questions=QUESTIONS,
        variant="regression",
    )


def _classification() -> Lesson[Params, of_classes.Source, of_classes.Result]:
    from mlbasics.lessons.overfit.classification import claims, experiment, figures
    from mlbasics.lessons.overfit.questions import QUESTIONS

    return Lesson(
        source=experiment.source,
        simulate=experiment.simulate,
        claims=claims.RULES,
        headlines=claims.HEADLINES,
        look=figures.look,
        more=figures.more,
        dial=figures.dial,
        questions=QUESTIONS,
        variant="classification",
    )
