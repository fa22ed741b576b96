"""Bias and variance: what a learner gets wrong on average, and how far one training set moves it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mlbasics.kit import Choice, InputError, Lesson, Number, Numbers, OwnData, Suggestion, parameter, phrase
from mlbasics.kit.targets import function, target

if TYPE_CHECKING:
    from mlbasics.lessons.bias_variance.experiment import Result
    from mlbasics.lessons.bias_variance.sampling import Source


SUGGESTIONS = (
    Suggestion({"family": "mlp"}, phrase("try.mlp")),
    Suggestion({"n_train": 100}, phrase("try.n_train")),
    Suggestion({"family": "knn"}, phrase("try.knn")),
    Suggestion({"family": "ridge"}, phrase("try.ridge")),
    Suggestion({"degrees": "0:6"}, phrase("try.degrees")),
)


@dataclass(frozen=True)
class Params(OwnData):
    """What the learner may change; of the four lists the family's own is used."""

    built_in = ("target", "function", "noise", "design")

    family: str = parameter("polynomial", Choice(("polynomial", "knn", "ridge", "mlp")))
    degrees: tuple[int, ...] = parameter("0:12", Numbers(0, 40, whole=True))
    neighbors: tuple[int, ...] = parameter("1,2,3,5,7,10,15,20,30", Numbers(1, 1000, whole=True))
    lambdas: tuple[float, ...] = parameter("1e-6:10:8", Numbers(1e-12, 1e6))
    widths: tuple[int, ...] = parameter("1,2,3,5,8", Numbers(1, 64, whole=True))
    target: str = target("sin")
    function: str | None = function()
    noise: float = parameter(0.25, Number(0, 100, step=0.05))
    n_train: int = parameter(20, Number(2, 1000, whole=True, log=True))
    design: str = parameter("fixed", Choice(("fixed", "random")))
    trials: int = parameter(200, Number(2, 100_000, whole=True, log=True))

    def check(self) -> None:
        """Raise InputError where no k fits the data."""
        super().check()
        least, most = self.neighbors[0], self.n_train
        if self.family == "knn" and least > most:
            raise InputError(
                phrase("error.above", option="--neighbors", least=least, other="--n-train", most=most)
            )


def lesson(params: Params) -> Lesson[Params, Source, Result]:
    """Return what runs; it needs NumPy."""
    from mlbasics.lessons.bias_variance import claims, experiment, figures, questions, sampling

    rules = claims.RULES
    headlines = claims.HEADLINES if params.data is None else claims.OWN_HEADLINES
    if params.family == "mlp":
        rules, headlines = claims.MLP_RULES, claims.MLP_HEADLINES
    return Lesson(
        source=sampling.source,
        simulate=experiment.simulate,
        claims=rules,
        headlines=headlines,
        look=figures.look,
        more=figures.more,
        dial=figures.dial,
        questions=questions.QUESTIONS,
    )
