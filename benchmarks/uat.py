"""Training by Levenberg-Marquardt from random weights, beside scikit-learn's lbfgs and PyTorch's Adam."""

import warnings
from collections.abc import Iterator

import numpy as np
import torch
from sklearn.neural_network import MLPRegressor

from benchmarks._timing import Row, interleaved
from mlbasics.numerics import universal
from mlbasics.numerics.networks import random_network

NEURONS, STEPS, ADAM_STEPS = 30, 60, 2000
U = universal.training_grid(NEURONS)


def g(u: np.ndarray) -> np.ndarray:
    """Return the lesson's default target, 4x(1-x)cos(25x), for x = (u + 1)/2."""
    x = (u + 1) / 2
    return 4 * x * (1 - x) * np.cos(25 * x)


def ours(steps: int = STEPS) -> list[float]:
    """Train from random weights; return the RMSE, or more than it, after every step."""
    start = random_network(1, NEURONS, np.random.default_rng(0), "sigmoid")
    losses = universal.trained(g, start, steps)[1]  # with the penalty on the weights
    return list(np.sqrt(losses))


def scikit_learn() -> float:
    """Train MLPRegressor with lbfgs at its default tolerance; return the RMSE."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = MLPRegressor(
            hidden_layer_sizes=(NEURONS,), activation="logistic", solver="lbfgs", random_state=0
        )
        model.fit(U[:, None], g(U))
    return float(np.sqrt(np.mean((model.predict(U[:, None]) - g(U)) ** 2)))


def pytorch() -> float:
    """Take 2 000 full-batch Adam steps; return the RMSE."""
    torch.manual_seed(0)
    torch.set_num_threads(1)
    u = torch.tensor(U, dtype=torch.float32)[:, None]
    y = torch.tensor(g(u.numpy()))
    net = torch.nn.Sequential(torch.nn.Linear(1, NEURONS), torch.nn.Sigmoid(), torch.nn.Linear(NEURONS, 1))
    adam = torch.optim.Adam(net.parameters(), lr=0.01)
    for _ in range(ADAM_STEPS):
        adam.zero_grad()
        loss = torch.mean((net(u) - y) ** 2)
        loss.backward()
        adam.step()
    return float(loss.detach().sqrt())


def rows() -> Iterator[Row]:
    """Measure as many of our steps as reach a peer's error, then all; 0.51 is the error of a constant."""
    lbfgs, adam = "MLPRegressor, lbfgs", f"torch, {ADAM_STEPS} Adam steps"
    enough = next(step for step, error in enumerate(ours()) if error <= scikit_learn())
    for steps, name, peer, rounds in (
        (enough, lbfgs, scikit_learn, 15), (STEPS, lbfgs, scikit_learn, 15), (STEPS, adam, pytorch, 3)
    ):  # fmt: skip
        what = f"uat: {NEURONS} neurons trained, " + ("to its error" if steps == enough else f"{STEPS} steps")
        pairs, errors, error = interleaved(lambda steps=steps: ours(steps), peer, rounds)
        yield Row(what, name, pairs, f"RMSE {errors[-1]:.2g} for {error:.2g}")
