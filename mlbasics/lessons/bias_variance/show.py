"""What the screen of bias and variance shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlbasics.data.origin import told
from mlbasics.kit import Block, Look, Panels, Phrase, Plot, Suggestion, phrase, suggest
from mlbasics.kit.targets import formula_of, readable
from mlbasics.lessons.bias_variance import tables
from mlbasics.lessons.bias_variance.heroes import fans, pair, stack
from mlbasics.lessons.bias_variance.strips import strips

if TYPE_CHECKING:
    from mlbasics.lessons.bias_variance import Params
    from mlbasics.lessons.bias_variance.simulate import Result

SUGGESTIONS = (
    Suggestion({"n_train": 100}, phrase("try.n_train")),
    Suggestion({"at": 0.25}, phrase("try.at")),
    Suggestion({"family": "mlp"}, phrase("try.mlp")),
    Suggestion({"family": "knn"}, phrase("try.knn")),
)

OWN_SUGGESTIONS = (
    Suggestion({"n_train": 100}, phrase("try.n_train")),
    Suggestion({"family": "knn"}, phrase("try.knn")),
    Suggestion({"degrees": "0:6"}, phrase("try.degrees")),
    Suggestion({"family": "ridge"}, phrase("try.ridge")),
)


def look(params: Params, result: Result) -> Look:
    """Show that the too simple is wrong in one way, the too free in many, and where the least error lies."""
    own, middle = result.origin is not None, result.best_index
    scene = phrase("scene", trials=params.trials, n_train=params.n_train)
    return Look(
        scene=_own(params, result) if own else scene,
        heroes=heroes(result, middle),
        table=None,
        suggestions=suggest(OWN_SUGGESTIONS if own else SUGGESTIONS, params),
    )


def heroes(result: Result, middle: int) -> list[Plot | Panels]:
    """Return the pictures with one complexity between simplest and most complex, and marked on the stack."""
    at = [] if result.at is None else [strips(result, result.at, middle)]
    return [*at, fans(result, middle), stack(result, middle)]


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
