"""Networks that follow a function, from one step to a thousand."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.random import Generator

from mlbasics.data.origin import Origin
from mlbasics.kit import Tick, detail
from mlbasics.lessons.uat import MOST
from mlbasics.lessons.uat.source import Target
from mlbasics.numerics import Array, universal
from mlbasics.numerics.errors import errors
from mlbasics.numerics.nearby import values
from mlbasics.numerics.networks import ACTIVATIONS
from mlbasics.numerics.survey import Survey
from mlbasics.numerics.universal import Maker

if TYPE_CHECKING:
    from mlbasics.lessons.uat import Params

WIDTHS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000)
LADDER = (5.0, 25.0, 200.0)  # weights of the one neuron, for an interval of width 1
FEW = 8  # neurons of the ladder's last picture
TRAINING = 50  # steps of training, each of them N³: 0.15 s for 100 neurons
NUDGE = 0.01  # standard deviation of the nudges before training
DRAWN = 401  # points of a curve; a target that bends between two of them shows more
VISIBLE = 0.01  # of the range: what is nearer to straight is not seen in a picture


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
    survey, ways = target.survey, maker(params, target, Draws(*rng.spawn(2)))
    by = ByWidth([n for n in WIDTHS if n <= min(params.max_neurons, MOST[params.method])], [], [], [])
    for i, n in enumerate(by.neurons):
        measured = errors(ways.make(params.method, n)[0], survey)
        by.sup_error.append(measured.sup)
        by.rms_error.append(measured.rms)
        by.bound.append(_bound(params, survey, n))
        tick(sum(by.neurons[: i + 1]), sum(by.neurons) + params.neurons)
    net, losses = ways.make(params.method, params.neurons)
    measured = errors(net, survey)
    drawn = np.union1d(survey.drawn(DRAWN, VISIBLE), [measured.at])
    return Result(
        neurons=params.neurons,
        method=params.method,
        activation=params.activation,
        formula=target.formula,
        interval=(ways.frame.a, ways.frame.b),
        origin=target.origin,
        weights=Weights(net.W1[0], net.b1[0], net.W2[0], float(net.b2[0, 0])),
        sup_error=measured.sup,
        rms_error=measured.rms,
        lipschitz=survey.lipschitz,
        bound=_bound(params, survey, params.neurons),
        by_width=by,
        slope=universal.log_slope(by.neurons, by.sup_error),
        ladder=_ladder(target, ways),
        curves=Curves(drawn, target.f(drawn), values(net, drawn)),
        losses=losses,
    )


class Draws(NamedTuple):
    """A generator for each kind of draw."""

    nudges: Generator
    starts: Generator  # of the weights of networks trained from random ones


def maker(params: Params, target: Target, draws: Draws) -> Maker:
    """Return what makes networks for the target; the nudges are the same for any number of neurons."""
    nudges = NUDGE * draws.nudges.standard_normal(MOST["trained"])
    return Maker(target.survey, params.activation, params.steepness, nudges, TRAINING)


def _bound(params: Params, survey: Survey, n: int) -> float | None:
    """Return the bound on the sup error of n steps, where there is one."""
    sharp = params.steepness is None and params.activation in ("sigmoid", "tanh")
    if params.method != "steps" or not sharp or math.isinf(survey.lipschitz):
        return None
    return universal.staircase_bound(survey.lipschitz, float(np.ptp(survey.points)), n)


def _ladder(target: Target, ways: Maker) -> Ladder:
    """Return the three pictures of the proof."""
    sigmoid = ACTIVATIONS["sigmoid"].f
    a, b, _ = ways.frame
    x = np.linspace(a, b, 201)
    u = (x - a) / (b - a)
    neurons = [sigmoid(w * (u - 0.5)) for w in LADDER]
    exact = np.where(u < 0.5, 0.0, np.where(u > 0.5, 1.0, 0.5))
    few, _ = ways.make("steps", FEW)
    return Ladder(
        x=x,
        weight=list(LADDER),
        step=neurons,
        distance=[float(np.abs(y - exact).mean()) for y in neurons],
        bump=sigmoid(LADDER[-1] * (u - 0.4)) - sigmoid(LADDER[-1] * (u - 0.6)),
        few=values(few, x),
        target=target.f(x),
    )
