"""Every penalty by every λ: on one training set, on its folds, and on fresh ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from mlbasics.data.origin import Origin
from mlbasics.kit import Tick
from mlbasics.lessons.regularization import plane
from mlbasics.lessons.regularization.own import RIDGE_RANGE, OwnTable
from mlbasics.lessons.regularization.penalties import L1, L2, TrainingSet
from mlbasics.lessons.regularization.problem import Problem, Spread
from mlbasics.numerics import Array, validation

if TYPE_CHECKING:
    from mlbasics.data.columns import Columns
    from mlbasics.lessons.regularization import Params


LAMBDAS = 100
RANGE = 1e-3  # the smallest λ of the path, of the largest
MEASURED = 5  # every so many λ, bias and variance are measured


@dataclass(frozen=True)
class Path:
    """One penalty by λ: weights (L, p) in the units of the data, and mean squared errors (L,)."""

    lambdas: Array
    coef: Array
    df: Array
    train_mse: Array
    cv_mse: Array
    cv_se: Array
    test_mse: Array  # expected on new data


@dataclass(frozen=True)
class Lasso(Path):
    """The lasso, and the λ at which a weight joins or leaves."""

    knots: Array


@dataclass(frozen=True)
class Pick:
    """The fit at one λ; train_mse/2 + penalty is what it minimises."""

    lam: float
    coef: Array
    zeros: int  # weights of exactly 0.0
    df: float
    train_mse: float
    penalty: float
    cv_mse: float
    test_mse: float


@dataclass(frozen=True)
class Chosen(Pick):
    """The fit at the λ that cross-validation picks, and at the largest λ within one standard error."""

    lam_one_se: float
    one_se: Pick


@dataclass(frozen=True)
class Choices:
    """What cross-validation picks, by penalty."""

    ridge: Chosen
    lasso: Chosen
    elastic: Chosen | None


@dataclass(frozen=True)
class Support:
    """Of the features the lasso keeps, the share that is informative, and of those, the share it keeps."""

    precision: float
    recall: float
    precision_one_se: float
    recall_one_se: float


@dataclass(frozen=True)
class VarianceByLambda:
    """Bias² and variance at some λ, at the chosen ones (CV and one standard error), and with no penalty."""

    lambdas: Array
    ridge: Spread
    lasso: Spread
    ridge_chosen: Spread
    lasso_chosen: Spread
    unpenalised: Spread


@dataclass(frozen=True)
class Result:
    """By λ, largest first.  Weights are in the units of the data, errors in squared units of y."""

    features: list[str]
    feature_sd: Array  # a weight times this is the weight of the standardised column
    origin: Origin | None  # of the learner's own data; without a truth, what it decides is null
    lambdas: Array  # of the lasso
    ridge: Path
    lasso: Lasso
    elastic: Path | None
    chosen: Choices
    unpenalised: Pick  # least squares, of the least norm where the data leave a choice
    true_coef: Array | None
    support: Support | None
    geometry: plane.Geometry
    odds: plane.Odds
    shrinkage: plane.Shrinkage
    kkt_residual: float  # of all fits to the data, relative to the largest pull on a weight
    fits: int  # to which that applies
    variance_by_lambda: VarianceByLambda | None
    folds: int

    @property
    def marked(self) -> NDArray[np.bool_]:
        """Which features are informative or, where no truth is known, kept by the lasso."""
        weights = self.chosen.lasso.coef if self.true_coef is None else self.true_coef
        return np.asarray(weights != 0)


def simulate(params: Params, columns: Columns | None, rng: Generator, tick: Tick) -> Result:
    """Draw a sparse truth and data, or take the learner's; fit them, and solve planes of two weights."""
    truth_rng, data_rng, fold_rng, fresh_rng, odds_rng, columns_rng = rng.spawn(6)
    problem = Problem(params, truth_rng) if columns is None else OwnTable(params, columns)
    data = problem.draw(data_rng)
    study = _Study(params, problem, data, fold_rng)
    ridge, lasso = study.path(L2), study.path(L1)
    elastic = study.path(params.l1_ratio) if params.penalty == "elastic" else None
    chosen = Choices(
        ridge=study.choose(ridge, L2),
        lasso=study.choose(lasso, L1),
        elastic=None if elastic is None else study.choose(elastic, params.l1_ratio),
    )
    return Result(
        features=problem.features,
        feature_sd=data.z.x_scale,
        origin=problem.origin,
        lambdas=study.lambdas(L1),
        ridge=ridge,
        lasso=Lasso(**vars(lasso), knots=data.lasso_path.knots),
        elastic=elastic,
        chosen=chosen,
        unpenalised=study.pick(0.0, L2),
        true_coef=problem.beta,
        support=None if problem.beta is None else _support(problem.beta, chosen.lasso),
        geometry=plane.geometry(params),
        odds=plane.odds(params, odds_rng),
        shrinkage=plane.shrinkage(params, columns_rng),
        kkt_residual=max(data.kkt_residual(study.lambdas(a), a) for a in study.l1_ratios),
        fits=len(study.l1_ratios) * LAMBDAS,
        variance_by_lambda=study.variance(chosen, fresh_rng, tick),
        folds=len(study.folds),
    )


