"""What the screen of the classification shows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mlbasics.data.origin import told
from mlbasics.kit import (
    Block,
    Look,
    Panels,
    Phrase,
    Plot,
    Regions,
    Role,
    Series,
    Share,
    Suggestion,
    phrase,
    suggest,
)
from mlbasics.lessons.overfit.classification.tables import errors, k

if TYPE_CHECKING:
    from mlbasics.lessons.overfit import Params
    from mlbasics.lessons.overfit.classification.simulate import Result

SUGGESTIONS = (
    Suggestion({"task": "classification", "n_train": 3000}, phrase("try.n_train.classification")),
    Suggestion({"task": "classification", "noise": 0}, phrase("try.noise")),
    Suggestion({"task": "regression"}, phrase("try.regression")),
)
CROWD = 500  # points from which on those with the right label would hide the regions
SIDES: tuple[tuple[Role, bool], ...] = (("below", False), ("above", True))

OF_BORDERS = Suggestion({"task": "classification", "target": "step"}, phrase("try.target.classification"))
OWN_SUGGESTIONS = (
    Suggestion({"task": "classification", "n_train": 30}, phrase("try.few.classification")),
    Suggestion({"task": "classification", "seed": 1}, phrase("try.seed")),
    Suggestion({"task": "classification", "folds": 5}, phrase("try.folds")),
    Suggestion({"task": "classification", "n_train": 300}, phrase("try.n_train.classification")),
)


def look(params: Params, result: Result) -> Look:
    """Show what every place is labelled: by its nearest point alone, and by the vote of the best number."""
    if result.origin is not None:
        return Look(_own(result), [hero(result)], errors(result), suggest(OWN_SUGGESTIONS, params))
    scene = phrase("scene.classification", n_train=params.n_train, mislabelled=result.mislabelled)
    suggestions = (*SUGGESTIONS[:2], *([OF_BORDERS] if params.function is None else []), *SUGGESTIONS[2:])
    return Look(scene, [hero(result)], errors(result), suggest(suggestions, params))


def more(params: Params, result: Result) -> list[Block]:
    """Show the errors by k."""
    if result.origin is not None:
        return [k(result)]
    setup = phrase("setup.classification", noise=params.noise, bayes=Share(result.bayes_error))
    return [setup, k(result)]


def hero(result: Result) -> Panels:
    """Show the regions of k = 1 beside those of the best k."""
    shown = sorted({1, result.best_k.test})
    return Panels([_regions(result, k) for k in shown], narrowest=36, share_x=True, share_y=True)


def _own(result: Result) -> Phrase:
    n, origin = len(result.k), result.origin
    assert origin is not None
    return phrase(
        "setup.classification.own", y=origin.y, x1=origin.x[0], x2=origin.x[1], rows=told(origin),
        n_train=n, n_test=origin.rows - n,
    )  # fmt: skip


def _regions(result: Result, k: int) -> Plot:
    border = Series(
        phrase("series.border"), "truth", "line", result.border.x1.tolist(), result.border.x2.tolist()
    )
    (left, low), (right, high) = result.corners.tolist()
    rows = (result.regions[str(k)] == SIDES[1][1]).astype(int).tolist()
    roles = [role for role, _ in SIDES]
    return Plot(
        title=phrase("plot.regions.one" if k == 1 else "plot.regions.best", k=k),
        axes=None,
        series=[*_points(result), *([] if result.origin is not None else [border])],
        x_range=(left, right),
        y_range=(low, high),
        regions=Regions([_name(result, role) for role in roles], roles, rows),
    )


def _points(result: Result) -> Iterator[Series]:
    """Yield the points of each class, those with a wrong label filled; of a crowd only these, as dots."""
    points, crowd = result.points, len(result.k) > CROWD
    for wrong in (False, True):
        for role, side in SIDES:
            if crowd and not wrong and result.origin is None:
                continue
            of = (points.label == side) & (points.mislabelled == wrong)
            yield Series(
                phrase("series.mislabelled") if wrong else _name(result, role),
                role,
                "points" if wrong and not crowd else "dots",
                points.x1[of].tolist(),
                points.x2[of].tolist(),
                shape="up" if side else "down",
            )


def _name(result: Result, role: Role) -> Phrase:
    if not result.classes:
        return phrase(f"series.{role}")
    return phrase("series.class", name=result.classes[role == "above"])
