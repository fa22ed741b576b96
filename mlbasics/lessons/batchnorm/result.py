"""What the lesson on batch normalization measures."""

from __future__ import annotations

from dataclasses import dataclass

from mlbasics.data.origin import Origin
from mlbasics.kit import detail, picture
from mlbasics.numerics import Array, Integers
from mlbasics.numerics.batchnorm import WorkedExample
from mlbasics.numerics.closeup import Drift, Track
from mlbasics.numerics.shapes import Placement
from mlbasics.numerics.smoothness import Smoothness
from mlbasics.numerics.sweeps import Sweep


@dataclass(frozen=True)
class Tracks:
    """The last hidden layer's inputs over training."""

    layer: int
    learning_rate: float
    step: list[int]
    without: Track
    with_: Track
    by_layer: Drifts


@dataclass(frozen=True)
class Drifts:
    """How far each layer's inputs moved; noisy is None where there is no batch norm to add noise to."""

    without: Drift
    with_: Drift
    noisy: Drift | None


@dataclass(frozen=True)
class Predictiveness:
    """How smooth the loss is along its gradient, at steps of the training."""

    step: list[int]
    without: Smoothness
    with_: Smoothness


@dataclass(frozen=True)
class Entering:
    """What enters a typical unit of some layers at the end: shares of the samples, (layers, bins).

    The typical unit is the one whose values spread as far as half of its layer's do, in the first network.
    """

    layer: list[int]
    learning_rate: float
    edges: Array  # (bins + 1,); what lies beyond counts in the first or last bin
    without: Array
    with_: Array


@dataclass(frozen=True)
class Regions:
    """What the middle network makes of the plane at the steps that are watched, and at the end."""

    classes: Integers  # of each part, (moments, up, across), from the lowest row; -1 without numbers
    right: Array  # the share of test points in their class, of those shown, at the end of all: (moments,)


@dataclass(frozen=True)
class Plane:
    """The plane of points of two coordinates, and the regions that networks of one rate make of it."""

    learning_rate: float
    names: list[str]  # of the classes; "" where they have none
    corners: Array  # lower left and upper right, (2, 2)
    points: Array  # of the test points, (n, 2)
    labels: Integers
    without: Regions
    with_: Regions


@dataclass(frozen=True)
class Shaken:
    """Training with a fresh random scale and shift after each batch norm at every step."""

    strength: float
    test_accuracy: float  # of the middle network, shaken too


@dataclass(frozen=True)
class BatchSize:
    """The same number of steps with batches of another size."""

    size: int
    without: Sweep
    with_: Sweep


@dataclass(frozen=True)
class Noisy:
    """Training shaken, at every rate."""

    strength: float
    sweep: Sweep


@dataclass(frozen=True)
class Sigmoid:
    """Networks of sigmoids, whatever --activation is."""

    learning_rates: tuple[float, ...]
    without: Sweep
    with_: Sweep


@dataclass(frozen=True, kw_only=True)
class Result:
    """Losses are cross-entropies in nats; guessing is that of equal odds, log(classes)."""

    origin: Origin | None  # of the learner's own rows
    guessing: float
    guessing_accuracy: float  # of always saying the class that most test points have
    n_test: int
    batch: int
    steps: int
    step: list[int]  # the last step of each stretch of a loss curve
    watched: list[int]  # the steps after which networks were tested on the way
    learning_rates: tuple[float, ...]
    without: Sweep
    with_: Sweep
    shift: Tracks
    entering: Entering
    shaken: Shaken | None
    plane: Plane | None = picture()  # of few classes, and points of two coordinates
    worked_example: WorkedExample | None = detail()
    gradient_predictiveness: Predictiveness = detail()
    placement: dict[Placement, Sweep] = detail()
    batch_size: list[BatchSize] = detail()
    noisy: Noisy | None = detail()
    sigmoid: Sigmoid = detail()
