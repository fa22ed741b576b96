"""The sweep of learning rates with batch norm, beside nine trainings with PyTorch; and its losses."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import torch

from benchmarks._timing import Row, apart, interleaved
from mlbasics.kit.params import fill
from mlbasics.lessons import batchnorm as lesson
from mlbasics.lessons.batchnorm.experiment import source, study_of
from mlbasics.numerics.classes import spirals
from mlbasics.numerics.shapes import Placement, Shape, initial
from mlbasics.numerics.sweeps import sweeps
from mlbasics.numerics.training import Descent

LAYERS, UNITS, BATCH, STEPS, COMPARED = 8, 32, 64, 48, 20
RATES = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10]
GENTLE = 5  # rates, from the lowest: beyond, two correct programs part within 20 steps


def network(shape: Shape, theta: np.ndarray) -> torch.nn.Sequential:
    """Return the network of theta, (P,), as PyTorch would be asked for it."""
    *hidden, output = shape.layers_of(theta[None])
    modules: list[torch.nn.Module] = []
    for p in [*hidden, output]:
        linear = torch.nn.Linear(*p["W"].shape[1:], bias="b" in p)
        linear.weight.data = torch.tensor(np.ascontiguousarray(p["W"][0].T))
        if "b" in p:
            linear.bias.data = torch.tensor(p["b"][0, 0])
        modules.append(linear)
        if p is not output:
            norm = [torch.nn.BatchNorm1d(shape.units)] if shape.placement == "before" else []
            modules += [*norm, torch.nn.ReLU()]
    return torch.nn.Sequential(*modules).to(torch.tensor(theta).dtype)


def pytorch(shape: Shape, theta: np.ndarray, x: np.ndarray, labels: np.ndarray, steps: int) -> np.ndarray:
    """Train one network a rate with torch.optim.SGD; return the losses (steps, R)."""
    losses = np.empty((steps, len(RATES)))
    batches = [(torch.tensor(x[s]), torch.tensor(labels[s])) for s in range(steps)]
    for r, rate in enumerate(RATES):
        model = network(shape, theta[r])
        descent = torch.optim.SGD(model.parameters(), lr=rate)
        for s, (inputs, targets) in enumerate(batches):
            descent.zero_grad()
            loss = torch.nn.functional.cross_entropy(model(inputs), targets)
            loss.backward()
            descent.step()
            losses[s, r] = loss.item()
    return losses


def ours(shape: Shape, theta: np.ndarray, x: np.ndarray, labels: np.ndarray, steps: int) -> np.ndarray:
    """Train all rates at once; return the losses (steps, R)."""
    descent = Descent(shape, theta, RATES)
    with np.errstate(all="ignore"):
        return np.array([descent.step(x[s], labels[s]) for s in range(steps)])


def whole_look() -> Row:
    """Measure trainings as the look has them, without and with, of five networks a rate, on two threads."""
    params = fill(lesson.Params, {"networks": 5})
    study = study_of(params, source(params, None), np.random.default_rng(params.seed))
    study = replace(study, watched=())
    compared = [study.placed("none"), study]
    order = study.batches()
    x, labels = study.data.x[order], study.data.labels[order]

    def one_by_one() -> None:
        for part in compared:
            for _ in range(part.networks):
                theta = initial(part.shape, len(RATES), np.random.default_rng(0)).astype(np.float32)
                pytorch(part.shape, theta, x, labels, part.steps)

    pairs, *_ = interleaved(lambda: sweeps(compared), one_by_one, 3)
    count = len(compared) * len(study.rates) * study.networks
    return Row(
        f"batchnorm: {count} networks, {len(study.rates)} learning rates", f"{count} torch nets", pairs
    )


def rows() -> Iterator[Row]:
    """Measure the sweep with and without batch norm, then all; answers are compared in float64, 20 steps."""
    torch.set_num_threads(1)
    rng = np.random.default_rng(0)
    points, classes = spirals(STEPS * BATCH, rng)
    order = rng.permutation(len(points)).reshape(STEPS, BATCH)
    x, labels = points[order], classes[order]
    placements: tuple[Placement, ...] = ("none", "before")
    for placement in placements:
        shape = Shape(2, UNITS, LAYERS, 3, "relu", placement)
        theta = initial(shape, len(RATES), np.random.default_rng(0))
        exact = [f(shape, theta, x, labels, COMPARED)[:, :GENTLE] for f in (ours, pytorch)]
        single = shape, theta.astype(np.float32), x.astype(np.float32), labels, STEPS
        pairs, *_ = interleaved(lambda s=single: ours(*s), lambda s=single: pytorch(*s), 7)
        what = f"batchnorm: {STEPS} steps at {len(RATES)} rates, {placement}"
        yield Row(what, f"{len(RATES)} torch nets", pairs, apart(*exact))
    yield whole_look()
