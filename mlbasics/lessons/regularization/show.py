"""What the screen of regularization shows: paths by λ, bias and variance by λ, a plane, or one weight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from mlbasics.data.origin import told
from mlbasics.kit import Block, Panels, Phrase, Plot, Role, Series, Story, Suggestion, phrase, span, suggest
from mlbasics.lessons.regularization import tables
from mlbasics.lessons.regularization.simulate import Result
from mlbasics.numerics import Array, lasso, two_weights
from mlbasics.numerics.paths import Chosen, Path

if TYPE_CHECKING:
    from mlbasics.lessons.regularization import Params

NARROWEST = 36  # columns in which a path or a plane can still be read
LEVELS = (0.15, 0.5, 1.0)  # of the loss at the touching point: the contours drawn
FARTHEST = 2.0  # times the budget or the optimum: what is shown of a long contour
ENDS = np.array([-1.0, 1.0])  # of an axis
ROLES: dict[str, Role] = {
    "other": "faint", "informative": "best", "own.other": "faint", "own.informative": "best",
    "train": "train", "cv": "cv", "test": "test", "pick": "floor", "bias2": "low", "variance": "high",
    "sum": "best", "t_l1": "high", "t_l2": "low", "t": "best",
    "zero": "other", "contour": "data", "border": "high", "optimum": "data", "touching": "best",
    "unchanged": "truth", "proportional": "low", "soft": "high", "l1": "high", "l2": "low",
}  # fmt: skip

SUGGESTIONS = (
    Suggestion({"view": "geometry"}, phrase("try.geometry")),
    Suggestion({"view": "shrinkage"}, phrase("try.shrinkage")),
    Suggestion({"view": "variance"}, phrase("try.variance")),
    Suggestion({"penalty": "elastic"}, phrase("try.elastic")),
    Suggestion({"folds": 5}, phrase("try.folds")),
)
TURNED = Suggestion({"view": "geometry", "angle": 75}, phrase("try.angle"))


def show(params: Params, result: Result) -> Story:
    """Show the view that is asked for."""
    view = {"paths": _paths, "variance": _variance, "geometry": _geometry, "shrinkage": _shrinkage}
    suggestions = (TURNED, *SUGGESTIONS) if params.view == "geometry" else SUGGESTIONS
    fitting = [s for s in suggestions if result.origin is None or s.options.get("view") != "variance"]
    return Story(_setup(params, result), view[params.view](params, result), suggest(fitting, params))


def _setup(params: Params, result: Result) -> Phrase:
    features, plane, shrinkage = len(result.features), result.geometry, result.shrinkage
    if params.view == "shrinkage":
        return phrase("setup.shrinkage", lam=shrinkage.lam, weights=len(shrinkage.z))
    if params.view == "geometry":
        values = {"angle": params.angle, "eccentricity": params.eccentricity, "t": plane.t}
        return phrase("setup.geometry", w1=float(plane.optimum[0]), w2=float(plane.optimum[1]), **values)
    if result.origin is not None:
        return phrase("setup.own", y=result.origin.y, features=features, rows=told(result.origin))
    values = {"n_train": params.n_train, "noise": params.noise}
    return phrase("setup", features=features, informative=int(result.marked.sum()), **values)


Penalty = tuple[str, Path, Chosen]
"""Its name, its path, and what was chosen from it."""


def _penalties(params: Params, result: Result) -> list[Penalty]:
    """Return the penalties that are asked for."""
    chosen = result.chosen
    penalties: list[Penalty] = [("l1", result.lasso, chosen.lasso), ("l2", result.ridge, chosen.ridge)]
    if result.elastic is not None and chosen.elastic is not None:
        penalties.insert(1, ("elastic", result.elastic, chosen.elastic))
    return [p for p in penalties if params.penalty in (p[0], "both", "elastic")]


def _paths(params: Params, result: Result) -> list[Block]:
    penalties = _penalties(params, result)
    unit = 1 if result.origin is None else result.feature_sd  # own columns differ in their units
    reach = 1.05 * max(*(float(np.abs(path.coef * unit).max()) for _, path, _ in penalties), 1e-9)
    room = _room([e for _, path, _ in penalties for e in (path.train_mse, path.cv_mse, path.test_mse)])
    return [
        phrase("objective"),
        Panels([_weights(p, result, unit, (-reach, reach)) for p in penalties], NARROWEST),
        tables.weights(result),
        Panels([_errors(p, room) for p in penalties], NARROWEST),
        tables.fits(params, result),
        tables.odds(result),
    ]


def _weights(penalty: Penalty, result: Result, unit: Array | float, room: tuple[float, float]) -> Plot:
    _, path, chosen = penalty
    by_feature, own = (path.coef * unit).T, "own." if result.origin is not None else ""
    lines = [_series(f"{own}other", path.lambdas, w) for w in by_feature[~result.marked]]
    lines += [_series(f"{own}informative", path.lambdas, w) for w in by_feature[result.marked]]
    axes = phrase("plot.weights.axes", kept=len(chosen.coef) - chosen.zeros, features=len(chosen.coef))
    return _plot("weights", axes, penalty, lines, room)


def _errors(penalty: Penalty, room: tuple[float, float]) -> Plot:
    _, path, chosen = penalty
    lines = [_series("train", path.lambdas, path.train_mse), _series("cv", path.lambdas, path.cv_mse)]
    axes = phrase("plot.errors.own.axes", cv=chosen.cv_mse)
    if not np.isnan(path.test_mse).all():
        lines.append(_series("test", path.lambdas, path.test_mse))
        axes = phrase("plot.errors.axes", test=chosen.test_mse)
    return _plot("errors", axes, penalty, lines, room)


def _variance(params: Params, result: Result) -> list[Block]:
    by_lambda = result.variance_by_lambda
    if by_lambda is None:
        return [phrase("objective"), phrase("because.own-data"), tables.fits(params, result)]
    measured = {"l1": by_lambda.lasso, "l2": by_lambda.ridge}
    x = {"l1": by_lambda.lambdas, "l2": by_lambda.ridge_lambdas}
    terms = {name: {"bias2": s.bias2, "variance": s.variance, "sum": s.total} for name, s in measured.items()}
    penalties = [p for p in _penalties(params, result) if p[0] in terms]
    room = _room([term for name, *_ in penalties for term in terms[name].values()])
    lines = {name: [_series(key, x[name], term) for key, term in terms[name].items()] for name in terms}
    plots = [_plot("terms", phrase("plot.terms.axes"), p, lines[p[0]], room) for p in penalties]
    return [phrase("objective"), Panels(plots, NARROWEST), tables.spreads(result.chosen, by_lambda)]


def _series(name: str, x: Array, y: Array, kind: Literal["line", "points"] = "line") -> Series:
    return Series(phrase(f"series.{name}"), ROLES[name], kind, x.tolist(), y.tolist())


def _plot(name: str, axes: Phrase, penalty: Penalty, lines: list[Series], room: tuple[float, float]) -> Plot:
    """Return a plot against λ with the chosen one marked."""
    of, path, chosen = penalty
    pick = _series("pick", np.full(2, chosen.lam), np.array(room))
    return Plot(
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


def _geometry(params: Params, result: Result) -> list[Block]:
    """Return the diamond and the disc with the contours that touch them, and t against λ."""
    found = result.geometry
    l1 = _plane("l1", found, two_weights.DIAMOND, found.l1_point)
    l2 = _plane("l2", found, two_weights.CIRCLE, found.l2_point)
    said = [tables.odds(result), phrase("not-the-algorithm")]
    return [Panels([l1, l2], NARROWEST, True, True), tables.touching(found), _budget(found), *said]


def _plane(name: str, found: two_weights.Plane, unit: Array, point: Array) -> Plot:
    border = found.t * unit
    contours = [two_weights.contour(found.hessian, found.optimum, point, level) for level in LEVELS]
    reach = FARTHEST * max(found.t, *found.optimum)
    seen = np.clip(np.hstack([border, contours[-1]]), -reach, reach)
    low, high, far = 1.05 * seen.min(axis=1), 1.05 * seen.max(axis=1), 10 * np.abs(seen).max() * ENDS
    return Plot(
        title=phrase(f"plot.touching.{name}", t=found.t),
        axes=phrase("plot.touching.axes"),
        series=[
            _series("zero", far, 0 * ENDS),
            _series("zero", 0 * ENDS, far),
            *(_series("contour", *contour) for contour in contours),
            _series("border", *border),
            _series("optimum", found.optimum[:1], found.optimum[1:], "points"),
            replace(_series("touching", point[:1], point[1:], "points"), shape="star"),
        ],
        x_range=(float(low[0]), float(high[0])),
        y_range=(float(low[1]), float(high[1])),
        equal_units=True,
        height=20,
    )


def _budget(found: two_weights.Plane) -> Plot:
    """Return t(λ) for both penalties: every budget is some λ."""
    return Plot(
        title=phrase("plot.budget"),
        axes=phrase("plot.budget.axes"),
        series=[
            _series("t_l1", found.lambdas, found.norm_l1),
            _series("t_l2", found.lambdas, found.norm_l2),
            _series("t", np.array([found.lam_l1, found.lam_l2]), np.full(2, found.t), "points"),
        ],
        x_range=(0.0, float(found.lambdas[-1])),
        y_range=(0.0, 1.05 * max(float(found.norm_l1.max()), found.t)),
        height=12,
    )


def _shrinkage(params: Params, result: Result) -> list[Block]:
    """Return the weight with a penalty against the weight without: closed forms, and the solvers' points."""
    found = result.shrinkage
    lam, reach = found.lam, 1.05 * float(np.abs(found.z).max())
    z = np.linspace(-reach, reach, 201)
    plot = Plot(
        title=phrase("plot.shrinkage"),
        axes=phrase("plot.shrinkage.axes"),
        series=[
            _series("unchanged", z, z),
            _series("proportional", z, z / (1 + lam)),
            _series("soft", z, lasso.soft_threshold(z, lam)),
            _series("l2", found.z, found.l2, "points"),
            _series("l1", found.z, found.l1, "points"),
        ],
        x_range=(-reach, reach),
        y_range=(-reach, reach),
        height=24,
    )
    zeros = {"l1_zeros": int((found.l1 == 0).sum()), "l2_zeros": int((found.l2 == 0).sum())}
    return [plot, phrase("shrinkage", lam=lam, weights=len(found.z), **zeros)]
