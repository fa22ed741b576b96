"""Deep networks with and without batch norm, over a sweep of learning rates, and some of them looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
from numpy.random import Generator

from mlbasics.data.origin import Origin
from mlbasics.kit import Tick, draws, picture
from mlbasics.lessons.batchnorm import N_TRAIN
from mlbasics.numerics import Array, Integers
from mlbasics.numerics.activation_statistics import Drift, activation_statistics
from mlbasics.numerics.classes import DATASETS, Split, middles, split
from mlbasics.numerics.shapes import Placement, Shape
from mlbasics.numerics.sweeps import WATCHED, Sweep, stretch, sweeps
from mlbasics.numerics.training import DTYPE, Study

if TYPE_CHECKING:
    from mlbasics.data.columns import Columns
    from mlbasics.lessons.batchnorm import Params

N_TEST = 1000
LEAST_ROWS, MOST_CLASSES = 20, 50
SHARE = 0.5  # of the learner's rows that are trained on, up to N_TRAIN: enough others must tell
MOMENTS = (0, 1 / 16, 1 / 8, 3 / 16, 1 / 4, 3 / 8, 1 / 2, 3 / 4)
"""Of the training: networks are looked at then, on the way."""
BINS = 16
FARTHEST = 6.0  # from zero that a histogram goes: twice what batch norm leaves of nearly all samples
CELLS = (40, 32)  # parts of the plane whose classes are asked for
MARGIN = 0.05  # of their width that is shown around the points
FEW_CLASSES = 4  # that can be told apart as regions


@dataclass(frozen=True)
class Source:
    """Where the points to tell apart come from: a built-in set, or the learner's own rows."""

    draw: Callable[[Generator], Split]  # fresh points, or rows split at random
    n_train: int
    origin: Origin | None = None
    names: Sequence[str] = ()  # of the classes


@dataclass(frozen=True)
class Drifts:
    """How far each layer's inputs moved; noisy is None where there is no batch norm to add noise to."""

    without: Drift
    with_: Drift
    noisy: Drift | None


@dataclass(frozen=True)
class Shift:
    """What enters one neuron of the last hidden layer at the steps watched and at the end.

    As the share of the samples in each bin: (moments, bins); what lies beyond is in the first or last bin.
    """

    layer: int
    learning_rate: float
    edges: Array  # (bins + 1,)
    without: Array
    with_: Array
    by_layer: Drifts


@dataclass(frozen=True)
class Plane:
    """The plane of points of two coordinates, and the classes that the networks watched put it into."""

    names: list[str]  # of the classes; "" where they have none
    corners: Array  # lower left and upper right, (2, 2)
    points: Array  # of the test points, (n, 2)
    labels: Integers
    without: Integers  # (moments, up, across), from the lowest row; -1 without numbers
    with_: Integers


@dataclass(frozen=True, kw_only=True)
class Result:
    """Losses are cross-entropies in nats; guessing's is the entropy of the classes' shares."""

    origin: Origin | None  # of the learner's own rows
    classes: int
    guessing: float
    guessing_accuracy: float  # of always saying the class that most test points have
    n_test: int
    batch: int
    steps: int
    step: list[int]  # the last step of each stretch of a loss curve
    watched: list[int]  # the steps after which networks were looked at on the way
    learning_rates: tuple[float, ...]
    without: Sweep
    with_: Sweep
    shift: Shift
    shaken: Sweep | None  # at the rate watched, with noise injected after each batch norm at every step
    plane: Plane | None = picture()  # of few classes, and points of two coordinates


def source(params: Params, columns: Columns | None) -> Source:
    """Return where the points of a run come from; of own rows each column is standardized."""
    if columns is None:
        points, n = DATASETS[params.dataset], N_TRAIN + N_TEST
        return Source(lambda rng: split(*points(n, rng), N_TRAIN, N_TEST, rng), N_TRAIN)
    from mlbasics.data.selection import classes_of, select
    from mlbasics.numerics.linear import standardize

    rows = select(columns, params.x, params.y, least=LEAST_ROWS, classes=True)
    names, labels = classes_of(rows, MOST_CLASSES)
    x, n_train = standardize(rows.X, rows.y).X, min(N_TRAIN, int(SHARE * len(labels)))
    return Source(lambda rng: split(x, labels, n_train, N_TEST, rng), n_train, rows.origin, names)


