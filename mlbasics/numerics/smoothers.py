"""Linear smoothers, f̂(x) = s(x)ᵀy: what a learner that is linear in the targets errs, in closed form.

With y = f + ε at fixed inputs, Var ε = σ²,

    bias(x) = s(x)ᵀf - f(x),        Σ(x, x') = σ² s(x)ᵀs(x'),        variance(x) = Σ(x, x).

Source: Hastie, Tibshirani, Friedman, "The Elements of Statistical Learning", 2nd ed., section 5.5.
"""

from __future__ import annotations

import numpy as np

from mlbasics.numerics import Array
from mlbasics.numerics.decomposition import Errors, Terms


def theory(s: Array, f: Array, truth: Array, weights: Array, sigma: float, trials: int) -> Terms:
    """Return the closed forms, averaged over x, and the standard errors of measuring them on T training sets.

    s (n, C, Q) are the predictions at Q points for each unit vector y, f (n,) is the truth at the inputs,
    truth (Q,) that at the points, whose weights (Q,) average over x.  With normal noise and the bias e, what
    is measured is a sum of squares of normal numbers, of these variances:

        bias²:              4 eᵀΣe/T + 2 tr(Σ²)/T²
        variance:           2 tr(Σ²)/(T - 1)
        both together:      (4 eᵀΣe + 2 tr(Σ²))/T.
    """
    t, root = trials, np.sqrt(weights)
    bias = (np.tensordot(f, s, axes=1) - truth) * root  # (C, Q)
    spread = sigma * (s * root).transpose(1, 0, 2)  # (C, n, Q)
    covariance = np.matmul(spread.transpose(0, 2, 1), spread)  # Σ, (C, Q, Q)
    pull = np.square(np.matmul(spread, bias[..., None])).sum(axis=(1, 2))  # eᵀΣe
    trace2 = np.square(covariance).sum(axis=(1, 2))
    se = Errors(
        bias2=np.sqrt(4 * pull / t + 2 * trace2 / t**2),
        variance=np.sqrt(2 * trace2 / (t - 1)),
        total=np.sqrt((4 * pull + 2 * trace2) / t),
    )
    return Terms(np.square(bias).sum(axis=1), np.square(spread).sum(axis=(1, 2)), se)
