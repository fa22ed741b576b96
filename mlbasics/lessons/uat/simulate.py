"""Networks that follow a function, their errors by width, and where the theorem stops."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.random import Generator

from mlbasics.data.origin import Origin
from mlbasics.kit import InputError, Tick
from mlbasics.lessons.uat.source import Target, target
from mlbasics.numerics import Array, universal
from mlbasics.numerics.networks import Network, random_network
from mlbasics.numerics.universal import Function
from mlbasics.words import phrase

if TYPE_CHECKING:
    from mlbasics.data.columns import Columns
    from mlbasics.lessons.uat import Params


LARGEST = 1e100  # a target's largest value: its square must be finite too
GRID = 2001  # points at which errors are taken
WIDTHS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000)
LADDER = (5.0, 25.0, 200.0)  # weights of the one neuron, for an interval of width 1
FEW = 8  # neurons of the ladder's last picture
JUMP_WIDTHS = (9, 49, 199)  # odd, so that one of the steps stands in the middle
LINEAR_WIDTHS = (1, 10, 100)
MOST = {"steps": 100_000, "least-squares": 500, "trained": 100}  # neurons each method is asked for at most
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


@dataclass(frozen=True)
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
    recomputed: float  # largest difference of the network from a sum over its neurons, one by one
    by_width: ByWidth
    slope: float  # of log sup error against log neurons, from 10 neurons on
    ladder: Ladder
    curves: Curves
    methods: dict[str, Method | None]
    losses: list[float]
    outside: Outside
    jump: Jump
    linear: Linear


def simulate(params: Params, columns: Columns | None, rng: Generator, tick: Tick) -> Result:
    """Build the network asked for, and what stands beside it."""
    study = _Study(params, target(params, columns), rng)
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
        formula=study.formula,
        interval=(study.a, study.b),
        origin=study.origin,
        weights=Weights(net.W1[0], net.b1[0], net.W2[0], float(net.b2[0, 0])),
        sup_error=sup_error,
        rms_error=rms_error,
        lipschitz=study.lipschitz,
        bound=study.bound(params.neurons),
        recomputed=_recomputed(net, shown[:: max(1, len(shown) // 40)]),
        by_width=ByWidth(widths, sup, rms, [study.bound(n) for n in widths]),
        slope=_slope(widths, sup),
        ladder=study.ladder(),
        curves=Curves(shown, study.f(shown), net(shown)[0]),
        methods=study.methods(net),
        losses=losses,
        outside=study.outside(net),
        jump=study.jump(),
        linear=study.linear(),
    )


class _Study:
    """One target on one interval, and networks for it, made on [-1, 1] and handed out on the interval."""

    def __init__(self, params: Params, target: Target, rng: Generator) -> None:
        if params.neurons > MOST[params.method]:
            most, given = MOST[params.method], params.neurons
            raise InputError(
                phrase(
                    "error.with",
                    option="--neurons",
                    given=given,
                    other=f"--method {params.method}",
                    most=most,
                )
            )
        self.params, self.rng = params, rng
        self.formula, self.f, self.origin = target.formula, target.f, target.origin
        self.a, self.b = target.a, target.b
        self.x = np.linspace(self.a, self.b, GRID)
        self.target = self.f(self.x)
        lost = ~(np.abs(self.target) <= LARGEST)
        if lost.any():
            raise InputError(phrase("formula.infinite", x=float(self.x[lost][0]), largest=f"{LARGEST:g}"))
        self.lipschitz = universal.lipschitz(self.f, self.a, self.b)
        self.jump_size, self.jump_at = universal.largest_jump(self.f, self.a, self.b)
        self.jumps = self.jump_size > 0.05 * float(np.ptp(self.target))
        if self.jumps:
            self.x = self._beside(self.jump_at)
            self.target = self.f(self.x)

    def _beside(self, at: float) -> Array:
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
        if method == "steps":
            net = universal.steps(g, n, steepness, act)
        else:
            net = universal.least_squares(g, n, steepness, act)
        if method == "trained":
            nudged = net.W1 * (1 + 0.01 * self.rng.standard_normal(net.W1.shape))
            net, losses = universal.trained(g, net._replace(W1=nudged), training)
        return universal.on_interval(net, self.a, self.b), losses

    def errors(self, net: Network) -> tuple[float, float]:
        """Return the sup and RMS error of a network on the target."""
        return _errors(net(self.x)[0] - self.target)

    def bound(self, n: int) -> float | None:
        """Return the bound on the sup error of n steps, where there is one."""
        sharp = self.params.steepness is None and self.params.activation in ("sigmoid", "tanh")
        if self.params.method != "steps" or not sharp or math.isinf(self.lipschitz):
            return None
        return universal.staircase_bound(self.lipschitz, self.b - self.a, n)

    def ladder(self) -> Ladder:
        """Return the three pictures of the proof."""
        x = np.linspace(self.a, self.b, 201)
        u = (x - self.a) / (self.b - self.a)
        neurons = [_sigmoid(w * (u - 0.5)) for w in LADDER]
        exact = np.where(u < 0.5, 0.0, np.where(u > 0.5, 1.0, 0.5))
        bump = _sigmoid(LADDER[-1] * (u - 0.4)) - _sigmoid(LADDER[-1] * (u - 0.6))
        few = self.network("steps", FEW, 0)[0]
        return Ladder(
            x=x,
            weight=list(LADDER),
            step=neurons,
            distance=[float(np.abs(y - exact).mean()) for y in neurons],
            bump=bump,
            few=few(x)[0],
            target=self.f(x),
        )

    def methods(self, net: Network) -> dict[str, Method | None]:
        """Return what each method makes of this many neurons; None where it is not asked for so many."""
        n = self.params.neurons
        made: dict[str, Method | None] = {}
        for name, most in MOST.items():
            other = net if name == self.params.method else None
            if other is None and n <= most:
                other, _ = self.network(name, n, SHORT)
            made[name] = None if other is None else self._method(other)
        made["trained-from-random"] = None
        if n <= MOST["trained"]:
            start = random_network(1, n, self.rng, self.params.activation)
            net, _ = universal.trained(self.unit(self.f), start, SHORT)
            made["trained-from-random"] = self._method(universal.on_interval(net, self.a, self.b))
        return made

    def _method(self, net: Network) -> Method:
        return Method(*self.errors(net), float(np.abs(net.W2).max()))

    def outside(self, net: Network) -> Outside:
        """Return how the network fares beyond the interval it was made for."""
        reach = np.linspace(0, (self.b - self.a) / 2, 101)[1:]
        x = np.concatenate([self.a - reach[::-1], self.b + reach])
        target, network = self.f(x), net(x)[0]
        known = np.isfinite(target)
        error = float(np.abs(network - target)[known].max()) if known.any() else math.nan
        return Outside(error, x, target, network)

    def jump(self) -> Jump:
        """Return the errors at a jump: the target's own, or that of a step in the middle."""
        size, at = (self.jump_size, self.jump_at) if self.jumps else (2.0, (self.a + self.b) / 2)
        x = self._beside(at)

        def f(x: Array) -> Array:
            return self.f(x) if self.jumps else np.sign(x - at)

        nets = [self.network("steps", n, 0, f, "sigmoid")[0] for n in JUMP_WIDTHS]
        sup, rms = zip(*(_errors(net(x)[0] - f(x)) for net in nets), strict=True)
        return Jump(size, list(JUMP_WIDTHS), list(sup), list(rms))

    def linear(self) -> Linear:
        """Return the errors of networks whose activation is the identity."""
        nets = [self.network("least-squares", n, 0, activation="linear")[0] for n in LINEAR_WIDTHS]
        return Linear(list(LINEAR_WIDTHS), [self.errors(net)[1] for net in nets])


