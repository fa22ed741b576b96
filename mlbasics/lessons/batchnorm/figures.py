"""What the screen of batch normalization shows: the dial, the look, and what stands behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from mlbasics.data.origin import told
from mlbasics.kit import (
    Block,
    Cell,
    Column,
    Dial,
    Frame,
    Look,
    Panels,
    Phrase,
    Plot,
    Regions,
    Role,
    Rough,
    Row,
    Series,
    Share,
    Table,
    band,
    line,
    phrase,
    points,
    suggest,
)
from mlbasics.lessons.batchnorm import SUGGESTIONS
from mlbasics.lessons.batchnorm.claims import DEEP, ONE_VALUE, collapsed
from mlbasics.lessons.batchnorm.experiment import Plane, Result
from mlbasics.numerics import Array, Integers
from mlbasics.numerics.activation_statistics import Drift
from mlbasics.numerics.sweeps import Sweep

if TYPE_CHECKING:
    from mlbasics.lessons.batchnorm import Params

ABREAST = 18  # columns in which regions can still be told apart
CLASSES: tuple[Role, ...] = ("class1", "class2", "class3", "class4")  # in none of the colors of the sides
BESIDE = 10  # % over and under all that is shown: room for names
LEAST = 10  # % that a histogram shows at least
HALF = 36  # columns of a histogram beside another
BLOCKS = "▁▂▃▄▅▆▇█"
ARROWS = 5  # every fifth point beyond the top gets one
BEYOND = 1e6


class Side(NamedTuple):
    """The networks without batch norm, or with it."""

    name: str
    role: Role
    sweep: Sweep


def sides(params: Params, result: Result) -> list[Side]:
    """Return what is compared; without batch norm alone where there is none."""
    both = [Side("without", "high", result.without), Side("with", "low", result.with_)]
    return both[:1] if params.placement == "none" else both


def dial(params: Params, result: Result) -> Dial:
    """Return the dial: the steps at which the networks were tested, at first the last."""
    steps = [*result.watched, result.steps]
    return Dial(phrase("dial.step"), steps, len(steps) - 1, partial(frame, params, result))


def frame(params: Params, result: Result, step: float) -> Frame:
    """Show what a network makes of the plane after so many steps, and how many points are right at each rate.

    Where the points are not of a plane, the latter alone.
    """
    moment, rate = [*result.watched, result.steps].index(int(step)), result.shift.learning_rate
    at = result.learning_rates.index(rate)
    shares = {side.name: Share(middle(result, side.sweep, moment)[at]) for side in sides(params, result)}
    key = "caption.step" if "with" in shares else "caption.step.none"
    caption = phrase(key, step=int(step), steps=result.steps, rate=rate, **shares)
    measures = [(phrase(f"measure.{name}"), share) for name, share in shares.items()]
    by_rate, plane = accuracies(sides(params, result), result, moment), result.plane
    if plane is None:
        return Frame([by_rate], caption, measures)
    classes = (plane.without[moment], plane.with_[moment])
    regions = [
        region(phrase(f"plot.regions.{name}", right=share, rate=rate), plane, side)
        for (name, share), side in zip(shares.items(), classes, strict=False)
    ]
    return Frame([Panels([*regions, by_rate], ABREAST)], caption, measures)


def region(title: Phrase, plane: Plane, classes: Integers) -> Plot:
    """Return which class each place is put into, under test points in the colors of their own."""
    (left, low), (far, high) = plane.corners.tolist()
    labels, roles = [phrase("series.class", name=name) for name in plane.names], CLASSES[: len(plane.names)]
    of = [plane.points[plane.labels == i].T.tolist() for i in range(len(labels))]
    return Plot(
        id="regions",
        title=title,
        series=[Series(label, role, "dots", *xy) for label, role, xy in zip(labels, roles, of, strict=True)],
        x_range=(left, far),
        y_range=(low, high),
        x_names=("",),
        y_measured=False,
        regions=Regions(labels, roles, classes.tolist()),
    )


def _each(result: Result, sweep: Sweep, moment: int) -> Array:
    """Return every network's accuracy at a moment, (R, networks); where it has diverged, guessing's."""
    if moment == len(result.watched):
        return np.where(np.isnan(sweep.accuracies), result.guessing_accuracy, sweep.accuracies)
    return sweep.on_the_way[moment]


def middle(result: Result, sweep: Sweep, moment: int) -> Array:
    """Return that of the network at each rate, (R,), that is the middle one at the end."""
    each = _each(result, sweep, moment)
    if moment == len(result.watched):
        return each[:, each.shape[1] // 2]
    middle: Array = each[np.arange(len(each)), sweep.typical]
    return middle


def accuracies(compared: Sequence[Side], result: Result, moment: int) -> Plot:
    """Return the middle network's share at each rate, and those of all; crosses where it diverged."""
    rates, guessing = np.array(result.learning_rates), 100 * result.guessing_accuracy
    series, crosses, least = [], 0, guessing
    for name, role, sweep in compared:
        label = phrase(f"series.{name}" if result.plane is None else f"series.{name}.beside")
        each, right = 100 * _each(result, sweep, moment), 100 * middle(result, sweep, moment)
        lost = np.array(sweep.diverged) & (moment == len(result.watched))
        crosses += lost.sum()
        series += [
            band(label, role, rates, each.min(axis=1), each.max(axis=1)),
            replace(line(label, role, rates, right), kind="both"),
            points(label, role, rates[lost], right[lost], shape="cross"),
        ]
        least = min(least, *(100 * _each(result, sweep, m).min() for m in range(len(result.watched) + 1)))
    ends = rates[0].item() / 1.5, rates[-1].item() * 1.5
    return Plot(
        id="accuracies",
        title=phrase("plot.accuracies.lost" if crosses else "plot.accuracies"),
        series=[*series, line("guessing", "floor", ends, [guessing] * 2)],
        x_range=ends,
        y_range=(max(0, float(least) - BESIDE), 100 + BESIDE),
        log_x=True,
        x_name=phrase("axis.rate"),
    )


