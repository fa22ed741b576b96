"""What the screen of regularization shows: the overview, or one of its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlbasics.data.origin import told
from mlbasics.kit import Block, Look, Panels, Phrase, Plot, Suggestion, Table, phrase, suggest
from mlbasics.lessons.regularization import SUGGESTIONS, TURNED, figures, planes, tables
from mlbasics.lessons.regularization.dial import frame
from mlbasics.lessons.regularization.simulate import Result

if TYPE_CHECKING:
    from mlbasics.lessons.regularization import Params

FIRST = {
    "paths": (Suggestion({"informative": 20}, phrase("try.informative")),),
    "variance": (Suggestion({"n_train": 300}, phrase("try.n_train")),),
    "geometry": (TURNED, Suggestion({"problems": 10_000}, phrase("try.problems"))),
    "shrinkage": (Suggestion({"lam": 3}, phrase("try.weaker")),),
}
"""What is tried first where one part is shown."""


def look(params: Params, result: Result) -> Look:
    """Show the view that is asked for."""
    suggestions = FIRST.get(params.view, ()) + SUGGESTIONS
    if result.origin is not None:
        suggestions = tuple(s for s in suggestions if not _needs_truth(s))
    return Look(
        scene=_scene(params, result),
        heroes=_heroes(params, result),
        table=_table(params, result),
        suggestions=suggest(suggestions, params),
    )


def _needs_truth(suggestion: Suggestion) -> bool:
    options = suggestion.options
    return "n_train" in options or "informative" in options or options.get("view") == "variance"


def _scene(params: Params, result: Result) -> Phrase:
    if params.view in ("paths", "variance"):
        return _setup(params, result)
    if params.view == "overview" and result.origin is not None:
        return phrase("scene.overview.own", table=_setup(params, result))
    return phrase(f"scene.{params.view}", lam=result.shrinkage.lam)


def _heroes(params: Params, result: Result) -> list[Plot | Panels]:
    if params.view == "paths":
        return [figures.paths(params, result), figures.weights(result)]
    if params.view == "variance":
        by_lambda = result.variance_by_lambda
        return [
            figures.errors(params, result) if by_lambda is None else figures.terms(params, result, by_lambda)
        ]
    if params.view == "geometry":
        pair = planes.diamond_and_disc(result.geometry, named=True)
        return [Panels(pair, planes.NARROWEST), planes.odds(result.odds)]
    if params.view == "shrinkage":
        return [figures.shrinkage(result.shrinkage)]
    curve = frame(result, float(result.calming.lambdas[result.calming.picked]))
    return [*curve.heroes, figures.weights(result), planes.odds(result.odds)]


def _table(params: Params, result: Result) -> Table | None:
    if params.view == "geometry":
        return tables.touching(result.geometry)
    if params.view in ("paths", "shrinkage"):
        return None
    if params.view == "variance" and result.variance_by_lambda is not None:
        return tables.trade(params, result.variance_by_lambda)
    return tables.errors(params, result)


def more(params: Params, result: Result) -> list[Block]:
    """Show what else the view has: what is minimised, every weight and fit, closed forms."""
    plane = result.geometry
    values = {"angle": params.angle, "eccentricity": params.eccentricity, "t": plane.t}
    geometry: list[Block] = [
        phrase("setup.geometry", w1=float(plane.optimum[0]), w2=float(plane.optimum[1]), **values),
        *([tables.touching(plane)] if params.view == "overview" else []),
        planes.budget(plane),
        tables.odds(result),
        phrase("not-the-algorithm"),
    ]
    if params.view == "geometry":
        return geometry
    if params.view == "shrinkage":
        return [tables.shrinkage(result.shrinkage)]
    by_lambda = result.variance_by_lambda
    spreads: list[Block] = [] if by_lambda is None else [tables.spreads(result.chosen, by_lambda)]
    fits: list[Block] = [tables.weights(result), figures.errors(params, result), tables.fits(params, result)]
    if params.view == "variance":
        unknown = phrase("because.own-data") if by_lambda is None else phrase("objective")
        return [unknown, *spreads, tables.fits(params, result)]
    if params.view == "paths":
        return [phrase("objective"), *fits]
    measured: list[Block] = [] if by_lambda is None else [figures.terms(params, result, by_lambda), *spreads]
    first: list[Block] = [_setup(params, result), phrase("objective"), figures.paths(params, result)]
    return [*first, *fits, *measured, *geometry]


def _setup(params: Params, result: Result) -> Phrase:
    if result.origin is not None:
        rows = told(result.origin)
        return phrase("scene.own", y=result.origin.y, features=len(result.features), rows=rows)
    values = {"n_train": params.n_train, "noise": params.noise, "informative": int(result.marked.sum())}
    return phrase("setup", features=len(result.features), **values)
