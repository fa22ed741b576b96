"""How smooth a network's loss is along its gradient, while it trains.

Source: S. Santurkar, D. Tsipras, A. Ilyas, A. Madry, "How does batch normalization help optimization?",
NeurIPS 2018, section 3.1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from threading import Event
from typing import NamedTuple

import numpy as np

from mlbasics.numerics import Array, Integers, deep
from mlbasics.numerics.closeup import moments
from mlbasics.numerics.descent import Descent
from mlbasics.numerics.sweeps import Study, middle, on_each

EVERY = 2  # of the moments at which networks are looked at
STEP_SIZES = np.geomspace(0.5, 4, 8)  # times the learning rate


@dataclass(frozen=True)
class Smoothness:
    """Along the gradient, over steps of 1/2 to 4 times the rate, in the middle network: (T,) each."""

    loss_range: Array  # largest less smallest loss
    gradient_change: Array  # largest ‖change of the gradient‖ over ‖gradient‖


class Tried(NamedTuple):
    """Networks trained at one rate, and how smooth their loss was on the way."""

    networks: Descent  # some of them, the first among them
    smoothness: Smoothness


def tried(steps: int) -> list[int]:
    """Return the steps before which the loss along the gradient is taken."""
    return moments(steps)[::EVERY]


def smoothness(studies: Sequence[Study], rate: float) -> list[Tried]:
    """Train the networks of one rate as a sweep trains them, trying smaller and larger steps on the way."""
    done = on_each(_try, [replace(study, rates=(rate,)) for study in studies])
    found = [np.concatenate([measures for _, measures in parts], axis=2) for parts in done]
    return [
        Tried(parts[0][0], Smoothness(middle(ranges), middle(changes)))
        for parts, (ranges, changes) in zip(done, found, strict=True)
    ]


@np.errstate(all="ignore")
def _try(study: Study, some: slice, ended: Event) -> tuple[Descent, Array]:
    """Return some of the networks, and both measures of them over time, (2, T, R)."""
    descent, found = study.start(some), []
    for step, rows in enumerate(study.batches()):
        if ended.is_set():
            break
        x, labels = study.data.x[rows], study.data.labels[rows]
        if step in tried(study.steps):
            found.append(_along(study, descent, x, labels))
        descent.step(x, labels)
        study.advance(len(descent.theta))
    return descent, np.array(found, float).swapaxes(0, 1)


def _along(study: Study, descent: Descent, x: Array, labels: Integers) -> tuple[Array, Array]:
    """Return how far the loss varies along the gradient, and how far the gradient changes, (R,) each."""
    shape, theta = descent.shape, descent.theta
    here = deep.gradient(shape, theta, x, labels)[1]
    study.advance(0)  # a bar moves between the passes of large networks
    losses, changes = [], []
    for size in STEP_SIZES.astype(theta.dtype):
        loss, there, _ = deep.gradient(shape, theta - size * descent.rates * here, x, labels)
        losses.append(loss)
        changes.append(np.linalg.norm(there - here, axis=1) / np.linalg.norm(here, axis=1))
        study.advance(0)
    return np.ptp(losses, axis=0), np.max(changes, axis=0)
