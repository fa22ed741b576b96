"""What regularization shows: the wild curve tamed, weights as bars, and what happens by λ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from mlbasics.data.origin import told
from mlbasics.kit import (
    Block,
    Dial,
    Frame,
    Look,
    Panels,
    Phrase,
    Plot,
    Role,
    Rough,
    Series,
    Share,
    Suggestion,
    line,
    phrase,
    points,
    span,
    suggest,
)
from mlbasics.kit.formula import read
from mlbasics.kit.targets import TARGETS
from mlbasics.lessons.regularization import SUGGESTIONS, planes, tables
from mlbasics.lessons.regularization.experiment import CURVE, OPTIMUM, Result
from mlbasics.numerics import Array, Booleans, lasso
from mlbasics.numerics.paths import Chosen, Path

if TYPE_CHECKING:
    from mlbasics.lessons.regularization import Params

MANY = 40  # weights up to which each has a bar
ABREAST = 22  # columns in which curve, diamond and disk can still be read side by side
NARROWEST = 36  # columns in which a path can still be read
EVERY = 5  # of the λ that were fitted, so many apart are positions of the dial
GRID = np.linspace(0, 1, 161)
REACH = 3  # times λ: the weights up to which shrinkage is drawn
NAMELESS = phrase("series.nameless")

Penalty = tuple[str, Path, Chosen]
"""Its name, its path, and what was chosen from it."""


def look(params: Params, result: Result) -> Look:
    """Show diamond and disk beside what a penalty does; with room, all weights."""
    drawn, tried, scene = frame(params, result, result.lam), list(SUGGESTIONS), phrase("scene")
    if result.origin is not None:
        stronger = Suggestion({"lam": float(f"{10 * result.lam_by_cv:.1g}")}, phrase("try.lam.own"))
        folds = Suggestion({"folds": 10}, phrase("try.folds"))
        tried = [*([stronger, folds] if result.ridge.coef.any() else []), SUGGESTIONS[1]]
        scene = phrase("scene.own", table=setup(params, result))
    return Look(
        scene=scene,
        heroes=[*drawn.heroes, bars(result)],
        table=tables.errors(params, result),
        suggestions=suggest(tried, params),
    )


def setup(params: Params, result: Result) -> Phrase:
    """Say how many points of how many features there are."""
    if result.origin is not None:
        rows = told(result.origin)
        return phrase("setup.own", y=result.origin.y, features=len(result.features), rows=rows)
    values = {"n_train": params.n_train, "noise": params.noise, "informative": int(result.marked.sum())}
    return phrase("setup", features=len(result.features), **values)


def dial(params: Params, result: Result) -> Dial:
    """Return the dial: λ as it grows, from none to so much that all is flat; at first the one drawn."""
    fitted = (result.calming if result.origin is None else result.lasso).lambdas
    lambdas = sorted({*fitted[::-EVERY].tolist(), result.lam})
    at = lambdas.index(result.lam)
    return Dial(phrase("dial.lam"), lambdas, at, partial(frame, params, result), "lam")


def frame(params: Params, result: Result, lam: float) -> Frame:
    """Show diamond and disk, why L1 gives zeros, beside the curve of a λ, or on own rows the lasso's weights.

    The shapes have λ of their own, as their budget has it; turned, they shrink by the same factor.
    """
    plane = result.geometry if lam == result.lam else result.geometry.at(lam / result.lam)
    pair = planes.diamond_and_disk(plane, params.budget)
    if result.origin is not None:
        path, pick = result.lasso, result.shown["l1"]
        at = int(np.abs(path.lambdas - lam).argmin())
        zeros = pick.zeros if lam == pick.lam else int((path.coef[at] == 0).sum())
        error = Rough(pick.cv_mse if lam == pick.lam else path.cv_mse[at])
        caption = phrase("caption.own", lam=Rough(lam), zeros=zeros, features=len(result.features), cv=error)
        plot = _path(("l1", path, result.chosen.lasso), result, lam)
        lines = [replace(one, explained=True) for one in plot.series]
        plot = replace(plot, title=phrase("plot.weights.own"), axes=None, series=lines)
        measures = [(phrase("measure.zeros"), float(zeros)), (phrase("measure.cv"), error)]
        return Frame([Panels([*pair, plot], ABREAST)], caption, measures)
    found = result.calming
    place = int(np.flatnonzero(found.lambdas == lam)[0])
    seen = Rough(np.square(found.curve(found.x, place) - found.y).mean())
    new = Rough(found.test_mse[place])
    caption = phrase("caption.lam", lam=Rough(lam), train=seen, test=new)
    measures = [(phrase("measure.seen"), seen), (phrase("measure.new"), new)]
    return Frame([Panels([*pair, curve(result, place)], ABREAST)], caption, measures)


def more(params: Params, result: Result) -> list[Block]:
    """Show what is minimized, every weight and fit by λ, and the planes' numbers."""
    ellipses = {"angle": params.angle, "eccentricity": params.eccentricity, "t": params.budget}
    on_axes = {"l1": Share(result.odds.l1_on_axis), "l2": Share(result.odds.l2_on_axis)}
    return [
        setup(params, result),
        phrase("objective"),
        paths(result),
        tables.weights(result),
        errors(result),
        phrase("setup.geometry", w1=OPTIMUM[0], w2=OPTIMUM[1], **ellipses),
        phrase("odds", problems=result.odds.problems, **on_axes),
        phrase("not-the-algorithm"),
        shrinkage(1.0 if params.lam is None else params.lam),
    ]


