"""How far a network is from a function, measured where no grid can lock in with its steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from mlbasics.numerics import Array, nearby
from mlbasics.numerics.networks import Network
from mlbasics.numerics.order import distinct
from mlbasics.numerics.survey import Survey

SHOULDER = 10.0  # where a sigmoid has all but stopped turning: 5e-5 from its end
STRAIGHT = 1.0  # of a sigmoid's argument: so far it hardly bends, and few nodes do
FEW, MANY = (np.polynomial.legendre.leggauss(n) for n in (3, 7))  # to a shoulder the RMS is right to 3e-4
PEAKS, ZOOMS, ACROSS = 128, 4, 11  # places looked at closely, how often, and by how many points


class Errors(NamedTuple):
    """The largest error and where it is, and the root of the mean square."""

    sup: float
    rms: float
    at: float


def errors(net: Network, target: Survey) -> Errors:
    """Return the errors of a single network on a target, over the whole interval.

    The network turns at its neurons' middles and shoulders, the target bends where its survey says: between
    two neighbours of these both are smooth, the mean square is Gauss's quadrature, and the largest error is
    sought from the largest at the points and nodes.
    """

    def error(x: Array) -> Array:
        return np.abs(nearby.values(net, x) - target.f(x))

    points = distinct(target.points, turns(net, target.points[0], target.points[-1]))
    x, weights = _nodes(points, nearby.sharpness(net).max())
    sizes = error(x)
    sup, at = _peak(error, x, sizes)
    if sup == 0:
        return Errors(0.0, 0.0, at)
    squares = np.square(sizes / sup)  # of a share, which cannot overflow
    return Errors(sup, sup * float(np.sqrt(squares @ weights)), at)


def _nodes(points: Array, sharp: float) -> tuple[Array, Array]:
    """Return the points with Gauss's nodes between them, few where no sigmoid bends, and a mean's weights."""
    low, width = points[:-1, None], np.diff(points)[:, None]
    bent = width[:, 0] * sharp > STRAIGHT
    count = 1 + np.where(bent, len(MANY[0]), len(FEW[0]))
    first = np.cumsum(count) - count
    x, weights = np.zeros((2, count.sum() + 1))
    x[first], x[-1] = low[:, 0], points[-1]
    for chosen, (nodes, shares) in ((bent, MANY), (~bent, FEW)):
        at = first[chosen, None] + np.arange(1, len(nodes) + 1)
        x[at] = low[chosen] + width[chosen] * (nodes + 1) / 2
        weights[at] = width[chosen] / (x[-1] - x[0]) * shares / 2
    return x, weights


def turns(net: Network, a: float, b: float) -> Array:
    """Return where the neurons turn inside [a, b]; of places nearer than a sigmoid's unit, one."""
    if net.activation == "linear":
        return np.empty(0)
    with np.errstate(all="ignore"):  # a neuron without a weight turns nowhere
        middles = -net.b1[0] / net.W1[0]
        sharp = nearby.sharpness(net)
        shoulders = SHOULDER / sharp if net.activation != "relu" else np.zeros_like(sharp)
        places = np.concatenate([middles - shoulders, middles, middles + shoulders])
        places = distinct(places[(places > a) & (places < b)])
        unit = np.floor((places - a) * sharp.max())
    return places[np.diff(unit, prepend=-1) != 0] if net.activation != "relu" else places


def _peak(error: Callable[[Array], Array], x: Array, sizes: Array) -> tuple[float, float]:
    """Return the largest error near the highest of the peaks at x, and where it is."""
    beside = np.append(np.append(-1, sizes), -1)
    peaks = np.flatnonzero((sizes >= beside[:-2]) & (sizes >= beside[2:]))
    peaks = peaks[np.argsort(-sizes[peaks], kind="stable")[:PEAKS]]
    best, at = float(sizes[peaks[0]]), float(x[peaks[0]])
    low, high = x[np.maximum(peaks - 1, 0)], x[np.minimum(peaks + 1, len(x) - 1)]
    for _ in range(ZOOMS):
        near = np.linspace(low, high, ACROSS)
        found = error(near.ravel()).reshape(near.shape)
        i, column = found.argmax(axis=0), np.arange(len(low))
        k = int(found.max(axis=0).argmax())
        if found[i[k], k] > best:
            best, at = float(found[i[k], k]), float(near[i[k], k])
        low, high = near[np.maximum(i - 1, 0), column], near[np.minimum(i + 1, ACROSS - 1), column]
    return best, at
