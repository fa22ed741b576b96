"""Whether a term of the error grows or falls with complexity, and what the rules of this lesson share."""

from __future__ import annotations

import math
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from mlbasics.kit import Phrase, Rough, Verdict, phrase
from mlbasics.numerics.decomposition import KEPT

if TYPE_CHECKING:
    from mlbasics.lessons.bias_variance import Params
    from mlbasics.lessons.bias_variance.simulate import Result
    from mlbasics.numerics import Array

FEW, MANY = 10, 30  # training sets: from fewer, a standard error says little; MANY where it is measured too
ROUNDING = 1e-8  # of a value, and squared of the squared signal: what the arithmetic may leave
SAME = 0.05  # a change known to be smaller than this share is none


def one_way(params: Params, result: Result, name: str, sign: int) -> Verdict:
    """Judge whether a term grows (sign 1) or falls (-1): end to end as measured, in pairs as far as sure."""
    terms, known, c = result.typical or result, result.theory, result.complexity
    term, error = getattr(terms, name).tolist(), getattr(terms.se, name).tolist()
    sure = getattr(known, name).tolist() if known else term
    unsure = [0.0 if known else 6 * e for e in error]  # twice the usual: estimates of squares are skew
    evidence = {
        "simplest": c[0],
        "simplest_term": Rough(max(term[0], 0)),
        "most_complex": c[-1],
        "most_complex_term": Rough(max(term[-1], 0)),
    }
    if len(c) == 1:
        return None, evidence, phrase("because.one-complexity")
    if few := few_sets(params, result):
        return None, evidence, few
    if name == "variance" and max(sure) <= rounding(result):
        return False, evidence, phrase("because.no-variance")
    if name == "bias2" and all(b <= e + rounding(result) for b, e in zip(sure, unsure, strict=True)):
        constant = result.origin is None and not bends(result, 0)
        holds = False if constant or known else None
        return holds, evidence, phrase("because.constant" if constant else "because.no-bias")
    if (way := _way_back(result, sure, unsure, sign)) and way.sure:
        key = "because.falls" if sign > 0 else "because.rises"
        before, after = (Rough(max(sure[k], 0)) for k in way.pair)
        return (
            False,
            evidence,
            phrase(key, simple=c[way.pair[0]], complex=c[way.pair[1]], before=before, after=after),
        )
    clear = sign * (term[-1] - term[0]) > 3 * math.hypot(error[0], error[-1]) + rounding(result, *term)
    if result.typical and name == "variance":
        clear = result.typical.farther[-1] > more_often(params)
    if clear and not way:
        return True, evidence, None
    if sign * (sure[-1] - sure[0]) + math.hypot(unsure[0], unsure[-1]) <= SAME * sure[0]:
        return False, evidence, phrase("because.same")
    return None, evidence, tail(result) if result.heavy_tail else phrase("because.few-trials")


class _Back(NamedTuple):
    """Two learners of which the more complex has what the simpler should have, and whether that is sure."""

    pair: tuple[int, int]
    sure: bool


def _way_back(result: Result, term: list[float], error: list[float], sign: int) -> _Back | None:
    """Return the pair that goes the wrong way farthest, of those that surely do if there are any.

    A third of the error that makes it sure makes it likely; what is less is not seen.
    """
    least = max(SAME * max(term), rounding(result, *term))
    back = []
    for i, j in combinations(range(len(term)), 2):
        move, unsure = sign * (term[i] - term[j]), math.hypot(error[i], error[j])
        if move > max(least, unsure / 3):
            back.append((move > unsure, move, (i, j)))
    sure, _, pair = max(back, default=(False, 0.0, None))
    return None if pair is None else _Back(pair, sure)


def few_sets(params: Params, result: Result, *, measured: bool = False) -> Phrase | None:
    """Say that the sets are too few for standard errors, where they are; more are needed to measure one."""
    least = FEW if result.theory and not measured else MANY
    return phrase("because.few-sets", least=least) if params.trials < least else None


def more_often(params: Params) -> float:
    """Return the share of the sets kept that is over half by three standard errors of a fair coin."""
    return 0.5 + 1.5 / math.sqrt(min(params.trials, KEPT))


def in_errors(difference: Array, error: Array, rounding: float) -> list[float]:
    """Return each difference in standard errors, where rounding counts as none."""
    sizes = [d if abs(d) > rounding else 0.0 for d in difference.tolist()]
    return [s / e if e > 0 else math.inf if s else 0.0 for s, e in zip(sizes, error.tolist(), strict=True)]


def rounding(result: Result, *values: float) -> float:
    """Return what the arithmetic may leave of values, beside the squared signal, where there is no noise."""
    return ROUNDING * max(map(abs, values), default=0.0) + ROUNDING**2 * float(
        (result.curves.truth**2).mean()
    )


def bends(result: Result, degree: int) -> bool:
    """Return whether the truth leaves the chord between its ends, or, at degree 0, its first value."""
    x, y = result.curves.x, result.curves.truth
    line = y[0] + degree * (y[-1] - y[0]) * (x - x[0]) / (x[-1] - x[0])
    return bool(abs(y - line).max() > ROUNDING * abs(y).max())


def typical_total(result: Result, i: int) -> float:
    """Return the error of medians where a tail is heavy; of sets too few for them, the mean."""
    typical = result.typical
    if typical is None:
        return float(result.total[i])
    noise = 0.0 if result.origin else float(result.noise[i])
    return max(float(typical.bias2[i]), 0.0) + float(typical.variance[i]) + noise


def tail(result: Result) -> Phrase:
    """Say why a mean over these sets says nothing."""
    return phrase("because.heavy-tail" if result.origin is None else "because.heavy-tail.own")
