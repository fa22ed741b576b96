"""What the networks follow: a built-in function, the learner's formula, or the curve through their points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from mlbasics.kit import InputError, formula
from mlbasics.lessons.uat import TARGETS
from mlbasics.numerics import Array
from mlbasics.numerics.universal import Function
from mlbasics.words import phrase

if TYPE_CHECKING:
    from mlbasics.data.columns import Columns
    from mlbasics.data.origin import Origin
    from mlbasics.lessons.uat import Params


LEAST_POINTS = 2


@dataclass(frozen=True)
class Target:
    """A function on [a, b] and what it is called."""

    formula: str
    f: Function
    a: float
    b: float
    origin: Origin | None = None


def target(params: Params, columns: Columns | None) -> Target:
    """Return the target of a run."""
    if columns is None:
        told = TARGETS[params.target] if params.function is None else params.function
        return Target(told, formula.read(told), *params.interval)
    if params.function is not None:
        raise InputError(phrase("error.either", option="--function", other="--data"))

    from mlbasics.data.selection import distinct, select

    points = select(columns, params.x, params.y, least=LEAST_POINTS, inputs=1)
    x, y = averaged(points.X[:, 0], points.y)
    distinct(points)
    told = f"{points.origin.y}({points.names[0]})"
    return Target(told, through(x, y), float(x[0]), float(x[-1]), points.origin)


def averaged(x: Array, y: Array) -> tuple[Array, Array]:
    """Return the points in the order of x, those of equal x as one at the mean of their y."""
    distinct, place = np.unique(x, return_inverse=True)
    return distinct, np.bincount(place, y) / np.bincount(place)


def through(x: Array, y: Array) -> Function:
    """Return the function that joins the points by straight lines, NaN beyond the first and last."""
    slack = 1e-9 * (x[-1] - x[0])  # what rounding may add to the ends

    def joined(at: Array) -> Array:
        inside = (at >= x[0] - slack) & (at <= x[-1] + slack)
        return np.where(inside, np.interp(at, x, y), np.nan)

    return joined
