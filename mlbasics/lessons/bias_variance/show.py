"""What the screen of bias and variance shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mlbasics.data.origin import told
from mlbasics.kit import Block, Panels, Plot, Role, Series, Story, Suggestion, suggest
from mlbasics.kit.targets import formula_of, readable
from mlbasics.lessons.bias_variance import tables
from mlbasics.lessons.bias_variance.simulate import AtPoint, Result
from mlbasics.words import phrase

if TYPE_CHECKING:
    from mlbasics.lessons.bias_variance import Params

NARROWEST = 24  # columns in which a fan of fits can still be read
BINS = 24

SUGGESTIONS = (
    Suggestion({"family": "knn"}, phrase("try.knn")),
    Suggestion({"at": 0.25}, phrase("try.at")),
    Suggestion({"design": "random"}, phrase("try.random")),
    Suggestion({"n_train": 100}, phrase("try.n_train")),
)

OWN_SUGGESTIONS = (
    Suggestion({"family": "knn"}, phrase("try.knn")),
    Suggestion({"n_train": 100}, phrase("try.n_train")),
    Suggestion({"degrees": "0:6"}, phrase("try.degrees")),
    Suggestion({"family": "ridge"}, phrase("try.ridge")),
)


def show(params: Params, result: Result) -> Story:
    """Show the fans of fits, the terms by complexity, theory, and the two comparisons."""
    if result.origin is not None:
        values = {"y": result.origin.y, "x": result.origin.x[0], "rows": told(result.origin)}
        family = phrase(f"family.{params.family}")
        setup = phrase("setup.own", trials=params.trials, n_train=params.n_train, family=family, **values)
        return Story(setup, [*_blocks(result), phrase("own-data")], suggest(OWN_SUGGESTIONS, params))
    setup = phrase(
        "setup",
        trials=params.trials,
        n_train=params.n_train,
        formula=readable(formula_of(params)),
        noise=params.noise,
        design=phrase(f"design.{params.design}"),
        family=phrase(f"family.{params.family}"),
    )
    return Story(setup, _blocks(result), suggest(SUGGESTIONS, params))


def _blocks(result: Result) -> list[Block]:
    blocks: list[Block] = [Panels(_fans(result), NARROWEST), _terms(result), tables.terms(result)]
    if result.at is not None:
        blocks.insert(0, Panels(_histograms(result, result.at), NARROWEST))
    if result.heavy_tail:
        blocks.append(phrase("heavy-tail", where=", ".join(f"{c:g}" for c in result.heavy_tail)))
    if result.theory is not None:
        blocks.append(tables.theory(result, result.theory))
    blocks += [tables.linear_vs_mlp(result), tables.by_size(result), tables.more_data(result)]
    return blocks


def _fans(result: Result) -> list[Plot]:
    curves = result.curves
    low, high = curves.truth.min(), curves.truth.max()
    margin = 0.3 * (high - low) or 1.0
    x = curves.x.tolist()
    plots = []
    for name, mean in curves.mean.items():
        i = [f"{c:g}" for c in result.complexity].index(name)
        fan = [Series(phrase("series.fit"), "faint", "line", x, fit.tolist()) for fit in curves.sample[name]]
        plots.append(
            Plot(
                title=tables.complexity(result, i),
                axes=phrase("plot.fan.axes", bias2=result.bias2[i], variance=result.variance[i]),
                series=[
                    *fan,
                    _truth(result, x),
                    Series(phrase("series.mean"), "best", "line", x, mean.tolist()),
                ],
                x_range=(x[0], x[-1]) if result.origin else (0, 1),
                y_range=(float(low - margin), float(high + margin)),
                height=13,
            )
        )
    return plots


def _truth(result: Result, x: list[float]) -> Series:
    """Return the truth or, on own data, the rows themselves."""
    y = result.curves.truth.tolist()
    if result.origin is None:
        return Series(phrase("series.truth"), "truth", "line", x, y)
    return Series(phrase("series.rows"), "other", "dots", x, y)


def _terms(result: Result) -> Plot:
    at = list(range(len(result.complexity)))
    noise = [float(result.noise[0])] * 2 if result.origin is None else []
    tested = phrase("series.test_mse" if result.origin is None else "series.oob")
    least, most = result.total.min() or 1.0, result.total.max() or 1.0
    variances = result.variance[result.variance > 0]
    low = max(variances.min() / 2 if len(variances) else 0.0, least / 1000)
    return Plot(
        title=phrase("plot.terms"),
        axes=phrase(f"plot.terms.{result.family}"),
        series=[
            Series(phrase("series.noise"), "floor", "line", [at[0], at[-1]] if noise else [], noise),
            Series(phrase("series.bias2"), "low", "both", at, result.bias2.tolist()),
            Series(phrase("series.variance"), "high", "both", at, result.variance.tolist()),
            Series(phrase("series.total"), "best", "line", at, result.total.tolist()),
            Series(tested, "cv", "points", at, result.test_mse.tolist()),
        ],
        x_range=(0, max(1, at[-1])),
        y_range=(float(low), float(2 * min(most, 100 * least))),
        log_y=True,
        x_names=[f"{c:.3g}" for c in result.complexity],
        height=15,
    )


def _histograms(result: Result, at: AtPoint) -> list[Plot]:
    shown = sorted({0, result.best_index, len(result.complexity) - 1})
    spread = at.predictions[shown]
    low, high = (float(v) for v in np.quantile(np.append(spread, at.truth), [0.005, 0.995]))
    edges = np.linspace(low - 0.05 * (high - low or 1), high + 0.05 * (high - low or 1), BINS + 1)
    plots = []
    for i in shown:
        counts, _ = np.histogram(at.predictions[i], edges)
        top = float(counts.max() * 1.1)
        plots.append(
            Plot(
                title=tables.complexity(result, i),
                axes=phrase("plot.at.axes", x=at.x, bias=at.mean[i] - at.truth, sd=at.sd[i]),
                series=[
                    Series(
                        phrase("series.predictions"),
                        "other",
                        "band",
                        np.repeat(edges, 2)[1:-1].tolist(),
                        [0.0] * (2 * BINS),
                        np.repeat(counts, 2).tolist(),
                    ),
                    _upright("truth", "truth", at.truth, top),
                    _upright("mean", "best", at.mean[i], top),
                ],
                x_range=(float(edges[0]), float(edges[-1])),
                y_range=(0, top),
                height=12,
            )
        )
    return plots


def _upright(name: str, role: Role, x: float, top: float) -> Series:
    return Series(phrase(f"series.{name}"), role, "line", [x, x], [0.0, top])
