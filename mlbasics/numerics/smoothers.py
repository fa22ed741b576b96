"""Linear smoothers, f̂(x) = s(x)ᵀy: what a learner that is linear in the targets errs, in closed form.

With y = f + ε at fixed inputs, Var ε = σ²,

    bias(x) = s(x)ᵀf - f(x),        variance(x) = σ² ‖s(x)‖².

Source: Hastie, Tibshirani, Friedman, "The Elements of Statistical Learning", 2nd ed., section 5.5.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mlbasics.numerics import Array


@dataclass(frozen=True)
class Theory:
    """Bias² and variance averaged over x, by complexity, (C,)."""

    bias2: Array
    variance: Array


def theory(s: Array, f: Array, truth: Array, weights: Array, sigma: float) -> Theory:
    """Return the closed forms of smoothers s (n, C, Q), what they predict at Q points for each unit vector y.

    f (n,) is the truth at the inputs, truth (Q,) that at the points, whose weights (Q,) average over x.
    """
    bias = np.tensordot(f, s, axes=1) - truth
    variance = sigma**2 * np.square(s).sum(axis=0)
    return Theory(np.square(bias) @ weights, variance @ weights)
