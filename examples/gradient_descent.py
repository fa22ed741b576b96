"""Gradient descent: a rate that is too small creeps, one that is too large throws the weights out.

A lesson on one page: mlbasics examples/gradient_descent.py
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from mlbasics.kit import (
    Amount, Asked, Dial, Frame, Lesson, LessonParams, Letters, Look, Number, Panels, Plot, Question, Ratio, Rough,
    Suggestion, Tick, Verdict, draws, line, parameter, phrase, picked, suggest,
)  # fmt: skip

if TYPE_CHECKING:
    from numpy.random import Generator

    from mlbasics.numerics import Array

FACTORS = {"small": 0.05, "right": 1.0, "large": 5.0}  # times --rate
ROLES = {"small": "low", "right": "best", "large": "high"}
POINTS, TRUE = 50, (1.0, -1.0)
DONE = 1.01  # times the lowest loss: as good as there
TOP = 100.0  # losses beyond it are cut from the picture


@dataclass(frozen=True)
class Params(LessonParams):
    """What the learner may change, beside the seed that every lesson has."""

    rate: float = parameter(0.2, Number(0.001, 3, log=True))
    steps: int = parameter(40, Number(8, 10_000, whole=True, log=True))
    stretch: float = parameter(2.0, Number(1, 10, step=0.5))


@dataclass(frozen=True)
class Result:
    """The loss ½·mean((Xw - y)²) of two weights as they go down it, for three rates."""

    rates: Array  # (3,)
    loss: Array  # (3, steps + 1)
    lowest: float
    edge: float  # 2/λ, λ the largest curvature: the largest eigenvalue of XᵀX/n
    flattest: float  # the smallest
    steps_taken: Array  # (3,) until the loss is at most 1.01 times the lowest; NaN where it is not


def simulate(params: Params, source: None, rng: Generator, tick: Tick) -> Result:
    """Draw points, and take every step with each rate: w ← w - rate · Xᵀ(Xw - y)/n."""
    import numpy as np

    draw = draws(rng, "inputs", "noise")
    X = draw["inputs"].standard_normal((POINTS, 2)) * [1.0, params.stretch]
    y = X @ TRUE + 0.5 * draw["noise"].standard_normal(POINTS)
    rates = params.rate * np.array(list(FACTORS.values()))
    H, pull = X.T @ X / POINTS, X.T @ y / POINTS
    best = np.linalg.solve(H, pull)
    lowest = float(np.square(X @ best - y).mean() / 2)
    w = np.zeros((len(rates), params.steps + 1, 2))
    for k in range(params.steps):
        w[:, k + 1] = np.clip(w[:, k] - rates[:, None] * (w[:, k] @ H - pull), -1e6, 1e6)
        tick(k + 1, params.steps)
    off = w - best
    loss = lowest + np.einsum("rki,ij,rkj->rk", off, H, off) / 2
    there = loss <= DONE * lowest
    taken = np.where(there.any(axis=1), there.argmax(axis=1), np.nan)
    flattest, steepest = map(float, np.linalg.eigvalsh(H))
    return Result(rates, loss, lowest, 2 / steepest, flattest, taken)


def too_small_creeps(params: Params, result: Result) -> Verdict:
    """After all steps the loss at a twentieth of the rate is still over twice the lowest; at the rate it is not."""
    small, right = result.loss[0, -1] / result.lowest, result.loss[1, -1] / result.lowest
    evidence = {"rate": result.rates[0], "small": Ratio(small), "right": Ratio(right), "steps": params.steps}
    if right > 2:
        return None, evidence, phrase("because.not-right")
    return bool(small > 2), evidence, None if small > 2 else phrase("because.many-steps")


def right_arrives(params: Params, result: Result) -> Verdict:
    """At the rate itself, the loss comes to within 1 % of the lowest."""
    holds = bool(result.loss[1, -1] <= DONE * result.lowest)
    evidence = {"rate": result.rates[1], "steps": result.steps_taken[1]}
    if holds:
        return True, evidence, None
    return False, evidence, phrase("because.beyond" if result.rates[1] > result.edge else "because.few-steps")


def too_large_diverges(params: Params, result: Result) -> Verdict:
    """At five times the rate the loss ends above where it began, and the rate is above 2/λ."""
    evidence = {"rate": result.rates[2], "edge": Rough(result.edge)}
    holds = bool(result.loss[2, -1] > result.loss[2, 0] and result.rates[2] > result.edge)
    return holds, evidence, None if holds else phrase("because.below-edge")


def dial(params: Params, result: Result) -> Dial:
    """Return the dial: the step, at first the last."""
    positions = picked(params.steps + 1, (1, params.steps), 14, ratio=True)
    return Dial(phrase("dial.step"), positions, len(positions) - 1, partial(frame, params, result))


def frame(params: Params, result: Result, step: float) -> Frame:
    """Show the losses up to a step."""
    k = int(step) + 1
    losses = [line(name, ROLES[name], range(k), result.loss[i, :k]) for i, name in enumerate(FACTORS)]
    floor = line("lowest", "floor", [0, params.steps], [result.lowest] * 2)
    ends = (0, params.steps), (result.lowest / 2, TOP)
    plot = Plot("loss", [floor, *losses], *ends, log_y=True, whole_x=True, x_name=phrase("dial.step"))
    now = {name: Rough(result.loss[i, k - 1]) for i, name in enumerate(FACTORS)}
    return Frame([plot], phrase("caption", step=int(step), **now))


def look(params: Params, result: Result) -> Look:
    """Show the losses of three rates."""
    return Look(phrase("scene"), dial(params, result).look.heroes, None, suggest(SUGGESTIONS, params))


def edge(params: Params, result: Result, rng: Generator) -> Question:
    """A larger rate is thought to be merely faster (Goodfellow, Bengio and Courville 2016, section 8.3)."""
    answer = Amount(result.edge, 0.01, 10, factor=1.5, log=True)
    return Question(answer, lambda guess: [], {"curvature": Rough(2 / result.edge)})


def which(params: Params, result: Result, rng: Generator) -> Question:
    """Slow progress is taken for a rate that is too large, and jumping for one that is too small."""
    order = [int(i) for i in rng.permutation(3)]
    ends = (0, params.steps), (result.lowest / 2, TOP)
    curves = [
        line(a, "other", range(params.steps + 1), result.loss[i]) for a, i in zip("ABC", order, strict=True)
    ]
    plots = [Plot("loss", [curve], *ends, log_y=True, whole_x=True) for curve in curves]
    truth = "".join("ABC"[order.index(i)] for i in range(3))
    return Question(Letters(truth, "ABC"), lambda guess: [Panels(plots, narrowest=20)])


def creeping(params: Params, result: Result, rng: Generator) -> Question:
    """A smaller rate is thought to cost nothing but safety."""
    answer = Amount(float(result.steps_taken[0]), 10, 10_000, factor=1.5, log=True, whole=True)
    known = {"taken": int(result.steps_taken[1]), "rate": result.rates[1], "small": result.rates[0]}
    return Question(answer, lambda guess: [], known)


def lesson(params: Params) -> Lesson[Params, None, Result]:
    """Return what runs."""
    claims = (too_small_creeps, right_arrives, too_large_diverges)
    questions = (
        Asked(edge, lambda rng: {"stretch": float(rng.choice([1, 2, 4, 8]))}),
        Asked(which),
        Asked(creeping, lambda rng: {"steps": 5000, "rate": float(rng.choice([0.05, 0.1, 0.2, 0.3]))}),
    )
    return Lesson(simulate=simulate, claims=claims, look=look, dial=dial, questions=questions)


SUGGESTIONS = (
    Suggestion({"rate": 0.05}, phrase("try.small")),
    Suggestion({"stretch": 6}, phrase("try.stretch")),
)

WORDS = {
    "en": {
        "question": "Why can a learning rate be too low, and too high?",
        "summary": "Too small a rate creeps, too large a one throws the weights out; the edge is 2 over the curvature.",
        "explain": "Gradient descent changes each weight by the learning rate times the slope of the loss.\n\nAlong a direction of curvature λ, every step multiplies the distance from the bottom by 1 − rate·λ. Below 1/λ it creeps from one side; between 1/λ and 2/λ it jumps from side to side and still comes closer; beyond 2/λ every jump is larger than the one before. The steepest direction sets the limit and the flattest the pace, so that features of different scale make all directions slow. Batch normalization (lesson five) widens the range of rates that work.",
        "option.rate": "Learning rate. It is compared with a twentieth and five times it.",
        "option.steps": "Steps of gradient descent.",
        "option.stretch": "How many times as wide the second feature spreads as the first.",
        "scene": "Gradient descent walks downhill on the loss. The learning rate is the length of its stride.",
        "dial.step": "step",
        "caption": "Step {step}: loss {small} (small rate), {right} (right), {large} (large).",
        "plot.loss": "Loss by step",
        "series.small": "small",
        "series.right": "right",
        "series.large": "large",
        "series.lowest": "lowest possible",
        "series.A": "A",
        "series.B": "B",
        "series.C": "C",
        "claim.too-small-creeps": "A learning rate that is too small creeps: it has not arrived.",
        "evidence.too-small-creeps": "After {steps} steps at rate {rate}: {small} the lowest loss; at the right rate {right}.",
        "claim.right-arrives": "The right learning rate arrives.",
        "evidence.right-arrives": "At rate {rate}, within 1% of the lowest loss after {steps} steps.",
        "claim.too-large-diverges": "A learning rate that is too large diverges: each step overshoots by more.",
        "evidence.too-large-diverges": "Rate {rate}; the edge, 2 over the curvature, is {edge}.",
        "because.not-right": "(The right rate has not arrived either. Raise --steps.)",
        "because.many-steps": "(With so many steps, a small rate arrives too. Lower --steps.)",
        "because.beyond": "(It is beyond the edge. Lower --rate.)",
        "because.few-steps": "(It needs more steps. Raise --steps.)",
        "because.below-edge": "(Five times the rate is still below the edge. Raise --rate.)",
        "try.small": "Does a smaller rate still arrive?",
        "try.stretch": "What if one feature spreads wider?",
        "question.edge.scene": "A loss has the curvature {curvature} in its steepest direction.",
        "question.edge.ask": "From which learning rate on does gradient descent diverge?",
        "question.edge.hint": "Each step multiplies the distance from the bottom by 1 − rate × curvature.",
        "question.edge.look": "At {truth} that factor is −1: each jump is as long as the one before. You said {guess}.",
        "question.edge.claim": "Beyond 2 over the curvature every step makes it worse.",
        "question.which.scene": "The same loss, walked down with three learning rates.",
        "question.which.ask": "Which is too small, which right, which too large? Three letters in this order.",
        "question.which.hint": "What creeps is still falling at the end.",
        "question.which.look": "{truth}: the small one still falls, the large one climbs.",
        "question.which.claim": "Too small creeps, too large diverges.",
        "question.creeping.scene": "At the learning rate {rate} it took {taken} steps to come within 1% of the lowest loss.",
        "question.creeping.ask": "How many steps does it take at {small}, a twentieth of it?",
        "question.creeping.hint": "How far is one step?",
        "question.creeping.look": "{truth} steps; you said {guess}. Twenty times shorter strides, about twenty times as many.",
        "question.creeping.claim": "Below the edge, the steps needed go as one over the rate.",
    },
    "ko": {
        "question": "학습률이 낮으면 왜 학습이 안 되고, 높아도 왜 안 될까요?",
        "summary": "학습률이 너무 작으면 기어가고, 너무 크면 가중치가 튕겨 나갑니다. 경계는 2/곡률입니다.",
        "explain": "경사 하강법(gradient descent)은 가중치를 학습률 × 손실의 기울기만큼 바꿉니다.\n\n곡률이 λ인 방향에서는 스텝마다 바닥까지의 거리에 1 − 학습률·λ가 곱해집니다. 1/λ보다 작으면 한쪽에서 기어가고, 1/λ와 2/λ 사이에서는 좌우로 뛰면서도 가까워지며, 2/λ를 넘으면 뛸 때마다 더 멀어집니다. 가장 가파른 방향이 한계를, 가장 완만한 방향이 속도를 정하므로 특성의 크기가 다르면 모두 느려집니다. 다섯째 수업의 배치 정규화는 쓸 수 있는 학습률의 폭을 넓힙니다.",
        "option.rate": "학습률. 그 20분의 1, 5배와 비교합니다.",
        "option.steps": "경사 하강법의 스텝 수.",
        "option.stretch": "둘째 특성이 첫째보다 몇 배 넓게 퍼지는지.",
        "scene": "경사 하강법은 손실 위를 내려갑니다. 여기서는 가중치가 둘이고, 학습률(learning rate)은 보폭입니다.",
        "dial.step": "스텝",
        "caption": "스텝 {step}: 손실 {small}(작은 학습률), {right}(알맞은), {large}(큰).",
        "plot.loss": "스텝에 따른 손실",
        "series.small": "작음",
        "series.right": "알맞음",
        "series.large": "큼",
        "series.lowest": "가능한 최소",
        "series.A": "A",
        "series.B": "B",
        "series.C": "C",
        "claim.too-small-creeps": "학습률이 너무 작으면 기어간다: 아직 도착하지 못했다.",
        "evidence.too-small-creeps": "학습률 {rate}, {steps}스텝 뒤 손실은 최소의 {small}, 알맞은 학습률에서는 {right}.",
        "rule.too-small-creeps": "모든 스텝 뒤 20분의 1 학습률의 손실이 아직 최소의 2배를 넘고, 학습률 그대로는 넘지 않는다.",
        "claim.right-arrives": "알맞은 학습률은 도착한다.",
        "evidence.right-arrives": "학습률 {rate}, {steps}스텝 만에 최소 손실의 1% 안.",
        "rule.right-arrives": "학습률 그대로에서 손실이 최소의 1% 안에 든다.",
        "claim.too-large-diverges": "학습률이 너무 크면 발산한다: 스텝마다 더 크게 지나친다.",
        "evidence.too-large-diverges": "학습률 {rate}, 경계(2/곡률) {edge}.",
        "rule.too-large-diverges": "학습률의 5배에서 손실이 시작보다 크게 끝나고, 그 학습률이 2/λ보다 크다.",
        "because.not-right": "(알맞은 학습률도 아직 도착하지 못했습니다. --steps를 늘리세요.)",
        "because.many-steps": "(스텝이 이렇게 많으면 작은 학습률도 도착합니다. --steps를 줄이세요.)",
        "because.beyond": "(경계를 넘었습니다. --rate를 줄이세요.)",
        "because.few-steps": "(스텝이 더 필요합니다. --steps를 늘리세요.)",
        "because.below-edge": "(5배로 해도 경계 아래입니다. --rate를 키우세요.)",
        "try.small": "더 작은 학습률로도 도착할까요?",
        "try.stretch": "한 특성이 더 넓게 퍼지면?",
        "question.edge.scene": "가장 가파른 방향의 곡률이 {curvature}인 손실이 있습니다.",
        "question.edge.ask": "학습률이 얼마를 넘으면 경사 하강법이 발산할까요?",
        "question.edge.hint": "스텝마다 바닥까지의 거리에 1 − 학습률 × 곡률이 곱해집니다.",
        "question.edge.look": "{truth}에서 그 값이 −1이 되어 뛰는 거리가 줄지 않습니다. 예상: {guess}.",
        "question.edge.claim": "2/곡률을 넘으면 스텝마다 나빠진다.",
        "question.which.scene": "같은 손실을 세 학습률로 내려갑니다.",
        "question.which.ask": "너무 작은 것, 알맞은 것, 너무 큰 것을 이 순서로 고르세요(글자 3개).",
        "question.which.hint": "기어가는 것은 끝에서도 내려가는 중입니다.",
        "question.which.look": "{truth}: 작은 것은 아직 내려가고, 큰 것은 올라갑니다.",
        "question.which.claim": "너무 작으면 기어가고 너무 크면 발산한다.",
        "question.creeping.scene": "학습률 {rate}에서 최소 손실의 1% 안까지 {taken}스텝이 걸렸습니다.",
        "question.creeping.ask": "그 20분의 1인 {small}에서는 몇 스텝이 걸릴까요?",
        "question.creeping.hint": "한 걸음은 얼마나 긴가요?",
        "question.creeping.look": "{truth}스텝(예상 {guess}). 보폭이 20분의 1이면 걸음은 스무 배쯤입니다.",
        "question.creeping.claim": "경계 아래에서 필요한 스텝 수는 학습률에 반비례한다.",
    },
}
