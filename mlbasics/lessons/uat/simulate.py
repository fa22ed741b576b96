"""Networks that follow a function, from one step to a thousand."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.random import Generator

from mlbasics.kit import Tick
from mlbasics.lessons.uat import MOST, STEPS, TRAINING, stepped
from mlbasics.lessons.uat.result import ByWidth, Curves, Drawn, Ladder, Method, Result, Weights
from mlbasics.lessons.uat.source import Target
from mlbasics.numerics import Array, universal
from mlbasics.numerics.errors import errors
from mlbasics.numerics.nearby import values
from mlbasics.numerics.networks import ACTIVATIONS, Network, random_network
from mlbasics.numerics.order import distinct
from mlbasics.numerics.survey import Survey
from mlbasics.numerics.universal import Maker

if TYPE_CHECKING:
    from mlbasics.lessons.uat import Params

WIDTHS = (1, 2, 5, 10, 20, 50, 100, 200)
LADDER = (5.0, 25.0, 200.0)  # weights of the one neuron, for an interval of width 1
LINES = (1.0, 2.0, 4.0)  # the same where it makes no step: the larger, the steeper, without end
NUDGE = 0.01  # standard deviation of the nudges before training
DRAWN = 401  # points of a curve; a target that bends between two of them shows more
VISIBLE = 0.01  # of the range: what is nearer to straight is not seen in a picture


def simulate(params: Params, target: Target, rng: Generator, tick: Tick) -> Result:
    """Build the network asked for, and others, narrower and wider."""
    draws = Draws(*rng.spawn(2))
    survey, ways = target.survey, maker(params, target, draws)
    widths = [n for n in WIDTHS if n <= MOST[params.method]]
    every = sorted({*widths, params.neurons})
    nets, losses, reached = {}, {}, {}
    for n in every:
        nets[n], losses[n] = ways.make(params.method, n)
        reached[n] = errors(nets[n], survey)
        tick(sum(nets), sum(every))
    net, measured = nets[params.neurons], reached[params.neurons]
    x = distinct(survey.drawn(DRAWN, VISIBLE), [e.at for e in reached.values()])
    by = by_width(params, survey, {n: reached[n][:2] for n in widths})
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
        largest_jump=survey.jump.size,
        bound=bound(params, survey, params.neurons),
        widths=by,
        slope=universal.log_slope(by.neurons, by.sup_error),
        ladder=_ladder(params, ways),
        curves=Curves(x, target.f(x), values(net, x)),
        drawn={
            n: Drawn(reached[n].sup, values(net, x), _middle(net), _bumps(params, target, ways, n))
            for n, net in nets.items()
        },
        solved=_solved(params, ways, net),
        from_random=_from_random(params, ways, draws.starts),
        losses=losses[params.neurons],
    )


class Draws(NamedTuple):
    """A generator for each kind of draw."""

    nudges: Generator
    starts: Generator  # of the weights of networks trained from random ones


def maker(params: Params, target: Target, draws: Draws) -> Maker:
    """Return what makes networks for the target; the nudges are the same for any number of neurons."""
    nudges = NUDGE * draws.nudges.standard_normal(MOST["trained"])
    return Maker(target.survey, params.activation, params.steepness, nudges, TRAINING)


def bound(params: Params, survey: Survey, n: int) -> float | None:
    """Return the bound on the sup error of n steps, where there is one."""
    if not stepped(params) or params.steepness is not None or math.isinf(survey.lipschitz):
        return None
    return universal.staircase_bound(survey.lipschitz, float(np.ptp(survey.points)), n)


def by_width(params: Params, survey: Survey, reached: dict[int, tuple[float, float]]) -> ByWidth:
    """Return the errors by width, sup and RMS, and their bounds."""
    sup, rms = (list(errors) for errors in zip(*reached.values(), strict=True))
    return ByWidth(list(reached), sup, rms, [bound(params, survey, n) for n in reached])


def method(ways: Maker, net: Network) -> Method:
    """Return what a way to weights came to."""
    measured = errors(net, ways.survey)
    return Method(measured.sup, measured.rms, float(np.abs(net.W2).max()))


def _solved(params: Params, ways: Maker, net: Network) -> Method | None:
    """Return the network whose output weights are solved for, unless it has too many."""
    if params.neurons > MOST["least-squares"]:
        return None
    chosen = params.method == "least-squares"
    return method(ways, net if chosen else ways.make("least-squares", params.neurons)[0])


def _from_random(params: Params, ways: Maker, starts: Generator) -> Method | None:
    """Return the network trained from random weights, unless it has too many."""
    if params.neurons > MOST["trained"]:
        return None
    return method(ways, ways.train(random_network(1, params.neurons, starts, params.activation))[0])


def _middle(net: Network) -> tuple[float, float, float]:
    """Return the weight, the bias and the output weight of the neuron in the midst."""
    i = net.W1.shape[1] // 2
    return float(net.W1[0, i]), float(net.b1[0, i]), float(net.W2[0, i])


def _bumps(params: Params, target: Target, ways: Maker, n: int) -> Array | None:
    """Return the heights of n steps' bumps: the values of the target in the middles of n + 1 equal cells."""
    a, b, _ = ways.frame
    steep = params.steepness is None or params.steepness >= universal.SHARPNESS * (n + 1) / 2
    if not stepped(params) or not steep:
        return None
    return target.f(a + (b - a) * (np.arange(n + 1) + 0.5) / (n + 1))


def _ladder(params: Params, ways: Maker) -> Ladder:
    """Return one neuron, the larger its weight the steeper, and the difference of two."""
    act = ACTIVATIONS[params.activation].f
    a, b, _ = ways.frame
    u = np.linspace(0, 1, 201)
    weights = LADDER if params.activation in STEPS else LINES
    neurons = [act(w * (u - 0.5)) for w in weights]
    return Ladder(
        x=a + (b - a) * u,
        weight=list(weights),
        step=neurons,
        distance=[_from_step(y, *STEPS.get(params.activation, (y[0], y[-1]))) for y in neurons],
        bump=act(weights[-1] * (u - 0.4)) - act(weights[-1] * (u - 0.6)),
    )


def _from_step(y: Array, low: float, high: float) -> float:
    """Return the mean distance of a neuron from a step at its middle, over the step's height."""
    side = np.sign(np.arange(len(y)) - len(y) // 2)
    return float(np.abs(y - (low + (high - low) * (1 + side) / 2)).mean() / (high - low))