def curve(result: Result, place: int) -> Plot:
    """Return the points, the curve without a penalty as a ghost, that of the λ at a place, and the truth."""
    found = result.calming
    label = phrase("series.calmed", lam=Rough(found.lambdas[place]))
    return Plot(
        id="curve",
        series=[
            replace(line("truth", "truth", GRID, read(TARGETS[CURVE])(GRID)), explained=True),
            line("wild", "plain", GRID, found.curve(GRID, -1)),
            line(label, "low", GRID, found.curve(GRID, place)),
            points(NAMELESS, "data", found.x, found.y),
        ],
        x_range=(0.0, 1.0),
        y_range=span(found.y, 0.4),
    )


def bars(result: Result) -> Panels:
    """Return the weights without a penalty, with L2 and with L1, a bar each; zeros are dots."""
    fits, shown = result.shown, tables.worth(result, MANY, MANY // 2)
    unit = 1 if result.origin is None else result.feature_sd  # own columns differ in their units
    sizes = {name: (pick.coef * unit)[shown] for name, pick in fits.items()}
    truth = None if result.true_coef is None else np.where(result.marked, result.true_coef, np.nan)[shown]
    room = span([*np.concatenate([*sizes.values()]), *([] if truth is None else truth)], 0.05)
    return Panels(
        [
            Plot(
                id="bars",
                title=phrase(f"plot.bars.{name}"),
                axes=phrase("plot.bars.axes", zeros=pick.zeros),
                series=_bars(sizes[name], tables.ROLES[name], result.marked[shown], truth),
                x_range=(-0.5, len(shown) - 0.5),
                y_range=room,
                x_names=[str(j + 1) for j in shown],
                height=12,
            )
            for name, pick in fits.items()
        ],
        24,
    )


def _bars(w: Array, role: Role, marked: Booleans, truth: Array | None) -> list[Series]:
    """Return bars of the weights, a dot where one is zero, and the true ones of those that are marked."""
    places = np.arange(float(len(w)))
    found = [
        Series(NAMELESS, role if matters else "other", "bars", [at - 0.5, at + 0.5], [size])
        for at, size, matters in zip(places, w.tolist(), marked.tolist(), strict=True)
    ]
    zeros = points("zeros", "plain", places[w == 0], w[w == 0], "dot")
    return [*found, zeros, *([] if truth is None else [points("true", "wrong", places, truth)])]


def penalties(result: Result) -> list[Penalty]:
    """Return both penalties."""
    chosen = result.chosen
    return [("l1", result.lasso, chosen.lasso), ("l2", result.ridge, chosen.ridge)]


def paths(result: Result) -> Panels:
    """Return the weights by λ."""
    return Panels([_path(one, result, one[2].lam) for one in penalties(result)], NARROWEST, share_y=True)


def _path(penalty: Penalty, result: Result, lam: float) -> Plot:
    """Return the weights of one penalty by λ, with one λ marked."""
    of, path, chosen = penalty
    own = "" if result.origin is None else "own."
    unit = 1 if result.origin is None else result.feature_sd  # own columns differ in their units
    by_feature = (path.coef * unit).T
    lines = [line(f"{own}other", "faint", path.lambdas, w) for w in by_feature[~result.marked]]
    lines += [line(f"{own}informative", tables.ROLES[of], path.lambdas, w) for w in by_feature[result.marked]]
    axes = phrase("plot.weights.axes", kept=len(chosen.coef) - chosen.zeros, features=len(chosen.coef))
    reach = 1.05 * max(float(np.abs(by_feature).max()), 1e-9)
    plot = _by_lambda("weights", axes, penalty, lines, (-reach, reach), lam)
    return replace(plot, log_y=False, height=18)  # weights are of both signs


def errors(result: Result) -> Panels:
    """Return the errors by λ."""
    shown = penalties(result)
    room = _room([e for _, path, _ in shown for e in (path.train_mse, path.cv_mse, path.test_mse)])
    plots = []
    for penalty in shown:
        _, path, chosen = penalty
        lines = [line("train", "train", path.lambdas, path.train_mse)]
        lines.append(line("cv", "cv", path.lambdas, path.cv_mse))
        axes = phrase("plot.errors.own.axes", cv=chosen.cv_mse)
        if result.origin is None:
            lines.append(line("test", "test", path.lambdas, path.test_mse))
            axes = phrase("plot.errors.axes", test=chosen.test_mse)
        plots.append(_by_lambda("errors", axes, penalty, lines, room, chosen.lam))
    return Panels(plots, NARROWEST)


def shrinkage(lam: float) -> Plot:
    """Return a weight with a penalty against the weight without, where columns are uncorrelated."""
    reach = max(REACH * lam, 1.5 * (1 + lam))
    z = np.linspace(-reach, reach, 201)
    return Plot(
        id="shrinkage",
        axes=phrase("plot.shrinkage.axes", lam=lam),
        series=[
            line("unchanged", "truth", z, z),
            line("proportional", "low", z, z / (1 + lam)),
            line("soft", "high", z, lasso.soft_threshold(z, lam)),
        ],
        x_range=(-reach, reach),
        y_range=(-reach, reach),
        height=18,
    )


def _by_lambda(
    name: str, axes: Phrase, penalty: Penalty, lines: Sequence[Series], room: tuple[float, float], lam: float
) -> Plot:
    """Return a plot against λ with one marked."""
    of, path, _ = penalty
    return Plot(
        id=name,
        title=phrase(f"plot.{name}", penalty=phrase(f"penalty.{of}")),
        axes=axes,
        series=[line("pick", "floor", [lam] * 2, room), *lines],
        x_range=(float(path.lambdas[-1]), float(path.lambdas[0])),
        y_range=room,
        log_x=True,
        log_y=True,
        height=13,
    )


def _room(curves: Sequence[Array]) -> tuple[float, float]:
    """Return a range of at most 2.5 powers of ten in which the curves are seen, the largest whole."""
    low, high = span((np.log10(e) for curve in curves for e in curve if e > 0), 0.05)  # NaN is not
    return float(10 ** max(low, high - 2.5)), float(10**high)
