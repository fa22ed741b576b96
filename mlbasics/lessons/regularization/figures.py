"""The figures of data: the wild curve calmed, weights as bars, and what happens by λ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from mlbasics.kit import Panels, Phrase, Plot, Role, Rough, Series, phrase, span
from mlbasics.kit.formula import read
from mlbasics.kit.targets import TARGETS
from mlbasics.lessons.regularization.simulate import CURVE, Result, VarianceByLambda
from mlbasics.lessons.regularization.tables import worth
from mlbasics.numerics import Array, Booleans, lasso
from mlbasics.numerics.paths import Chosen, Path
from mlbasics.numerics.penalties import Shrinkage

if TYPE_CHECKING:
    from mlbasics.lessons.regularization import Params

MANY = 40  # weights up to which each has a bar
NARROWEST = 36  # columns in which a path can still be read
GRID = np.linspace(0, 1, 161)
ROLES: dict[str, Role] = {
    "wild": "other", "truth": "truth",
    "other": "faint", "informative": "best", "own.other": "faint", "own.informative": "best",
    "train": "train", "cv": "cv", "test": "test", "pick": "floor", "bias2": "low", "variance": "high",
    "sum": "best", "unchanged": "truth", "proportional": "low", "soft": "high",
    "true": "wrong", "zeros": "plain",
}  # fmt: skip

Penalty = tuple[str, Path, Chosen]
"""Its name, its path, and what was chosen from it."""


def curve(result: Result, place: int) -> Plot:
    """Return the points, the curve without a penalty as a ghost, that of the λ at a place, and the truth."""
    found = result.calming
    label = phrase("series.calmed", lam=Rough(found.lambdas[place]))
    return Plot(
        id="curve",
        series=[
            _series("wild", GRID, found.curve(GRID, -1)),
            Series(label, "best", "line", GRID.tolist(), found.curve(GRID, place).tolist()),
            Series(phrase("series.nameless"), "data", "points", found.x.tolist(), found.y.tolist()),
            _series("truth", GRID, read(TARGETS[CURVE])(GRID)),
        ],
        x_range=(0.0, 1.0),
        y_range=span(found.y, 0.4),
    )


def weights(result: Result) -> Panels:
    """Return the weights without a penalty, with L2 and with L1, a bar each; zeros are dots."""
    chosen, shown = result.chosen, worth(result, MANY, MANY // 2)
    fits = {"none": result.unpenalised, "l2": chosen.ridge, "l1": chosen.lasso}
    unit = 1 if result.origin is None else result.feature_sd  # own columns differ in their units
    sizes = {name: (pick.coef * unit)[shown] for name, pick in fits.items()}
    truth = None if result.true_coef is None else np.where(result.marked, result.true_coef, np.nan)[shown]
    room = span([*np.concatenate([*sizes.values()]), *([] if truth is None else truth)], 0.05)
    zeros = {name: pick.zeros for name, pick in fits.items()}
    bars = {name: _bars(w, result.marked[shown], truth) for name, w in sizes.items()}
    return Panels(
        [
            Plot(
                id="bars",
                title=phrase(f"plot.bars.{name}"),
                axes=phrase("plot.bars.axes", zeros=zeros[name]),
                series=series,
                x_range=(-0.5, len(shown) - 0.5),
                y_range=room,
                x_names=[str(j + 1) for j in shown],
                height=12,
            )
            for name, series in bars.items()
        ],
        24,
    )


def _bars(w: Array, marked: Booleans, truth: Array | None) -> list[Series]:
    """Return bars of the weights, a dot where one is zero, and the true ones of those that are marked."""
    places, nameless = np.arange(float(len(w))), phrase("series.nameless")
    bars = [
        Series(nameless, "best" if matters else "other", "bars", [at - 0.5, at + 0.5], [size])
        for at, size, matters in zip(places, w.tolist(), marked.tolist(), strict=True)
    ]
    zeros = replace(_series("zeros", places[w == 0], w[w == 0], "points"), shape="dot")
    return [*bars, zeros, *([] if truth is None else [_series("true", places, truth, "points")])]


def penalties(params: Params, result: Result) -> list[Penalty]:
    """Return the penalties that are asked for."""
    chosen = result.chosen
    found: list[Penalty] = [("l1", result.lasso, chosen.lasso), ("l2", result.ridge, chosen.ridge)]
    if result.elastic is not None and chosen.elastic is not None:
        found.insert(1, ("elastic", result.elastic, chosen.elastic))
    return [p for p in found if params.penalty in (p[0], "both", "elastic")]


def paths(params: Params, result: Result) -> Panels:
    """Return the weights by λ."""
    shown = penalties(params, result)
    unit = 1 if result.origin is None else result.feature_sd  # own columns differ in their units
    reach = 1.05 * max(*(float(np.abs(path.coef * unit).max()) for _, path, _ in shown), 1e-9)
    return Panels([_path(p, result, unit, (-reach, reach)) for p in shown], NARROWEST)


def _path(penalty: Penalty, result: Result, unit: Array | float, room: tuple[float, float]) -> Plot:
    _, path, chosen = penalty
    by_feature, own = (path.coef * unit).T, "own." if result.origin is not None else ""
    lines = [_series(f"{own}other", path.lambdas, w) for w in by_feature[~result.marked]]
    lines += [_series(f"{own}informative", path.lambdas, w) for w in by_feature[result.marked]]
    axes = phrase("plot.weights.axes", kept=len(chosen.coef) - chosen.zeros, features=len(chosen.coef))
    return _plot("weights", axes, penalty, lines, room)


def errors(params: Params, result: Result) -> Panels:
    """Return the errors by λ."""
    shown = penalties(params, result)
    room = _room([e for _, path, _ in shown for e in (path.train_mse, path.cv_mse, path.test_mse)])
    return Panels([_errors(p, room) for p in shown], NARROWEST)


def _errors(penalty: Penalty, room: tuple[float, float]) -> Plot:
    _, path, chosen = penalty
    lines = [_series("train", path.lambdas, path.train_mse), _series("cv", path.lambdas, path.cv_mse)]
    axes = phrase("plot.errors.own.axes", cv=chosen.cv_mse)
    if not np.isnan(path.test_mse).all():
        lines.append(_series("test", path.lambdas, path.test_mse))
        axes = phrase("plot.errors.axes", test=chosen.test_mse)
    return _plot("errors", axes, penalty, lines, room)


def terms(params: Params, result: Result, by_lambda: VarianceByLambda) -> Panels:
    """Return bias² and variance by λ."""
    spreads = {"l1": (by_lambda.lambdas, by_lambda.lasso), "l2": (by_lambda.ridge_lambdas, by_lambda.ridge)}
    shown = [p for p in penalties(params, result) if p[0] in spreads]
    room = _room([t for name, *_ in shown for s in spreads[name][1:] for t in (s.bias2, s.variance, s.total)])
    plots = []
    for p in shown:
        x, spread = spreads[p[0]]
        values = {"bias2": spread.bias2, "variance": spread.variance, "sum": spread.total}
        lines = [_series(key, x, value) for key, value in values.items()]
        plots.append(_plot("terms", phrase("plot.terms.axes"), p, lines, room))
    return Panels(plots, NARROWEST)


def shrinkage(found: Shrinkage) -> Plot:
    """Return the weight with a penalty against the weight without: closed forms, and the solvers' points."""
    lam, reach = found.lam, 1.05 * float(np.abs(found.z).max())
    z = np.linspace(-reach, reach, 201)
    return Plot(
        id="shrinkage",
        axes=phrase("plot.shrinkage.axes"),
        series=[
            _series("unchanged", z, z),
            _series("proportional", z, z / (1 + lam)),
            _series("soft", z, lasso.soft_threshold(z, lam)),
        ],
        x_range=(-reach, reach),
        y_range=(-reach, reach),
        height=24,
    )


def _series(name: str, x: Array, y: Array, kind: Literal["line", "points"] = "line") -> Series:
    return Series(phrase(f"series.{name}"), ROLES[name], kind, x.tolist(), y.tolist())


def _plot(name: str, axes: Phrase, penalty: Penalty, lines: list[Series], room: tuple[float, float]) -> Plot:
    """Return a plot against λ with the chosen one marked."""
    of, path, chosen = penalty
    pick = _series("pick", np.full(2, chosen.lam), np.array(room))
    return Plot(
        id=name,
        title=phrase(f"plot.{name}", penalty=phrase(f"penalty.{of}")),
        axes=axes,
        series=[pick, *lines],
        x_range=(float(path.lambdas[-1]), float(path.lambdas[0])),
        y_range=room,
        log_x=True,
        log_y=name != "weights",  # which are of both signs
        height=18 if name == "weights" else 13,
    )


def _room(curves: Sequence[Array]) -> tuple[float, float]:
    """Return a range of at most 2.5 powers of ten in which the curves are seen, the largest whole."""
    low, high = span((np.log10(e) for curve in curves for e in curve if e > 0), 0.05)  # NaN is not
    return float(10 ** max(low, high - 2.5)), float(10**high)
