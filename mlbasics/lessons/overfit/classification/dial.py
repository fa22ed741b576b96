"""The dial of the classification: how many neighbours vote."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from mlbasics.kit import Dial, Frame, Panels, Phrase, Plot, Regions, Role, Series, Share, phrase

if TYPE_CHECKING:
    from mlbasics.lessons.overfit import Params
    from mlbasics.lessons.overfit.classification.simulate import Result

CROWD = 500  # points from which on those with the right label would hide the regions
SIDES: tuple[tuple[Role, bool], ...] = (("below", False), ("above", True))


def dial(params: Params, result: Result) -> Dial:
    """Return the dial: from one neighbour to all of them, at first one."""
    return Dial(phrase("dial.k"), list(result.regions), 0, partial(frame, result))


def frame(result: Result, k: float) -> Frame:
    """Show the regions that k neighbours rule beside those of the best k."""
    shown, best = int(k), result.best_k.test
    seen, new = (Share(error[shown - 1]) for error in (result.train_error, result.test_error))
    caption = phrase("caption.k", k=shown, seen=seen, new=new)
    both = [shown] if best == 1 else [shown, best]
    regions = Panels([_regions(result, k) for k in both], 36, share_x=True, share_y=True)
    return Frame([regions], caption, [(phrase("measure.seen"), seen), (phrase("measure.new"), new)])


def _regions(result: Result, k: int) -> Plot:
    border = Series(
        phrase("series.border"), "truth", "line", result.border.x1.tolist(), result.border.x2.tolist()
    )
    (left, low), (right, high) = result.corners.tolist()
    rows = (result.regions[k] == SIDES[1][1]).astype(int).tolist()
    roles = [role for role, _ in SIDES]
    return Plot(
        id="regions",
        title=phrase("plot.regions.one" if k == 1 else "plot.regions.best", k=k),
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
