"""How smooth a network's loss is along its gradient, while it trains.

Source: S. Santurkar, D. Tsipras, A. Ilyas, A. Madry, "How does batch normalization help optimization?",
NeurIPS 2018, section 3.1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mlbasics.numerics import Array, Integers, deep
from mlbasics.numerics.training import Descent, Study

STEP_SIZES = np.geomspace(0.5, 4, 8)  # times the learning rate


@dataclass(frozen=True)
class Smoothness:
    """Along the gradient, over steps of 1/2 to 4 times the rate, before each step watched: (T,) each."""

    loss_range: Array  # largest less smallest loss
    gradient_change: Array  # largest ‖change of the gradient‖ over ‖gradient‖


@np.errstate(all="ignore")
def smoothness(study: Study, network: int) -> tuple[Descent, Smoothness]:
    """Train one of the networks of a study again, trying smaller and larger steps on the way."""
    found = []
    for step, networks, rows, _ in study.train(slice(network, network + 1)):
        if step in study.watched:
            found.append(_along(study, networks, study.data.x[rows], study.data.labels[rows]))
    return networks, Smoothness(*np.array(found, float).T)


def _along(study: Study, networks: Descent, x: Array, labels: Integers) -> tuple[float, float]:
    """Return how far the loss varies along the gradient, and how far the gradient changes."""
    shape, theta = networks.shape, networks.theta
    here = deep.gradient(shape, theta, x, labels)[1]
    losses, changes = [], []
    for size in STEP_SIZES.astype(theta.dtype):
        loss, there, _ = deep.gradient(shape, theta - size * networks.rates * here, x, labels)
        losses.append(loss[0])
        changes.append(np.linalg.norm(there - here) / np.linalg.norm(here))
        study.advance(0)  # a bar moves between the passes of large networks
    return np.ptp(losses), np.max(changes)
