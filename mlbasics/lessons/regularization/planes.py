"""The plane of two weights: diamond, disk, and the contours that touch them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from mlbasics.kit import Plot, Role, Series, band, line, phrase, points
from mlbasics.numerics import Array, two_weights
from mlbasics.numerics.two_weights import Plane

LEVELS = (0.3, 1.0)  # of the loss at the touching point: the contours drawn
FARTHEST = 10  # budgets: as far as the axes go
NEARLY = 0.005  # a weight that is not zero, but rounds to it
NAMELESS = phrase("series.nameless")
BORDERS = {"l1": two_weights.DIAMOND, "l2": two_weights.CIRCLE}
ACROSS = np.linspace(-1, 1, 81)
HEIGHTS = {"l1": 1 - np.abs(ACROSS), "l2": np.sqrt(1 - ACROSS**2)}  # of the shapes above w1
ROLES: dict[str, Role] = {"l1": "high", "l2": "low"}


def diamond_and_disk(shown: Plane, size: float) -> list[Plot]:
    """Return both constraints with the lowest contour that touches each, and the touching point starred.

    The ranges have room for a budget of this size.
    """
    return [
        _touching("l1", shown, shown.t_l1, shown.l1_point, size),
        _touching("l2", shown, shown.t_l2, shown.l2_point, size),
    ]


def _touching(name: str, shown: Plane, t: float, point: Array, size: float) -> Plot:
    inner, contour = (two_weights.contour(shown.hessian, shown.optimum, point, level) for level in LEVELS)
    w1, w2 = point.tolist()
    return Plot(
        id="touching",
        title=phrase(f"plot.touching.{name}", w1=_said(w1)),
        series=[
            band(NAMELESS, ROLES[name], t * ACROSS, -t * HEIGHTS[name], t * HEIGHTS[name]),
            *_axes(FARTHEST * size),
            line(NAMELESS, "faint", *inner),
            replace(line("ring", "plain", *contour), explained=True),
            replace(points("optimum", "plain", shown.optimum[:1], shown.optimum[1:], "disc"), explained=True),
            line(NAMELESS, ROLES[name], *(t * BORDERS[name])),
            Series(NAMELESS, "plain", "stems", [w1], [0.0], [w2]),
            points(NAMELESS, "plain", [w1], [w2], "star"),
        ],
        x_range=(-1.05 * size, 1.6 * size),
        y_range=(-0.2 * size, 1.75 * size),
        equal_units=True,
        level=w2,
        height=20,
    )


def _said(weight: float) -> str:
    if not weight:
        return "= 0"
    return "≈ 0" if abs(weight) < NEARLY else f"= {weight:.2f}"


def _axes(far: float) -> list[Series]:
    across = replace(line("w1", "other", [-far, far], [0, 0]), explained=True)
    up = replace(line("w2", "other", [0, 0], [-far, far]), explained=True)
    return [across, up]
