"""How far a network is from a function, measured where no grid can lock in with its steps."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from mlbasics.numerics import Array, sparse
from mlbasics.numerics.networks import Network
from mlbasics.numerics.order import distinct
from mlbasics.numerics.survey import Survey

TURN = np.array([-10, -6, -4, -2, 0, 2, 4, 6, 10])
"""A sigmoid's arguments: between two of them it is a parabola, or nearly so; beyond, it has done turning."""


class Errors(NamedTuple):
    """The largest error and where it is, and the root of the mean square."""

    sup: float
    rms: float
    at: float


def errors(net: Network, target: Survey) -> Errors:
    """Return the errors of a single network on a target, over the whole interval.

    They are taken at the target's points, where the neurons turn, and in the middle between two of these;
    the mean square is by Simpson's rule.
    """
    points = distinct(target.points, turns(net, target.points[0], target.points[-1]))
    x = np.empty(2 * len(points) - 1)
    x[::2], x[1::2] = points, points[:-1] + np.diff(points) / 2
    size = abs(sparse.values(net, x) - target.f(x))
    i = int(size.argmax())
    sup, at = float(size[i]), float(x[i])
    if sup == 0:
        return Errors(0.0, 0.0, at)
    square = np.square(size / sup)  # of a share, which cannot overflow
    mean = np.diff(points) @ (square[:-2:2] + 4 * square[1::2] + square[2::2]) / 6 / (x[-1] - x[0])
    return Errors(sup, sup * float(np.sqrt(mean)), at)


def turns(net: Network, a: float, b: float) -> Array:
    """Return where the neurons turn inside [a, b], and halfway where a relu does.

    Of places closer than a sigmoid's unit one is left.
    """
    if net.activation == "linear":
        return np.empty(0)
    sharp = sparse.sharpness(net)
    with np.errstate(all="ignore"):  # a neuron without a weight turns nowhere
        middles = -net.b1[0] / net.W1[0]
        if net.activation == "relu":
            places = np.concatenate([middles, middles[:-1] + np.diff(middles) / 2])
            return distinct(places[(places > a) & (places < b)])
        places = (middles + TURN[:, None] / sharp).ravel()
        places = np.sort(places[(places > a) & (places < b)])
        unit = np.floor((places - a) * sharp.max())
    return places[np.diff(unit, prepend=-1) != 0]
