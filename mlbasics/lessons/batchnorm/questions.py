"""What is asked about batch normalization."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.random import Generator

from mlbasics.kit import Amount, Asked, Letters, Panels, Place, Plot, Question, Share, line, phrase, points
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
    losses = np.nan_to_num(plain.final_loss, nan=np.inf) / (LEARNED * result.guessing)
    if plain.largest_rate is None or result.with_.largest_rate is None or (abs(losses - 1) < SURELY).any():
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


def faster_not_other(params: Params, result: Result, rng: Generator) -> Question | None:
    """That batch normalization makes another network of it, rather than one that is trained sooner.

    It "achieves the same accuracy with 14 times fewer training steps": S. Ioffe, C. Szegedy, "Batch
    normalization: accelerating deep network training by reducing internal covariate shift", ICML 2015.
    """
    plane, rate = result.plane, result.learning_rates.index(result.shift.learning_rate)
    early, end = len(result.watched) // 2, len(result.watched)
    if plane is None:
        return None
    seen = [("without", result.without, end), ("with", result.with_, early), ("with", result.with_, end)]
    right = [float(figures.middle(result, sweep, moment)[rate]) for _, sweep, moment in seen]
    if min(np.diff(right)) < SURELY:
        return None
    order, steps = rng.permutation(3).tolist(), [*result.watched, result.steps]
    letters = "ABC"

    def pictures(guess: str | None) -> list[Plot | Panels]:
        drawn = []
        for letter, which in zip(letters, order, strict=True):
            name, _, moment = seen[which]
            told = phrase(f"picture.{name}", letter=letter, steps=steps[moment])
            title = phrase("picture", letter=letter) if guess is None else told
            classes = (plane.without if name == "without" else plane.with_)[moment]
            drawn.append(figures.region(title, plane, classes))
        return [Panels(drawn, figures.ABREAST)]

    truth = "".join(letters[order.index(which)] for which in (0, 1))
    values = {"steps": result.steps, "early": steps[early], "rate": result.shift.learning_rate}
    return Question(Letters(truth, letters), pictures, values)


def _of_any_depth(rng: Generator) -> dict[str, object]:
    return {"layers": int(rng.choice(DEPTHS))}


QUESTIONS = (
    Asked(normalized_value, {"layers": 1, "units": 1, "networks": 1, "learning_rates": "0.1"}),
    Asked(faster_not_other),
    Asked(plain_accuracy, _of_any_depth),
    Asked(highest_rate, _of_any_depth),
)
