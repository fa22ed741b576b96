"""The law of large numbers: the share of heads settles at the coin's own.

A whole lesson on one page: what may be changed, what is measured, what is claimed, what is shown and asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from mlbasics.kit import (
    Amount, Asked, Dial, Frame, Lesson, LessonParams, Look, Number, Plot, Question, Share, Suggestion, Tick, Verdict,
    draws, line, parameter, phrase, picked, suggest,
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
    sd: float
    expected_sd: float  # √(p(1 - p)/n)
    farthest: float


def simulate(params: Params, source: None, rng: Generator, tick: Tick) -> Result:
    """Flip every coin; only the first is followed flip by flip."""
    import numpy as np  # here, because help and completion read this page

    p, n, draw = params.heads, params.flips, draws(rng, "followed", "others")
    first = np.cumsum(draw["followed"].random(n) < p) / np.arange(1, n + 1)
    shares = draw["others"].binomial(n, p, params.coins) / n
    at = np.unique(np.geomspace(1, n, 60).round().astype(int))
    expected, farthest = np.sqrt(p * (1 - p) / n), np.abs(shares - p).max()
    return Result(at, first[at - 1], float(shares.std()), float(expected), float(farthest))


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
    own = line("own", "truth", [1, params.flips], [params.heads] * 2)
    share = line("share", "best", result.flips[seen], result.share[seen])
    plot = Plot("share", [own, share], (0, max(params.flips, 2)), (0, 1), x_name=phrase("dial.flips"))
    return Frame([plot], phrase("caption", flips=int(flips), share=Share(result.share[seen][-1])))


def look(params: Params, result: Result) -> Look:
    """Show the first coin flip by flip."""
    scene = phrase("scene", coins=params.coins, flips=params.flips, heads=params.heads)
    return Look(scene, dial(params, result).look.heroes, None, suggest(SUGGESTIONS, params))


def farthest(params: Params, result: Result, rng: Generator) -> Question:
    """Small samples are thought to be as even as large ones (Tversky and Kahneman, 1971)."""
    answer = Amount(result.farthest, 0.001, 1, factor=2, log=True)
    return Question(answer, lambda guess: [], {"coins": params.coins, "flips": params.flips})


def lesson(params: Params) -> Lesson[Params, None, Result]:
    """Return what runs."""
    questions = (Asked(farthest, lambda rng: {"flips": int(rng.choice([10, 100, 1000, 10_000]))}),)
    return Lesson(simulate=simulate, claims=(root_n, all_near), look=look, dial=dial, questions=questions)


SUGGESTIONS = (
    Suggestion({"flips": 10}, phrase("try.few")),
    Suggestion({"heads": 0.9}, phrase("try.bent")),
)

WORDS = {
    "en": {
        "question": "When does chance become certain?",
        "summary": "The share of heads settles at the coin's own, as one over the root of the flips.",
        "explain": "One flip tells next to nothing; a thousand tell the coin's share of heads to a few percent.",
        "option.flips": "Flips of each coin.",
        "option.heads": "Probability of heads.",
        "option.coins": "Coins flipped.",
        "scene": "{coins} coins, each flipped {flips} times; heads come with probability {heads}.",
        "dial.flips": "flips",
        "caption": "After {flips} flips the share of heads is {share}.",
        "plot.share": "Share of heads of one coin",
        "series.share": "share so far",
        "series.own": "the coin's own",
        "claim.root-n": "The spread falls as one over the root of the flips.",
        "evidence.root-n": "Standard deviation {sd}, expected {expected}.",
        "claim.all-near": "With many flips every coin comes near.",
        "evidence.all-near": "The farthest is off by {farthest}.",
        "because.few-coins": "(A spread needs a hundred --coins, and a coin that can fall both ways.)",
        "because.few-flips": "(Raise --flips.)",
        "question.farthest.scene": "{coins} fair coins are each flipped {flips} times.",
        "question.farthest.ask": "How far from 0.5 is the share of heads of the coin that is farthest off?",
        "question.farthest.hint": "One coin spreads by √(p(1 − p)/n); the farthest of many by some three times that.",
        "question.farthest.look": "You said {guess}; the farthest coin is off by {truth}.",
        "question.farthest.claim": "The farthest comes nearer as one over the root of the flips.",
        "try.few": "With ten flips, does chance rule?",
        "try.bent": "Is a bent coin sooner sure?",
    },
    "ko": {
        "question": "우연은 언제 확실해질까요?",
        "summary": "앞면의 비율은 던진 횟수의 제곱근에 반비례해 동전 고유의 값으로 모입니다.",
        "explain": "한 번 던져서는 거의 알 수 없지만, 천 번 던지면 앞면의 비율을 몇 퍼센트 안에서 압니다.",
        "option.flips": "동전마다 던지는 횟수.",
        "option.heads": "앞면이 나올 확률.",
        "option.coins": "던지는 동전의 수.",
        "scene": "동전 {coins}개를 {flips}번씩 던집니다. 앞면이 나올 확률은 {heads}입니다.",
        "dial.flips": "던진 횟수",
        "caption": "{flips}번 던졌을 때 앞면의 비율은 {share}입니다.",
        "plot.share": "동전 하나의 앞면 비율",
        "series.share": "지금까지의 비율",
        "series.own": "동전 고유의 값",
        "claim.root-n": "흩어짐은 던진 횟수의 제곱근에 반비례해 줄어든다.",
        "evidence.root-n": "표준편차 {sd}, 기댓값 {expected}.",
        "rule.root-n": "비율의 표준편차가 √(p(1 − p)/n)에서 5분의 1 안에 있다.",
        "claim.all-near": "많이 던지면 모든 동전이 가까이 온다.",
        "evidence.all-near": "가장 먼 동전은 {farthest}만큼 벗어남.",
        "rule.all-near": "고유의 값에서 0.1보다 먼 동전이 없다.",
        "because.few-coins": "(흩어짐을 보려면 --coins가 100 이상이고 양면이 다 나올 수 있어야 합니다.)",
        "because.few-flips": "(--flips를 늘리세요.)",
        "question.farthest.scene": "공정한 동전 {coins}개를 {flips}번씩 던집니다.",
        "question.farthest.ask": "가장 멀리 벗어난 동전의 앞면 비율은 0.5에서 얼마나 떨어져 있을까요?",
        "question.farthest.hint": "동전 하나는 √(p(1 − p)/n)만큼 흩어지고, 가장 먼 것은 그 세 배쯤입니다.",
        "question.farthest.look": "예상 {guess}, 가장 먼 동전은 {truth}만큼 벗어납니다.",
        "question.farthest.claim": "가장 먼 동전도 던진 횟수의 제곱근에 반비례해 가까워진다.",
        "try.few": "열 번이면 우연이 지배할까요?",
        "try.bent": "휘어진 동전은 더 빨리 확실해질까요?",
    },
}
