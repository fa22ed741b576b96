"""Networks that follow a function, from one step to many; other ways to weights; where the theorem stops."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.random import Generator

from mlbasics.data.origin import Origin
from mlbasics.kit import InputError, Tick, detail, draws, phrase, picture
from mlbasics.kit.targets import LARGEST, check_finite, curve, formula_of
from mlbasics.lessons.uat import MOST, PAIR, STEPS, TRAINING, stepped
from mlbasics.numerics import Array, universal
from mlbasics.numerics.errors import errors
from mlbasics.numerics.networks import ACTIVATIONS, Network, random_network
from mlbasics.numerics.order import distinct
from mlbasics.numerics.sparse import values
from mlbasics.numerics.survey import BETWEEN, Function, Jump, Survey, survey
from mlbasics.numerics.universal import Maker

if TYPE_CHECKING:
    from mlbasics.data.columns import Columns
    from mlbasics.lessons.uat import Params

WIDTHS = (1, 2, 5, 10, 20, 50, 100, 200)
JUMP_WIDTHS = (9, 49, 199)  # odd, so that one of the steps stands in the middle
LADDER = (5.0, 25.0, 200.0)  # weights of the one neuron, for an interval of width 1
LINES = (1.0, 2.0, 4.0)  # the same where it makes no step: the larger, the steeper, without end
NUDGE = 0.01  # standard deviation of the nudges before training
LEARNERS = 10  # neurons trained from random weights
BUDGETS, LONG = (10, 100), 1000  # steps of that training, and of what only --more shows
DRAWN = 401  # points of a curve; a target that bends between two of them shows more
VISIBLE = 0.01  # of the range: what is nearer to straight is not seen in a picture
JUMP = 0.05  # of the range: a smaller jump of the target is not its story
LEAST_POINTS = 2
NEAREST = 1e-9  # of their size: values of x nearer to each other leave too few floats between them
SHORTEST = 1e-290  # an interval whose inverse is finite


@dataclass(frozen=True)
class Target:
    """A function, what it is called, and what is known of it on the interval, where it is finite."""

    formula: str
    f: Function
    survey: Survey
    origin: Origin | None = None


@dataclass(frozen=True)
class Weights:
    """The network W2 · act(W1 x + b1) + b2: W1, b1 and W2 are (N,)."""

    W1: Array
    b1: Array
    W2: Array
    b2: float


@dataclass(frozen=True)
class ByWidth:
    """Errors by number of neurons."""

    neurons: list[int]
    sup_error: list[float]
    rms_error: list[float]


@dataclass(frozen=True)
class Ladder:
    """From one neuron to two: a steeper and steeper step, and a bump, if the activation makes them."""

    x: Array
    weight: list[float]
    step: list[Array]
    distance: list[float]  # mean distance of each from a step at the middle, over the step's height
    bump: Array
    pair: list[Array] = picture()  # one less the other is the bump


@dataclass(frozen=True)
class Training:
    """Training from random weights: its largest error after so many steps, and the losses step by step."""

    neurons: int
    steps: list[int]
    sup_error: list[float]
    losses: list[float]


@dataclass(frozen=True)
class Outside:
    """Half as far again beyond each end: the largest error there (NaN where the target has no value)."""

    sup_error: float
    x: Array
    target: Array
    network: Array


@dataclass(frozen=True)
class AtJump:
    """Errors by width on a step from -1 to 1, or on the target where it jumps itself."""

    size: float
    neurons: list[int]
    sup_error: list[float]
    rms_error: list[float]


@dataclass(frozen=True)
class Curves:
    """The target and the network at points of the interval."""

    x: Array
    target: Array
    network: Array


@dataclass(frozen=True)
class Drawn:
    """What is drawn of a network: its values at the x of the curves, and the bumps it is made of."""

    sup_error: float
    network: Array
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
    lipschitz: float  # the steepest slope of the target
    largest_jump: float  # of the target
    widths: ByWidth  # of 1 to 200 neurons
    slope: float  # of log sup error against log neurons, from 10 to 200 neurons
    ladder: Ladder
    curves: Curves
    drawn: dict[int, Drawn] = picture()  # by number of neurons: of the widths, and of the network asked for
    training: Training
    long_training: Training = detail()
    outside: Outside = detail()
    jump: AtJump = detail()


def source(params: Params, columns: Columns | None) -> Target:
    """Return the target of a run; raise InputError where it has no finite value on the interval."""
    return _formula(params) if columns is None else _own(params, columns)


def _formula(params: Params) -> Target:
    f = curve(params)

    def finite(x: Array) -> Array:
        y = f(x)
        check_finite(x, y)
        return y

    known = params.function is None and params.interval == (0, 1)  # for which the curves are made
    surveyed = survey(finite, *params.interval, 1 if known else BETWEEN)
    if surveyed.pole is not None:
        raise InputError(phrase("formula.infinite", x=surveyed.pole, largest=f"{LARGEST:g}"))
    return Target(formula_of(params), f, surveyed)


def _own(params: Params, columns: Columns) -> Target:
    """Return the straight lines through the points, those of equal x as one at the mean of their y."""
    from mlbasics.data.columns import refusal
    from mlbasics.data.selection import distinct, select

    rows = select(columns, params.x, params.y, least=LEAST_POINTS, inputs=1)
    x, place = np.unique(rows.X[:, 0], return_inverse=True)
    y = np.bincount(place, rows.y) / np.bincount(place)
    distinct(rows)
    if x[-1] - x[0] < max(NEAREST * abs(x).max(), SHORTEST):
        raise refusal("near-x", rows.origin.source, column=rows.names[0])
    slack = NEAREST * (x[-1] - x[0])  # what rounding may add to the ends

    def joined(at: Array) -> Array:
        inside = (at >= x[0] - slack) & (at <= x[-1] + slack)
        return np.where(inside, np.interp(at, x, y), np.nan)

    with np.errstate(over="ignore"):
        steepest = float(abs(np.diff(y) / np.diff(x)).max())
    surveyed = Survey(joined, x, steepest, Jump(0.0, float(x[0])))
    return Target(f"{rows.origin.y}({rows.names[0]})", joined, surveyed, rows.origin)


def simulate(params: Params, target: Target, rng: Generator, tick: Tick) -> Result:
    """Build the network asked for, and others, narrower and wider; train one from random weights."""
    random = draws(rng, "nudges", "starts")
    surveyed, ways = target.survey, _maker(params, target, random["nudges"])
    widths = [n for n in WIDTHS if n <= MOST[params.method]]
    every = sorted({*widths, params.neurons})
    nets, reached = {}, {}
    for n in every:
        nets[n] = ways.make(params.method, n)
        reached[n] = errors(nets[n], surveyed)
        tick(sum(nets), sum(every))
    net, measured = nets[params.neurons], reached[params.neurons]
    x = distinct(surveyed.drawn(DRAWN, VISIBLE), [e.at for e in reached.values()])
    by = ByWidth(widths, [reached[n].sup for n in widths], [reached[n].rms for n in widths])
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
        lipschitz=surveyed.lipschitz,
        largest_jump=surveyed.jump.size,
        widths=by,
        slope=universal.log_slope(by.neurons, by.sup_error),
        ladder=_ladder(params, ways),
        curves=Curves(x, target.f(x), values(net, x)),
        drawn={
            n: Drawn(reached[n].sup, values(net, x), _bumps(params, target, n)) for n, net in nets.items()
        },
        training=_trained(ways, random["starts"], BUDGETS),
    )


def details(params: Params, target: Target, result: Result, rng: Generator, tick: Tick) -> Result:
    """Train longer, and measure the network beyond the interval and others at a jump."""
    random = draws(rng, "nudges", "starts")
    ways = _maker(params, target, random["nudges"])
    w = result.weights
    net = Network(w.W1[None], w.b1[None], w.W2[None], np.array([[w.b2]]), params.activation)
    return replace(
        result,
        long_training=_trained(ways, random["starts"], (LONG,)),
        outside=_outside(target, ways, net),
        jump=_at_jump(ways),
    )


def _maker(params: Params, target: Target, nudges: Generator) -> Maker:
    """Return what makes networks for the target; the nudges are the same for any number of neurons."""
    drawn = NUDGE * nudges.standard_normal(MOST["trained"])
    return Maker(target.survey, params.activation, params.steepness, drawn, TRAINING)


def _trained(ways: Maker, starts: Generator, budgets: tuple[int, ...]) -> Training:
    """Return how far training comes in so many steps from the same random weights."""
    start = random_network(1, LEARNERS, starts, ways.activation)
    reached = [ways.train(start, most) for most in budgets]
    sup = [errors(net, ways.survey).sup for net, _ in reached]
    return Training(LEARNERS, list(budgets), sup, reached[-1][1])


def _bumps(params: Params, target: Target, n: int) -> Array | None:
    """Return the heights of n steps' bumps: the values of the target in the middles of n + 1 equal cells."""
    points = target.survey.points
    steep = params.steepness is None or params.steepness >= universal.SHARPNESS * (n + 1) / 2
    if not stepped(params) or not steep:
        return None
    return target.f(points[0] + (points[-1] - points[0]) * (np.arange(n + 1) + 0.5) / (n + 1))


