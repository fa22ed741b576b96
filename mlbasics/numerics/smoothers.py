"""Linear smoothers, f̂(x) = s(x)ᵀy: what a learner that is linear in the targets errs, in closed form.

With y = f + ε at fixed inputs, Var ε = σ²,

    bias(x) = s(x)ᵀf - f(x),        Σ(x, x') = σ² s(x)ᵀs(x'),        variance(x) = Σ(x, x).

Source: Hastie, Tibshirani, Friedman, "The Elements of Statistical Learning", 2nd ed., section 5.5.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mlbasics.numerics import Array
from mlbasics.numerics.decomposition import Errors, Terms


@dataclass(frozen=True)
class Theory(Terms):
    """The closed forms, and how skew what is measured of them is."""

    bias2_skewness: Array
    variance_skewness: Array


def theory(s: Array, f: Array, truth: Array, weights: Array, sigma: float, trials: int) -> Theory:
    """Return the closed forms, averaged over x, and the standard errors of measuring them on T training sets.

    s (n, C, Q) are the predictions at Q points for each unit vector y, f (n,) is the truth at the inputs,
    truth (Q,) that at the points, whose weights (Q,) average over x.  With normal noise and the bias e, what
    is measured is a sum of squares of normal numbers, with these second and third cumulants:

        bias²:              4 eᵀΣe/T + 2 tr(Σ²)/T²,   24 eᵀΣ²e/T² + 8 tr(Σ³)/T³
        variance:           2 tr(Σ²)/(T - 1),         8 tr(Σ³)/(T - 1)²
        both together:      (4 eᵀΣe + 2 tr(Σ²))/T.
    """
    t, root = trials, np.sqrt(weights)
    bias = (np.tensordot(f, s, axes=1) - truth) * root  # (C, Q)
    spread = sigma * (s * root).transpose(1, 0, 2)  # (C, n, Q)
    covariance = np.matmul(spread.transpose(0, 2, 1), spread)  # Σ, (C, Q, Q)
    pulled = np.matmul(covariance, bias[..., None])[..., 0]  # Σe
    pull, pull2 = (bias * pulled).sum(axis=1), np.square(pulled).sum(axis=1)
    trace2 = np.square(covariance).sum(axis=(1, 2))
    trace3 = (np.matmul(covariance, covariance) * covariance).sum(axis=(1, 2))
    se = Errors(
        bias2=np.sqrt(4 * pull / t + 2 * trace2 / t**2),
        variance=np.sqrt(2 * trace2 / (t - 1)),
        total=np.sqrt((4 * pull + 2 * trace2) / t),
    )
    return Theory(
        bias2=np.square(bias).sum(axis=1),
        variance=np.square(spread).sum(axis=(1, 2)),
        se=se,
        bias2_skewness=_ratio(24 * pull2 / t**2 + 8 * trace3 / t**3, se.bias2**3),
        variance_skewness=_ratio(8 * trace3 / (t - 1) ** 2, se.variance**3),
    )


def normal(z: float, skewness: float) -> float:
    """Return the standard normal number as rare as z, of mean 0, variance 1 and a skewness above zero.

    Above the mean that is the gamma distribution's, by the cube root of E. B. Wilson and M. M. Hilferty,
    Proceedings of the National Academy of Sciences 17 (1931) 684-688; below it such a z is rarer than a
    normal number anyway, and stays as it is.
    """
    g = float(skewness)
    return z if z <= 0 or g < 1e-6 or np.isinf(z) else 6 / g * (float(np.cbrt(1 + g * z / 2)) - 1) + g / 6


def _ratio(a: Array, b: Array) -> Array:
    return np.divide(a, b, out=np.zeros_like(a), where=b > 0)
