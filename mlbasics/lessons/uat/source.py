"""What the networks follow: one of the curves, the learner's formula, or the line through their points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from mlbasics.kit import InputError, phrase
from mlbasics.kit.targets import LARGEST, check_finite, curve, formula_of
from mlbasics.numerics import Array
from mlbasics.numerics.survey import Function, Jump, Survey, survey

if TYPE_CHECKING:
    from mlbasics.data.columns import Columns
    from mlbasics.data.origin import Origin
    from mlbasics.lessons.uat import Params


LEAST_POINTS = 2
NEAREST = 1e-9  # of their size: values of x nearer to each other leave too few floats between them
SHORTEST = 1e-290  # an interval whose inverse is finite


@dataclass(frozen=True)
class Target:
    """A function, what it is called, and what is known of it on the interval, where it is finite."""

    formula: str
    f: Function
    survey: Survey
    origin: Origin | None = None


def source(params: Params, columns: Columns | None) -> Target:
    """Return the target of a run; raise InputError where it has no finite value on the interval."""
    return _formula(params) if columns is None else _own(params, columns)


def _formula(params: Params) -> Target:
    f = curve(params)

    def finite(x: Array) -> Array:
        y = f(x)
        check_finite(x, y)
        return y

    surveyed = survey(finite, f.enclose, *params.interval)
    if surveyed.pole is not None:
        raise InputError(phrase("formula.infinite", x=surveyed.pole, largest=f"{LARGEST:g}"))
    return Target(formula_of(params), f, surveyed)


def _own(params: Params, columns: Columns) -> Target:
    from mlbasics.data.columns import refusal
    from mlbasics.data.selection import distinct, select

    points = select(columns, params.x, params.y, least=LEAST_POINTS, inputs=1)
    x, y = averaged(points.X[:, 0], points.y)
    distinct(points)
    if x[-1] - x[0] < max(NEAREST * abs(x).max(), SHORTEST):
        raise refusal("near-x", points.origin.source, column=points.names[0])
    f = through(x, y)
    with np.errstate(over="ignore"):
        steepest = float(abs(np.diff(y) / np.diff(x)).max())
    surveyed = Survey(f, x, steepest, Jump(0.0, float(x[0])))
    return Target(f"{points.origin.y}({points.names[0]})", f, surveyed, points.origin)


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
