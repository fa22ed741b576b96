"""What the networks follow: one of the curves, the learner's formula, or the line through their points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from mlbasics.kit.targets import check_finite, curve, formula_of
from mlbasics.numerics import Array
from mlbasics.numerics.universal import Function

if TYPE_CHECKING:
    from mlbasics.data.columns import Columns
    from mlbasics.data.origin import Origin
    from mlbasics.lessons.uat import Params


LEAST_POINTS = 2
GRID = 2001  # points at which errors are taken


@dataclass(frozen=True)
class Target:
    """A function on [a, b] and what it is called."""

    formula: str
    f: Function
    a: float
    b: float
    origin: Origin | None = None


def source(params: Params, columns: Columns | None) -> Target:
    """Return the target of a run."""
    target = _formula(params) if columns is None else _own(params, columns)
    x = np.linspace(target.a, target.b, GRID)
    check_finite(x, target.f(x))
    return target


def _formula(params: Params) -> Target:
    return Target(formula_of(params), curve(params), *params.interval)


def _own(params: Params, columns: Columns) -> Target:
    from mlbasics.data.selection import distinct, select

    points = select(columns, params.x, params.y, least=LEAST_POINTS, inputs=1)
    x, y = averaged(points.X[:, 0], points.y)
    distinct(points)
    name = f"{points.origin.y}({points.names[0]})"
    return Target(name, through(x, y), float(x[0]), float(x[-1]), points.origin)


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