def look(params: Params, result: Result) -> Look:
    """Show at which rates networks learn, with batch norm and without, and how a layer's input drifts."""
    fitting = [s for s in SUGGESTIONS if result.origin is None or "dataset" not in s.options]
    return Look(
        scene=_scene(params, result),
        heroes=[*dial(params, result).look.heroes, _entering(params, result)],
        table=_drift(params, result),
        suggestions=suggest(fitting, params),
    )


def _scene(params: Params, result: Result) -> Phrase:
    pair = ".pair" if result.batch == 2 and params.placement == "before" else ""
    placement = phrase(f"scene.{params.placement}{pair}", batch=result.batch)
    best = result.without.best
    shallow = params.placement != "none" and params.layers < DEEP and result.without.largest_rate is not None
    return phrase(
        "scene.shallow" if shallow else "scene",
        layers=params.layers,
        dataset=_dataset(params, result),
        steps=result.steps,
        placement=placement,
        right=Share(result.without.test_accuracy[best]) if shallow else None,
    )


def _dataset(params: Params, result: Result) -> Phrase:
    if result.origin is None:
        return phrase(f"dataset.{params.dataset}")
    return phrase("dataset.own", y=result.origin.y, classes=result.classes, rows=told(result.origin))


def _entering(params: Params, result: Result) -> Panels:
    """Return histograms of what enters a neuron of the last layer: at first outlined, at last filled."""
    shift, x = result.shift, np.repeat(result.shift.edges, 2)
    shares = [100 * shift.without, 100 * shift.with_]
    top = 1.5 * np.nanmax(np.append(shares[-1], LEAST))  # all points alike are one bar, cut there
    alike = collapsed(result)
    plots = []
    for (name, role, _), (first, *_, last) in zip(sides(params, result), shares, strict=False):
        bars = last.tolist() if np.isfinite(last).all() else []
        end = Series(phrase("series.end"), role, "bars", shift.edges.tolist(), bars)
        plots.append(
            Plot(
                id="entering",
                title=phrase(f"plot.entering.{name}", layer=shift.layer),
                axes=phrase("plot.entering.alike" if alike and name == "without" else "plot.entering.axes"),
                series=[end, line("start", "plain", x, np.r_[0, np.repeat(first, 2), 0])],
                x_range=(float(shift.edges[0]), float(shift.edges[-1])),
                y_range=(0, float(top)),
                height=11,
            )
        )
    return Panels(plots, HALF, share_x=True, share_y=True)


