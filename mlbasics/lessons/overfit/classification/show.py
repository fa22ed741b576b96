"""What the screen of the classification shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlbasics.data.origin import told
from mlbasics.kit import Block, Panels, Phrase, Plot, Role, Series, Story, Suggestion, phrase, span, suggest
from mlbasics.lessons.overfit.classification.tables import k

if TYPE_CHECKING:
    from mlbasics.lessons.overfit import Params
    from mlbasics.lessons.overfit.classification.simulate import Points, Result
    from mlbasics.numerics import Booleans

SUGGESTIONS = (
    Suggestion({"task": "classification", "n_train": 3000}, phrase("try.n_train.classification")),
    Suggestion({"task": "classification", "noise": 0}, phrase("try.noise")),
    Suggestion({"task": "regression"}, phrase("try.regression")),
)
OF_BORDERS = Suggestion({"task": "classification", "target": "step"}, phrase("try.target.classification"))
OWN_SUGGESTIONS = (
    Suggestion({"task": "classification", "n_train": 30}, phrase("try.few.classification")),
    Suggestion({"task": "classification", "seed": 1}, phrase("try.seed")),
    Suggestion({"task": "classification", "folds": 5}, phrase("try.folds")),
    Suggestion({"task": "classification", "n_train": 300}, phrase("try.n_train.classification")),
)


def show(params: Params, result: Result) -> Story:
    """Show the border as learned by k = 1 and by the best k, and the errors by k."""
    blocks: list[Block] = [
        Panels([_border(result, count) for count in sorted({1, result.best_k.test})]),
        k(result),
    ]
    if result.origin is not None:
        return Story(_own(result), blocks, suggest(OWN_SUGGESTIONS, params))
    setup = phrase(
        "setup.classification",
        n_train=params.n_train,
        noise=params.noise,
        bayes=result.bayes_error,
        mislabelled=result.mislabelled,
    )
    suggestions = (*SUGGESTIONS[:2], *([OF_BORDERS] if params.function is None else []), *SUGGESTIONS[2:])
    return Story(setup, blocks, suggest(suggestions, params))


def _own(result: Result) -> Phrase:
    n, origin = len(result.k), result.origin
    assert origin is not None
    return phrase(
        "setup.classification.own", y=origin.y, x1=origin.x[0], x2=origin.x[1], rows=told(origin),
        n_train=n, n_test=origin.rows - n,
    )  # fmt: skip


def _border(result: Result, k: int) -> Plot:
    points, learned = result.points, result.boundaries[str(k)]
    truth = result.border.x1.tolist(), result.border.x2.tolist()
    names = result.classes or (None, None)
    role: Role = "best" if k == result.best_k.test else "high"
    own = result.origin is not None
    return Plot(
        title=phrase(f"plot.border.{role}", k=k),
        axes=phrase("plot.border.axes"),
        series=[
            _class("above", names[1], points, points.label),
            _class("below", names[0], points, ~points.label),
            Series(phrase("series.learned", k=k), role, "dots", learned.x1.tolist(), learned.x2.tolist()),
            *([] if own else [Series(phrase("series.border"), "truth", "line", *truth)]),
        ],
        x_range=span(points.x1, 0.05) if own else (-1, 1),
        y_range=span(points.x2, 0.05) if own else (-1, 1),
    )


def _class(role: Role, name: str | None, points: Points, of: Booleans) -> Series:
    label = phrase(f"series.{role}") if name is None else phrase("series.class", name=name)
    return Series(label, role, "points", points.x1[of].tolist(), points.x2[of].tolist())
