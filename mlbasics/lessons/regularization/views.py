"""The plane of two weights, and what a penalty does to one weight of orthonormal columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mlbasics.kit import Block, Column, Panels, Plot, Row, Series, Table
from mlbasics.lessons.regularization import tables
from mlbasics.lessons.regularization.plane import Geometry
from mlbasics.lessons.regularization.simulate import Result
from mlbasics.words import Phrase, phrase

if TYPE_CHECKING:
    from mlbasics.lessons.regularization import Params


NARROWEST = 36  # columns in which a plane can still be read
AROUND = np.linspace(0, 2 * np.pi, 241)
LEVELS = (0.15, 0.5, 1.0)  # of the loss at the touching point: the contours drawn
FARTHEST = 2.0  # times the budget or the optimum: what is shown of a long contour
FINE = 201  # points of a curve


def geometry(params: Params, result: Result) -> tuple[Phrase, list[Block]]:
    """Return the diamond and the disc with the contours that touch them, and t against λ."""
    plane = result.geometry
    w1, w2 = plane.optimum.tolist()
    setup = phrase(
        "setup.geometry", angle=params.angle, eccentricity=params.eccentricity, w1=w1, w2=w2, t=plane.t
    )
    picture = phrase("not-the-algorithm")
    return setup, [
        Panels([_plane("l1", plane), _plane("l2", plane)], NARROWEST),
        _points(plane),
        _budget(plane),
        tables.odds(result),
        picture,
    ]


def _plane(name: str, plane: Geometry) -> Plot:
    point = plane.l1_point if name == "l1" else plane.l2_point
    circle = np.array([np.cos(AROUND), np.sin(AROUND)])
    diamond = np.array([[1.0, 0, -1, 0, 1], [0, 1, 0, -1, 0]])
    border = plane.t * (diamond if name == "l1" else circle)
    values, vectors = np.linalg.eigh(plane.hessian)
    off = point - plane.optimum
    axes = np.sqrt((off @ plane.hessian @ off) / values)[:, None]  # of the contour through the point
    contours = [plane.optimum[:, None] + vectors @ (np.sqrt(level) * axes * circle) for level in LEVELS]
    seen = np.clip(
        np.hstack([border, contours[-1]]), *(FARTHEST * np.array([-1, 1]) * max(plane.t, *plane.optimum))
    )
    low, high = 1.05 * seen.min(axis=1), 1.05 * seen.max(axis=1)
    far = 10 * float(np.abs(seen).max())
    return Plot(
        title=phrase(f"plot.touching.{name}", t=plane.t),
        axes=phrase("plot.touching.axes"),
        series=[
            Series(phrase("series.zero"), "other", "line", [-far, far], [0, 0]),
            Series(phrase("series.zero"), "other", "line", [0, 0], [-far, far]),
            *(Series(phrase("series.contour"), "test", "line", *c.tolist()) for c in contours),
            Series(phrase("series.border"), "high", "line", *border.tolist()),
            Series(phrase("series.optimum"), "data", "points", [plane.optimum[0]], [plane.optimum[1]]),
            Series(phrase("series.touching"), "best", "points", [point[0]], [point[1]]),
        ],
        x_range=(float(low[0]), float(high[0])),
        y_range=(float(low[1]), float(high[1])),
        equal_units=True,
        height=20,
    )


def _points(plane: Geometry) -> Table:
    norms = {"l1": float(np.abs(plane.l1_point).sum()), "l2": float(np.hypot(*plane.l2_point))}
    found = {"l1": (plane.l1_point, plane.lam_l1), "l2": (plane.l2_point, plane.lam_l2)}
    return Table(
        title=phrase("table.touching"),
        columns=[Column(phrase(f"column.{name}")) for name in ("constraint", "w1", "w2", "norm", "lam_of_t")],
        rows=[
            Row(((phrase(f"constraint.{name}"),), float(w[0]), float(w[1]), norms[name], lam))
            for name, (w, lam) in found.items()
        ],
    )


def _budget(plane: Geometry) -> Plot:
    """Return t(λ) for both penalties: every budget is some λ."""
    lambdas, marked = plane.lambdas.tolist(), [plane.lam_l1, plane.lam_l2]
    most = max(float(plane.norm_l1.max()), plane.t)
    return Plot(
        title=phrase("plot.budget"),
        axes=phrase("plot.budget.axes"),
        series=[
            Series(phrase("series.t_l1"), "high", "line", lambdas, plane.norm_l1.tolist()),
            Series(phrase("series.t_l2"), "low", "line", lambdas, plane.norm_l2.tolist()),
            Series(phrase("series.t"), "best", "points", marked, [plane.t] * 2),
        ],
        x_range=(0.0, lambdas[-1]),
        y_range=(0.0, 1.05 * most),
        height=12,
    )


def shrinkage(result: Result) -> tuple[Phrase, list[Block]]:
    """Return the weight with a penalty against the weight without: closed forms, and the solvers' points."""
    found = result.shrinkage
    lam, reach = found.lam, 1.05 * float(np.abs(found.z).max())
    z = np.linspace(-reach, reach, FINE)
    soft = np.sign(z) * np.maximum(np.abs(z) - lam, 0)
    x = found.z.tolist()
    plot = Plot(
        title=phrase("plot.shrinkage"),
        axes=phrase("plot.shrinkage.axes"),
        series=[
            Series(phrase("series.unchanged"), "truth", "line", z.tolist(), z.tolist()),
            Series(phrase("series.proportional"), "low", "line", z.tolist(), (z / (1 + lam)).tolist()),
            Series(phrase("series.soft"), "high", "line", z.tolist(), soft.tolist()),
            Series(phrase("series.l2"), "low", "points", x, found.l2.tolist()),
            Series(phrase("series.l1"), "high", "points", x, found.l1.tolist()),
        ],
        x_range=(-reach, reach),
        y_range=(-reach, reach),
        height=24,
    )
    zeros = {"l1_zeros": int((found.l1 == 0).sum()), "l2_zeros": int((found.l2 == 0).sum())}
    told = phrase("shrinkage", lam=lam, weights=len(x), **zeros)
    return phrase("setup.shrinkage", lam=lam, weights=len(x)), [plot, told]
