"""What is asked about universal approximation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.random import Generator

from mlbasics.kit import (
    Amount,
    Asked,
    Panels,
    Place,
    Plot,
    Question,
    Rough,
    line,
    span,
)
from mlbasics.lessons.uat.figures import summed

if TYPE_CHECKING:
    from mlbasics.lessons.uat import Params
    from mlbasics.lessons.uat.experiment import Result

NARROW = 24  # columns of a picture
STEEP = 200.0  # the weight of a neuron that is a step
TURNS = (0.3, 0.7)  # of two neurons


def next_weight(params: Params, result: Result, rng: Generator) -> Question | None:
    """That an output weight is the height of the function there: it is the change from one side to the other.

    M. Nielsen, "Neural Networks and Deep Learning" (2015), chapter 4.
    """
    first, second = rng.choice(np.arange(2, 10), 2, replace=False) * rng.choice([-1, 1], 2)
    x = np.linspace(0, 1, 401)
    steps = [1 / (1 + np.exp(-STEEP * (x - turn))) for turn in TURNS]
    total = first * steps[0] + (second - first) * steps[1]

    def figures(guess: float | None) -> list[Plot | Panels]:
        parts = [line("question.sum", "best", x, total)]
        if guess is not None:
            parts += [line("question.guess", "other", x, first * steps[0] + guess * steps[1])]
        return [Plot("question.steps", parts, (0, 1), span([0, *total], 0.1))]

    return Question(
        Amount(float(second - first), -20, 20, distance=1, whole=True),
        figures,
        {"left": TURNS[0], "right": TURNS[1]},
        {"first": int(first), "second": int(second)},
    )


def largest_error(params: Params, result: Result, rng: Generator) -> Question | None:
    """That a network errs most where the function is highest: a staircase errs most where it is steepest.

    G. Cybenko, "Approximation by superpositions of a sigmoidal function", Mathematics of Control, Signals and
    Systems 2 (1989) 303-314, bounds the error by how little the function changes within a cell.
    """
    curves = result.curves
    error = abs(curves.network - curves.target)
    alone = line("target", "plain", curves.x, curves.target)
    before = Plot("question.target", [alone], (0, 1), span(curves.target, 0.1))
    place = float(curves.x[error.argmax()])
    return Question(
        Place(place, 0, 1, distance=0.1),
        lambda guess: [before if guess is None else summed(params, result, params.neurons)],
        {"neurons": params.neurons},
        {"error": Rough(error.max())},
    )


def more_neurons(params: Params, result: Result, rng: Generator) -> Question | None:
    """That twice the neurons help little, or very much: the error of steps falls as one over their number.

    I. Goodfellow, Y. Bengio, A. Courville, "Deep Learning" (2016), 6.4.1: the theorem does not say how many.
    """
    sup = dict(zip(result.widths.neurons, result.widths.sup_error, strict=True))
    many = int(rng.choice([n for n in (50, 100, 200) if n >= 4 * params.neurons]))
    return Question(
        Amount(sup[many], 0.001, 10, factor=1.5, log=True),
        lambda guess: [summed(params, result, params.neurons if guess is None else many)],
        {"neurons": params.neurons, "many": many, "error": Rough(result.sup_error)},
        {"times": Rough(many / params.neurons)},
    )


def at_a_jump(params: Params, result: Result, rng: Generator) -> Question | None:
    """That with enough neurons any error gets as small as one likes: at a jump it does not.

    G. Cybenko, "Approximation by superpositions of a sigmoidal function", Mathematics of Control, Signals and
    Systems 2 (1989) 303-314, theorem 1.
    """
    sup = dict(zip(result.widths.neurons, result.widths.sup_error, strict=True))
    few, many = params.neurons, max(sup)
    if not 0.8 < sup[many] / result.sup_error < 1.25:  # how near a step stands to the jump is chance
        return None
    return Question(
        Amount(sup[many], 0.01, 100, factor=1.2, log=True),
        lambda guess: [summed(params, result, few if guess is None else many)],
        {"few": few, "many": many, "error": Rough(result.sup_error)},
        {"jump": Rough(result.largest_jump)},
    )


def _steep(rng: Generator) -> dict[str, object]:
    """Return a hill, and a step that is steepest somewhere else."""
    at = round(rng.uniform(0.1, 0.9), 2)
    hill = round((at + 0.5) % 1, 2)
    return {"function": f"tanh(12*(x - {at})) + exp(-(5*(x - {hill}))**2)", "neurons": 20}


def _wave(rng: Generator) -> dict[str, object]:
    """Return a wave of any height, and how many neurons follow it."""
    height, turns = rng.choice([0.5, 1, 2, 4, 8]), rng.integers(4, 12)
    return {"function": f"{height:g}*sin({turns}*x)", "neurons": int(rng.choice([5, 10]))}


def _jump(rng: Generator) -> dict[str, object]:
    """Return a curve that jumps by any height, anywhere."""
    height, at = round(float(np.exp(rng.uniform(-1, 2))), 1), round(rng.uniform(0.2, 0.8), 2)
    return {"function": f"x + {height}*sign(x - {at})", "neurons": 20}


QUESTIONS = (
    Asked(next_weight),
    Asked(more_neurons, _wave),
    Asked(largest_error, _steep),
    Asked(at_a_jump, _jump),
)
