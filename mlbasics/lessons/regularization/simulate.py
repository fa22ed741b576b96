"""Every penalty by every λ, on one training set and its folds; and one plane of two weights."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.random import Generator

from mlbasics.data.origin import Origin
from mlbasics.kit import Tick, detail
from mlbasics.kit.formula import read
from mlbasics.kit.targets import TARGETS
from mlbasics.lessons.regularization.source import OwnTable, Problem, Sparse
from mlbasics.numerics import Array, Booleans
from mlbasics.numerics.calming import Calming, calming
from mlbasics.numerics.paths import Chosen, Path, Pick, Study
from mlbasics.numerics.penalties import L1, L2, Shrinkage, TrainingSet, shrinkage
from mlbasics.numerics.spreads import Best, Spread, best, spreads
from mlbasics.numerics.two_weights import Odds, Plane, odds, plane

if TYPE_CHECKING:
    from mlbasics.lessons.regularization import Params


LAMBDAS = 100
RANGE = 1e-3  # the smallest λ of a path, of the largest, as scikit-learn's
FEW, SHORT_RANGE = 2, 1e-2  # with fewer points a feature, as glmnet's: they cannot tell smaller λ apart
RIDGE_RANGE = (100.0, 1e-4)  # from nearly no weight to nearly none held back: it does not scale with y
MEASURED = 5  # every so many λ, bias and variance are measured
OPTIMUM = (1.0, 1.4)  # the plane's weights of least loss: off the axes and off the diagonal
CURVE, POINTS, NOISE = "sin", 12, 0.25  # the wild curve of the lesson on overfitting


@dataclass(frozen=True)
class Lasso(Path):
    """The lasso, and the λ at which a weight joins or leaves."""

    knots: Array


@dataclass(frozen=True)
class Choices:
    """What cross-validation picks, by penalty."""

    ridge: Chosen
    lasso: Chosen
    elastic: Chosen | None = None


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

    lambdas: Array  # of the lasso
    ridge_lambdas: Array
    ridge: Spread
    lasso: Spread
    ridge_chosen: Spread
    lasso_chosen: Spread
    unpenalised: Spread
    ridge_best: Best
    lasso_best: Best


@dataclass(frozen=True, kw_only=True)
class Result:
    """By λ, largest first.  Weights are in the units of the data, errors in squared units of y."""

    features: list[str]
    feature_sd: Array  # a weight times this is the weight of the standardised column
    origin: Origin | None  # of the learner's own data; without a truth, what it decides is null
    calming: Calming
    lambdas: Array  # of the lasso
    ridge: Path
    lasso: Lasso
    elastic: Path | None
    chosen: Choices
    unpenalised: Pick  # least squares, of the least norm where the data leave a choice
    true_coef: Array | None
    support: Support | None
    geometry: Plane
    odds: Odds
    shrinkage: Shrinkage
    kkt_residual: float = detail()  # of all fits to the data, relative to the largest pull on a weight
    fits: int  # to which that applies
    variance_by_lambda: VarianceByLambda | None = detail()  # but where it is what the view shows
    folds: int

    @property
    def marked(self) -> Booleans:
        """Which features are informative or, where no truth is known, kept by the lasso."""
        return (self.chosen.lasso.coef if self.true_coef is None else self.true_coef) != 0


class Draws(NamedTuple):
    """A generator for each kind of draw."""

    truth: Generator
    data: Generator
    folds: Generator
    fresh: Generator
    points: Generator  # the fifth, as in the lesson on overfitting: the same seed has the same points
    columns: Generator
    planes: Generator

    @classmethod
    def of(cls, rng: Generator) -> Draws:
        """Spawn them, always in this order."""
        return cls(*rng.spawn(len(cls._fields)))


def simulate(params: Params, source: Sparse | OwnTable, rng: Generator, tick: Tick) -> Result:
    """Fit the wild curve, and a training set or the learner's, by every λ; solve planes of two weights."""
    draws = Draws.of(rng)
    problem = source.problem(draws.truth)
    data = problem.draw(draws.data)
    study = Study(data, data.folds(params.folds, draws.folds), problem.test_mse)
    l1_ratios = (L2, L1, params.l1_ratio) if params.penalty == "elastic" else (L2, L1)
    paths = [study.path(_lambdas(data, a), a) for a in l1_ratios]
    picks = [study.choose(path, a, params.lam) for path, a in zip(paths, l1_ratios, strict=True)]
    (ridge, lasso, *elastic), chosen = paths, Choices(*picks)
    wild = read(TARGETS[CURVE])
    result = Result(
        features=problem.features,
        feature_sd=data.z.x_scale,
        origin=problem.origin,
        calming=calming(wild, POINTS, NOISE, np.geomspace(*RIDGE_RANGE, LAMBDAS), params.lam, draws.points),
        lambdas=lasso.lambdas,
        ridge=ridge,
        lasso=Lasso(**vars(lasso), knots=data.lasso_path.knots),
        elastic=elastic[0] if elastic else None,
        chosen=chosen,
        unpenalised=study.pick(0.0, L2),
        true_coef=problem.beta,
        support=None if problem.beta is None else _support(problem.beta, chosen.lasso),
        geometry=plane(params.angle, params.eccentricity, OPTIMUM, params.budget),
        odds=odds(params.problems, draws.planes),
        shrinkage=shrinkage(1.0 if params.lam is None else params.lam, draws.columns),
        fits=len(l1_ratios) * LAMBDAS,
        folds=len(study.folds),
    )
    if params.view == "variance":
        return replace(result, variance_by_lambda=variance(params, problem, result, draws.fresh, tick))
    return result


