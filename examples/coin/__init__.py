"""The law of large numbers: the share of heads settles at the coin's own.

A whole lesson on one page: what may be changed, what is measured, what is claimed, what is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from mlbasics.kit import (
    Column,
    Dial,
    Frame,
    Lesson,
    LessonParams,
    Look,
    Number,
    Plot,
    Row,
    Share,
    Suggestion,
    Table,
    Tick,
    Verdict,
    line,
    parameter,
    phrase,
    picked,
    suggest,
)  # fmt: skip

if TYPE_CHECKING:
    from numpy.random import Generator

    from mlbasics.numerics import Array, Integers


@dataclass(frozen=True)
class Params(LessonParams):
    """What the learner may change, beside the seed that every lesson has."""

    flips: int = parameter(1000, Number(1, 10_000, whole=True, log=True))
    heads: float = parameter(0.5, Number(0, 1, step=0.05))
    coins: int = parameter(1000, Number(1, 1000, whole=True, log=True))


@dataclass(frozen=True)
class Result:
    """Shares of heads: of the first coin as it is flipped on, and of every coin at the end."""

    flips: Integers  # (points,)
    share: Array  # (points,)
    mean: float
    sd: float
    expected_sd: float  # √(p(1 - p)/n)
    farthest: float


def simulate(params: Params, source: None, rng: Generator, tick: Tick) -> Result:
    """Flip every coin; only the first is followed flip by flip."""
    import numpy as np  # here, because help and completion read this page

    p, n = params.heads, params.flips
    followed, others = rng.spawn(2)  # a generator for each kind of draw: more coins do not move the first
    first = np.cumsum(followed.random(n) < p) / np.arange(1, n + 1)
    shares = others.binomial(n, p, params.coins) / n
    at = np.unique(np.geomspace(1, n, 60).round().astype(int))
    return Result(
        flips=at,
        share=first[at - 1],
        mean=float(shares.mean()),
        sd=float(shares.std()),
        expected_sd=float(np.sqrt(p * (1 - p) / n)),
        farthest=float(np.abs(shares - p).max()),
    )


def unbiased(params: Params, result: Result) -> Verdict:
    """The mean share is within four standard errors of the coin's own."""
    evidence = {"mean": result.mean, "heads": params.heads}
    return abs(result.mean - params.heads) <= 4 * result.expected_sd / params.coins**0.5, evidence, None


def root_n(params: Params, result: Result) -> Verdict:
    """The standard deviation of the shares is within a fifth of √(p(1 - p)/n)."""
    evidence = {"sd": result.sd, "expected": result.expected_sd}
    if params.coins < 100 or result.expected_sd == 0:
        return None, evidence, phrase("because.few-coins")
    return abs(result.sd / result.expected_sd - 1) < 0.2, evidence, None


def all_near(params: Params, result: Result) -> Verdict:
    """No coin is farther than 0.1 from its own share."""
    holds = result.farthest <= 0.1
    return holds, {"farthest": result.farthest}, None if holds else phrase("because.few-flips")


def dial(params: Params, result: Result) -> Dial:
    """Return what is turned: how often the first coin has been flipped, at first as often as it is."""
    positions = [result.flips[i].item() for i in picked(len(result.flips), (), 12)]
    return Dial(phrase("dial.flips"), positions, len(positions) - 1, partial(frame, params, result))


def frame(params: Params, result: Result, flips: float) -> Frame:
    """Show the first coin up to so many flips."""
    seen = result.flips <= flips
    share = result.share[seen]
    own = line("own", "truth", [1, params.flips], [params.heads] * 2)
    followed = line("share", "best", result.flips[seen], share)
    plot = Plot(
        id="share",
        axes=phrase("plot.share.axes"),
        series=[own, followed],
        x_range=(0, max(params.flips, 2)),
        y_range=(0, 1),
    )
    return Frame([plot], phrase("caption", flips=int(flips), share=Share(share[-1])))


def look(params: Params, result: Result) -> Look:
    """Show the first coin flip by flip, and how far all of them spread."""
    columns = [Column(name, decimals=3) for name in ("mean", "sd", "expected")]
    return Look(
        scene=phrase("scene", coins=params.coins, flips=params.flips, heads=params.heads),
        heroes=dial(params, result).look.heroes,
        table=Table("spread", columns, [Row((result.mean, result.sd, result.expected_sd))]),
        suggestions=suggest(SUGGESTIONS, params),
    )


SUGGESTIONS = (
    Suggestion({"flips": 10}, phrase("try.few")),
    Suggestion({"heads": 0.9}, phrase("try.bent")),
    Suggestion({"coins": 10}, phrase("try.coins")),
    Suggestion({"flips": 10_000}, phrase("try.many")),
)


def lesson(params: Params) -> Lesson[Params, None, Result]:
    """Return what runs."""
    return Lesson(simulate=simulate, claims=(unbiased, root_n, all_near), look=look, dial=dial)