def _ladder(params: Params, ways: Maker) -> Ladder:
    """Return one neuron, the larger its weight the steeper, and the difference of two."""
    act = ACTIVATIONS[params.activation].f
    a, b = ways.frame[:2]
    u = np.linspace(0, 1, 201)
    weights = LADDER if params.activation in STEPS else LINES
    neurons = [act(w * (u - 0.5)) for w in weights]
    pair = [act(weights[-1] * (u - at)) for at in PAIR]
    return Ladder(
        x=a + (b - a) * u,
        weight=list(weights),
        step=neurons,
        distance=[_from_step(y, *STEPS.get(params.activation, (y[0], y[-1]))) for y in neurons],
        bump=pair[0] - pair[1],
        pair=pair,
    )


def _from_step(y: Array, low: float, high: float) -> float:
    """Return the mean distance of a neuron from a step at its middle, over the step's height."""
    side = np.sign(np.arange(len(y)) - len(y) // 2)
    return float(np.abs(y - (low + (high - low) * (1 + side) / 2)).mean() / (high - low))


def _outside(target: Target, ways: Maker, net: Network) -> Outside:
    """Return how the network fares beyond the interval it was made for."""
    a, b = ways.frame[:2]
    reach = np.linspace(0, (b - a) / 2, 101)[1:]
    x = np.concatenate([a - reach[::-1], b + reach])
    y, network = target.f(x), values(net, x)
    known = np.isfinite(y)
    error = float(np.abs(network - y)[known].max()) if known.any() else math.nan
    return Outside(error, x, y, network)


def _at_jump(ways: Maker) -> AtJump:
    """Return the errors at a jump: the target's own, or that of a step in the middle."""
    a, b = ways.frame[:2]
    own = ways.survey.jump.size > JUMP * ways.survey.range
    jumping = ways.survey if own else survey(lambda x: np.sign(x - (a + b) / 2), a, b)
    there = ways._replace(survey=jumping, activation="sigmoid")
    measured = [errors(there.make("steps", n), jumping) for n in JUMP_WIDTHS]
    return AtJump(jumping.jump.size, list(JUMP_WIDTHS), [e.sup for e in measured], [e.rms for e in measured])
