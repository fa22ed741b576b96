"""What is seen of the classification: the regions that k neighbors rule, and the tables of all k."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from mlbasics.data.origin import told
from mlbasics.kit import (
    Block,
    Column,
    Dial,
    Frame,
    Look,
    Panels,
    Phrase,
    Plot,
    Regions,
    Role,
    Row,
    Series,
    Share,
    Suggestion,
    Table,
    line,
    phrase,
    picked,
    suggest,
)

if TYPE_CHECKING:
    from mlbasics.lessons.overfit import Params
    from mlbasics.lessons.overfit.classification.experiment import Result

WIDE = 54  # columns that a plane takes at least to stand beside another
CROWD = 500  # points from which on those with the right label would hide the regions
ROLES: tuple[Role, ...] = ("below", "above", "other", "cv", "low")  # the first three part for every eye
ROWS = 8
COLUMNS = ("k", "train_error", "test_error", "gap", "cv_error")
SUGGESTIONS = (
    Suggestion({"task": "classification", "n_train": 3000}, phrase("try.n_train.classification")),
    Suggestion({"task": "classification", "noise": 0.05}, phrase("try.little-noise")),
    Suggestion({"task": "regression"}, phrase("try.regression")),
)
OF_BORDERS = Suggestion({"task": "classification", "target": "step"}, phrase("try.target.classification"))
OWN_SUGGESTIONS = (
    Suggestion({"task": "classification", "n_train": 30}, phrase("try.few.classification")),
    Suggestion({"task": "classification", "seed": 2}, phrase("try.seed")),
    Suggestion({"task": "classification", "folds": 5}, phrase("try.folds")),
)


def dial(params: Params, result: Result) -> Dial:
    """Return the dial: from one neighbor to all of them, at first one."""
    return Dial(phrase("dial.k"), list(result.regions), 0, partial(frame, result))


def frame(result: Result, k: float) -> Frame:
    """Show the regions that k neighbors rule, and where there is room those of the best k."""
    shown, best = int(k), result.best_k.test
    seen, new = (Share(error[shown - 1]) for error in (result.train_error, result.test_error))
    caption = phrase("caption.k", k=shown, seen=seen, new=new)
    both = [shown] if best == shown else [shown, best]
    regions = Panels([plane(result, k) for k in both], WIDE, share_x=True, share_y=True)
    return Frame([regions], caption, [(phrase("measure.seen"), seen), (phrase("measure.new"), new)])


def plane(result: Result, k: int) -> Plot:
    """Show which label k neighbors give each place, the training points, and the true border."""
    (left, low), (right, high) = result.corners.tolist()
    names, known = _names(result), result.origin is None
    return Plot(
        id="regions",
        title=phrase("plot.regions.one" if k == 1 else "plot.regions.vote", k=k),
        series=[*_points(result), *([line("border", "truth", result.border.x1, result.border.x2)] * known)],
        x_range=(left, right),
        y_range=(low, high),
        regions=Regions(names, ROLES[: len(names)], result.regions[k].tolist()),
    )


def _points(result: Result) -> Iterator[Series]:
    """Yield the points of each class, those with a wrong label as marks; of a crowd only these, as dots."""
    points, crowd = result.points, len(result.k) > CROWD
    for wrong in (False, True):
        for label, name in enumerate(_names(result)):
            if crowd and not wrong and result.origin is None:
                continue
            of = (points.label == label) & (points.mislabeled == wrong)
            yield Series(
                phrase("series.mislabeled") if wrong else name,
                ROLES[label],
                "points" if wrong and not crowd else "dots",
                points.x1[of].tolist(),
                points.x2[of].tolist(),
                shape="up" if label else "down",
            )


def _names(result: Result) -> list[Phrase]:
    if result.origin is None:
        return [phrase("series.below"), phrase("series.above")]
    return [phrase("series.class", name=name) for name in result.classes]


def look(params: Params, result: Result) -> Look:
    """Show what every place is labeled by its nearest point alone, beside the true border."""
    heroes = dial(params, result).look.heroes
    if result.origin is not None:
        return Look(_own(result), heroes, None, suggest(OWN_SUGGESTIONS, params))
    bayes = Share(result.bayes_error)
    scene = phrase("scene.classification", n_train=params.n_train, mislabeled=result.mislabeled, bayes=bayes)
    suggestions = (*SUGGESTIONS[:1], *([OF_BORDERS] if params.function is None else []), *SUGGESTIONS[1:])
    return Look(scene, heroes, None, suggest(suggestions, params))


def _own(result: Result) -> Phrase:
    origin, n = result.origin, len(result.k)
    assert origin is not None
    return phrase("setup.classification.own", rows=told(origin), n_train=n, n_test=origin.rows - n)


def more(params: Params, result: Result) -> list[Block]:
    """Show the errors by k."""
    return [every_k(result)]


def every_k(result: Result) -> Table:
    """Return the errors by k."""
    best, n = result.best_k, len(result.k)
    roles: dict[int, Role] = {n: "low", 1: "high", best.test: "best"}
    errors = result.train_error, result.test_error, result.test_error - result.bayes_error, result.cv_error
    shown = picked(n, (k - 1 for k in (1, best.test, best.cv, n)), ROWS, ratio=True)
    rows = [
        Row((i + 1, *(error[i] for error in errors)), roles.get(i + 1, "plain"), i in shown) for i in range(n)
    ]
    return Table("k", [Column(name) for name in COLUMNS], rows).known
