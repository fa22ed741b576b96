"""What stands beside the network: other ways to weights, and where the theorem stops."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.random import Generator

from mlbasics.kit import Tick
from mlbasics.lessons.uat import MOST
from mlbasics.lessons.uat.result import ByWidth, Jump, Linear, Method, Outside, Result
from mlbasics.lessons.uat.simulate import Draws, by_width, maker, method
from mlbasics.lessons.uat.source import Target
from mlbasics.numerics import universal
from mlbasics.numerics.errors import errors
from mlbasics.numerics.nearby import values
from mlbasics.numerics.networks import Network
from mlbasics.numerics.survey import Jump as Rise
from mlbasics.numerics.survey import Survey
from mlbasics.numerics.universal import Maker

if TYPE_CHECKING:
    from mlbasics.lessons.uat import Params

WIDTHS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000)
JUMP_WIDTHS = (9, 49, 199)  # odd, so that one of the steps stands in the middle
LINEAR_WIDTHS = (1, 10, 100)
JUMP = 0.05  # of the range: a smaller jump of the target is not its story


def details(params: Params, target: Target, result: Result, rng: Generator, tick: Tick) -> Result:
    """Measure the network against the other methods, beyond the interval, at a jump and without a bend."""
    ways = maker(params, target, Draws(*rng.spawn(2)))
    w = result.weights
    net = Network(w.W1[None], w.b1[None], w.W2[None], np.array([[w.b2]]), params.activation)
    drawn = result.curves.x
    return replace(
        result,
        recomputed=universal.recomputed(net, drawn[:: max(1, len(drawn) // 40)]),
        by_width=_by_width(params, result, ways, tick),
        methods=_methods(params, result, ways, net),
        outside=_outside(target, ways, net),
        jump=_jump(ways),
        linear=_linear(ways._replace(activation="linear", steepness=None)),
    )


def _by_width(params: Params, result: Result, ways: Maker, tick: Tick) -> ByWidth:
    """Return the errors of networks of one neuron to --max-neurons."""
    by = result.widths
    known = {n: (sup, rms) for n, sup, rms in zip(by.neurons, by.sup_error, by.rms_error, strict=True)}
    widths = [n for n in WIDTHS if n <= min(params.max_neurons, MOST[params.method])]
    reached = {}
    for n in widths:
        reached[n] = known.get(n) or errors(ways.make(params.method, n)[0], ways.survey)[:2]
        tick(sum(reached), sum(widths))
    return by_width(params, ways.survey, reached)


def _methods(params: Params, result: Result, ways: Maker, net: Network) -> dict[str, Method | None]:
    """Return what each method makes of this many neurons; None where it does not take so many."""
    made = {"steps": None, "least-squares": result.solved, "trained": None, "trained-from-random": None}
    for name in ("steps", "trained"):
        if params.neurons <= MOST[name]:
            made[name] = method(ways, net if name == params.method else ways.make(name, params.neurons)[0])
    return made | {"trained-from-random": result.from_random}


def _outside(target: Target, ways: Maker, net: Network) -> Outside:
    """Return how the network fares beyond the interval it was made for."""
    a, b, _ = ways.frame
    reach = np.linspace(0, (b - a) / 2, 101)[1:]
    x = np.concatenate([a - reach[::-1], b + reach])
    y, network = target.f(x), values(net, x)
    known = np.isfinite(y)
    error = float(np.abs(network - y)[known].max()) if known.any() else math.nan
    return Outside(error, x, y, network)


def _jump(ways: Maker) -> Jump:
    """Return the errors at a jump: the target's own, or that of a step in the middle."""
    own = ways.survey.jump.size > JUMP * ways.survey.range
    survey = ways.survey if own else _step(*ways.frame[:2])
    there = ways._replace(survey=survey, activation="sigmoid")
    measured = [errors(there.make("steps", n)[0], survey) for n in JUMP_WIDTHS]
    return Jump(survey.jump.size, list(JUMP_WIDTHS), [e.sup for e in measured], [e.rms for e in measured])


def _step(a: float, b: float) -> Survey:
    """Return the function that jumps from -1 to 1 in the middle."""
    at = (a + b) / 2
    beside = [np.nextafter(at, a), at, np.nextafter(at, b)]
    return Survey(lambda x: np.sign(x - at), np.array([a, *beside, b]), math.inf, Rise(2.0, at))


def _linear(ways: Maker) -> Linear:
    """Return the errors of networks whose activation is the identity."""
    measured = [errors(ways.make("steps", n)[0], ways.survey) for n in LINEAR_WIDTHS]
    return Linear(list(LINEAR_WIDTHS), [e.rms for e in measured])
