"""Networks of one hidden layer, many at once, trained by Levenberg-Marquardt."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Array = NDArray[np.float64]

TOLERANCE = 1e-4  # a network is trained when its gradient has fallen to this share of the first


class Training(NamedTuple):
    """T trained networks f(x) = Σ_h a_h tanh(w_h x + b_h) + c and how far their training came."""

    weights: Array  # (T, 3H+1): w, b, a, c
    gradient: Array  # (T,): the gradient's norm at the end, over its norm at the start
    steps: int


def initial_weights(trials: int, hidden: int, rng: Generator) -> Array:
    """Draw (T, 3H+1) weights: slopes and kinks spread over [-1, 1], output weights small."""
    w = rng.choice([-1.0, 1.0], (trials, hidden)) * rng.uniform(1, 4, (trials, hidden))
    kinks = rng.uniform(-1, 1, (trials, hidden))
    a = rng.standard_normal((trials, hidden)) / np.sqrt(hidden)
    return np.concatenate([w, -w * kinks, a, np.zeros((trials, 1))], axis=1)


def predict(weights: Array, x: Array) -> Array:
    """Return f(x), (T, m), at x (m,), (1, m) or (T, m)."""
    w, b, a, c = _split(weights)
    hidden = np.tanh(np.atleast_2d(x)[:, :, None] * w[:, None] + b[:, None])  # (T, m, H)
    output: Array = np.matmul(hidden, a[..., None])[..., 0] + c
    return output


def train(
    x: Array,
    y: Array,
    start: Array,
    decay: float,
    *,
    most: int = 200,
    tolerance: float = TOLERANCE,
    tick: Callable[[int], None] = lambda step: None,
) -> Training:
    """Minimise ‖y - f(x)‖² + decay ‖weights without c‖² for T data sets: x (T, n) or (1, n), y (T, n).

    Each step solves (JᵀJ + decay + μ) δ = Jᵀr - decay θ for each network, keeps δ where it lowers its loss,
    and then lowers its damping μ, else raises it.  A network is done when its gradient is tolerance times
    the first.
    Source: K. Madsen, H. B. Nielsen, O. Tingleff, "Methods for non-linear least squares problems", 2004.
    """
    x = np.broadcast_to(x, y.shape)
    penalty = np.full(start.shape[1], decay)
    penalty[-1] = 0.0
    theta = start.copy()
    damping = np.full(len(y), 1e-2)
    loss = _loss(theta, x, y, penalty)
    first = np.zeros(len(y))
    relative = np.ones(len(y))
    going = np.arange(len(y))
    step = 0
    while step < most and len(going):
        j, output = _jacobian(theta[going], x[going])
        gradient = (
            np.matmul(j.transpose(0, 2, 1), (y[going] - output)[..., None])[..., 0] - penalty * theta[going]
        )
        norm = np.linalg.norm(gradient, axis=1)
        if step == 0:
            first = np.maximum(norm, np.finfo(float).tiny)
        relative[going] = norm / first[going]
        unfinished = relative[going] > tolerance
        going, j, gradient = going[unfinished], j[unfinished], gradient[unfinished]
        if not len(going):
            break
        hessian = np.matmul(j.transpose(0, 2, 1), j)
        diagonal = np.arange(start.shape[1])
        hessian[:, diagonal, diagonal] += penalty + damping[going, None]
        proposed = theta[going] + np.linalg.solve(hessian, gradient[..., None])[..., 0]
        reached = _loss(proposed, x[going], y[going], penalty)
        better = reached < loss[going]
        theta[going[better]] = proposed[better]
        loss[going[better]] = reached[better]
        damping[going] = np.where(
            better, np.maximum(damping[going] / 3, 1e-9), np.minimum(damping[going] * 4, 1e9)
        )
        step += 1
        tick(step)
    return Training(theta, relative, step)


def _split(weights: Array) -> tuple[Array, Array, Array, Array]:
    hidden = weights.shape[1] // 3
    return weights[:, :hidden], weights[:, hidden : 2 * hidden], weights[:, 2 * hidden : -1], weights[:, -1:]


def _loss(weights: Array, x: Array, y: Array, penalty: Array) -> Array:
    loss: Array = np.square(y - predict(weights, x)).sum(axis=1) + np.square(weights) @ penalty
    return loss


def _jacobian(weights: Array, x: Array) -> tuple[Array, Array]:
    """Return ∂f/∂weights, (T, n, 3H+1), and f, (T, n)."""
    w, b, a, c = _split(weights)
    t = np.tanh(x[:, :, None] * w[:, None] + b[:, None])
    into = a[:, None] * (1 - t * t)
    j = np.concatenate([into * x[:, :, None], into, t, np.ones((*x.shape, 1))], axis=2)
    output: Array = np.matmul(t, a[..., None])[..., 0] + c
    return j, output
