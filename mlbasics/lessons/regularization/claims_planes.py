"""What a textbook says of two weights as a plane, and of one weight by itself, judged on what is drawn."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from mlbasics.kit import Rough, Share, Verdict, phrase

if TYPE_CHECKING:
    from mlbasics.lessons.regularization import Params
    from mlbasics.lessons.regularization.simulate import Result

EXACT = 1e-9  # of the largest: a solver's difference from the closed form below it is rounding


def touches_a_corner(params: Params, result: Result) -> Verdict:
    """The best point of the diamond has a weight of 0.0, and the constraint holds the weights back."""
    plane = result.geometry
    evidence = {"w1": Rough(plane.l1_point[0]), "w2": Rough(plane.l1_point[1])}
    if not plane.held:
        return None, evidence, phrase("because.inside", t=plane.t)
    holds = not plane.l1_point.all()
    return holds, evidence, None if holds else phrase("because.on-an-edge")


def disc_has_none(params: Params, result: Result) -> Verdict:
    """The best point of the disc has no weight of 0.0, and the constraint holds the weights back."""
    plane = result.geometry
    evidence = {"w1": Rough(plane.l2_point[0]), "w2": Rough(plane.l2_point[1])}
    if not plane.held:
        return None, evidence, phrase("because.inside", t=plane.t)
    holds = bool(plane.l2_point.all())
    return holds, evidence, None if holds else phrase("because.just-there")


def l1_lands_on_axes(params: Params, result: Result) -> Verdict:
    """Of random losses more touch the diamond on an axis than the disc, by over three standard errors."""
    n, l1, l2 = result.odds.problems, result.odds.l1_on_axis, result.odds.l2_on_axis
    evidence = {"problems": n, "l1": Share(l1), "l2": Share(l2)}
    if l1 - l2 > 3 * math.sqrt((l1 * (1 - l1) + l2 * (1 - l2)) / n):
        return True, evidence, None
    return None, evidence, phrase("because.few-problems", problems=n)


def same_problem(params: Params, result: Result) -> Verdict:
    """In one plane, at nine budgets, both have the same solution to 1e-9 of the optimum's norm."""
    plane = result.geometry
    lams = {"lam_l1": Rough(plane.lam_l1), "lam_l2": Rough(plane.lam_l2)}
    evidence = {"difference": plane.difference, "t": plane.t, **lams}
    holds = plane.difference <= EXACT
    return holds, evidence, None if holds else phrase("because.rounding")


def l1_subtracts(params: Params, result: Result) -> Verdict:
    """The lasso's solver takes λ off every weight and leaves 0.0 of those below it, to 1e-9."""
    found = result.shrinkage
    soft = [math.copysign(max(abs(z) - found.lam, 0.0), z) for z in found.z]
    holds = bool(abs(found.l1 - soft).max() <= EXACT * abs(found.z).max())
    evidence = {"lam": Rough(found.lam), "zeros": int((found.l1 == 0).sum()), "weights": len(found.z)}
    return holds, evidence, None if holds else phrase("because.rounding")


def l2_divides(params: Params, result: Result) -> Verdict:
    """The ridge's solver divides every weight by 1 + λ, to 1e-9 of the largest, and leaves none at 0.0."""
    found = result.shrinkage
    exact = abs(found.l2 - found.z / (1 + found.lam)).max() <= EXACT * abs(found.z).max()
    holds = bool(exact and found.l2.all())
    evidence = {"divisor": Rough(1 + found.lam), "zeros": int((found.l2 == 0).sum()), "weights": len(found.z)}
    return holds, evidence, None if holds else phrase("because.rounding")


def small_and_large(params: Params, result: Result) -> Verdict:
    """Weights below 1 + λ lose more by L1 than by L2, those above it less; at 1 + λ they lose the same."""
    found = result.shrinkage
    more = abs(found.l2) - abs(found.l1)  # is lost by L1 than by L2
    below = 1 + found.lam - abs(found.z)
    rounding = EXACT * abs(found.z).max()
    evidence = {"border": Rough(1 + found.lam)}
    holds = bool((more[below > rounding] > -rounding).all() and (more[below < -rounding] < rounding).all())
    return holds, evidence, None if holds else phrase("because.rounding")
