"""The tables of batch normalisation: by rate, by layer, one batch worked out, and the variations."""

from __future__ import annotations

from collections.abc import Sequence

from mlbasics.kit import Cell, Column, Row, Table
from mlbasics.lessons.batchnorm.simulate import Result
from mlbasics.lessons.batchnorm.training import Sweep
from mlbasics.lessons.batchnorm.worked import WorkedExample
from mlbasics.words import Phrase, phrase


def by_rate(result: Result) -> Table:
    """Return loss and accuracy at every rate."""
    rows = []
    for i, rate in enumerate(result.learning_rates):
        cells = [cell for sweep in (result.without, result.with_) for cell in _at(sweep, i)]
        best = rate in (result.without.best_rate, result.with_.best_rate)
        rows.append(Row((rate, *cells), "best" if best else "plain"))
    names = ("rate", "loss_without", "accuracy_without", "loss_with", "accuracy_with")
    return Table(phrase("table.rates"), _columns(*names), rows)


def _at(sweep: Sweep, i: int) -> tuple[Cell, Cell]:
    if sweep.diverged[i]:
        return phrase("diverged"), None
    return float(sweep.final_loss[i]), float(sweep.test_accuracy[i])


def by_layer(result: Result) -> Table:
    """Return how far the inputs moved in the first, the middle and the last layers."""
    drift, last = result.shift.by_layer, result.shift.layer
    shown = sorted({1, (last + 1) // 2, last})
    sides = (drift.without, drift.with_, drift.noisy)
    measures = [d.farthest for d in sides[:2]] + [None if d is None else d.per_step for d in sides]
    rows = [Row((layer, *(None if m is None else float(m[layer - 1]) for m in measures))) for layer in shown]
    columns = _columns("layer", "far_without", "far_with", "step_without", "step_with", "step_noisy")
    return Table(phrase("table.layers", rate=result.shift.learning_rate), columns, rows)


def worked(example: WorkedExample) -> Table:
    """Return the batch from x to output, and the output at inference."""
    lines = {
        "x": example.x,
        "normalised": example.normalised,
        "output": example.output,
        "at_inference": example.at_inference,
    }
    title = phrase(
        "table.worked",
        mean=example.mean,
        var=example.var,
        gamma=example.gamma,
        beta=example.beta,
        running_mean=example.running_mean,
        running_var=example.running_var,
    )
    columns = [Column(phrase("column.worked"))]
    columns += [Column(phrase("column.sample", i=i + 1), optional=i > 2) for i in range(len(example.x))]
    rows = [Row(((phrase(f"row.{name}"),), *map(float, values))) for name, values in lines.items()]
    return Table(title, columns, rows)


def variations(result: Result) -> Table:
    """Return each way of training at its best rate."""
    sweeps: list[tuple[Phrase, Sweep]] = [
        (phrase(f"row.{placement}"), sweep) for placement, sweep in result.placement.items()
    ]
    if result.noisy is not None:
        sweeps.append((phrase("row.noisy", strength=result.noisy.strength), result.noisy.sweep))
    others = (other for other in result.batch_size if other.without is not result.without)
    sweeps += [(phrase("row.batch_size", size=other.size), other.with_) for other in others]
    columns = _columns("network", "best_loss", "accuracy", "best_rate", "largest_rate", "steps")
    return Table(phrase("table.variations"), columns, [Row(((name,), *_best(s))) for name, s in sweeps])


def _best(sweep: Sweep) -> Sequence[Cell]:
    if sweep.best is None:
        return phrase("diverged"), None, None, None, None
    loss, accuracy = float(sweep.final_loss[sweep.best]), float(sweep.test_accuracy[sweep.best])
    return loss, accuracy, sweep.best_rate, sweep.largest_rate, sweep.fewest_steps


def _columns(*names: str) -> list[Column]:
    optional = ("accuracy_without", "accuracy_with", "accuracy", "best_rate", "step_with", "steps")
    return [Column(phrase(f"column.{name}"), name in optional) for name in names]
