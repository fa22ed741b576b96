"""What is asked about batch normalization."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.random import Generator

from mlbasics.kit import Amount, Asked, Panels, Place, Plot, Question, Share, line, points
from mlbasics.lessons.batchnorm import figures
from mlbasics.lessons.batchnorm.claims import LEARNED
from mlbasics.numerics import batchnorm

if TYPE_CHECKING:
    from mlbasics.lessons.batchnorm import Params
    from mlbasics.lessons.batchnorm.experiment import Result

BATCH = 4  # points to normalize
SURELY = 0.05  # of guessing's loss, of the test points: farther from the edge than that, a run can tell
DEPTHS = (2, 4, 6, 8, 12)


def normalized_value(params: Params, result: Result, rng: Generator) -> Question | None:
    """That a point is normalized by itself: that is layer normalization; here its batch decides.

    J. L. Ba, J. R. Kiros, G. E. Hinton, "Layer normalization" (2016).
    """
    x = rng.integers(0, 20, BATCH).astype(float)
    if x.std() < 1:
        return None
    hats = batchnorm.normalize(x[:, None]).x_hat[:, 0]

    def drawn(guess: float | None) -> list[Plot | Panels]:
        at = np.zeros(BATCH)
        series = [points("value", "data", x, at), line("value", "floor", [-1, 20], [0, 0])]
        if guess is not None:
            mean, spread = x.mean(), x.std()
            series += [
                line("mean", "best", [mean] * 2, [-1, 1]),
                *(line("spread", "low", [one] * 2, [-1, 1]) for one in (mean - spread, mean + spread)),
            ]
        return [Plot("values", series, (-1, 20), (-1, 1), y_measured=False, height=8)]

    values = dict(zip("abcd", map(int, x), strict=True))
    return Question(Amount(float(hats[1]), -2, 2, distance=0.2), drawn, values)


def highest_rate(params: Params, result: Result, rng: Generator) -> Question | None:
    """That a rate which is too high for one network is too high for a deeper or a normalized one alike.

    J. Bjorck, C. Gomes, B. Selman, K. Q. Weinberger, "Understanding batch normalization", NeurIPS 2018.
    """
    plain, rates = result.without, result.learning_rates
    if plain.largest_rate is None or result.with_.largest_rate is None:
        return None
    from_there = plain.final_loss[rates.index(plain.largest_rate) :] / (LEARNED * result.guessing)
    if (abs(from_there - 1) < SURELY).any():
        return None
    both, end = figures.sides(params, result), len(result.watched)
    return Question(
        Place(plain.largest_rate, rates[0], rates[-1], factor=2, log=True),
        lambda guess: [figures.accuracies(both[1:] if guess is None else both, result, end)],
        {"layers": params.layers, "steps": result.steps, "learned": 100 * LEARNED},
        {"normed": result.with_.largest_rate},
    )


def plain_accuracy(params: Params, result: Result, rng: Generator) -> Question | None:
    """That a deep network without normalization cannot learn at all.

    H. Zhang, Y. N. Dauphin, T. Ma, "Fixup initialization: residual learning without normalization", ICLR
    2019.
    """
    best = result.without.best
    if best is None:
        return None
    both, end = figures.sides(params, result), len(result.watched)
    truth = 100 * float(result.without.test_accuracy[best])
    return Question(
        Amount(truth, 0, 100, distance=4),
        lambda guess: [figures.accuracies(both[1:] if guess is None else both, result, end)],
        {
            "layers": params.layers,
            "steps": result.steps,
            "classes": result.classes,
            "guessing": Share(result.guessing_accuracy),
        },
        {"rate": result.learning_rates[best]},
    )


def _of_any_depth(rng: Generator) -> dict[str, object]:
    return {"layers": int(rng.choice(DEPTHS)), "networks": 1, "units": 16}


QUESTIONS = (
    Asked(normalized_value, {"layers": 1, "units": 1, "networks": 1, "learning_rates": "0.1"}),
    Asked(plain_accuracy, _of_any_depth),
    Asked(highest_rate, _of_any_depth),
)
