"""Networks trained at every learning rate of a sweep, several at each, and what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from threading import Event

import numpy as np

from mlbasics.numerics import Array
from mlbasics.numerics.threads import THREADS, together
from mlbasics.numerics.training import Study

KEPT = 64  # values that are kept of a loss curve
LAST = 8  # the final loss is the median over the last eighth of the steps: spikes do not count
TRAINED = 0.8  # of guessing's loss: a rate that ends below it trains; at half, some are at the edge
WATCHED = 128  # test points on the way: enough for a picture
LOST = 10  # times guessing's loss: a rate that ends above it has diverged


@dataclass(frozen=True)
class Sweep:
    """Networks of several first weights at each learning rate; (R,) is told of the middle one at each."""

    final_loss: Array  # median over the last eighth of the steps; NaN where it is not finite
    test_accuracy: Array  # at inference, or with noise if trained so; NaN where it diverged
    accuracies: Array  # (R, networks): of each, in order; those that diverged last
    diverged: list[bool]
    best_rate: float | None  # of the lowest final loss
    largest_rate: float | None  # whose final loss is under 80 % of guessing's
    loss_curve: Array  # (R, T): the loss between one kept step and the next
    typical: list[int]  # which network is the middle one of accuracies at each rate
    on_the_way: Array  # (steps watched, R, networks): accuracies then, on the first WATCHED test points

    @property
    def best(self) -> int | None:
        """The position of the lowest final loss, or None where no loss is finite."""
        return None if np.isnan(self.final_loss).all() else int(np.nanargmin(self.final_loss))


def stretch(study: Study) -> int:
    """Return the steps from one kept value of a loss curve to the next."""
    return max(1, study.steps // KEPT)


def sweeps(studies: Sequence[Study]) -> list[Sweep]:
    """Train the networks of each study, side by side as memory allows; large ones on two threads."""
    parts = [study.shape.blocks(len(study.rates) * study.networks, study.batch) for study in studies]
    tasks = [(study, some) for study, blocks in zip(studies, parts, strict=True) for some in blocks]
    large = any(study.shape.large(some.stop - some.start, study.batch) for study, some in tasks)
    done = iter(together(lambda task, ended: _train(*task, ended), tasks, THREADS if large else 1))
    return [_summary(study, *islice(done, len(blocks))) for study, blocks in zip(studies, parts, strict=True)]


@np.errstate(all="ignore")
def _train(study: Study, some: slice, ended: Event) -> tuple[Array, Array, Array]:
    """Return the losses of some of the networks before each step, (n, steps), and their accuracies.

    Those at the end, (n,), and those after the steps that are watched, (n, watched).
    """
    x, labels = study.data.test_x[:WATCHED], study.data.test_labels[:WATCHED]
    on_the_way = []
    for moment in study.train(some, ended):
        if moment.step in study.watched:
            on_the_way.append((moment.networks.classes(x) == labels).mean(axis=1))
    networks = moment.networks
    watched = np.array(on_the_way).reshape(-1, len(networks.theta)).T
    return np.array(networks.losses, float).T, study.accuracy(networks), watched


def _summary(study: Study, *parts: tuple[Array, Array, Array]) -> Sweep:
    size, guessing = (len(study.rates), study.networks), study.guessing
    losses, accuracies, on_the_way = (np.concatenate(one) for one in zip(*parts, strict=True))
    losses, accuracies = losses.reshape(*size, -1), accuracies.reshape(size)
    final = np.median(losses[..., -max(1, study.steps // LAST) :], axis=2)
    final[~np.isfinite(final)] = np.nan
    typical = middle(final)
    wrong = np.where(final < LOST * guessing, -accuracies, np.nan)
    order = np.argsort(wrong, axis=1, kind="stable")
    ordered = -np.take_along_axis(wrong, order, axis=1)
    trained = [rate for rate, loss in zip(study.rates, typical, strict=True) if loss < TRAINED * guessing]
    return Sweep(
        final_loss=typical,
        test_accuracy=ordered[:, study.networks // 2],
        accuracies=ordered,
        diverged=[not loss < LOST * guessing for loss in typical.tolist()],
        best_rate=None if np.isnan(typical).all() else study.rates[int(np.nanargmin(typical))],
        largest_rate=max(trained, default=None),
        loss_curve=middle(_means(losses, stretch(study))),
        typical=order[:, study.networks // 2].tolist(),
        on_the_way=np.moveaxis(on_the_way.reshape(*size, -1), -1, 0),
    )


def middle(values: Array) -> Array:
    """Return the middle along the second axis, where larger is worse and NaN worst; of two, the worse."""
    found: Array = np.sort(values, axis=1)[:, values.shape[1] // 2]
    return found


def _means(losses: Array, wide: int) -> Array:
    """Return the means over stretches of so many steps, (R, networks, T)."""
    whole = losses.shape[-1] // wide * wide
    return losses[..., :whole].reshape(*losses.shape[:-1], -1, wide).mean(axis=-1)
