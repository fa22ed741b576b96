"""Universal approximation: sigmoids make steps, steps make bumps, bumps make any continuous function."""

from __future__ import annotations

from dataclasses import dataclass

from mlbasics.kit import Choice, Interval, Number, OwnData, Text, parameter

TARGETS = {
    "bumps": "4*x*(1 - x)*cos(25*x)",
    "sin": "sin(2*pi*x)",
    "abs": "abs(2*x - 1)",
    "step": "sign(x - 0.5)",
    "runge": "1/(1 + 25*(2*x - 1)**2)",
}


@dataclass(frozen=True)
class Params(OwnData):
    """What the learner may change."""

    neurons: int = parameter(50, Number(1, 100_000, whole=True))
    method: str = parameter("steps", Choice(("steps", "least-squares", "trained")))
    target: str = parameter("bumps", Choice(tuple(TARGETS)))
    function: str | None = parameter(None, Text())
    interval: tuple[float, float] = parameter("0 1", Interval())
    activation: str = parameter("sigmoid", Choice(("sigmoid", "tanh", "relu", "linear")))
    steepness: float | None = parameter(None, Number(1e-3, 1e9, optional=True))
    max_neurons: int = parameter(1000, Number(1, 100_000, whole=True))
