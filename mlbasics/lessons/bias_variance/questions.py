"""What is asked about bias and variance: of polynomials, a known truth and fixed inputs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.random import Generator, default_rng

from mlbasics.kit import (
    Amount,
    Asked,
    Letters,
    Panels,
    Phrase,
    Plot,
    Question,
    Rough,
    Setting,
    no_tick,
    phrase,
)  # fmt: skip
from mlbasics.lessons.bias_variance import figures, tables
from mlbasics.lessons.bias_variance.experiment import simulate
from mlbasics.lessons.bias_variance.sampling import source

if TYPE_CHECKING:
    from mlbasics.lessons.bias_variance import Params
    from mlbasics.lessons.bias_variance.experiment import Result

LETTERS = "ABC"
NARROW = 24  # columns of a picture
LOW, HIGH = 0.001, 100.0  # of an axis of errors
FACTOR = 1.3  # within which an error is right
TIMES = 4  # as many points
APART = 1.15  # times that lie between what is under a bound and what is not
MOST = 3  # degrees that are under it


def which_is_which(params: Params, result: Result, rng: Generator) -> Question | None:
    """That bias and variance are one thing, error: two models can be equally wrong for opposite reasons.

    S. Geman, E. Bienenstock, R. Doursat, "Neural networks and the bias/variance dilemma", Neural Computation
    4 (1992) 1-58, section 3.
    """
    if _other(params):
        return None
    plots = [figures.fan(result, i) for i in result.shown(result.best_index)]
    kinds = [plot.title.key.rpartition(".")[2] for plot in plots]
    if sorted(kinds) != ["apart", "right", "wrong"]:
        return None
    order = rng.permutation(len(plots)).tolist()
    truth = "".join(LETTERS[order.index(kinds.index(kind))] for kind in ("wrong", "apart", "right"))

    def drawn(guess: object) -> list[Plot | Panels]:
        titles = [phrase("picture.asked", letter=letter) for letter in LETTERS]
        if guess is not None:
            named = zip(LETTERS, order, strict=True)
            titles = [phrase("picture.told", letter=letter, name=plots[i].title) for letter, i in named]
        shown = [replace(plots[i], title=title) for i, title in zip(order, titles, strict=True)]
        return [Panels(shown, NARROW, share_x=True, share_y=True)]

    return Question(Letters(truth, LETTERS), drawn, _counts(params))


def more_data(params: Params, result: Result, rng: Generator) -> Question | None:
    """That more data lowers any error: it lowers variance, and a biased model stays as biased as it is.

    A. Ng, "Machine Learning Yearning" (2018), chapters 25 to 30, on learning curves.
    """
    if _other(params):
        return None
    more = TIMES * params.n_train
    other = replace(params, n_train=more)
    many = simulate(other, source(other, None), default_rng(other.seed), no_tick)

    def drawn(guess: object) -> list[Plot | Panels]:
        runs = ((params.n_train, result), (more, many))[: 1 if guess is None else 2]
        plots = [replace(_fan(one), title=phrase("picture.points", n_train=count)) for count, one in runs]
        return [Panels(plots, NARROW, share_x=True, share_y=True)]

    told = {"degree": result.complexity[0], "error": Rough(result.total[0]), "many": more}
    answer = Amount(float(many.total[0]), LOW, HIGH, factor=FACTOR, log=True)
    mostly = "bias" if result.bias2[0] > result.variance[0] else "variance"
    return Question(answer, drawn, _counts(params) | told, variant=mostly)


def both_small(params: Params, result: Result, rng: Generator) -> Question | None:
    """That less bias is always better, or less variance: sought is a degree at which neither is large.

    T. Hastie, R. Tibshirani, J. Friedman, "The Elements of Statistical Learning" (2009), 7.3, figure 7.3.
    """
    if _other(params):
        return None
    larger = np.maximum(result.bias2, result.variance)
    ordered = np.sort(larger)[: MOST + 1]
    gaps = np.flatnonzero(ordered[1:] > APART * ordered[:-1])
    if not len(gaps):
        return None
    bound = float(f"{(ordered[gaps[0]] * ordered[gaps[0] + 1]) ** 0.5:.2g}")
    if bound < LOW:  # which no sentence tells
        return None
    best = int(larger.argmin())

    def reached(params: Params, result: Result) -> bool:
        return bool(max(result.bias2[0], result.variance[0]) < bound)

    def said(params: Params, result: Result) -> Phrase:
        terms = {"bias2": Rough(max(result.bias2[0], 0)), "variance": Rough(result.variance[0])}
        return phrase("question.both-small.said", degree=result.complexity[0], **terms)

    low, high = 0, 40  # of --degrees
    answer = Setting(
        "degrees",
        result.complexity[best],
        low,
        high,
        reached,
        said,
        lambda params, one: [_fan(one)],
        whole=True,
    )
    values = _counts(params) | {"bound": Rough(bound)}
    return Question(answer, lambda guess: [_fan(result, 0 if guess is None else best)], values)


def _counts(params: Params) -> dict[str, object]:
    return {"trials": params.trials, "n_train": params.n_train}


def _fan(result: Result, i: int = 0) -> Plot:
    """Return the fits of one model, under its name."""
    return replace(figures.fan(result, i), title=tables.complexity(result, i))


def _other(params: Params) -> bool:
    """Return whether a run is of other models or data than the questions speak of."""
    return params.data is not None or params.family != "polynomial" or params.design != "fixed"


def _three(rng: Generator) -> Mapping[str, object]:
    simple, middle, free = rng.choice([0, 1]), rng.choice([3, 4, 5]), rng.choice([11, 12, 13])
    return {"degrees": f"{simple},{middle},{free}"}


def _one(rng: Generator) -> Mapping[str, object]:
    noise = {1: (0.1, 0.3, 0.5), 12: (0.2, 0.3, 0.5)}
    degree = int(rng.choice([1, 12]))
    return {
        "degrees": str(degree),
        "noise": float(rng.choice(noise[degree])),
        "n_train": int(rng.choice([18, 20, 24])),
    }


def _target(rng: Generator) -> Mapping[str, object]:
    return {"target": str(rng.choice(TARGETS)), "noise": float(rng.choice([0.1, 0.2, 0.3])), "n_train": 30}


TARGETS = ("sin", "cosine", "runge", "abs", "line")

QUESTIONS: Sequence[Asked] = (
    Asked(which_is_which, _three),
    Asked(more_data, _one),
    Asked(both_small, _target),
)
