"""What is asked about overfitting, of both tasks; of a known truth only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from numpy.random import Generator, default_rng

from mlbasics.kit import (
    Amount,
    Asked,
    Letters,
    Panels,
    Phrase,
    Place,
    Plot,
    Question,
    Ratio,
    Setting,
    line,
    no_tick,
    phrase,
)  # fmt: skip
from mlbasics.lessons.overfit.regression import figures
from mlbasics.lessons.overfit.regression.experiment import simulate, source

if TYPE_CHECKING:
    from mlbasics.lessons.overfit import Params
    from mlbasics.lessons.overfit.classification.experiment import Result as Classes
    from mlbasics.lessons.overfit.regression.experiment import Result

HIGHEST = 1000  # times the best error, at the end of the axis
NARROW = 24  # columns of a picture
TARGETS = ("line", "cosine", "runge")  # whose best degrees are far apart
BETWEEN = 1.5, 3.0  # times the best error
MORE_POINTS = 40  # up to which so many times are to be found


def times_worse(params: Params, result: Result, rng: Generator) -> Question | None:
    """That the model which fits its data best predicts best: it "will typically generalize poorly".

    T. Hastie, R. Tibshirani, J. Friedman, "The Elements of Statistical Learning" (2009), 7.2.
    """
    ratio = times(result)
    if result.origin is not None or not 1 < ratio < HIGHEST:
        return None
    return Question(
        Amount(ratio, 1, HIGHEST, factor=2, log=True),
        lambda guess: [
            _alone(params, result) if guess is None else figures.fits(params, result, params.drawn)
        ],
        {"degree": params.drawn, "n_train": params.n_train},
        {"best": result.best_degree.test},
    )


def best_flexibility(params: Params, result: Result, rng: Generator) -> Question | None:
    """That more flexibility is better, or less: it is the truth that decides how much is enough.

    S. Geman, E. Bienenstock, R. Doursat, "Neural networks and the bias/variance dilemma", Neural Computation
    4 (1992) 1-58.
    """
    if result.origin is not None:
        return None
    best = result.best_degree.test
    whole = figures.errors(result, params.max_degree)
    empty = replace(whole, series=[line("test_mse", "plain", [], [])])
    return Question(
        Place(best, 0, params.max_degree, distance=1, whole=True),
        lambda guess: [
            Panels([empty if guess is None else whole, _alone(params, result)], NARROW),
            *([] if guess is None else [figures.fits(params, result, best)]),
        ],
        {"n_train": params.n_train, "max_degree": params.max_degree},
    )


def closest_and_best(params: Params, result: Result, rng: Generator) -> Question | None:
    """That the curve closest to its points is closest to the truth.

    G. James, D. Witten, T. Hastie, R. Tibshirani, "An Introduction to Statistical Learning" (2021), 2.2.1.
    """
    simple, best, degree = result.simple_degree, result.best_degree.test, params.drawn
    if result.origin is not None or simple is None or not result.worse[degree]:
        return None
    degrees = rng.permutation([simple, best, degree]).tolist()
    bare, whole = (
        [figures.curves(params, result, {d: "plain"}, told=told) for d in degrees] for told in (False, True)
    )
    names = [figures.named(result, d) for d in degrees]
    return _pictures(bare, whole, names, [degrees.index(degree), degrees.index(best)], params)


def enough_points(params: Params, result: Result, rng: Generator) -> Question | None:
    """That a model which overfits must be made simpler: a few more points hold it as well.

    C. M. Bishop, "Pattern Recognition and Machine Learning" (2006), 1.1, figure 1.6.
    """
    low, high = BETWEEN
    if result.origin is not None or times(result) <= high:
        return None
    found = (n for n in range(params.n_train + 1, MORE_POINTS) if low <= times(_with(params, n)) <= high)
    enough = next(found, None)
    if enough is None:
        return None

    def said(params: Params, result: Result) -> Phrase:
        seen = {"n_train": params.n_train, "degree": params.drawn, "ratio": Ratio(times(result))}
        return phrase("question.enough-points.said", **seen)

    answer = Setting(
        "n_train",
        enough,
        2,
        5000,
        lambda params, result: low <= times(result) <= high,
        said,
        lambda params, result: [figures.fits(params, result, params.drawn)],
        log=True,
        whole=True,
    )
    values = {"degree": params.drawn, "n_train": params.n_train, "low": low, "high": high}
    return Question(answer, lambda guess: [figures.fits(params, result, params.drawn)], values)


def faultless_and_best(params: Params, result: Classes, rng: Generator) -> Question | None:
    """That a border which gets no training point wrong is the best one.

    T. Hastie, R. Tibshirani, J. Friedman, "The Elements of Statistical Learning" (2009), 2.3.3, figure 2.3.
    """
    from mlbasics.lessons.overfit.classification.figures import plane  # the other task is not loaded in vain

    best, n = result.best_k.test, len(result.k)
    if result.origin is not None or best in (1, n) or result.test_gap[0] <= 3 * result.test_gap_se[0]:
        return None
    ks = rng.permutation([1, best, n]).tolist()
    plots = [plane(result, k) for k in ks]
    names = [phrase("row.k", k=k) for k in ks]
    return _pictures(plots, plots, names, [ks.index(1), ks.index(best)], params)


def times(result: Result) -> float:
    """Return how many times the lowest test MSE that of the highest degree is."""
    return float(result.test_mse[-1] / max(result.test_mse.min(), result.rounding))


def _with(params: Params, n_train: int) -> Result:
    """Return the run of so many points, all else alike."""
    other = replace(params, n_train=n_train)
    return simulate(other, source(other, None), default_rng(other.seed), no_tick)


def _alone(params: Params, result: Result) -> Plot:
    """Show the points, and nothing that was fitted to them."""
    return figures.curves(params, result, {}, told=False)


def _pictures(
    bare: Sequence[Plot], whole: Sequence[Plot], names: Sequence[Phrase], right: Sequence[int], params: Params
) -> Question:
    """Ask which of three pictures are meant: first they have letters alone, then also their names."""
    letters = "ABC"

    def drawn(guess: str | None) -> list[Plot | Panels]:
        asked = [phrase("picture.asked", letter=letter) for letter in letters]
        told = [phrase("picture.told", letter=a, name=b) for a, b in zip(letters, names, strict=True)]
        chosen = zip(bare if guess is None else whole, asked if guess is None else told, strict=True)
        plots = [replace(plot, title=title) for plot, title in chosen]
        return [Panels(plots, NARROW, share_x=True, share_y=True)]

    truth = "".join(letters[place] for place in right)
    return Question(Letters(truth, letters), drawn, {"n_train": params.n_train})


QUESTIONS = (
    Asked(times_worse),
    Asked(best_flexibility, lambda rng: {"target": str(rng.choice(TARGETS)), "n_train": 30}),
    Asked(closest_and_best),
    Asked(enough_points),
    Asked(faultless_and_best, {"task": "classification"}),
)