def _errors(difference: Array) -> tuple[float, float]:
    return float(np.abs(difference).max()), float(np.sqrt(np.mean(difference**2)))


def _sigmoid(z: Array) -> Array:
    return 0.5 + 0.5 * np.tanh(0.5 * z)


def _slope(widths: list[int], errors: list[float]) -> float:
    """Return the slope of log error against log width from 10 neurons on; NaN where that is not a line."""
    points = [(math.log(n), math.log(e)) for n, e in zip(widths, errors, strict=True) if n >= 10 and e > 0]
    x, y = np.array(points).reshape(-1, 2).T
    return float(np.polyfit(x, y, 1)[0]) if len(points) > 1 else math.nan


def _recomputed(net: Network, x: Array) -> float:
    """Return the largest difference from a sum over the neurons, one by one, over the sum of |W2|."""
    act = {"sigmoid": lambda z: 0.5 + 0.5 * math.tanh(0.5 * z), "tanh": math.tanh}
    act |= {"relu": lambda z: max(z, 0.0), "linear": lambda z: z}
    f = act[net.activation]
    rows = list(zip(net.W1[0], net.b1[0], net.W2[0], strict=True))[:10_000]
    scale = 1 + float(np.abs(net.W2[0]).sum())
    partial = net._replace(W1=net.W1[:, :10_000], b1=net.b1[:, :10_000], W2=net.W2[:, :10_000])
    whole = partial(x)[0]
    sums = [math.fsum(v * f(w * xi + b) for w, b, v in rows) + net.b2[0, 0] for xi in x.tolist()]
    return float(np.abs(whole - sums).max() / scale)
