"""What the screen of the classification shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlbasics.data.origin import told
from mlbasics.kit import (
    Block,
    Look,
    Phrase,
    Share,
    Suggestion,
    phrase,
    suggest,
)
from mlbasics.lessons.overfit.classification.dial import dial
from mlbasics.lessons.overfit.classification.tables import errors, k

if TYPE_CHECKING:
    from mlbasics.lessons.overfit import Params
    from mlbasics.lessons.overfit.classification.simulate import Result

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
    Suggestion({"task": "classification", "n_train": 300}, phrase("try.rows")),
)


def look(params: Params, result: Result) -> Look:
    """Show what every place is labelled: by its nearest point alone, and by the vote of the best number."""
    heroes = dial(params, result).look.heroes
    if result.origin is not None:
        return Look(_own(result), heroes, errors(result), suggest(OWN_SUGGESTIONS, params))
    scene = phrase("scene.classification", n_train=params.n_train, mislabelled=result.mislabelled)
    suggestions = (*SUGGESTIONS[:2], *([OF_BORDERS] if params.function is None else []), *SUGGESTIONS[2:])
    return Look(scene, heroes, errors(result), suggest(suggestions, params))


def more(params: Params, result: Result) -> list[Block]:
    """Show the errors by k."""
    if result.origin is not None:
        return [k(result)]
    setup = phrase("setup.classification", noise=params.noise, bayes=Share(result.bayes_error))
    return [setup, k(result)]


def _own(result: Result) -> Phrase:
    n, origin = len(result.k), result.origin
    assert origin is not None
    return phrase(
        "setup.classification.own", y=origin.y, x1=origin.x[0], x2=origin.x[1], rows=told(origin),
        n_train=n, n_test=origin.rows - n,
    )  # fmt: skip
