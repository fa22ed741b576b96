"""What the screen of bias and variance shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlbasics.data.origin import told
from mlbasics.kit import Block, Look, Phrase, Suggestion, phrase, suggest
from mlbasics.kit.targets import formula_of, readable
from mlbasics.lessons.bias_variance import SUGGESTIONS, tables
from mlbasics.lessons.bias_variance.dial import dial
from mlbasics.lessons.bias_variance.heroes import pair

if TYPE_CHECKING:
    from mlbasics.lessons.bias_variance import Params
    from mlbasics.lessons.bias_variance.simulate import Result

OWN_SUGGESTIONS = (
    Suggestion({"n_train": 100}, phrase("try.n_train")),
    Suggestion({"family": "knn"}, phrase("try.knn")),
    Suggestion({"degrees": "0:6"}, phrase("try.degrees")),
    Suggestion({"family": "ridge"}, phrase("try.ridge")),
)


def look(params: Params, result: Result) -> Look:
    """Show that the too simple is wrong in one way, the too free in many, and where the least error lies."""
    own = result.origin is not None
    scene = phrase("scene", trials=params.trials, n_train=params.n_train)
    return Look(
        scene=_own(params, result) if own else scene,
        heroes=dial(params, result).look.heroes,
        table=None,
        suggestions=suggest(OWN_SUGGESTIONS if own else SUGGESTIONS, params),
    )


def more(params: Params, result: Result) -> list[Block]:
    """Show the terms and their standard errors, theory, and the two comparisons."""
    own = result.origin is not None
    blocks: list[Block] = [phrase("own-data") if own else _setup(params), tables.terms(result)]
    if result.heavy_tail:
        blocks.append(phrase("heavy-tail", where=", ".join(f"{c:g}" for c in result.heavy_tail)))
    if result.theory is not None:
        blocks.append(tables.theory(result, result.theory))
    return [
        *blocks, pair(result), tables.linear_vs_mlp(result), tables.by_size(result), tables.more_data(result)
    ]  # fmt: skip


def _setup(params: Params) -> Phrase:
    return phrase(
        "setup",
        trials=params.trials,
        n_train=params.n_train,
        formula=readable(formula_of(params)),
        noise=params.noise,
        design=phrase(f"design.{params.design}"),
        family=phrase(f"family.{params.family}"),
    )


def _own(params: Params, result: Result) -> Phrase:
    origin = result.origin
    assert origin is not None
    return phrase(
        "scene.own",
        y=origin.y,
        x=origin.x[0],
        rows=told(origin),
        trials=params.trials,
        n_train=params.n_train,
    )
