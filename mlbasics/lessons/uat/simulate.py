"""Networks that follow a function, from one step to a thousand."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.random import Generator

from mlbasics.data.origin import Origin
from mlbasics.kit import Tick, detail
from mlbasics.lessons.uat import MOST
from mlbasics.lessons.uat.source import GRID, Target
from mlbasics.numerics import Array, universal
from mlbasics.numerics.networks import ACTIVATIONS, Network
from mlbasics.numerics.universal import Function

if TYPE_CHECKING:
    from mlbasics.lessons.uat import Params

WIDTHS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000)
LADDER = (5.0, 25.0, 200.0)  # weights of the one neuron, for an interval of width 1
FEW = 8  # neurons of the ladder's last picture
LONG, SHORT = 200, 20  # steps of training, where it is the method asked for and where it stands beside


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
    """From one neuron to a function: a steeper and steeper step, a bump of two, a few on the target."""

    x: Array
    weight: list[float]
    step: list[Array]
    distance: list[float]  # mean distance of each from the step at the middle
    bump: Array
    few: Array
    target: Array


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
    bound: float | None
    recomputed: float = detail()  # largest difference of the network from a sum over its neurons, one by one
    by_width: ByWidth
    slope: float  # of log sup error against log neurons, from 10 neurons on
    ladder: Ladder
    curves: Curves
    methods: dict[str, Method | None] = detail()
    losses: list[float]
    outside: Outside = detail()
    jump: Jump = detail()
    linear: Linear = detail()


def simulate(params: Params, target: Target, rng: Generator, tick: Tick) -> Result:
    """Build the network asked for, and others, narrower and wider."""
    study = Study(params, target, rng)
    widths = [n for n in WIDTHS if n <= min(params.max_neurons, MOST[params.method])]
    errors = []
    for i, n in enumerate(widths):
        errors.append(study.errors(study.network(params.method, n, SHORT)[0]))
        tick(sum(widths[: i + 1]), sum(widths) + params.neurons)
    net, losses = study.network(params.method, params.neurons, LONG)
    sup, rms = ([e[i] for e in errors] for i in (0, 1))
    sup_error, rms_error = study.errors(net)
    shown = study.x[:: GRID // 400]
    return Result(
        neurons=params.neurons,
        method=params.method,
        activation=params.activation,
        formula=target.formula,
        interval=(target.a, target.b),
        origin=target.origin,
        weights=Weights(net.W1[0], net.b1[0], net.W2[0], float(net.b2[0, 0])),
        sup_error=sup_error,
        rms_error=rms_error,
        lipschitz=study.lipschitz,
        bound=study.bound(params.neurons),
        by_width=ByWidth(widths, sup, rms, [study.bound(n) for n in widths]),
        slope=universal.log_slope(widths, sup),
        ladder=_ladder(study),
        curves=Curves(shown, target.f(shown), net(shown)[0]),
        losses=losses,
    )


class Study:
    """One target on one interval, and networks for it, made on [-1, 1] and handed out on the interval."""

    def __init__(self, params: Params, target: Target, rng: Generator) -> None:
        self.params, self.rng = params, rng
        self.f, self.a, self.b = target.f, target.a, target.b
        self.x = np.linspace(self.a, self.b, GRID)
        self.target = self.f(self.x)
        self.lipschitz = universal.lipschitz(self.f, self.a, self.b)
        self.jump_size, self.jump_at = universal.largest_jump(self.f, self.a, self.b)
        self.jumps = self.jump_size > 0.05 * float(np.ptp(self.target))
        if self.jumps:
            self.x = self.beside(self.jump_at)
            self.target = self.f(self.x)

    def beside(self, at: float) -> Array:
        """Return the grid and a point just before and just behind a jump, where the largest errors are."""
        near = 1e-9 * (self.b - self.a)
        return np.sort(np.append(self.x, [at - near, at + near]))

    def unit(self, f: Function) -> Function:
        """Return f as a function on [-1, 1]."""
        return lambda u: f(self.a + (self.b - self.a) * (u + 1) / 2)

    def network(
        self, method: str, n: int, training: int, f: Function | None = None, activation: str | None = None
    ) -> tuple[Network, list[float]]:
        """Return a network on the interval made by the method, and its losses where it was trained."""
        g, act = self.unit(f or self.f), activation or self.params.activation
        steepness = None if self.params.steepness is None else self.params.steepness / 2
        losses: list[float] = []
        make = universal.steps if method == "steps" else universal.least_squares
        net = make(g, n, steepness, act)
        if method == "trained":
            nudged = net.W1 * (1 + 0.01 * self.rng.standard_normal(net.W1.shape))
            net, losses = universal.trained(g, net._replace(W1=nudged), training)
        return universal.on_interval(net, self.a, self.b), losses

    def errors(self, net: Network) -> tuple[float, float]:
        """Return the sup and RMS error of a network on the target."""
        return universal.errors(net(self.x)[0] - self.target)

    def bound(self, n: int) -> float | None:
        """Return the bound on the sup error of n steps, where there is one."""
        sharp = self.params.steepness is None and self.params.activation in ("sigmoid", "tanh")
        if self.params.method != "steps" or not sharp or math.isinf(self.lipschitz):
            return None
        return universal.staircase_bound(self.lipschitz, self.b - self.a, n)


def _ladder(study: Study) -> Ladder:
    """Return the three pictures of the proof."""
    sigmoid = ACTIVATIONS["sigmoid"].f
    x = np.linspace(study.a, study.b, 201)
    u = (x - study.a) / (study.b - study.a)
    neurons = [sigmoid(w * (u - 0.5)) for w in LADDER]
    exact = np.where(u < 0.5, 0.0, np.where(u > 0.5, 1.0, 0.5))
    few, _ = study.network("steps", FEW, 0)
    return Ladder(
        x=x,
        weight=list(LADDER),
        step=neurons,
        distance=[float(np.abs(y - exact).mean()) for y in neurons],
        bump=sigmoid(LADDER[-1] * (u - 0.4)) - sigmoid(LADDER[-1] * (u - 0.6)),
        few=few(x)[0],
        target=study.f(x),
    )
