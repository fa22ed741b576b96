"""What a run of universal approximation measures."""

from __future__ import annotations

from dataclasses import dataclass

from mlbasics.data.origin import Origin
from mlbasics.kit import detail, picture
from mlbasics.numerics import Array


@dataclass(frozen=True)
class Weights:
    """The network W2 · act(W1 x + b1) + b2: W1, b1 and W2 are (N,)."""

    W1: Array
    b1: Array
    W2: Array
    b2: float


@dataclass(frozen=True)
class ByWidth:
    """Errors by number of neurons; a bound is there for steps on a Lipschitz target."""

    neurons: list[int]
    sup_error: list[float]
    rms_error: list[float]
    bound: list[float | None]


@dataclass(frozen=True)
class Ladder:
    """From one neuron to two: a steeper and steeper step, and a bump, if the activation makes them."""

    x: Array
    weight: list[float]
    step: list[Array]
    distance: list[float]  # mean distance of each from a step at the middle, over the step's height
    bump: Array


@dataclass(frozen=True)
class Method:
    """One way to find weights: its errors and its largest output weight."""

    sup_error: float
    rms_error: float
    largest_weight: float


@dataclass(frozen=True)
class Outside:
    """Half as far again beyond each end: the largest error there (NaN where the target has no value)."""

    sup_error: float
    x: Array
    target: Array
    network: Array


@dataclass(frozen=True)
class Jump:
    """Errors by width on a step from -1 to 1, or on the target where it jumps itself."""

    size: float
    neurons: list[int]
    sup_error: list[float]
    rms_error: list[float]


@dataclass(frozen=True)
class Linear:
    """RMS errors by width where the activation is the identity."""

    neurons: list[int]
    rms_error: list[float]


@dataclass(frozen=True)
class Curves:
    """The target and the network at points of the interval."""

    x: Array
    target: Array
    network: Array


@dataclass(frozen=True)
class Drawn:
    """What is drawn of a network: its values at the x of the curves, the bumps it is made of, a neuron."""

    sup_error: float
    network: Array
    neuron: tuple[float, float, float]  # of the middle one: its weight, its bias, and its output weight
    bumps: Array | None  # their heights, from left to right; None where its neurons do not make them


@dataclass(frozen=True, kw_only=True)
class Result:
    """Errors are absolute, in units of the target; sup is the largest, RMS the root of the mean square."""

    neurons: int
    method: str
    activation: str
    formula: str
    interval: tuple[float, float]
    origin: Origin | None  # of the learner's own points
    weights: Weights
    sup_error: float
    rms_error: float
    lipschitz: float
    largest_jump: float  # of the target
    bound: float | None
    recomputed: float = detail()  # largest difference of the network from a sum over its neurons, one by one
    widths: ByWidth  # of 1 to 200 neurons
    by_width: ByWidth = detail()  # of 1 to --max-neurons
    slope: float  # of log sup error against log neurons, from 10 to 200 neurons
    ladder: Ladder
    curves: Curves
    drawn: dict[int, Drawn] = picture()  # by number of neurons: of the widths, and of the network asked for
    solved: Method | None
    from_random: Method | None
    methods: dict[str, Method | None] = detail()
    losses: list[float]
    outside: Outside = detail()
    jump: Jump = detail()
    linear: Linear = detail()
