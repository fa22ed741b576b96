"""Double descent: beyond the model that just passes through every point, more parameters help again.

A lesson on one page: mlbasics examples/double_descent.py
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from mlbasics.kit import (
    Amount, Asked, Dial, Frame, Lesson, LessonParams, Look, Number, Place, Plot, Question, Ratio, Rough, Suggestion,
    Tick, Verdict, draws, line, parameter, phrase, points, span, suggest,
)  # fmt: skip

if TYPE_CHECKING:
    from numpy.random import Generator

    from mlbasics.numerics import Array, Integers

FREQUENCY = 20.0  # standard deviation of the features' frequencies: several waves on [0, 1]
NEW = 200  # new points at which fits are compared with the curve
SHARES = (0.1, 0.25, 0.4, 0.5, 0.6, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 2.5, 5.0, 10.0, 20.0)  # of n: the widths


@dataclass(frozen=True)
class Params(LessonParams):
    """What the learner may change, beside the seed that every lesson has."""

    n_train: int = parameter(20, Number(10, 60, whole=True))
    noise: float = parameter(0.2, Number(0, 2, step=0.1))
    draws: int = parameter(20, Number(5, 200, whole=True))


@dataclass(frozen=True)
class Result:
    """Errors of least-norm fits of sin 2πx by width: medians over draws of the features."""

    x: Array  # (n,)
    y: Array
    new: Array  # (NEW,)
    truth: Array
    widths: Integers
    train_mse: Array  # (widths,)
    test_mse: Array
    fits: Array  # (widths, NEW), of the first draw
    peak: int  # positions: the width nearest n with the largest error, and the best that is narrower
    narrow: int


def simulate(params: Params, source: None, rng: Generator, tick: Tick) -> Result:
    """Fit cos(ωx + b) with random ω and b: the weights of least norm, F⁺y, that fit the points best."""
    import numpy as np

    n, draw = params.n_train, draws(rng, "noise", "features")
    x, new = (np.arange(n) + 0.5) / n, np.linspace(0.5 / n, 1 - 0.5 / n, NEW)
    y = np.sin(2 * np.pi * x) + params.noise * draw["noise"].standard_normal(n)
    truth, widths = np.sin(2 * np.pi * new), np.unique([max(1, round(n * share)) for share in SHARES])
    omega = FREQUENCY * draw["features"].standard_normal((params.draws, widths[-1]))
    b = draw["features"].uniform(0, 2 * np.pi, omega.shape)
    train, test, fits = [], [], []
    for i, width in enumerate(widths):
        F, G = (np.cos(at[:, None] * omega[:, None, :width] + b[:, None, :width]) for at in (x, new))
        weights = np.linalg.pinv(F) @ y
        seen, fit = (np.einsum("dnw,dw->dn", one, weights) for one in (F, G))
        train.append(np.median(np.square(seen - y).mean(axis=1)))
        test.append(np.median(np.square(fit - truth).mean(axis=1)) + params.noise**2)
        fits.append(fit[0])
        tick(i + 1, len(widths))
    error, near = np.array(test), (widths >= 0.8 * n) & (widths <= 2 * n)
    peak = int(np.where(near, error, -1).argmax())
    narrow = int(np.where(widths < 0.8 * n, error, np.inf).argmin())
    return Result(x, y, new, truth, widths, np.array(train), error, np.array(fits), peak, narrow)


def passes_through(params: Params, result: Result) -> Verdict:
    """At twice as many features as points and more, the error on the points is below 1e-6."""
    largest = float(result.train_mse[result.widths >= 2 * params.n_train].max())
    evidence = {"width": int(result.widths[-1]), "n_train": params.n_train, "train_mse": Rough(largest)}
    return largest < 1e-6, evidence, None if largest < 1e-6 else phrase("because.rounding")


def peaks(params: Params, result: Result) -> Verdict:
    """Near as many features as points the error is over twice that of the best narrower and of the widest."""
    high, low, last = (float(result.test_mse[i]) for i in (result.peak, result.narrow, -1))
    evidence = {
        "width": int(result.widths[result.peak]),
        "ratio": Ratio(high / low),
        "last": Ratio(high / last),
    }
    holds = high > 2 * max(low, last)
    return holds, evidence, None if holds else phrase("because.noise")


def descends_again(params: Params, result: Result) -> Verdict:
    """The widest model's error is under half of the peak's, and at most twice that of the best narrower one."""
    high, low, last = (float(result.test_mse[i]) for i in (result.peak, result.narrow, -1))
    evidence = {
        "width": int(result.widths[-1]),
        "last": Rough(last),
        "low": Rough(low),
        "narrow": int(result.widths[result.narrow]),
    }
    holds = last < high / 2 and last <= 2 * low
    return holds, evidence, None if holds else phrase("because.noise")


def dial(params: Params, result: Result) -> Dial:
    """Return the dial: the number of features, at first the most."""
    return Dial(
        phrase("dial.width"), result.widths.tolist(), len(result.widths) - 1, partial(frame, params, result)
    )


def frame(params: Params, result: Result, width: float) -> Frame:
    """Show the error up to a width, and the fit of that width."""
    i = result.widths.tolist().index(int(width))
    caption = phrase("caption", width=int(width), test=Rough(result.test_mse[i]))
    return Frame([errors(params, result, i + 1), fits(result, i)], caption)


def errors(params: Params, result: Result, shown: int) -> Plot:
    """Return the error on new points of the narrowest models, so many, and where there are as many as points."""
    low, high = float(result.test_mse.min()) / 2, 3 * float(result.test_mse[result.peak])
    curve = line("test", "test", result.widths[:shown], result.test_mse[:shown])
    edge = line("edge", "floor", [params.n_train] * 2, [low, high])
    ends = (float(result.widths[0]), float(result.widths[-1])), (low, high)
    return Plot("errors", [edge, curve], *ends, log_x=True, log_y=True, x_name=phrase("dial.width"))


def fits(result: Result, i: int) -> Plot:
    """Return the points, the curve, and a fit of one width."""
    drawn = [
        line("truth", "truth", result.new, result.truth),
        line("fit", "best", result.new, result.fits[i]),
    ]
    return Plot("fits", [*drawn, points("points", "data", result.x, result.y)], (0, 1), span(result.y, 0.3))


def look(params: Params, result: Result) -> Look:
    """Show the error by width."""
    scene = phrase("scene", n_train=params.n_train)
    return Look(scene, dial(params, result).look.heroes, None, suggest(SUGGESTIONS, params))


def where(params: Params, result: Result, rng: Generator) -> Question:
    """More parameters are thought always to overfit more: the U of the textbook (Belkin and others, 2019)."""
    answer = Place(float(result.widths[result.peak]), 1, 1200, factor=1.35, log=True)
    shown = len(result.widths)
    return Question(
        answer,
        lambda guess: [errors(params, result, 1 if guess is None else shown)],
        {"n_train": params.n_train},
    )


def how_high(params: Params, result: Result, rng: Generator) -> Question:
    """A fit through every point is thought to be bad by the same amount, whatever its width."""
    answer = Amount(float(result.test_mse[result.peak] / result.test_mse[-1]), 1, 100_000, factor=3, log=True)
    return Question(
        answer,
        lambda guess: [fits(result, result.peak if guess is None else -1)],
        {"n_train": params.n_train},
    )


def the_widest(params: Params, result: Result, rng: Generator) -> Question:
    """Twenty times as many parameters as points are thought to be hopeless (Hastie and others, 2022)."""
    answer = Amount(float(result.test_mse[-1]), 0.001, 100, factor=1.5, log=True)
    values = {
        "width": int(result.widths[-1]),
        "n_train": params.n_train,
        "low": Rough(result.test_mse[result.narrow]),
    }
    return Question(answer, lambda guess: [fits(result, result.narrow if guess is None else -1)], values)


def lesson(params: Params) -> Lesson[Params, None, Result]:
    """Return what runs."""
    questions = (
        Asked(where, lambda rng: {"n_train": int(rng.choice([10, 20, 40, 60]))}),
        Asked(how_high),
        Asked(the_widest, lambda rng: {"noise": float(rng.choice([0.1, 0.2, 0.4, 0.8]))}),
    )
    claims = (passes_through, peaks, descends_again)
    return Lesson(simulate=simulate, claims=claims, look=look, dial=dial, questions=questions)


SUGGESTIONS = (
    Suggestion({"noise": 1}, phrase("try.noise")),
    Suggestion({"n_train": 40}, phrase("try.n_train")),
)

WORDS = {
    "en": {
        "question": "Do more parameters always overfit more?",
        "summary": "The error peaks where a model just passes through every point, and falls again beyond.",
        "explain": "Lesson one's error is a U: too simple, right, too flexible. That is not the end.\n\nWith as many features as points there is one curve through them, and it is wild. With more there are many; the one of least norm is taken, F⁺y, and the more there are to choose from, the calmer it is. The error falls a second time: double descent.",
        "option.n_train": "Training points.",
        "option.noise": "Standard deviation of the noise.",
        "option.draws": "Draws of the random features; errors are medians over them.",
        "scene": "{n_train} noisy points, fitted by sums of random waves (features). Of all sums that fit best, the one with the smallest weights is taken.",
        "dial.width": "features",
        "caption": "{width} features: error on new points {test}.",
        "plot.errors": "Error on new points by number of features",
        "plot.fits": "One fit",
        "series.test": "error on new points",
        "series.edge": "as many features as points",
        "series.truth": "truth",
        "series.fit": "fit",
        "series.points": "points",
        "claim.passes-through": "With more features than points, the fit passes through every point.",
        "evidence.passes-through": "{width} features, {n_train} points: error {train_mse}.",
        "claim.peaks": "The error on new points peaks where the model just manages to do so.",
        "evidence.peaks": "At {width} features it is {ratio} that of the best narrower model, and {last} that of the widest.",
        "claim.descends-again": "Beyond the peak it falls again: double descent.",
        "evidence.descends-again": "{width} features: {last}; the best narrower model, {narrow} features: {low}.",
        "because.rounding": "(Rounding leaves an error.)",
        "because.noise": "(Draws differ much. Raise --draws, or choose --noise near 0.2.)",
        "try.noise": "With more noise, is the peak higher?",
        "try.n_train": "With twice the points, where is the peak?",
        "question.where.scene": "{n_train} noisy points are fitted with more and more random features.",
        "question.where.ask": "At how many features is the error on new points largest?",
        "question.where.hint": "When is there exactly one fit through all points?",
        "question.where.look": "You said {guess}; it peaks at {truth}, where features just equal points.",
        "question.where.claim": "The error peaks where a model just passes through every point.",
        "question.how-high.scene": "The fit that is drawn has about as many features as the {n_train} points. A model with 20 times as many also passes through every point.",
        "question.how-high.ask": "How many times larger is the error of the one drawn?",
        "question.how-high.hint": "Of many curves through all points, the one with the smallest weights is taken.",
        "question.how-high.look": "{truth} times; you said {guess}. Now the widest fit is drawn: through every point, and calm.",
        "question.how-high.claim": "Passing through every point is not itself the harm.",
        "question.the-widest.scene": "{n_train} points. The best model with fewer features than points has an error of {low} on new points.",
        "question.the-widest.ask": "What is the error with {width} features?",
        "question.the-widest.hint": "It falls again beyond the peak; does it come back down?",
        "question.the-widest.look": "{truth}; you said {guess}. It is drawn above.",
        "question.the-widest.claim": "Far more parameters than points need not overfit.",
    },
    "ko": {
        "question": "매개변수가 많을수록 늘 더 과적합할까요?",
        "summary": "오차는 모델이 모든 점을 겨우 지날 때 가장 크고, 그 너머에서 다시 내려갑니다.",
        "explain": "첫 수업의 오차는 U자입니다: 너무 단순함, 알맞음, 너무 복잡함. 그것이 끝이 아닙니다.\n\n특성이 점만큼 있으면 모든 점을 지나는 곡선은 하나뿐이고 거칠게 요동합니다. 더 많으면 여럿이 있고 그중 노름이 가장 작은 F⁺y를 고르는데, 고를 것이 많을수록 잔잔합니다. 오차가 두 번째로 내려갑니다: 이중 하강(double descent).",
        "option.n_train": "훈련 점의 수.",
        "option.noise": "잡음의 표준편차.",
        "option.draws": "무작위 특성을 뽑는 횟수. 오차는 그 중앙값입니다.",
        "scene": "잡음 섞인 점 {n_train}개를 무작위 파동(특성)의 합으로 적합합니다. 가장 잘 맞는 합 가운데 가중치가 가장 작은 것을 고릅니다.",
        "dial.width": "특성 수",
        "caption": "특성 {width}개: 새 점에서의 오차 {test}.",
        "plot.errors": "특성 수에 따른 새 점에서의 오차",
        "plot.fits": "적합 하나",
        "series.test": "새 점에서의 오차",
        "series.edge": "특성 수 = 점 수",
        "series.truth": "참",
        "series.fit": "적합",
        "series.points": "점",
        "claim.passes-through": "특성이 점보다 많으면 모든 점을 지난다.",
        "evidence.passes-through": "특성 {width}개, 점 {n_train}개: 오차 {train_mse}.",
        "rule.passes-through": "특성이 점의 2배 이상이면 훈련 점에서의 오차가 1e-6보다 작다.",
        "claim.peaks": "모든 점을 겨우 지날 때 새 점에서의 오차가 가장 크다.",
        "evidence.peaks": "특성 {width}개에서 가장 좋은 좁은 모델의 {ratio}, 가장 넓은 모델의 {last}.",
        "rule.peaks": "특성이 점의 수에 가까울 때 오차가 가장 좋은 좁은 모델과 가장 넓은 모델의 2배를 넘는다.",
        "claim.descends-again": "그 너머에서 다시 내려간다: 이중 하강.",
        "evidence.descends-again": "특성 {width}개: {last}. 가장 좋은 좁은 모델(특성 {narrow}개): {low}.",
        "rule.descends-again": "가장 넓은 모델의 오차가 정점의 절반보다 작고, 가장 좋은 좁은 모델의 2배를 넘지 않는다.",
        "because.rounding": "(반올림 오차가 남습니다.)",
        "because.noise": "(뽑을 때마다 크게 다릅니다. --draws를 늘리거나 --noise를 0.2 가까이로 하세요.)",
        "try.noise": "잡음이 크면 정점이 더 높을까요?",
        "try.n_train": "점이 두 배면 정점은 어디일까요?",
        "question.where.scene": "잡음 섞인 점 {n_train}개를 점점 많은 무작위 특성으로 적합합니다.",
        "question.where.ask": "특성이 몇 개일 때 새 점에서의 오차가 가장 클까요?",
        "question.where.hint": "모든 점을 지나는 적합이 꼭 하나일 때는 언제인가요?",
        "question.where.look": "예상 {guess}, 정점 {truth}: 특성 수가 점 수와 같아지는 곳입니다.",
        "question.where.claim": "모델이 모든 점을 겨우 지날 때 오차가 가장 크다.",
        "question.how-high.scene": "그려진 적합은 특성이 점 수({n_train})쯤 됩니다. 특성이 20배인 모델도 모든 점을 지납니다.",
        "question.how-high.ask": "그려진 것의 오차는 몇 배나 클까요?",
        "question.how-high.hint": "모든 점을 지나는 여러 곡선 가운데 가중치가 가장 작은 것을 고릅니다.",
        "question.how-high.look": "{truth}배(예상 {guess}). 이제 가장 넓은 적합이 그려져 있습니다: 모든 점을 지나면서 잔잔합니다.",
        "question.how-high.claim": "모든 점을 지나는 것 자체가 해로운 것은 아니다.",
        "question.the-widest.scene": "점 {n_train}개. 특성이 점보다 적은 모델 가운데 가장 좋은 것의 새 점에서의 오차는 {low}입니다.",
        "question.the-widest.ask": "특성이 {width}개면 오차가 얼마일까요?",
        "question.the-widest.hint": "정점 너머에서 다시 내려갑니다. 제자리까지 올까요?",
        "question.the-widest.look": "{truth}(예상 {guess}). 위에 그려져 있습니다.",
        "question.the-widest.claim": "매개변수가 점보다 훨씬 많아도 꼭 과적합하는 것은 아니다.",
    },
}
