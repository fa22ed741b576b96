"""Networks of one hidden layer that follow a function g on [-1, 1], three ways."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from mlbasics.numerics import Array
from mlbasics.numerics.networks import ACTIVATIONS, Network, train
from mlbasics.numerics.survey import Function, Survey

SHARPNESS = 20.0  # steepness times the distance of the steps: a step is done before the next begins
SOFTNESS = 2.0  # the same for least squares, where neighbors had better overlap
DECAY = 1e-9


def steps(g: Function, n: int, steepness: float | None, activation: str) -> Network:
    """Return the network that steps from the value of one of n + 1 equal cells to the next.

    With sigmoids f(u) = v_0 + Σ_i (v_i - v_{i-1}) σ(k(u - t_i)), v_i the value in the middle of cell i and
    t_i the edges between cells: none lies at an end, so none is wasted there.  tanh gives the same function,
    relu a corner instead of a step at each of n points, linear neurons the best straight line: all they can.
    """
    if activation == "linear":
        u = np.linspace(-1, 1, 1001)
        slope, level = np.polyfit(u, g(u), 1)
        return _network(np.ones(n), np.zeros(n), np.full(n, slope / n), level, activation)
    if activation == "relu":
        corners = np.linspace(-1, 1, n + 1)
        slopes = np.diff(g(corners)) / np.diff(corners)
        return _network(np.ones(n), -corners[:-1], np.diff(slopes, prepend=0), g(corners)[0], activation)
    h = 2 / (n + 1)
    edges = np.linspace(-1, 1, n + 2)[1:-1]
    values = g(np.linspace(-1 + h / 2, 1 - h / 2, n + 1))
    k = SHARPNESS / h if steepness is None else steepness
    rises = np.diff(values)
    if activation == "tanh":  # σ(z) = (1 + tanh(z/2))/2
        return _network(np.full(n, k / 2), -k / 2 * edges, rises / 2, values[0] + rises.sum() / 2, activation)
    return _network(np.full(n, k), -k * edges, rises, values[0], activation)


def least_squares(g: Function, n: int, steepness: float | None, activation: str) -> Network:
    """Return hidden neurons spread evenly over [-1, 1] and the output weights that fit g best on a grid."""
    if activation == "linear":
        return steps(g, n, steepness, activation)
    h = 2 / n
    first = -1.0 if activation == "relu" else -1 + h / 2
    centers = np.linspace(first, first + 2 - h, n)
    k = (1.0 if activation == "relu" else SOFTNESS / h) if steepness is None else steepness
    u = training_grid(n)
    hidden = ACTIVATIONS[activation].f(k * (u[:, None] - centers))
    columns = np.concatenate([hidden, np.ones((len(u), 1))], axis=1)
    weights = np.linalg.lstsq(columns, g(u), rcond=1e-10)[0]
    return _network(np.full(n, k), -k * centers, weights[:-1], weights[-1], activation)


def trained(g: Function, start: Network, most: int) -> tuple[Network, list[float]]:
    """Return the network after so many Levenberg-Marquardt steps from the start, and the mean losses."""
    u = training_grid(start.W1.shape[1])
    training = train(u[None], g(u)[None], start, DECAY, most=most, tolerance=1e-9)
    return training.network, [loss / len(u) for loss in training.losses]


def training_grid(n: int) -> Array:
    """Return the points a network of n neurons is fitted at."""
    return np.linspace(-1, 1, max(100, 3 * n))


class Frame(NamedTuple):
    """An interval [a, b], a level and a size 2^power: networks are made for u and values in [-1, 1]."""

    a: float
    b: float
    level: float
    power: int

    @classmethod
    def of(cls, survey: Survey) -> Frame:
        """Return that of a function, whose level is the middle of its range."""
        y = survey.f(survey.points)
        level = float(y.min() + np.ptp(y) / 2)
        power = math.frexp(float(abs(y - level).max()))[1]
        return cls(float(survey.points[0]), float(survey.points[-1]), level, power)

    def inwards(self, f: Function) -> Function:
        """Return (f(x) - level)/2^power as a function of u = (2x - a - b)/(b - a)."""

        def g(u: Array) -> Array:
            x = self.a + (self.b - self.a) * (u + 1) / 2
            return np.ldexp(f(np.clip(x, self.a, self.b)) - self.level, -self.power)

        return g

    def outwards(self, net: Network) -> Network:
        """Return 2^power times the network and the level, in x instead of u."""
        scale, size = 2 / (self.b - self.a), math.ldexp(1.0, self.power)
        b1 = net.b1 - net.W1 * (self.a + self.b) / (self.b - self.a)
        return net._replace(W1=net.W1 * scale, b1=b1, W2=net.W2 * size, b2=net.b2 * size + self.level)


class Maker(NamedTuple):
    """Networks that follow a function, each by one of three ways to weights."""

    survey: Survey
    activation: str
    steepness: float | None  # of a sigmoid on an interval of width 1; None: as its neighbors' distance asks
    nudges: Array  # of the first weights before training, a share of them: evenly spread they are a saddle
    most: int  # steps of training

    @property
    def frame(self) -> Frame:
        """Where networks are made."""
        return Frame.of(self.survey)

    def make(self, method: str, n: int) -> Network:
        """Return a network of n neurons made by the method."""
        way = steps if method == "steps" else least_squares
        steepness = None if self.steepness is None else self.steepness / 2
        frame = self.frame
        net = way(frame.inwards(self.survey.f), n, steepness, self.activation)
        if method == "trained":
            return self.train(net._replace(W1=net.W1 * (1 + self.nudges[:n])), self.most)[0]
        return frame.outwards(net)

    def train(self, start: Network, most: int) -> tuple[Network, list[float]]:
        """Return what training makes of a network on [-1, 1] in at most so many steps, and its losses."""
        frame = self.frame
        net, losses = trained(frame.inwards(self.survey.f), start, most)
        return frame.outwards(net), [math.ldexp(loss, 2 * frame.power) for loss in losses]


def log_slope(widths: list[int], errors: list[float]) -> float:
    """Return the slope of log error against log width from 10 neurons on; NaN where that is not a line."""
    points = [(math.log(n), math.log(e)) for n, e in zip(widths, errors, strict=True) if n >= 10 and e > 0]
    x, y = np.array(points).reshape(-1, 2).T
    return float(np.polyfit(x, y, 1)[0]) if len(points) > 1 else math.nan


def _network(w: Array, b: Array, out: Array, level: float, activation: str) -> Network:
    """Return one network as the batch of one it is everywhere else."""
    return Network(w[None], b[None], out[None], np.array([[level]]), activation)
