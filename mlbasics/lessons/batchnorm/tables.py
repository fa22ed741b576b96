"""The tables of batch normalisation: by rate, by layer, one batch worked out, and the variations."""

from __future__ import annotations

from collections.abc import Sequence

from mlbasics.kit import Cell, Column, Phrase, Row, Table, phrase
from mlbasics.lessons.batchnorm.result import Result
from mlbasics.numerics.batchnorm import WorkedExample
from mlbasics.numerics.sweeps import Sweep

OPTIONAL = ("accuracy_without", "accuracy_with", "accuracy", "best_rate", "step_with", "steps")


def by_rate(result: Result) -> Table:
    """Return loss and accuracy at every rate."""
    sweeps = (result.without, result.with_)
    bests = [sweep.best_rate for sweep in sweeps]
    rows = [
        Row((rate, *_at(result.without, i), *_at(result.with_, i)), "best" if rate in bests else "plain")
        for i, rate in enumerate(result.learning_rates)
    ]
    columns = _columns("rate", "loss_without", "accuracy_without", "loss_with", "accuracy_with")
    return Table("rates", columns, rows)


def _at(sweep: Sweep, i: int) -> tuple[Cell, Cell]:
    if sweep.diverged[i]:
        return phrase("diverged"), None
    return float(sweep.final_loss[i]), float(sweep.test_accuracy[i])


def by_layer(result: Result) -> Table:
    """Return how far the inputs moved in the first, the middle and the last layers."""
    drift, last = result.shift.by_layer, result.shift.layer
    sides = (drift.without, drift.with_)
    measures = [d.farthest.tolist() for d in sides] + [d.per_step.tolist() for d in sides]
    measures.append([None] * last if drift.noisy is None else drift.noisy.per_step.tolist())
    rows = [
        Row((layer, *(measure[layer - 1] for measure in measures)))
        for layer in sorted({1, (last + 1) // 2, last})
    ]
    columns = _columns("layer", "far_without", "far_with", "step_without", "step_with", "step_noisy")
    return Table("layers", columns, rows, phrase("table.layers", rate=result.shift.learning_rate))


def worked(example: WorkedExample) -> Table:
    """Return the batch from x to output, and the output at inference."""
    title = phrase(
        "table.worked",
        mean=example.mean,
        var=example.var,
        gamma=example.gamma,
        beta=example.beta,
        running_mean=example.running_mean,
        running_var=example.running_var,
    )
    columns = [Column("worked", words=True)]
    columns += [
        Column("sample", phrase("column.sample", i=i + 1), optional=i > 2) for i in range(len(example.x))
    ]
    rows = [
        Row((phrase("row.x"), *map(float, example.x))),
        Row((phrase("row.normalised"), *map(float, example.normalised))),
        Row((phrase("row.output"), *map(float, example.output))),
        Row((phrase("row.at_inference"), *map(float, example.at_inference))),
    ]
    return Table("worked", columns, rows, title)


def variations(result: Result) -> Table:
    """Return each way of training at its best rate."""
    sweeps: list[tuple[Phrase, Sweep]] = [
        (phrase("row.none"), result.placement["none"]),
        (phrase("row.before"), result.placement["before"]),
        (phrase("row.after"), result.placement["after"]),
    ]
    if result.noisy is not None:
        sweeps.append((phrase("row.noisy", strength=result.noisy.strength), result.noisy.sweep))
    others = (other for other in result.batch_size if other.without is not result.without)
    sweeps += [(phrase("row.batch_size", size=other.size), other.with_) for other in others]
    columns = _columns("network", "best_loss", "accuracy", "best_rate", "largest_rate", "steps")
    return Table("variations", columns, [Row((name, *_best(s))) for name, s in sweeps]).known


def _best(sweep: Sweep) -> Sequence[Cell]:
    if sweep.best is None:
        return phrase("diverged"), None, None, None, None
    loss, accuracy = float(sweep.final_loss[sweep.best]), float(sweep.test_accuracy[sweep.best])
    return loss, accuracy, sweep.best_rate, sweep.largest_rate, sweep.fewest_steps


def _columns(*names: str) -> list[Column]:
    return [Column(name, optional=name in OPTIONAL, words=name == "network") for name in names]
