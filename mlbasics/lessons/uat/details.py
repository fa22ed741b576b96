"""What stands beside the network: other ways to weights, and where the theorem stops."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.random import Generator

from mlbasics.kit import Tick
from mlbasics.lessons.uat import MOST
from mlbasics.lessons.uat.simulate import SHORT, Jump, Linear, Method, Outside, Result, Study
from mlbasics.lessons.uat.source import Target
from mlbasics.numerics import Array, universal
from mlbasics.numerics.networks import Network, random_network

if TYPE_CHECKING:
    from mlbasics.lessons.uat import Params

JUMP_WIDTHS = (9, 49, 199)  # odd, so that one of the steps stands in the middle
LINEAR_WIDTHS = (1, 10, 100)


def details(params: Params, target: Target, result: Result, rng: Generator, tick: Tick) -> Result:
    """Measure the network against the other methods, beyond the interval, at a jump and without a bend."""
    study = Study(params, target, rng)
    w = result.weights
    net = Network(w.W1[None], w.b1[None], w.W2[None], np.array([[w.b2]]), params.activation)
    shown = result.curves.x
    return replace(
        result,
        recomputed=universal.recomputed(net, shown[:: max(1, len(shown) // 40)]),
        methods=_methods(study, net),
        outside=_outside(study, net),
        jump=_jump(study),
        linear=_linear(study),
    )


def _methods(study: Study, net: Network) -> dict[str, Method | None]:
    """Return what each method makes of this many neurons; None where it is not asked for so many."""
    n, params = net.W1.size, study.params
    made: dict[str, Method | None] = {}
    for name, most in MOST.items():
        other = net if name == params.method else None
        if other is None and n <= most:
            other, _ = study.network(name, n, SHORT)
        made[name] = None if other is None else _method(study, other)
    made["trained-from-random"] = None
    if n <= MOST["trained"]:
        start = random_network(1, n, study.rng, params.activation)
        other, _ = universal.trained(study.unit(study.f), start, SHORT)
        made["trained-from-random"] = _method(study, universal.on_interval(other, study.a, study.b))
    return made


def _method(study: Study, net: Network) -> Method:
    return Method(*study.errors(net), float(np.abs(net.W2).max()))


def _outside(study: Study, net: Network) -> Outside:
    """Return how the network fares beyond the interval it was made for."""
    reach = np.linspace(0, (study.b - study.a) / 2, 101)[1:]
    x = np.concatenate([study.a - reach[::-1], study.b + reach])
    target, network = study.f(x), net(x)[0]
    known = np.isfinite(target)
    error = float(np.abs(network - target)[known].max()) if known.any() else math.nan
    return Outside(error, x, target, network)


def _jump(study: Study) -> Jump:
    """Return the errors at a jump: the target's own, or that of a step in the middle."""
    size, at = (study.jump_size, study.jump_at) if study.jumps else (2.0, (study.a + study.b) / 2)
    x = study.beside(at)

    def f(x: Array) -> Array:
        return study.f(x) if study.jumps else np.sign(x - at)

    nets = [study.network("steps", n, 0, f, "sigmoid")[0] for n in JUMP_WIDTHS]
    sup, rms = zip(*(universal.errors(net(x)[0] - f(x)) for net in nets), strict=True)
    return Jump(size, list(JUMP_WIDTHS), list(sup), list(rms))


def _linear(study: Study) -> Linear:
    """Return the errors of networks whose activation is the identity."""
    nets = [study.network("least-squares", n, 0, activation="linear")[0] for n in LINEAR_WIDTHS]
    return Linear(list(LINEAR_WIDTHS), [study.errors(net)[1] for net in nets])
