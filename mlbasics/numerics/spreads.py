"""Bias² and variance of penalised fits over fresh training sets, with their standard errors.

Set t has the error e_t = f_t - f, a vector whose products average over x; its mean is m, its covariance C.
From T sets, with d_t = e_t - ē,

    variance = tr C   by the sum of ‖d_t‖² over T - 1,
    bias² = ‖m‖²      by the mean of e_s·e_t over pairs s ≠ t, which is ‖ē‖² - variance/T.

To leading orders Var(bias²) = 4 mᵀCm/T + 2 tr(C²)/T², and tr(C²) is the mean of (d_s·d_t)² over pairs: with
s = t among them it would be too large by (tr C)²/T, and where bias is small so would the error be.

Near no bias the same ē makes bias² and its error large together, so that their ratio spreads less than it
should: by 0.56 where errors have one direction, 0.81 where six, and none in 4000 is above 3.  To drop the
first term where it is not significant gives 0.66 and 1.01, but ratios above 3 in 1 of 90: it is kept.

Source: W. Hoeffding, "A class of statistics with asymptotically normal distribution", Annals of Mathematical
Statistics 19 (1948) 293-325, section 5.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from mlbasics.numerics import Array
from mlbasics.numerics.order import quantile
from mlbasics.numerics.penalties import L2, TrainingSet

BLOCK = 100  # training sets measured at once
FLOOR = 0.75  # of Var(bias²) where there is no bias: the first term is an estimate and may be below zero


@dataclass(frozen=True)
class Spread:
    """Bias² and variance of the predictions by λ, over fresh training sets, and their standard errors.

    The gaps are the differences from the unpenalised fit to the same sets: see standard_errors.
    """

    bias2: Array
    variance: Array
    bias2_se: Array
    variance_se: Array
    variance_gap_se: Array
    variance_gap_z: Array
    kept: Array  # the share of the sets in which each weight is not 0.0, (L, p)

    @property
    def total(self) -> Array:
        """Bias² + variance."""
        return self.bias2 + self.variance


@dataclass(frozen=True)
class Best:
    """The λ of least error, bias² + variance, where each half of the sets is judged at the best of the other.

    What is chosen and judged on the same sets looks better than it is.
    """

    place: int  # of the λ that is the best of all sets
    lam: float
    error: float
    gap_se: float  # of the difference from the unpenalised fit
    gap_z: float


def spreads(
    sets: Iterable[TrainingSet], asked: Sequence[tuple[float, Array]], beta: Array, root: Array
) -> tuple[list[Spread], list[Array]]:
    """Measure bias² and variance of (l1_ratio, λ) fits, and last of the unpenalised.

    The sets come from y = xᵀβ + ε with x ~ N(0, root rootᵀ).  The average over x of (xᵀ(w - β) + b)² is
    ‖rootᵀ(w - β)‖² + b²: the errors at the columns of root and at 0 give it exactly.  Returned beside the
    spreads is this squared error by set, (T, L) each.
    """
    asked = [*asked, (L2, np.zeros(1))]
    coming = iter(sets)
    by_set: list[Array] = []  # ‖d‖², ‖e‖² and d·m, (3, B, F) for F fits
    shifts: list[Array] = []  # the sums of d
    traces: list[Array] = []  # tr(C²), each from the pairs of a block
    kept: list[Array] = []  # how many sets leave each weight
    while block := [_weights(data, asked) for data in islice(coming, BLOCK)]:
        weights = np.array(block)  # (B, F, p + 1), and the intercept last
        errors = np.concatenate([(weights[..., :-1] - beta) @ root, weights[..., -1:]], axis=2)
        if not by_set:
            first, centre = len(block), errors.mean(axis=0)  # any vector near the mean error would do
        off = errors - centre
        by_set.append(np.array([_dot(off, off), _dot(errors, errors), _dot(off, centre)]))
        shifts.append(off.sum(axis=0))
        traces.append(_trace(off) * len(block))
        kept.append((weights[..., :-1] != 0).sum(axis=0))
    spread, squared, along = np.concatenate(by_set, axis=1)
    n = len(spread)
    shift, trace = np.array(shifts).sum(axis=0) / n, np.array(traces).sum(axis=0) / n
    variance = (spread.mean(axis=0) - _dot(shift, shift)) * n / (n - 1)
    pull = along.var(axis=0, ddof=1) - trace / first  # mᵀCm; the centre's own noise is in the first term
    gaps = spread[:, -1:] - spread
    columns = (
        _dot(centre + shift, centre + shift) - variance / n,
        variance,
        np.sqrt(np.maximum(4 * pull / n + 2 * trace / n**2, FLOOR * 2 * trace / n**2)),
        _error(spread),
        _error(gaps),
        standard_errors(gaps),
        np.array(kept).sum(axis=0) / n,
    )
    ends = np.cumsum([len(lambdas) for _, lambdas in asked])[:-1]
    found = [Spread(*own) for own in zip(*(np.split(c, ends) for c in columns), strict=True)]
    return found, np.split(squared, ends, axis=1)


def _weights(data: TrainingSet, asked: Sequence[tuple[float, Array]]) -> Array:
    """Return the weights of every fit, (F, p + 1), the intercept last."""
    fits = [data.fit(lambdas, l1_ratio) for l1_ratio, lambdas in asked]
    return np.concatenate([np.column_stack([f.coef, f.intercept]) for f in fits])


def _dot(a: Array, b: Array) -> Array:
    return np.einsum("...q,...q->...", a, b)


def _trace(off: Array) -> Array:
    """Return the mean of (d_s·d_t)² over s ≠ t, (F,), for d (B, F, p + 1); 0 of a single set."""
    products = np.matmul(off.transpose(1, 0, 2), off.transpose(1, 2, 0))  # (F, B, B)
    pairs = np.square(products).sum(axis=(1, 2)) - np.square(_dot(off, off)).sum(axis=0)
    return pairs / max(1, len(off) * (len(off) - 1))


def best(lambdas: Array, squared: Array, unpenalised: Array) -> Best:
    """Return the best λ from the squared errors by set, (T, L) and (T, 1)."""
    judged = np.empty(len(squared))
    for half in (0, 1):
        judged[half::2] = squared[half::2, squared[1 - half :: 2].mean(axis=0).argmin()]
    gap = unpenalised[:, 0] - judged
    place = int(squared.mean(axis=0).argmin())
    return Best(
        place, float(lambdas[place]), float(judged.mean()), float(_error(gap)), float(standard_errors(gap))
    )


def standard_errors(gaps: Array) -> Array:
    """Return how many standard errors the mean of differences, over the first axis, is from zero.

    Where a few sets differ vastly, in the direction of the mean, its error is as large as it and says
    nothing.  So they are also counted with the largest quarter in that direction cut to the quartile, which
    brings the mean nearer to zero, but its error still nearer; the larger number is returned.
    """
    side = np.sign(gaps.mean(axis=0))
    cut = np.minimum(gaps * side, quantile(gaps * side, 0.75))
    whole, rest = (_ratio(part.mean(axis=0), _error(part)) for part in (gaps * side, cut))
    return side * np.maximum(whole, rest)


def _ratio(mean: Array, error: Array) -> Array:
    return np.divide(mean, error, out=np.zeros_like(mean), where=error > 0)


def _error(samples: Array) -> Array:
    """Return the standard error of the mean over the first axis."""
    return samples.std(axis=0, ddof=1) / np.sqrt(len(samples))
