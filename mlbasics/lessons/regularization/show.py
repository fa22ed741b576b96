"""What the screen of regularization shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from mlbasics.data.origin import told
from mlbasics.kit import Block, Panels, Plot, Role, Series, Story, Suggestion, suggest
from mlbasics.lessons.regularization import tables, views
from mlbasics.lessons.regularization.problem import Spread
from mlbasics.lessons.regularization.simulate import Chosen, Path, Result, VarianceByLambda
from mlbasics.numerics import Array
from mlbasics.words import Phrase, phrase

if TYPE_CHECKING:
    from mlbasics.lessons.regularization import Params


NARROWEST = 36  # columns in which a path can still be read

SUGGESTIONS = (
    Suggestion({"view": "geometry"}, phrase("try.geometry")),
    Suggestion({"view": "shrinkage"}, phrase("try.shrinkage")),
    Suggestion({"view": "variance"}, phrase("try.variance")),
    Suggestion({"penalty": "elastic"}, phrase("try.elastic")),
    Suggestion({"folds": 5}, phrase("try.folds")),
)
TURNED = Suggestion({"view": "geometry", "angle": 75}, phrase("try.angle"))


def show(params: Params, result: Result) -> Story:
    """Show the paths by λ, bias and variance by λ, the plane of two weights, or what becomes of one."""
    suggestions = (TURNED, *SUGGESTIONS) if params.view == "geometry" else SUGGESTIONS
    if params.view == "geometry":
        setup, blocks = views.geometry(params, result)
    elif params.view == "shrinkage":
        setup, blocks = views.shrinkage(result)
    else:
        setup, blocks = _by_lambda(params, result)
    fitting = [s for s in suggestions if result.origin is None or s.options.get("view") != "variance"]
    return Story(setup, blocks, suggest(fitting, params))


class _Shown(NamedTuple):
    """One penalty: its path, what was chosen, and its bias and variance where they were measured."""

    name: str
    path: Path
    chosen: Chosen
    spread: Spread | None


def _by_lambda(params: Params, result: Result) -> tuple[Phrase, list[Block]]:
    shown = _shown(params, result)
    objective = phrase("objective")
    if params.view == "variance":
        if result.variance_by_lambda is None:
            return _setup(params, result), [objective, phrase("because.own-data"), tables.fits(result)]
        panels = _variance(shown, result.variance_by_lambda)
        spreads = tables.spreads(result.chosen, result.variance_by_lambda)
        return _setup(params, result), [objective, panels, spreads]
    sizes = [float(np.abs(s.path.coef * _unit(result)).max()) for s in shown]
    reach = 1.05 * max(*sizes, 1e-9)
    room = _room([e for s in shown for e in (s.path.train_mse, s.path.cv_mse, s.path.test_mse)])
    return _setup(params, result), [
        objective,
        Panels([_weights(s, result, (-reach, reach)) for s in shown], NARROWEST),
        tables.weights(result),
        Panels([_errors(s, room) for s in shown], NARROWEST),
        tables.fits(result),
        tables.odds(result),
    ]


def _setup(params: Params, result: Result) -> Phrase:
    if result.origin is not None:
        features = len(result.features)
        return phrase("setup.own", y=result.origin.y, features=features, rows=told(result.origin))
    return phrase(
        "setup",
        n_train=params.n_train,
        features=params.features,
        informative=int(result.marked.sum()),
        noise=params.noise,
    )


def _shown(params: Params, result: Result) -> list[_Shown]:
    chosen, by_lambda = result.chosen, result.variance_by_lambda
    shown = [
        _Shown("l1", result.lasso, chosen.lasso, by_lambda.lasso if by_lambda else None),
        _Shown("l2", result.ridge, chosen.ridge, by_lambda.ridge if by_lambda else None),
    ]
    if result.elastic is not None and chosen.elastic is not None:
        shown.insert(1, _Shown("elastic", result.elastic, chosen.elastic, None))
    return [s for s in shown if s.name == params.penalty] if params.penalty in ("l1", "l2") else shown


def _weights(shown: _Shown, result: Result, y_range: tuple[float, float]) -> Plot:
    by_feature = (shown.path.coef * _unit(result)).T
    own = "own." if result.origin is not None else ""
    looks: tuple[tuple[str, Role, Array], ...] = (
        (f"{own}other", "faint", by_feature[~result.marked]),
        (f"{own}informative", "best", by_feature[result.marked]),
    )
    lines = [_line(name, role, shown.path.lambdas, w) for name, role, weights in looks for w in weights]
    kept = len(shown.chosen.coef) - shown.chosen.zeros
    axes = phrase("plot.weights.axes", kept=kept, features=len(shown.chosen.coef))
    return _plot("weights", axes, shown, lines, y_range, log_y=False)


def _unit(result: Result) -> Array | float:
    """Return what the weights are multiplied by to be drawn: on own data, columns differ in their units."""
    return 1.0 if result.origin is None else result.feature_sd


def _errors(shown: _Shown, y_range: tuple[float, float]) -> Plot:
    path = shown.path
    lines = [
        _line("train", "train", path.lambdas, path.train_mse),
        _line("cv", "cv", path.lambdas, path.cv_mse),
    ]
    if np.isnan(path.test_mse).all():
        axes = phrase("plot.errors.own.axes", cv=shown.chosen.cv_mse)
    else:
        lines.append(_line("test", "test", path.lambdas, path.test_mse))
        axes = phrase("plot.errors.axes", test=shown.chosen.test_mse)
    return _plot("errors", axes, shown, lines, y_range, log_y=True)


def _variance(shown: Sequence[_Shown], by_lambda: VarianceByLambda) -> Panels:
    measured = [(s, s.spread) for s in shown if s.spread is not None]
    room = _room([term for _, s in measured for term in (s.bias2, s.variance, s.bias2 + s.variance)])
    plots = []
    for one, spread in measured:
        lines = [
            _line("bias2", "low", by_lambda.lambdas, spread.bias2),
            _line("variance", "high", by_lambda.lambdas, spread.variance),
            _line("sum", "best", by_lambda.lambdas, spread.bias2 + spread.variance),
        ]
        plots.append(_plot("terms", phrase("plot.terms.axes"), one, lines, room, log_y=True))
    return Panels(plots, NARROWEST)


def _line(name: str, role: Role, lambdas: Array, values: Array) -> Series:
    return Series(phrase(f"series.{name}"), role, "line", lambdas.tolist(), values.tolist())


def _plot(
    name: str,
    axes: Phrase,
    shown: _Shown,
    lines: Sequence[Series],
    y_range: tuple[float, float],
    *,
    log_y: bool,
) -> Plot:
    """Return a plot against λ with the one that cross-validation picks marked."""
    lam, lambdas = shown.chosen.lam, lines[0].x
    pick = Series(phrase("series.pick"), "floor", "line", [lam, lam], list(y_range))
    return Plot(
        title=phrase(f"plot.{name}", penalty=phrase(f"penalty.{shown.name}")),
        axes=axes,
        series=[pick, *lines],
        x_range=(lambdas[-1], lambdas[0]),
        y_range=y_range,
        log_x=True,
        log_y=log_y,
        height=13 if log_y else 18,
    )


def _room(curves: Sequence[Array]) -> tuple[float, float]:
    """Return a range in which the curves are seen."""
    all_of = np.concatenate([np.ravel(c) for c in curves])
    seen = all_of[all_of > 0]  # neither NaN nor zero
    if not len(seen):
        return 0.1, 10.0
    most = float(seen.max())
    return max(float(seen.min()), most / 300) / 1.3, 1.3 * most
