"""Universal approximation: sigmoids make steps, steps make bumps, bumps make any continuous function."""

from __future__ import annotations

from dataclasses import dataclass

from mlbasics.kit import Choice, InputError, Interval, Number, OwnData, parameter, phrase
from mlbasics.kit.targets import function, target

MOST = {"steps": 100_000, "least-squares": 500, "trained": 100}
"""Neurons each way to weights takes at most: solving costs their square, training their cube."""


@dataclass(frozen=True)
class Params(OwnData):
    """What the learner may change."""

    neurons: int = parameter(50, Number(1, 100_000, whole=True, log=True))
    method: str = parameter("steps", Choice(tuple(MOST)))
    target: str = target("bumps")
    function: str | None = function()
    interval: tuple[float, float] = parameter("0 1", Interval())
    activation: str = parameter("sigmoid", Choice(("sigmoid", "tanh", "relu", "linear")))
    steepness: float | None = parameter(None, Number(1e-3, 1e9, optional=True, log=True))
    max_neurons: int = parameter(1000, Number(1, 100_000, whole=True, log=True))

    def check(self) -> None:
        """Raise InputError for more neurons than the method takes."""
        super().check()
        if self.neurons > (most := MOST[self.method]):
            other = f"--method {self.method}"
            raise InputError(
                phrase("error.with", option="--neurons", given=self.neurons, other=other, most=most)
            )
