"""The conditions of optimality (Karush, Kuhn and Tucker) of penalized fits."""

import numpy as np


def kkt_residual(G, c, coef, lambdas, l1_ratio=1.0):
    """Return by how much weights (L, p) break the conditions of optimality at worst, relative to max|c|."""
    lam = lambdas[:, None]
    rest = c - coef @ G - lam * (1 - l1_ratio) * coef
    active = coef != 0
    broken = np.where(active, np.abs(rest - lam * l1_ratio * np.sign(coef)), np.abs(rest) - lam * l1_ratio)
    return float(max(broken.max(initial=0.0), 0.0) / max(np.abs(c).max(initial=0.0), np.finfo(float).tiny))
