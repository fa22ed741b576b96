"""Universal approximation: sigmoids make steps, steps make bumps, bumps make any continuous function."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mlbasics.kit import Choice, InputError, Interval, Lesson, Number, OwnData, Suggestion, parameter, phrase
from mlbasics.kit.targets import function, target

if TYPE_CHECKING:
    from mlbasics.lessons.uat.experiment import Result, Target


MOST = {"steps": 100_000, "least-squares": 500, "trained": 100}
"""Neurons each way to weights takes at most: solving costs their square, training their cube."""

SUGGESTIONS = (
    Suggestion({"target": "step"}, phrase("try.step")),
    Suggestion({"activation": "linear"}, phrase("try.linear")),
    Suggestion({"function": "sin(6*x) + x**2"}, phrase("try.function")),
    Suggestion({"method": "trained"}, phrase("try.trained")),
    Suggestion({"neurons": 100}, phrase("try.neurons")),
)

TRAINING = 50
"""Steps of --method trained, each of them N³: 0.15 s for 100 neurons."""

STEPS = {"sigmoid": (0.0, 1.0), "tanh": (-1.0, 1.0)}
"""Activations that a large weight makes a step, and from where to where it steps."""

PAIR = (0.4, 0.6)
"""Where the two neurons of a bump turn, of the interval."""


@dataclass(frozen=True)
class Params(OwnData):
    """What the learner may change."""

    built_in = ("target", "function", "interval")

    neurons: int = parameter(32, Number(1, 100_000, whole=True, log=True))
    method: str = parameter("steps", Choice(tuple(MOST)))
    target: str = target("bumps")
    function: str | None = function()
    interval: tuple[float, float] = parameter("0 1", Interval())
    activation: str = parameter("sigmoid", Choice(("sigmoid", "tanh", "relu", "linear")))
    steepness: float | None = parameter(None, Number(1e-3, 1e9, optional=True, log=True))

    def check(self) -> None:
        """Raise InputError for more neurons than the method takes."""
        super().check()
        if self.neurons > (most := MOST[self.method]):
            other = f"--method {self.method}"
            raise InputError(
                phrase("error.with", option="--neurons", given=self.neurons, other=other, most=most)
            )


def stepped(params: Params) -> bool:
    """Return whether the network is made of steps, and so of bumps."""
    return params.method == "steps" and params.activation in STEPS


def lesson(params: Params) -> Lesson[Params, Target, Result]:
    """Return what runs; it needs NumPy."""
    from mlbasics.lessons.uat import claims, experiment, figures
    from mlbasics.lessons.uat.questions import QUESTIONS

    return Lesson(
        source=experiment.source,
        simulate=experiment.simulate,
        details=experiment.details,
        claims=claims.RULES,
        headlines=claims.HEADLINES,
        look=figures.look,
        more=figures.more,
        dial=figures.dial,
        questions=QUESTIONS,
    )
