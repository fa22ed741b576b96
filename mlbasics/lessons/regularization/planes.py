"""The plane of two weights: diamond, disc, the contours that touch them, and where random losses do."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from mlbasics.kit import Panels, Plot, Role, Rough, Series, phrase
from mlbasics.numerics import Array, two_weights
from mlbasics.numerics.two_weights import Odds, Plane

LEVELS = (0.3, 1.0)  # of the loss at the touching point: the contours drawn
FARTHEST, MARGIN = 1.15, 1.05  # times the optimum, and the budget: what is shown
ENDS = np.array([-1.0, 1.0])  # of an axis
SLOTS, STEP, AROUND = 72, 0.05, 2.3  # directions and layers of touching points, and what is shown of them
NAMELESS = phrase("series.nameless")
BORDERS = {"l1": two_weights.DIAMOND, "l2": two_weights.CIRCLE}
ROLES: dict[str, Role] = {
    "contour": "data", "touched": "best", "t_l1": "high", "t_l2": "low", "t": "best",
    "l1": "high", "l2": "low", "inner": "faint", "zero": "other",
}  # fmt: skip


def diamond_and_disc(found: Plane, times: float = 1.0, *, named: bool) -> list[Plot]:
    """Return both constraints with the lowest contour that touches each, and the touching point starred.

    Those of the budget, or those that are the penalties at so many times the λ of the budget.
    """
    l1, l2, t1, t2 = found.l1_point, found.l2_point, found.t, found.t
    if times != 1:
        l1, l2 = two_weights.penalised(found, times)
        t1, t2 = float(np.abs(l1).sum()), float(np.hypot(*l2))
    return [_touching("l1", found, t1, l1, named=named), _touching("l2", found, t2, l2, named=named)]


def _touching(name: str, found: Plane, t: float, point: Array, *, named: bool) -> Plot:
    inner, contour = (two_weights.contour(found.hessian, found.optimum, point, level) for level in LEVELS)
    low, high = -MARGIN * found.t * np.ones(2), MARGIN * np.maximum(found.t, FARTHEST * found.optimum)
    optimum = Series(NAMELESS, "data", "points", *found.optimum[:, None].tolist())
    loss = _series("contour", contour) if named else _unsaid("contour", contour)
    w1, w2 = point.tolist()
    down = Series(NAMELESS, "plain", "stems", [w1], [0.0], [w2])
    star = Series(phrase("series.touching", w1=Rough(w1)), "plain", "points", [w1], [w2], shape="star")
    return Plot(
        id="touching",
        title=phrase(f"plot.touching.{name}"),
        series=[
            *_axes(10 * float(high.max())),
            _unsaid("inner", inner),
            loss,
            optimum,
            _unsaid(name, t * BORDERS[name]),
            down,
            star,
        ],
        x_range=(float(low[0]), float(high[0])),
        y_range=(float(low[1]), float(high[1])),
        equal_units=True,
        x_name=phrase("axis.w1"),
        height=20,
    )


def odds(found: Odds) -> Panels:
    """Return where random losses touch the diamond and the disc, in one direction piled outward."""
    plots = [_touched("l1", found.l1_points), _touched("l2", found.l2_points)]
    return Panels(plots, NARROWEST, True, True)


def _touched(name: str, points: Array) -> Plot:
    return Plot(
        id="odds",
        title=phrase(f"plot.odds.{name}", shown=len(points)),
        axes=phrase("plot.odds.axes", on_axis=int((np.abs(points).min(axis=1) <= two_weights.ON_AXIS).sum())),
        series=[
            *_axes(10.0),
            _unsaid(name, BORDERS[name]),
            replace(_series("touched", two_weights.piled(points, SLOTS, STEP).T), kind="dots"),
        ],
        x_range=(-AROUND, AROUND),
        y_range=(-AROUND, AROUND),
        equal_units=True,
        x_name=phrase("axis.w1"),
        y_name=phrase("axis.w2"),
        height=20,
    )


def budget(found: Plane) -> Plot:
    """Return t(λ) for both penalties: every budget is some λ."""
    return Plot(
        id="budget",
        axes=phrase("plot.budget.axes"),
        series=[
            _series("t_l1", np.array([found.lambdas, found.norm_l1])),
            _series("t_l2", np.array([found.lambdas, found.norm_l2])),
            replace(
                _series("t", np.array([[found.lam_l1, found.lam_l2], [found.t, found.t]])), kind="points"
            ),
        ],
        x_range=(0.0, float(found.lambdas[-1])),
        y_range=(0.0, 1.05 * max(float(found.norm_l1.max()), found.t)),
        height=12,
    )


def _axes(far: float) -> list[Series]:
    across = np.array([far * ENDS, 0 * ENDS])
    return [_unsaid("zero", across), _unsaid("zero", across[::-1])]


def _unsaid(role: str, points: Array) -> Series:
    return Series(NAMELESS, ROLES[role], "line", *points.tolist())


def _series(name: str, points: Array) -> Series:
    """Return a line through points (2, m)."""
    return Series(phrase(f"series.{name}"), ROLES[name], "line", *points.tolist())


NARROWEST = 30  # columns in which a plane can still be read
