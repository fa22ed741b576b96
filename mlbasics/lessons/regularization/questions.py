"""What is asked about regularization; of a known truth only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.random import Generator

from mlbasics.kit import (
    Amount,
    Asked,
    Letters,
    Panels,
    Phrase,
    Plot,
    Question,
    Ratio,
    Role,
    Setting,
    Shape,
    line,
    phrase,
    points,
)
from mlbasics.lessons.regularization import figures, planes
from mlbasics.numerics import two_weights

if TYPE_CHECKING:
    from mlbasics.lessons.regularization import Params
    from mlbasics.lessons.regularization.experiment import Result

NARROW = 24  # columns of a picture
LETTERS: dict[str, Shape] = {"A": "ring", "B": "square", "C": "diamond", "D": "up", "E": "cross"}
HUES: tuple[Role, ...] = ("plain", "cv", "low", "best", "test")  # of letters and their marks
SHARES = (0.2, 0.4, 0.6, 0.8)  # of the edge from the upper corner to the right one: places on it
SMALL = 0.02  # of the error without any weight: the ring that is seen before the guess
NEAR = 1.05  # times the lowest error: the λ that are found


def where_it_touches(params: Params, result: Result, rng: Generator) -> Question | None:
    """That L1 always sets a weight to zero: a ring may touch an edge of the diamond as well as a corner.

    T. Hastie, R. Tibshirani, J. Friedman, "The Elements of Statistical Learning" (2009), 3.4.3, figure 3.11.
    """
    plane = result.geometry
    w1, w2 = plane.l1_point.tolist()
    if result.origin is not None or min(w1, w2) < 0 or 0 < min(w1, w2) < SHARES[0] / 2:
        return None  # also on another edge, or next to a corner
    on_edge = sorted(SHARES, key=lambda share: -abs(share - w1))
    shares = [0.0, 1.0, *(on_edge[:3] if not w1 * w2 else [w1, *on_edge[:2]])]
    order = rng.permutation(len(shares)).tolist()
    truth = next(letter for letter, i in zip(LETTERS, order, strict=True) if abs(shares[i] - w1) < 1e-9)
    whole = planes.diamond_and_disk(plane, 1.0)[0]
    bare = [one for one in whole.series if one.label.key != "series.ring" and one.shape != "star"]
    small = two_weights.contour(plane.hessian, plane.optimum, np.zeros(2), SMALL)
    seen = [one for one in bare if one.role != "faint" and one.kind != "stems"]
    lettered = [
        points(phrase("picture.asked", letter=letter), role, [shares[i]], [1 - shares[i]], shape)
        for (letter, shape), role, i in zip(LETTERS.items(), HUES, order, strict=True)
    ]

    def shown(guess: str | None) -> list[Plot]:
        title = phrase("plot.question.touching")
        if guess is None:
            series = [*seen, line("ring", "plain", *small), *lettered]
            return [replace(whole, title=title, level=None, series=series)]
        return [replace(whole, title=title, series=[*whole.series[:-1], *lettered, whole.series[-1]])]

    return Question(Letters(truth, "".join(LETTERS)), shown, variant="edge" if w1 * w2 else "corner")


def how_many_zeros(params: Params, result: Result, rng: Generator) -> Question | None:
    """That L1 keeps just the features that matter: the λ that predicts best keeps more.

    N. Meinshausen, P. Bühlmann, "High-dimensional graphs and variable selection with the lasso", Annals of
    Statistics 34 (2006) 1436-1462.
    """
    if result.origin is not None:
        return None
    none, _, l1 = figures.bars(result).plots
    bare = replace(none, series=[one for one in none.series if one.kind == "bars"], axes=None)
    kept = int((result.chosen.lasso.coef[result.marked] != 0).sum())
    return Question(
        Amount(result.chosen.lasso.zeros, 0, params.features, distance=params.features // 10, whole=True),
        lambda guess: [bare] if guess is None else [Panels([none, l1], NARROW)],
        {"features": params.features, "informative": params.informative, "near": params.features // 10},
        {"kept": kept, "others": params.features - result.chosen.lasso.zeros - kept},
    )


def right_strength(params: Params, result: Result, rng: Generator) -> Question | None:
    """That a stronger penalty is always the safer one: too strong, and the curve underfits.

    A. E. Hoerl, R. W. Kennard, "Ridge regression: biased estimation for nonorthogonal problems",
    Technometrics 12 (1970) 55-67.
    """
    if result.origin is not None:
        return None
    found = result.calming
    least = int(found.test_mse.argmin())

    def times(result: Result) -> float:
        return float(result.calming.test_mse[result.calming.picked] / found.test_mse[least])

    def said(params: Params, result: Result) -> Phrase:
        return phrase("question.right-strength.said", lam=f"{result.lam:g}", ratio=Ratio(times(result)))

    answer = Setting(
        "lam",
        float(f"{found.lambdas[least]:.3g}"),
        1e-4,
        100,
        lambda params, result: times(result) <= NEAR,
        said,
        lambda params, result: [figures.curve(result, result.calming.picked)],
        log=True,
    )
    wild = figures.curve(result, len(found.lambdas) - 1)
    bare = [one for one in wild.series if one.label.key != "series.calmed"]
    wild = replace(wild, title=phrase("plot.question.curve"), series=bare)
    return Question(answer, lambda guess: [wild], {"near": f"{NEAR - 1:.0%}"})


def _turned(rng: Generator) -> dict[str, float]:
    return {"angle": float(rng.integers(-180, 180)), "eccentricity": float(rng.choice([0.5, 0.7, 0.8, 0.9]))}


def _sized(rng: Generator) -> dict[str, int]:
    features = int(rng.integers(10, 41))
    return {"features": features, "informative": int(rng.integers(2, 7)), "n_train": 50}


QUESTIONS: Sequence[Asked] = (
    Asked(where_it_touches, _turned),
    Asked(how_many_zeros, _sized),
    Asked(right_strength),
)
