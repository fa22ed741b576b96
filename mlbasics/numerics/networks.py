"""Networks of one hidden layer, many at once: f(x) = W2 · act(W1 x + b1) + b2, and their training."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.random import Generator

from mlbasics.numerics import Array

TOLERANCE = 1e-4  # a network is trained when its gradient has fallen to this share of the first
BLOCK = 100_000  # activations held at once: 0.8 MB stays in cache, half the time of 8 MB


class Activation(NamedTuple):
    """An activation and its derivative, the latter from the activation's value a = f(z); both take an out."""

    f: Callable[..., Array]
    slope: Callable[..., Array]


def _sigmoid(z: Array, out: Array | None = None) -> Array:
    a = np.multiply(z, 0.5, out=out)
    np.tanh(a, out=a)  # 1/(1 + exp(-z)) = 1/2 + tanh(z/2)/2, which cannot overflow
    a *= 0.5
    a += 0.5
    return a


ACTIVATIONS = {
    "sigmoid": Activation(_sigmoid, lambda a, out=None: np.multiply(a, 1 - a, out=out)),
    "tanh": Activation(np.tanh, lambda a, out=None: np.subtract(1, a * a, out=out)),
    "relu": Activation(
        lambda z, out=None: np.clip(z, 0, np.inf, out=out),  # half the time of np.maximum(z, 0)
        lambda a, out=None: np.greater(a, 0, out=np.empty_like(a) if out is None else out),
    ),
    "linear": Activation(lambda z: z, np.ones_like),
}


class Network(NamedTuple):
    """T networks of H hidden neurons: W1, b1, W2 are (T, H), b2 is (T, 1)."""

    W1: Array
    b1: Array
    W2: Array
    b2: Array
    activation: str

    def __call__(self, x: Array) -> Array:
        """Return f(x), (T, m), at x (m,), (1, m) or (T, m)."""
        act = ACTIVATIONS[self.activation].f
        x = np.atleast_2d(x)
        step = max(1, BLOCK // self.W1.size)
        parts = [
            np.matmul(act(x[:, i : i + step, None] * self.W1[:, None] + self.b1[:, None]), self.W2[..., None])
            for i in range(0, x.shape[1], step)
        ]
        return np.concatenate(parts, axis=1)[..., 0] + self.b2

    def flat(self) -> Array:
        """Return the weights as one row a network, (T, 3H+1)."""
        return np.concatenate([self.W1, self.b1, self.W2, self.b2], axis=1)


class Training(NamedTuple):
    """The trained networks and how far their training came."""

    network: Network
    gradient: Array  # (T,): the gradient's norm at the end, over its norm at the start
    losses: list[float]  # the mean loss of the networks after each step


def random_network(trials: int, hidden: int, rng: Generator, activation: str = "tanh") -> Network:
    """Draw networks for x in [-1, 1]: slopes of 1 to 4, kinks spread over it, output weights of 1/√H."""
    w = rng.choice([-1.0, 1.0], (trials, hidden)) * rng.uniform(1, 4, (trials, hidden))
    kinks = rng.uniform(-1, 1, (trials, hidden))
    a = rng.standard_normal((trials, hidden)) / np.sqrt(hidden)
    return Network(w, -w * kinks, a, np.zeros((trials, 1)), activation)


def train(
    x: Array, y: Array, start: Network, decay: float, *, most: int = 200, tolerance: float = TOLERANCE
) -> Training:
    """Minimise ‖y - f(x)‖² + decay ‖weights without b2‖² for T data sets: x (T, n) or (1, n), y (T, n).

    Levenberg-Marquardt: each step solves (JᵀJ + decay + μ) δ = Jᵀr - decay θ for each network, keeps δ where
    it lowers its loss, and then lowers its damping μ, else raises it.  A network is done when its gradient
    is tolerance times the first.
    Source: K. Madsen, H. B. Nielsen, O. Tingleff, "Methods for non-linear least squares problems", 2004.
    """
    x = np.broadcast_to(x, y.shape)
    theta = start.flat()
    penalty = np.full(theta.shape[1], decay)
    penalty[-1] = 0.0
    damping = np.full(len(y), 1e-2)
    loss = _loss(theta, x, y, penalty, start.activation)
    losses = [float(loss.mean())]
    first, relative = np.ones(len(y)), np.ones(len(y))
    going = np.arange(len(y))
    for step in range(most):
        j, output = _jacobian(theta[going], x[going], start.activation)
        residual = (y[going] - output)[..., None]
        gradient = np.matmul(j.transpose(0, 2, 1), residual)[..., 0] - penalty * theta[going]
        norm = np.linalg.norm(gradient, axis=1)
        if step == 0:
            first = np.maximum(norm, np.finfo(float).tiny)
        relative[going] = norm / first[going]
        unfinished = relative[going] > tolerance
        going, j, gradient = going[unfinished], j[unfinished], gradient[unfinished]
        if not len(going):
            break
        hessian = np.matmul(j.transpose(0, 2, 1), j)
        diagonal = np.arange(theta.shape[1])
        hessian[:, diagonal, diagonal] += penalty + damping[going, None]
        proposed = theta[going] + np.linalg.solve(hessian, gradient[..., None])[..., 0]
        reached = _loss(proposed, x[going], y[going], penalty, start.activation)
        better = reached < loss[going]
        theta[going[better]] = proposed[better]
        loss[going[better]] = reached[better]
        lower, higher = np.maximum(damping[going] / 3, 1e-9), np.minimum(damping[going] * 4, 1e9)
        damping[going] = np.where(better, lower, higher)
        losses.append(float(loss.mean()))
    return Training(_network(theta, start.activation), relative, losses)


def _network(theta: Array, activation: str) -> Network:
    h = theta.shape[1] // 3
    return Network(theta[:, :h], theta[:, h : 2 * h], theta[:, 2 * h : -1], theta[:, -1:], activation)


def _loss(theta: Array, x: Array, y: Array, penalty: Array, activation: str) -> Array:
    return np.square(y - _network(theta, activation)(x)).sum(axis=1) + np.square(theta) @ penalty


def _jacobian(theta: Array, x: Array, activation: str) -> tuple[Array, Array]:
    """Return ∂f/∂θ, (T, n, 3H+1), and f, (T, n).

    By the chain rule, f = W2 · a + b2 with a = act(W1 x + b1) has
    ∂f/∂W1 = W2 act'(·) x, ∂f/∂b1 = W2 act'(·), ∂f/∂W2 = a, ∂f/∂b2 = 1.
    """
    net, act = _network(theta, activation), ACTIVATIONS[activation]
    hidden = act.f(x[:, :, None] * net.W1[:, None] + net.b1[:, None])  # (T, n, H)
    into = net.W2[:, None] * act.slope(hidden)  # what both weights of a neuron share
    j = np.concatenate([into * x[:, :, None], into, hidden, np.ones((*x.shape, 1))], axis=2)
    return j, np.matmul(hidden, net.W2[..., None])[..., 0] + net.b2
