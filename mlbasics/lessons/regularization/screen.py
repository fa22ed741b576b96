"""What the screen of regularization shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mlbasics.lesson import Story, suggest
from mlbasics.lessons.regularization import tables, views
from mlbasics.lessons.regularization.experiment import Chosen, Path, Result
from mlbasics.lessons.regularization.problem import Spread
from mlbasics.report import Block, Panels, Phrase, Plot, Role, Series, Suggestion, phrase

if TYPE_CHECKING:
    from mlbasics.lessons.regularization import Params

Array = NDArray[np.float64]

NARROWEST = 36  # columns in which a path can still be read

SUGGESTIONS = (
    Suggestion({"view": "geometry"}, phrase("try.geometry")),
    Suggestion({"view": "shrinkage"}, phrase("try.shrinkage")),
    Suggestion({"view": "variance"}, phrase("try.variance")),
    Suggestion({"penalty": "elastic"}, phrase("try.elastic")),
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
    return Story(setup, blocks, suggest(suggestions, params))


class _Shown(NamedTuple):
    """One penalty: its path, what was chosen, and its bias and variance where they were measured."""

    name: str
    path: Path
    chosen: Chosen
    spread: Spread | None


def _by_lambda(params: Params, result: Result) -> tuple[Phrase, list[Block]]:
    setup = phrase(
        "setup",
        n_train=params.n_train,
        features=params.features,
        informative=int((result.true_coef != 0).sum()),
        noise=params.noise,
    )
    shown = _shown(params, result)
    objective = phrase("objective")
    if params.view == "variance":
        return setup, [objective, _variance(shown, result), tables.spreads(result)]
    reach = 1.05 * max(max(float(np.abs(s.path.coef).max()) for s in shown), 1e-9)
    room = _room([e for s in shown for e in (s.path.train_mse, s.path.test_mse)])
    return setup, [
        objective,
        Panels([_weights(s, result, (-reach, reach)) for s in shown], NARROWEST),
        tables.weights(result),
        Panels([_errors(s, result, room) for s in shown], NARROWEST),
        tables.fits(result),
        tables.odds(result),
    ]


def _shown(params: Params, result: Result) -> list[_Shown]:
    chosen, by_lambda = result.chosen, result.variance_by_lambda
    shown = [
        _Shown("l1", result.lasso, chosen.lasso, by_lambda.lasso),
        _Shown("l2", result.ridge, chosen.ridge, by_lambda.ridge),
    ]
    if result.elastic is not None and chosen.elastic is not None:
        shown.insert(1, _Shown("elastic", result.elastic, chosen.elastic, None))
    return [s for s in shown if s.name == params.penalty] if params.penalty in ("l1", "l2") else shown


def _weights(shown: _Shown, result: Result, y_range: tuple[float, float]) -> Plot:
    informative = result.true_coef != 0
    looks: tuple[tuple[str, Role, Array], ...] = (
        ("other", "faint", shown.path.coef.T[~informative]),
        ("informative", "best", shown.path.coef.T[informative]),
    )
    lines = [_line(name, role, result.lambdas, w) for name, role, weights in looks for w in weights]
    kept = len(shown.chosen.coef) - shown.chosen.zeros
    axes = phrase("plot.weights.axes", kept=kept, features=len(shown.chosen.coef))
    return _plot("weights", axes, shown, lines, y_range, log_y=False)


def _errors(shown: _Shown, result: Result, y_range: tuple[float, float]) -> Plot:
    path = shown.path
    lines = [
        _line("train", "train", result.lambdas, path.train_mse),
        _line("cv", "cv", result.lambdas, path.cv_mse),
        _line("test", "test", result.lambdas, path.test_mse),
    ]
    axes = phrase("plot.errors.axes", test=shown.chosen.test_mse)
    return _plot("errors", axes, shown, lines, y_range, log_y=True)


def _variance(shown: Sequence[_Shown], result: Result) -> Panels:
    some = result.variance_by_lambda.lambdas
    measured = [(s, s.spread) for s in shown if s.spread is not None]
    room = _room([term for _, s in measured for term in (s.bias2, s.variance, s.bias2 + s.variance)])
    plots = []
    for one, spread in measured:
        lines = [
            _line("bias2", "low", some, spread.bias2),
            _line("variance", "high", some, spread.variance),
            _line("sum", "best", some, spread.bias2 + spread.variance),
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
    seen = all_of[all_of > 0]
    if not len(seen):
        return 0.1, 10.0
    most = float(seen.max())
    return max(float(seen.min()), most / 300) / 1.3, 1.3 * most
