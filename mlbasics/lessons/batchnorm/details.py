"""What stands beside the sweep: other placements and batches, sigmoids, noise, and one network close up."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.random import Generator

from mlbasics.kit import Tick
from mlbasics.lessons.batchnorm.result import BatchSize, Noisy, Predictiveness, Result, Sigmoid
from mlbasics.lessons.batchnorm.simulate import study_of, ticking
from mlbasics.lessons.batchnorm.source import Source
from mlbasics.numerics import Array, batchnorm, deep
from mlbasics.numerics.batchnorm import WorkedExample
from mlbasics.numerics.descent import Descent
from mlbasics.numerics.shapes import Placement
from mlbasics.numerics.smoothness import smoothness, tried
from mlbasics.numerics.sweeps import Study, sweeps

if TYPE_CHECKING:
    from mlbasics.lessons.batchnorm import Params

BATCH_SIZES = (2, 8, 64)
SIGMOID_RATES = (0.01, 0.1, 1.0)
ROWS, DECIMALS = 6, 2  # of the example worked out: short enough to check by hand
PLACEMENTS: tuple[Placement, ...] = ("none", "before", "after")


@np.errstate(all="ignore")
def details(params: Params, source: Source, result: Result, rng: Generator, tick: Tick) -> Result:
    """Train the networks that are compared with those of the sweep, and try other steps at its best rate."""
    study = study_of(params, source, rng)
    chosen = study.shape.placement
    normed: Placement = "before" if chosen == "none" else chosen  # what stands beside where none is chosen
    both: tuple[Placement, ...] = ("none", normed)
    known = {"none": result.without, chosen: result.with_}
    others = [size for size in BATCH_SIZES if size != study.batch and size <= source.n_train]
    sigmoids = replace(study, shape=replace(study.shape, activation="sigmoid"), rates=SIGMOID_RATES)

    studies: dict[object, Study] = {p: study.placed(p) for p in PLACEMENTS if p not in known}
    studies |= {(size, where): replace(study.placed(where), batch=size) for size in others for where in both}
    studies |= {("sigmoid", where): sigmoids.placed(where) for where in both}
    if chosen != "none":
        studies["noisy"] = replace(study, noise=params.noisy)
    compared = [study.placed("none"), study]
    rates = sum(len(one.rates) for one in studies.values()) + len(compared)
    *ticked, plain, seen = ticking([*studies.values(), *compared], rates, tick)
    trained = dict(zip(studies, sweeps(ticked), strict=True))
    best = study.rates[0] if result.without.best_rate is None else result.without.best_rate
    (_, smooth_without), (networks, smooth_with) = smoothness([plain, seen], best)

    placement = {where: known.get(where) or trained[where] for where in PLACEMENTS}
    sizes = [BatchSize(study.batch, result.without, placement[normed])]
    sizes += [BatchSize(size, trained[size, "none"], trained[size, normed]) for size in others]
    return replace(
        result,
        worked_example=worked_example(study, networks),
        gradient_predictiveness=Predictiveness(tried(study.steps), smooth_without, smooth_with),
        placement=placement,
        batch_size=sorted(sizes, key=lambda s: s.size),
        noisy=Noisy(params.noisy, trained["noisy"]) if "noisy" in trained else None,
        sigmoid=Sigmoid(SIGMOID_RATES, trained["sigmoid", "none"], trained["sigmoid", normed]),
    )


def worked_example(study: Study, networks: Descent) -> WorkedExample | None:
    """Work out a batch for the first layer's unit whose variance is nearest 1; None where none is finite."""
    shape, x = networks.shape, study.data.x[:ROWS]
    if shape.placement == "none":
        return None
    p, running = shape.layers_of(networks.theta)[0], networks.running[0]
    if shape.placement == "before":
        enters = np.matmul(x, p["W"])[0]
    else:
        enters = deep.forward(shape, networks.theta, x).activated[0][0]
    if not np.isfinite(enters).all():
        return None
    columns = enters.astype(float).round(DECIMALS)
    unit = int(np.argmin(np.abs(columns.var(axis=0) - 1)))

    def short(values: Array) -> float:
        return float(np.float64(values[0, 0, unit]).round(DECIMALS)) + 0.0  # no -0

    numbers = map(short, (p["gamma"], p["beta"], running.mean, running.var))
    return batchnorm.work_out(columns[:, unit], *numbers)
