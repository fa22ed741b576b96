"""Fresh training sets: how the errors spread, how much noise is learned, what cross-validation picks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.random import Generator

from mlbasics.kit import Tick
from mlbasics.lessons.overfit.regression.simulate import Band, Repeats, Result
from mlbasics.lessons.overfit.regression.source import N_TEST, THIN, Draws, Source
from mlbasics.numerics import polynomials, validation
from mlbasics.numerics.order import quantile
from mlbasics.numerics.samples import to_symmetric

if TYPE_CHECKING:
    from mlbasics.lessons.overfit import Params

BLOCK = 400_000  # fitted values held at once: 3 MB stays in cache


def details(params: Params, source: Source, result: Result, rng: Generator, tick: Tick) -> Result:
    """Repeat the fit on fresh training sets, as many at a time as fit into the cache."""
    draws = Draws.of(rng)
    step = max(1, BLOCK // ((params.max_degree + 1) * max(N_TEST // THIN, result.folds * source.n)))
    sizes = [min(step, params.repeats - done) for done in range(0, params.repeats, step)]
    sets = []
    for data, new_x, new_y in source.fresh(sizes, draws):
        x = to_symmetric(data.x)
        basis = polynomials.orthonormal_basis(x, params.max_degree)
        coef = polynomials.coefficients(basis, data.y)
        at_new = polynomials.evaluate(basis, to_symmetric(new_x))
        held_out = validation.fold_masks(len(x), source.n, result.folds, draws.fresh_folds)
        cv_mse = polynomials.held_out_mse(x, data.y, held_out, params.max_degree).mean(axis=1)
        sets.append(
            (
                polynomials.squared_errors(coef, basis.at_points, data.y).mean(axis=2),
                polynomials.squared_errors(coef, at_new, new_y).mean(axis=2),
                polynomials.noise_share(basis, data.noise),
                validation.smallest(cv_mse, result.rounding),
            )
        )
        tick(sum(len(done) for done, *_ in sets), params.repeats)
    train_mse, test_mse, noise_share, pick = (np.concatenate(blocks) for blocks in zip(*sets, strict=True))
    at_pick = test_mse[np.arange(len(pick)), pick]
    at_best = test_mse.min(axis=1)
    return replace(
        result,
        band=Band(*(quantile(mse, share) for mse in (train_mse, test_mse) for share in (0.1, 0.5, 0.9))),
        repeats=Repeats(
            noise_share=noise_share.mean(axis=0),
            cv_beats_ends=float(np.mean(at_pick < np.minimum(test_mse[:, 0], test_mse[:, -1]))),
            cv_ratio=float(quantile((at_pick + result.rounding) / (at_best + result.rounding), 0.5)),
        ),
    )