def _lambdas(data: TrainingSet, l1_ratio: float) -> Array:
    """Return the λ of a path, largest first: lasso and elastic net start where every weight is zero."""
    if l1_ratio == L2:
        return np.geomspace(*RIDGE_RANGE, LAMBDAS)
    largest = float(data.lasso_path.knots[0]) / l1_ratio or 1.0
    few = len(data.y) < FEW * data.X.shape[1]
    return np.geomspace(largest, (SHORT_RANGE if few else RANGE) * largest, LAMBDAS)


def _support(beta: Array, lasso: Chosen) -> Support:
    """Compare what the lasso keeps with what is informative."""
    informative = beta != 0
    kept = [informative[pick.coef != 0] for pick in (lasso, lasso.one_se)]
    precision = [float(k.mean()) if k.size else np.nan for k in kept]
    recall = [float(k.sum() / informative.sum()) if informative.any() else np.nan for k in kept]
    return Support(precision[0], recall[0], precision[1], recall[1])


def variance(
    params: Params, problem: Problem | OwnTable, result: Result, rng: Generator, tick: Tick
) -> VarianceByLambda | None:
    """Measure bias² and variance at some λ, and at those chosen here; None without a truth."""
    if not isinstance(problem, Problem):
        return None
    of_ridge, of_lasso = (path.lambdas[::MEASURED] for path in (result.ridge, result.lasso))
    ridge, lasso = (np.array([c.lam, c.lam_one_se]) for c in (result.chosen.ridge, result.chosen.lasso))
    asked = [(L2, of_ridge), (L1, of_lasso), (L2, ridge), (L1, lasso)]
    sets = _ticked(problem.fresh(params.repeats, rng), params.repeats, tick)
    measured, squared = spreads(sets, asked, problem.beta, problem.root)
    return VarianceByLambda(
        lambdas=of_lasso,
        ridge_lambdas=of_ridge,
        **dict(zip(("ridge", "lasso", "ridge_chosen", "lasso_chosen", "unpenalised"), measured, strict=True)),
        ridge_best=best(of_ridge, squared[0], squared[-1]),
        lasso_best=best(of_lasso, squared[1], squared[-1]),
    )


def _ticked(sets: Iterable[TrainingSet], total: int, tick: Tick) -> Iterator[TrainingSet]:
    for done, data in enumerate(sets, 1):
        yield data
        tick(done, total)
