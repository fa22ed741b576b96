"""What is measured: a wild curve and many weights by every λ, and planes of two weights."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.random import Generator

from mlbasics.data.origin import Origin
from mlbasics.data.selection import select
from mlbasics.kit import Tick, draws
from mlbasics.kit.formula import read
from mlbasics.kit.targets import TARGETS
from mlbasics.numerics import Array, Booleans
from mlbasics.numerics.paths import Chosen, LeftOut, Path, Pick, Study, left_out
from mlbasics.numerics.penalties import L1, L2, Fit, Penalty, TrainingSet
from mlbasics.numerics.ridge_fit import RidgeFit, ridge_fit
from mlbasics.numerics.two_weights import Odds, Plane, odds, plane

if TYPE_CHECKING:
    from mlbasics.data.columns import Columns
    from mlbasics.lessons.regularization import Params

WEIGHTS = (2.0, 3.0)  # sizes of the informative weights: each matters, and none drowns the others
LEAST_ROWS = 4
MOST_FEATURES = 200
LARGEST = 1e50  # of the numbers of a table: the fourth powers of errors must be finite
LAMBDAS = 100
RANGE = 1e-3  # the smallest λ of a path, of the largest, as scikit-learn's
FEW, SHORT_RANGE = 2, 1e-2  # with fewer points a feature, as glmnet's: they cannot tell smaller λ apart
RIDGE_RANGE = (100.0, 1e-4)  # from nearly no weight to nearly none held back: it does not scale with y
OPTIMUM = (0.9, 1.6)  # the plane's weights of least loss: off the axes and off the diagonal
CURVE, POINTS, NOISE = "sin", 12, 0.25  # the wild curve of the lesson on overfitting
KINDS = ("truth", "data", "folds", "", "points", "planes")  # points fifth, as in that lesson: the same


class Sparse:
    """A truth y = xᵀβ + ε with few β that are not zero, x ~ N(0, Σ), Σ_ij = ρ^|i-j|, ε ~ N(0, σ²)."""

    origin: None = None

    def __init__(self, params: Params, rng: Generator) -> None:
        """Draw β (p,); fewer informative features keep the weights they have among more."""
        p = params.features
        self.n, self.noise = params.n_train, params.noise
        apart = np.abs(np.subtract.outer(np.arange(p), np.arange(p)))
        self.root = np.asarray(np.linalg.cholesky(params.correlation**apart))  # Σ = root rootᵀ
        order, size, sign = rng.permutation(p), rng.uniform(*WEIGHTS, p), rng.choice([-1, 1], p)
        self.beta = np.where(order < params.informative, size * sign, 0.0)
        self.features = [f"w{j + 1}" for j in range(p)]

    def draw(self, rng: Generator) -> TrainingSet:
        """Draw the training set; a larger one begins with the points of a smaller."""
        inputs, noise = rng.spawn(2)
        X = inputs.standard_normal((self.n, len(self.beta))) @ self.root.T
        return TrainingSet(X, X @ self.beta + self.noise * noise.standard_normal(self.n))

    def test_mse(self, fit: Fit) -> Array:
        """Return the expected squared error on new data, (w - β)ᵀΣ(w - β) + b² + σ², by λ."""
        off = np.square((fit.coef - self.beta) @ self.root).sum(axis=1)
        return off + np.square(fit.intercept) + self.noise**2


class OwnTable:
    """A table whose columns are the features, and whose truth is not known."""

    beta: None = None

    def __init__(self, params: Params, columns: Columns) -> None:
        selected = select(columns, params.x, params.y, least=LEAST_ROWS, most=MOST_FEATURES, largest=LARGEST)
        self.features, self.origin = selected.names, selected.origin
        self.rows = TrainingSet(selected.X, selected.y)

    def draw(self, rng: Generator) -> TrainingSet:
        """Return all rows: there are no others to draw from."""
        return self.rows

    def test_mse(self, fit: Fit) -> Array:
        """Return NaN: the expected error on new data is not known."""
        return np.full(len(fit.coef), np.nan)


def source(params: Params, columns: Columns | None) -> OwnTable | None:
    """Return the learner's table, if there is one: else the truth is drawn."""
    return None if columns is None else OwnTable(params, columns)


