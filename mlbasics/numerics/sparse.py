"""Sparse evaluation: one network of many parallel neurons, summed over the few that turn at a point.

N neurons at m points cost N m.  Where all have the same weight, those further off are at their ends (sigmoids
and tanh) or straight (relu), and only their sum is needed: a few operations a point, whatever N.
"""

from __future__ import annotations

import numpy as np

from mlbasics.numerics import Array
from mlbasics.numerics.networks import ACTIVATIONS, BLOCK, Network

DONE = 37.0  # a sigmoid so far from its middle is within e^-37 = 1e-16 of its end


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
    return np.concatenate([_turning(net, middles, at) for at in np.split(x, range(BLOCK, len(x), BLOCK))])


def sharpness(net: Network) -> Array:
    """Return how steep each neuron is as a sigmoid: tanh(z) is a sigmoid of 2z."""
    return np.abs(net.W1[0]) * (2 if net.activation == "tanh" else 1)


def _corners(x: Array, middles: Array, slopes: Array) -> Array:
    """Return Σ slope max(x - middle, 0): straight from corner to corner."""
    corners = np.append(middles, max(x.max(), middles[-1]))
    heights = np.append(0, np.cumsum(np.cumsum(slopes) * np.diff(corners)))
    return np.interp(x, corners, heights)


def _turning(net: Network, middles: Array, x: Array) -> Array:
    """Return f(x), whose neurons within reach are summed one by one."""
    reach = DONE / sharpness(net)[0]
    first = np.searchsorted(middles, x - reach)
    count = int((np.searchsorted(middles, x + reach) - first).max(initial=0))
    if count >= len(middles):
        return net(x)[0]
    act = ACTIVATIONS[net.activation].f
    start = -1.0 if net.activation == "tanh" else 0.0
    out, b = np.append(net.W2[0], np.zeros(count)), np.append(net.b1[0], np.zeros(count))
    done = np.append(0, np.cumsum(out))
    total = net.b2[0, 0] + done[first] + start * (done[-1] - done[first + count])
    for i in range(count):
        total += out[first + i] * act(net.W1[0, 0] * x + b[first + i])
    return total