def study_of(params: Params, source: Source, rng: Generator) -> Study:
    """Return what the learner chose to train; all that is random of it is drawn here."""
    generators = draws(rng, "data", "weights", "batches", "noise")
    data = source.draw(generators["data"])
    data = data._replace(x=data.x.astype(DTYPE), test_x=data.test_x.astype(DTYPE))
    placement: Placement = params.placement  # type: ignore[assignment]
    shape = Shape(data.x.shape[1], params.units, params.layers, data.classes, params.activation, placement)
    batch = min(params.batch_size, source.n_train)  # own data may be fewer
    steps = params.epochs * (N_TRAIN // batch)
    watched = sorted({round(steps * share) for share in MOMENTS} - {steps})
    return Study(
        data, shape, params.learning_rates, params.networks, batch, steps, generators, watched=watched
    )


def progress(networks: int, study: Study, tick: Tick) -> Callable[[int], None]:
    """Return what is called as networks, so many in all, take the steps of a study."""
    taken, lock = 0, Lock()

    def advance(at_once: int) -> None:
        nonlocal taken
        with lock:  # two threads train
            taken += at_once
            tick(taken, networks * study.steps)

    return advance


@np.errstate(all="ignore")
def simulate(params: Params, source: Source, rng: Generator, tick: Tick) -> Result:
    """Train networks at each rate, without and with; one that diverges leaves NaN, a result and no error."""
    study = study_of(params, source, rng)
    normed = params.placement != "none"
    each = len(study.rates) * study.networks
    trained = 2 * (each + 1) + study.networks + 1 if normed else each + 1
    study = replace(study, advance=progress(trained, study, tick))
    compared = [study.placed("none"), study] if normed else [study]
    swept = sweeps(compared)
    without, with_ = swept[0], swept[-1]
    rate = watched_rate(without, params.learning_rates)
    at = params.learning_rates.index(rate)

    points, labels = study.data.test_x[:WATCHED], study.data.test_labels
    planar = study.shape.inputs == 2 and study.shape.classes <= FEW_CLASSES
    corners = _corners(study.data.x) if planar else np.zeros((2, study.shape.inputs))
    asked: Array = middles(corners, CELLS).astype(DTYPE) if planar else points[:0]
    at_rate, networks = [replace(one, rates=(rate,)) for one in compared], [one.typical[at] for one in swept]
    shaken = None
    if normed:
        at_rate.append(replace(at_rate[-1], noise=params.noisy or None))
        [shaken] = sweeps(at_rate[-1:])
        networks.append(shaken.typical[0])
    seen = [activation_statistics(one, k, asked) for one, k in zip(at_rate, networks, strict=True)]
    by_layer = Drifts(seen[0].drift, seen[len(swept) - 1].drift, seen[-1].drift if normed else None)
    seen = seen[: len(swept)]
    edges = _edges(np.concatenate([one.last for one in seen]))
    histograms = [_histograms(one.last, edges) for one in seen]
    regions = [one.answers.reshape(-1, *CELLS[::-1]) for one in seen] if planar else []
    names = list(source.names) or [""] * study.shape.classes
    return Result(
        origin=source.origin,
        classes=study.shape.classes,
        guessing=study.guessing,
        guessing_accuracy=float(np.bincount(labels).max() / len(labels)),
        n_test=len(labels),
        batch=study.batch,
        steps=study.steps,
        step=[stretch(study) * (i + 1) for i in range(study.steps // stretch(study))],
        watched=list(study.watched),
        learning_rates=params.learning_rates,
        without=without,
        with_=with_,
        shift=Shift(params.layers, rate, edges, histograms[0], histograms[-1], by_layer),
        shaken=shaken,
        plane=Plane(names, corners, points, labels[:WATCHED], regions[0], regions[-1]) if planar else None,
    )


def watched_rate(without: Sweep, rates: Sequence[float]) -> float:
    """Return the rate at which networks are watched: one below the largest that trains without batch norm.

    At the largest they are near where they break, and one is unlike another.
    """
    if without.largest_rate is None:
        return rates[0] if without.best_rate is None else without.best_rate
    return rates[max(0, rates.index(without.largest_rate) - 1)]


def _corners(x: Array) -> Array:
    """Return the corners of what is shown of the plane: all points, and a little around them."""
    low, high = x.min(axis=0).astype(float), x.max(axis=0).astype(float)
    around = MARGIN * (high - low)
    return np.array([low - around, high + around])


def _edges(values: Array) -> Array:
    """Return the edges of bins for nearly all of the values."""
    finite = values[np.isfinite(values)]
    low, high = np.clip(np.quantile(finite, (0.005, 0.995)), -FARTHEST, FARTHEST) if len(finite) else (0, 1)
    return np.linspace(low, max(high, low + 1e-3), BINS + 1)


def _histograms(values: Array, edges: Array) -> Array:
    """Return the share of each row's values in each bin; NaN in all where one is no number."""
    clipped = np.clip(values, edges[0], edges[-1])
    counts = np.array([np.histogram(row[np.isfinite(row)], edges)[0] for row in clipped])
    return np.where(np.isfinite(values).all(axis=1, keepdims=True), counts / values.shape[1], np.nan)