class _Study:
    """One training set and its folds, and what is told of its fits."""

    def __init__(
        self, params: Params, problem: Problem | OwnTable, data: TrainingSet, rng: Generator
    ) -> None:
        self.params, self.problem, self.data = params, problem, data
        self.l1_ratios = (L2, L1, params.l1_ratio) if params.penalty == "elastic" else (L2, L1)
        n = len(data.y)
        masks = validation.fold_masks(1, n, min(params.folds, n), rng)[0]
        self.folds = [(TrainingSet(data.X[~out], data.y[~out]), data.X[out], data.y[out]) for out in masks]

    def lambdas(self, l1_ratio: float) -> Array:
        """Return the λ of a path, largest first.

        It starts where every lasso weight is zero; on data of any unit, ridge has a range of its own.
        """
        if l1_ratio == L2 and self.problem.origin is not None:
            return np.geomspace(*RIDGE_RANGE, LAMBDAS)
        largest = float(self.data.lasso_path.knots[0]) or 1.0
        return np.geomspace(largest, RANGE * largest, LAMBDAS)

    def path(self, l1_ratio: float) -> Path:
        """Fit one penalty by every λ."""
        lambdas = self.lambdas(l1_ratio)
        fit = self.data.fit(lambdas, l1_ratio)
        held_out = np.array([rest.fit(lambdas, l1_ratio).mse(X, y) for rest, X, y in self.folds])
        cv_mse, cv_se = validation.mean_and_error(held_out)
        return Path(
            lambdas=lambdas,
            coef=fit.coef,
            df=self.data.df(lambdas, l1_ratio),
            train_mse=fit.mse(self.data.X, self.data.y),
            cv_mse=cv_mse,
            cv_se=cv_se,
            test_mse=self.problem.test_mse(fit),
        )

    def pick(self, lam: float, l1_ratio: float) -> Pick:
        """Fit by one λ."""
        one, data = np.array([lam]), self.data
        fit = data.fit(one, l1_ratio)
        return Pick(
            lam=lam,
            coef=fit.coef[0],
            zeros=int((fit.coef == 0).sum()),
            df=float(data.df(one, l1_ratio)[0]),
            train_mse=float(fit.mse(data.X, data.y)[0]),
            penalty=float(data.penalty(one, l1_ratio)[0]),
            cv_mse=float(np.mean([rest.fit(one, l1_ratio).mse(X, y)[0] for rest, X, y in self.folds])),
            test_mse=float(self.problem.test_mse(fit)[0]),
        )

    def choose(self, path: Path, l1_ratio: float) -> Chosen:
        """Take the λ of the least error in cross-validation, or the one asked for."""
        lam = one_se = self.params.lam
        if lam is None or one_se is None:
            lam = float(path.lambdas[validation.smallest(path.cv_mse)])
            one_se = float(path.lambdas[validation.within_one_error(path.cv_mse, path.cv_se)])
        return Chosen(**vars(self.pick(lam, l1_ratio)), lam_one_se=one_se, one_se=self.pick(one_se, l1_ratio))

    def variance(self, chosen: Choices, rng: Generator, tick: Tick) -> VarianceByLambda | None:
        """Measure bias² and variance at some λ, and at those chosen here; None without a truth."""
        if not isinstance(self.problem, Problem):
            return None
        some = self.lambdas(L1)[::MEASURED]
        ridge, lasso = (np.array([c.lam, c.lam_one_se]) for c in (chosen.ridge, chosen.lasso))
        asked = [(L2, some), (L1, some), (L2, ridge), (L1, lasso)]
        return VarianceByLambda(some, *self.problem.spreads(asked, self.params.repeats, rng, tick))


def _support(beta: Array, lasso: Chosen) -> Support:
    """Compare what the lasso keeps with what is informative."""
    informative = beta != 0
    kept = [informative[pick.coef != 0] for pick in (lasso, lasso.one_se)]
    precision = [float(k.mean()) if k.size else np.nan for k in kept]
    recall = [float(k.sum() / informative.sum()) if informative.any() else np.nan for k in kept]
    return Support(precision[0], recall[0], precision[1], recall[1])
