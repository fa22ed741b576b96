"""A penalty by every λ, and the λ that cross-validation picks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from mlbasics.numerics import Array, validation
from mlbasics.numerics.order import equal
from mlbasics.numerics.penalties import L2, Fit, Folds, Penalty, TrainingSet

ROUNDING = 1e-9  # of the variance of y: a squared error below it is none


@dataclass(frozen=True)
class Path:
    """One penalty by λ: weights (L, p) in the units of the data, and mean squared errors (L,)."""

    lambdas: Array
    coef: Array
    train_mse: Array
    cv_mse: Array
    cv_se: Array
    test_mse: Array  # expected on new data

    @property
    def by_cv(self) -> int:
        """The place of the λ of least cross-validation error."""
        return int(validation.smallest(self.cv_mse))

    @property
    def by_one_se(self) -> int:
        """The place of the largest λ whose error is within one standard error of the least."""
        return validation.within_one_error(self.cv_mse, self.cv_se)


@dataclass(frozen=True)
class Pick:
    """The fit at one λ."""

    lam: float
    coef: Array
    zeros: int  # weights of exactly 0.0
    cv_mse: float
    test_mse: float


@dataclass(frozen=True)
class Chosen(Pick):
    """The fit at the λ that cross-validation picks, and at the largest λ within one standard error."""

    lam_one_se: float
    one_se: Pick


@dataclass(frozen=True)
class LeftOut:
    """Rows predicted by fits that left them out, without a penalty and with one."""

    rows: int
    closer: int  # rows to which the penalized fit is closer
    farther: int
    free_mse: float
    mse: float
    free_variance: float  # of a row's prediction over the folds' fits, the mean over all rows
    variance: float


def left_out(data: TrainingSet, folds: Folds, lam: float, penalty: Penalty) -> LeftOut:
    """Compare one penalty with none on every row, and by how much the fits of the folds differ."""
    squares, predictions = [], []
    for rest, X, y in folds:
        fits = [rest.fit(np.array([one]), of) for one, of in ((0.0, L2), (lam, penalty))]
        coef, intercept = (np.concatenate(part) for part in zip(*fits, strict=True))
        squares.append(np.square(coef @ X.T + intercept[:, None] - y))
        predictions.append(coef @ data.X.T + intercept[:, None])
    (free, held), by_fold = np.concatenate(squares, axis=1), np.array(predictions)
    free_variance, variance = by_fold.var(axis=0, ddof=1).mean(axis=1).tolist()
    alike = equal(free, held, zero=ROUNDING * float(data.y.var()))
    return LeftOut(
        rows=len(free),
        closer=int(((held < free) & ~alike).sum()),
        farther=int(((held > free) & ~alike).sum()),
        free_mse=float(free.mean()),
        mse=float(held.mean()),
        free_variance=free_variance,
        variance=variance,
    )


class Study(NamedTuple):
    """One training set, its folds, and what gives the expected errors of fits on new data, by λ."""

    data: TrainingSet
    folds: Folds
    test_mse: Callable[[Fit], Array]

    def path(self, lambdas: Array, penalty: Penalty) -> Path:
        """Fit one penalty by every λ, the largest first."""
        fit = self.data.fit(lambdas, penalty)
        cv_mse, cv_se = validation.mean_and_error(self.folds.mse(lambdas, penalty))
        return Path(
            lambdas=lambdas,
            coef=fit.coef,
            train_mse=fit.mse(self.data.X, self.data.y),
            cv_mse=cv_mse,
            cv_se=cv_se,
            test_mse=self.test_mse(fit),
        )

    def pick(self, lam: float, penalty: Penalty) -> Pick:
        """Fit by one λ."""
        one = np.array([lam])
        fit = self.data.fit(one, penalty)
        return Pick(
            lam=lam,
            coef=fit.coef[0],
            zeros=int((fit.coef == 0).sum()),
            cv_mse=float(self.folds.mse(one, penalty).mean()),
            test_mse=float(self.test_mse(fit)[0]),
        )

    def choose(self, path: Path, penalty: Penalty, lam: float | None) -> Chosen:
        """Take the λ asked for, or those of cross-validation: of least error, and of the 1-SE rule."""
        least = one_se = lam
        if least is None or one_se is None:
            least = float(path.lambdas[path.by_cv])
            one_se = float(path.lambdas[path.by_one_se])
        return Chosen(**vars(self.pick(least, penalty)), lam_one_se=one_se, one_se=self.pick(one_se, penalty))
