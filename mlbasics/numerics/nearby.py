"""One network of many parallel neurons, summed over the few that are still turning at a point.

N neurons at m points cost N m.  Where all have the same weight, those further off are at their ends (sigmoids
and tanh) or straight (relu), and only their sum is needed: a few operations a point, whatever N.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from mlbasics.numerics import Array
from mlbasics.numerics.networks import ACTIVATIONS, BLOCK, Network

DONE = 37.0  # a sigmoid so far from its middle is within e^-37 = 1e-16 of its end
MANY = 64  # neurons turning at once: from here on their sum is so smooth that it may be interpolated
DEGREE = 20  # of the interpolation, right to 1e-16 on pieces of UNIT: the nearest pole is 6.4^-20 away
UNIT = 2.0  # of a sigmoid's argument


def values(net: Network, x: Array) -> Array:
    """Return f(x), (m,), of a single network at x, (m,)."""
    w, b, out, level = net.W1[0], net.b1[0], net.W2[0], float(net.b2[0, 0])
    if net.activation == "linear":
        return (out @ w) * x + (out @ b + level)
    if not (w[0] > 0 and (w == w[0]).all() and (np.diff(b) <= 0).all()):
        return net(x)[0]
    middles = -b / w[0]
    if net.activation == "relu":
        return level + _corners(x, middles, out * w)
    reach = DONE / sharpness(net)[0]
    turning = np.searchsorted(middles, x + reach) - np.searchsorted(middles, x - reach)
    count = int(turning.max(initial=0))
    piece = UNIT * reach / DONE

    def summed(x: Array) -> Array:
        return _turning(net, middles, reach, count, x)

    nodes = (DEGREE + 1) * np.ptp(x) / piece
    return summed(x) if count <= MANY or len(x) <= nodes else _interpolated(summed, piece, x)


def sharpness(net: Network) -> Array:
    """Return how steep each neuron is as a sigmoid: tanh(z) is a sigmoid of 2z."""
    return np.abs(net.W1[0]) * (2 if net.activation == "tanh" else 1)


def _corners(x: Array, middles: Array, slopes: Array) -> Array:
    """Return Σ slope max(x - middle, 0): straight from corner to corner."""
    slope = np.append(0, np.cumsum(slopes))
    corner = np.append(middles[0], middles)
    height = np.append(0, np.cumsum(slope[:-1] * np.diff(corner)))
    passed = np.searchsorted(middles, x)
    return height[passed] + slope[passed] * (x - corner[passed])


def _turning(net: Network, middles: Array, reach: float, count: int, x: Array) -> Array:
    """Return f(x), whose neurons within reach, at most count, are summed one by one."""
    w, n = net.W1[0, 0], len(middles)
    if count >= n:
        return net(x)[0]
    act = ACTIVATIONS[net.activation].f
    start = -1.0 if net.activation == "tanh" else 0.0
    out, b = np.append(net.W2[0], np.zeros(count)), np.append(net.b1[0], np.zeros(count))
    done = np.append(0, np.cumsum(out))
    blocks = []
    for at in np.split(x, range(BLOCK, len(x), BLOCK)):
        first = np.searchsorted(middles, at - reach)
        total = net.b2[0, 0] + done[first] + start * (done[-1] - done[first + count])
        for i in range(count):
            total += out[first + i] * act(w * at + b[first + i])
        blocks.append(total)
    return np.concatenate(blocks)


def _interpolated(f: Callable[[Array], Array], piece: float, x: Array) -> Array:
    """Return f(x) by Chebyshev's polynomials on pieces so long."""
    start = float(x.min())
    place = np.floor((x - start) / piece).astype(int)
    angles = np.pi * (np.arange(DEGREE + 1) + 0.5) / (DEGREE + 1)
    nodes = start + piece * (np.arange(place.max() + 1)[:, None] + (1 + np.cos(angles)) / 2)
    order = np.arange(DEGREE + 1)
    coefficients = f(nodes.ravel()).reshape(nodes.shape) @ np.cos(angles[:, None] * order)
    coefficients *= np.where(order == 0, 1, 2) / (DEGREE + 1)
    theta = np.arccos(np.clip(2 * ((x - start) / piece - place) - 1, -1, 1))
    total = np.zeros(len(x))
    for k in order:
        total += coefficients[place, k] * np.cos(k * theta)
    return total