def _drift(params: Params, result: Result) -> Table:
    """Return histograms of one row at the first and last step, and how far the layer's inputs moved."""
    shift = result.shift
    columns = [
        Column("input", phrase("column.input", layer=shift.layer), words=True),
        Column("first", phrase("column.step", step=0), words=True, drawn=True, optional=True),
        Column("last", phrase("column.step", step=result.steps), words=True, drawn=True),
        Column("moved", words=True),
    ]
    of = zip((shift.without, shift.with_), (shift.by_layer.without, shift.by_layer.with_), strict=True)
    rows = [
        Row((phrase(f"series.{side.name}"), _small(shares[0]), _small(shares[-1]), _moved(drift, shares[-1])))
        for side, (shares, drift) in zip(sides(params, result), of, strict=False)
    ]
    return Table("drift", columns, rows)


def _moved(drift: Drift, shares: Array) -> Cell:
    """Return how far the last layer's inputs moved, where they are numbers and not all alike."""
    if not np.isfinite(shares).all():
        return phrase("diverged")
    if not drift.spread[-1] >= ONE_VALUE:
        return phrase("alike")
    return phrase("moved", spreads=Rough(float(drift.farthest[-1])))


def _small(shares: Array) -> Cell:
    """Return a histogram of one row of characters."""
    if not np.isfinite(shares).all():
        return phrase("diverged")
    return "".join(BLOCKS[i] for i in np.ceil((len(BLOCKS) - 1) * (shares / shares.max())).astype(int))


def more(params: Params, result: Result) -> list[Block]:
    """Show the losses, the rates and the layers."""
    setup = phrase(
        "setup",
        layers=params.layers,
        units=params.units,
        activation=params.activation,
        networks=params.networks,
        placement=phrase(f"placement.{params.placement}"),
    )
    return [setup, _losses(params, result), _by_rate(result), _by_layer(result), phrase("disputed")]


def _losses(params: Params, result: Result) -> Plot:
    """Return the losses at each one's best rate, and arrows where one is beyond the top or no number."""
    steps, top = np.array(result.step), 1.5 * result.guessing
    series = [line("guessing", "floor", [0, result.step[-1]], [result.guessing] * 2)]
    for name, role, sweep in sides(params, result):
        curve = sweep.loss_curve[sweep.best or 0]
        beyond = steps[~(curve <= top)][::ARROWS]
        series += [
            points(name, role, beyond, np.full(len(beyond), BEYOND)),
            line(name, role, steps, np.where(np.isfinite(curve), curve, np.nan)),
        ]
    best = {side.name: side.sweep.best_rate for side in sides(params, result)}
    axes = phrase("plot.losses.axes", **best) if "with" in best else None
    x_range = (0, max(1, result.step[-1]))
    return Plot("losses", series, x_range, (0, top), axes=axes, whole_x=True, height=12)


def _by_rate(result: Result) -> Table:
    """Return loss and accuracy at every rate."""
    bests = (result.without.best_rate, result.with_.best_rate)
    rows = [
        Row((rate, *_at(result.without, i), *_at(result.with_, i)), "best" if rate in bests else "plain")
        for i, rate in enumerate(result.learning_rates)
    ]
    names = ("rate", "loss_without", "accuracy_without", "loss_with", "accuracy_with")
    return Table("rates", [Column(name, optional=name.startswith("accuracy")) for name in names], rows)


def _at(sweep: Sweep, i: int) -> tuple[Cell, Cell]:
    if sweep.diverged[i]:
        return phrase("diverged"), None
    return float(sweep.final_loss[i]), float(sweep.test_accuracy[i])


def _by_layer(result: Result) -> Table:
    """Return how far the inputs moved in the first, the middle and the last layers."""
    drifts, last = result.shift.by_layer, result.shift.layer
    sides = (drifts.without, drifts.with_)
    measures = [d.farthest.tolist() for d in sides] + [d.per_step.tolist() for d in sides]
    measures.append([None] * last if drifts.noisy is None else drifts.noisy.per_step.tolist())
    layers = sorted({1, (last + 1) // 2, last})
    rows = [Row((layer, *(measure[layer - 1] for measure in measures))) for layer in layers]
    names = ("layer", "far_without", "far_with", "step_without", "step_with", "step_noisy")
    columns = [Column(name, optional=name == "step_with") for name in names]
    return Table("layers", columns, rows, phrase("table.layers", rate=result.shift.learning_rate)).known
