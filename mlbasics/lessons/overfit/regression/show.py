"""What the screen of the regression shows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mlbasics.data.origin import told
from mlbasics.kit import Block, Look, Phrase, Plot, Series, Suggestion, phrase, suggest
from mlbasics.kit.targets import formula_of, readable
from mlbasics.lessons.overfit import SUGGESTIONS
from mlbasics.lessons.overfit.regression.dial import dial
from mlbasics.lessons.overfit.regression.dial import errors as along
from mlbasics.lessons.overfit.regression.tables import degrees, errors

if TYPE_CHECKING:
    from mlbasics.lessons.overfit import Params
    from mlbasics.lessons.overfit.regression.simulate import Result

OWN_SUGGESTIONS = (
    Suggestion({"n_train": 300}, phrase("try.rows")),
    Suggestion({"max_degree": 5}, phrase("try.max_degree")),
    Suggestion({"seed": 1}, phrase("try.seed")),
    Suggestion({"repeats": 1000}, phrase("try.repeats")),
)


def look(params: Params, result: Result) -> Look:
    """Show the wild curve through every point, the noise it learned, and what it costs between the points."""
    own = result.origin is not None
    scene = phrase("scene.regression" if params.noise else "scene.exact", n_train=params.n_train)
    return Look(
        scene=_own(params, result) if own else scene,
        heroes=dial(params, result).look.heroes,
        table=errors(result),
        suggestions=suggest(OWN_SUGGESTIONS if own else SUGGESTIONS, params),
    )


def _own(params: Params, result: Result) -> Phrase:
    origin = result.origin
    assert origin is not None
    return phrase(
        "setup.own", y=origin.y, x=origin.x[0], rows=told(origin), n_train=len(result.train.x),
        n_test=origin.rows - len(result.train.x), max_degree=params.max_degree,
    )  # fmt: skip


def more(params: Params, result: Result) -> list[Block]:
    """Show the errors by degree, and what cross-validation makes of them."""
    blocks: list[Block] = [] if result.origin is not None else [_setup(params)]
    blocks += [_errors(params, result), degrees(params, result)]
    if params.max_degree >= len(result.train.x):
        blocks.append(phrase("exhausted", degree=len(result.train.x) - 1))
    return blocks


def _setup(params: Params) -> Phrase:
    return phrase(
        "setup.regression", n_train=params.n_train, formula=readable(formula_of(params)), noise=params.noise,
        max_degree=params.max_degree,
    )  # fmt: skip


def _errors(params: Params, result: Result) -> Plot:
    """Show the errors of all degrees, with cross-validation's, and how those of fresh data sets spread."""
    plot = along(result, params.max_degree)
    train, test = plot.series
    x, band = result.degrees.tolist(), result.band
    floor = [result.noise_mse] * 2 if result.noise_mse > 0 else []
    spread = Series(
        phrase("series.band", repeats=params.repeats), "other", "band", x,
        band.test_lo.tolist(), band.test_hi.tolist(),
    )  # fmt: skip
    series = [
        *([spread] if params.repeats > 1 else []),
        Series(phrase("series.floor"), "floor", "line", [0, params.max_degree] if floor else [], floor),
        train,
        Series(phrase("series.cv_mse"), "cv", "points", x, result.cv_mse.tolist()),
        test,
    ]
    return replace(plot, id="spread", series=series, x_name=None, height=12)