@dataclass(frozen=True)
class Choices:
    """What cross-validation picks, by penalty."""

    ridge: Chosen
    lasso: Chosen


@dataclass(frozen=True, kw_only=True)
class Result:
    """By λ, largest first.  Weights are in the units of the data, errors in squared units of y."""

    features: list[str]
    feature_sd: Array  # a weight times this is the weight of the standardized column
    origin: Origin | None  # of the learner's own data; without a truth, what it decides is null
    calming: RidgeFit
    ridge: Path
    lasso: Path
    chosen: Choices
    unpenalized: Pick  # least squares, of the least norm where the data leave a choice
    true_coef: Array | None
    geometry: Plane
    odds: Odds
    left_out: LeftOut | None  # of the learner's own rows
    folds: int

    @property
    def shown(self) -> dict[str, Pick]:
        """The fits that are compared: at the λ of cross-validation, or on own rows of 1-SE."""
        ridge, lasso = self.chosen.ridge, self.chosen.lasso
        if self.origin is not None:
            return {"none": self.unpenalized, "l2": ridge.one_se, "l1": lasso.one_se}
        return {"none": self.unpenalized, "l2": ridge, "l1": lasso}

    @property
    def marked(self) -> Booleans:
        """Which features are informative or, where no truth is known, kept by the lasso."""
        return (self.shown["l1"].coef if self.true_coef is None else self.true_coef) != 0

    @property
    def lam(self) -> float:
        """The λ drawn: the curve's, or on own rows the lasso's."""
        return self.shown["l1"].lam if self.origin else float(self.calming.lambdas[self.calming.picked])

    @property
    def lam_by_cv(self) -> float:
        """The λ that cross-validation would draw."""
        lasso, curve = self.lasso, self.calming
        return float(lasso.lambdas[lasso.by_one_se] if self.origin else curve.lambdas[curve.by_cv])


def simulate(params: Params, source: OwnTable | None, rng: Generator, tick: Tick) -> Result:
    """Fit the wild curve, and a training set or the learner's, by every λ; solve planes of two weights."""
    drawn = draws(rng, *KINDS)
    problem = source or Sparse(params, drawn["truth"])
    data = problem.draw(drawn["data"])
    folds = data.folds(params.folds, drawn["folds"])
    study = Study(data, folds, problem.test_mse)
    ridge, lasso = (study.path(_lambdas(data, penalty), penalty) for penalty in (L2, L1))
    chosen = Choices(study.choose(ridge, L2, params.lam), study.choose(lasso, L1, params.lam))
    ridge_lambdas = np.geomspace(*RIDGE_RANGE, LAMBDAS)
    result = Result(
        features=problem.features,
        feature_sd=data.z.x_scale,
        origin=problem.origin,
        calming=ridge_fit(read(TARGETS[CURVE]), POINTS, NOISE, ridge_lambdas, params.lam, drawn["points"]),
        ridge=ridge,
        lasso=lasso,
        chosen=chosen,
        unpenalized=study.pick(0.0, L2),
        true_coef=problem.beta,
        geometry=plane(params.angle, params.eccentricity, OPTIMUM, params.budget),
        odds=odds(params.problems, drawn["planes"]),
        left_out=None if source is None else left_out(data, folds, chosen.lasso.lam_one_se, L1),
        folds=len(folds),
    )
    if params.lam is None:
        return result
    return replace(result, geometry=result.geometry.at(params.lam / result.lam_by_cv))


def _lambdas(data: TrainingSet, penalty: Penalty) -> Array:
    """Return the λ of a path, largest first: the lasso's starts where every weight is zero."""
    if penalty == L2:
        return np.geomspace(*RIDGE_RANGE, LAMBDAS)
    largest = float(data.lasso_path.knots[0]) or 1.0
    few = len(data.y) < FEW * data.X.shape[1]
    return np.geomspace(largest, (SHORT_RANGE if few else RANGE) * largest, LAMBDAS)
