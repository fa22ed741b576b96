"""Training by Levenberg-Marquardt, beside PyTorch's Adam and scikit-learn's lbfgs on the same curve."""

import warnings
from collections.abc import Iterator

import numpy as np
import torch
from sklearn.neural_network import MLPRegressor

from benchmarks._timing import interleaved, row
from mlbasics.numerics import universal

NEURONS, ADAM_STEPS = 30, 2000


def g(u: np.ndarray) -> np.ndarray:
    """Return the lesson's default target, 4x(1-x)cos(25x), for x = (u + 1)/2."""
    x = (u + 1) / 2
    return 4 * x * (1 - x) * np.cos(25 * x)


def ours() -> float:
    """Train from the least-squares start; return the RMSE."""
    start = universal.least_squares(g, NEURONS, None, "sigmoid")
    net, _ = universal.trained(g, start, 60)
    u = universal.training_grid(NEURONS)
    return float(np.sqrt(np.mean((net(u)[0] - g(u)) ** 2)))


def scikit_learn() -> float:
    """Train MLPRegressor with lbfgs at its default tolerance; return the RMSE."""
    u = universal.training_grid(NEURONS)[:, None]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = MLPRegressor(
            hidden_layer_sizes=(NEURONS,), activation="logistic", solver="lbfgs", random_state=0
        )
        model.fit(u, g(u[:, 0]))
    return float(np.sqrt(np.mean((model.predict(u) - g(u[:, 0])) ** 2)))


def pytorch() -> float:
    """Take 2 000 full-batch Adam steps; return the RMSE."""
    torch.manual_seed(0)
    torch.set_num_threads(1)
    u = torch.tensor(universal.training_grid(NEURONS), dtype=torch.float32)[:, None]
    y = torch.tensor(g(u.numpy()))
    net = torch.nn.Sequential(torch.nn.Linear(1, NEURONS), torch.nn.Sigmoid(), torch.nn.Linear(NEURONS, 1))
    adam = torch.optim.Adam(net.parameters(), lr=0.01)
    for _ in range(ADAM_STEPS):
        adam.zero_grad()
        loss = torch.mean((net(u) - y) ** 2)
        loss.backward()
        adam.step()
    return float(loss.detach().sqrt())


def rows() -> Iterator[tuple[str, ...]]:
    """Measure both peers; the last column is our RMSE over theirs."""
    for name, peer in (("MLPRegressor, lbfgs", scikit_learn), (f"torch, {ADAM_STEPS} Adam steps", pytorch)):
        yield row(f"uat: {NEURONS} neurons trained", name, interleaved(ours, peer, 5), ours() / peer())
