"""What a textbook says of bias and variance, judged on one run."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from mlbasics.kit import Phrase, Rough, Share, Verdict, needs_truth, phrase
from mlbasics.lessons.bias_variance.experiment import BESIDE, ENOUGH
from mlbasics.numerics.decomposition import KEPT

if TYPE_CHECKING:
    from mlbasics.lessons.bias_variance import Params
    from mlbasics.lessons.bias_variance.experiment import Result
    from mlbasics.numerics import Array

FEW, MANY = 10, 30  # training sets: from fewer, a standard error says little; MANY where it is measured too
ROUNDING = 1e-8  # of a value, and squared of the squared signal: what the arithmetic may leave
SAME = 0.05  # a change known to be smaller than this share is none
SMALL = 0.01  # of the error: who is known to be no farther behind is as good
TENTH = 0.1  # of the error: who is farther behind than that is clearly worse
TERMS = ("bias2", "variance")


@needs_truth
def too_simple_is_biased(params: Params, result: Result) -> Verdict:
    """The line, or else the simplest, errs a tenth more than the best, and over half of that is bias².

    Both by over three standard errors.  Where its tail is heavy, it errs more than the best on more sets than
    not, by three standard errors, and bias² and variance are those of medians.
    """
    return _owed_to(params, result, result.simple_index, "bias2")


def too_free_varies(params: Params, result: Result) -> Verdict:
    """The most complex errs a tenth more than the best, and over half of that is variance.

    Both by over three standard errors.  Where its tail is heavy, it errs more than the best on more sets than
    not, by three standard errors, and bias² and variance are those of medians.
    """
    return _owed_to(params, result, len(result.complexity) - 1, "variance")


def sweet_spot_inside(params: Params, result: Result) -> Verdict:
    """A model between the simple one and the most complex errs less than both, by over three standard errors.

    The simple one is the line, if the best is freer, else the simplest; all are compared on the same sets.
    Where one has a heavy tail, it errs more on so many more sets than it errs less; medians are told.
    """
    best, c, error = result.best_index, result.complexity, _error(result)
    simple, last = result.simple_index, len(c) - 1
    heavy = np.isin(c, result.heavy_tail)
    told = [_typical(result, i) if heavy[i] else error[i] for i in (best, simple, last)]
    names = ("total", "simplest_total", "most_complex_total")
    evidence = {"best": result.best} | dict(zip(names, map(Rough, told), strict=True))
    if unknown := _unknown(params, result, 3, "few-complexities"):
        return None, evidence, unknown
    clear = result.behind > 3 * result.behind_se + _rounding(result, error[best])
    behind = np.where(heavy, result.worse > _more_often(params), clear)
    ends = (simple, last)
    if behind[simple] and behind[last]:
        least = min((result.behind[i] for i in ends if not heavy[i]), default=math.inf)
        barely = least < TENTH * error[best]
        return True, evidence, phrase("verdict.barely", share=Share(least / error[best])) if barely else None
    at_end, inside = best in ends, range(simple + 1, last)
    rivals = inside if at_end else [i for i in ends if not behind[i]]
    near = [i for i in rivals if result.behind[i] + 3 * result.behind_se[i] <= SMALL * error[best]]
    why = _because(
        (not behind[last] and _same_fits(result), phrase("because.no-variance")),
        (at_end and all(behind[inside]), phrase(f"because.{'most-complex' if best else 'simplest'}-best")),
        (near, phrase("because.tie", end=c[best] if at_end else c[min(near, default=0)])),
    )
    return (False, evidence, why) if why else (None, evidence, phrase("because.close"))


def bias_falls(params: Params, result: Result) -> Verdict:
    """Bias² falls from simplest to most complex, by over three standard errors, and rises between no two.

    A rise is one by over 5 % of the largest, and without a closed form by six standard errors more than that;
    where less of one is seen, the run cannot tell.  Where a tail is heavy, it is the bias² of medians of ten
    sets.
    """
    return _one_way(params, result, "bias2", -1)


def variance_grows(params: Params, result: Result) -> Verdict:
    """Variance grows from simplest to most complex, by over three standard errors, and falls between no two.

    A fall is one by over 5 % of the largest, and without a closed form by three standard errors more than
    that, of the difference on the same sets; where less of one is seen, the run cannot tell.  Where a tail is
    heavy, it is the median of single fits' distances from the median fit.
    """
    return _one_way(params, result, "variance", 1)


@needs_truth
def adds_up(params: Params, result: Result) -> Verdict:
    """At each complexity, sum and error, measured on other sets, differ by at most five standard errors.

    Where a tail is heavy there is no mean to compare.
    """
    known = np.flatnonzero(~np.isin(result.complexity, result.heavy_tail))
    if not len(known):
        return None, {}, _tail(result)
    residual = abs(result.total - result.test_mse)[known]
    error = np.hypot(result.se.total, result.se.test_mse)[known]
    counted = np.where(residual > _rounding(result, result.total[known]), residual, 0.0)
    off = np.divide(counted, error, out=np.where(counted > 0, np.inf, 0.0), where=error > 0)
    worst = int(off.argmax())
    evidence = {"residual": Rough(residual[worst]), "standard_errors": Rough(off[worst])}
    if params.trials < MANY:
        return None, evidence, phrase("because.few-sets", least=MANY)
    holds = bool(off[worst] <= 5)
    return holds, evidence, None if holds else phrase("because.chance")


def linear_more_biased_than_mlp(params: Params, result: Result) -> Verdict:
    """Bias² of linear regression is above the network's by over three standard errors."""
    straight = result.origin is None and _straight(result)
    return _apart(params, result, "bias2", 1, "straight" if straight else "network-biased")


def mlp_varies_more(params: Params, result: Result) -> Verdict:
    """Variance of the network is above that of linear regression by over three standard errors."""
    return _apart(params, result, "variance", -1, "network-steady")


HEADLINES = (too_simple_is_biased, too_free_varies, sweet_spot_inside)
PAIR = (linear_more_biased_than_mlp, mlp_varies_more)
RULES = (*HEADLINES, bias_falls, variance_grows, adds_up, *PAIR)


def _apart(params: Params, result: Result, name: str, sign: int, otherwise: str) -> Verdict:
    """Judge whether a term is larger (sign 1) or smaller (-1) of linear regression than of the network."""
    pair = result.linear_vs_mlp
    linear, mlp = (float(getattr(one, name)) for one in (pair.linear, pair.mlp))
    difference = sign * (linear - mlp)
    error = 3 * math.hypot(*(getattr(one, f"{name}_se") for one in (pair.linear, pair.mlp)))
    evidence = {f"linear_{name}": Rough(max(linear, 0)), f"mlp_{name}": Rough(max(mlp, 0))}
    if (unknown := _unknown(params, result, 1)) or params.trials < MANY:
        return None, evidence, unknown or phrase("because.few-sets", least=MANY)
    sure = abs(difference) > error + _rounding(result, max(linear, mlp))
    if sure and difference > 0:
        return True, evidence, None
    why = _because(
        (sure or otherwise == "straight", phrase(f"because.{otherwise}", n_train=params.n_train)),
        (abs(difference) + error <= SAME * linear, phrase("because.as-biased")),
        (_same_fits(result), phrase("because.no-variance")),
    )
    few = params.family == "mlp" or pair.trials < BESIDE
    unsure = "because.few-trials" if few else "because.most-sets"
    return (False, evidence, why) if why else (None, evidence, phrase(unsure, trials=pair.trials))


def _owed_to(params: Params, result: Result, i: int, name: str) -> Verdict:
    """Judge whether a learner errs more than the best, and does so by one of the terms."""
    best, c, typical, error = result.best_index, result.complexity, result.typical, _error(result)
    heavy = typical is not None and c[i] in result.heavy_tail
    term = max(float(getattr(typical if heavy else result, name)[i]), 0.0)
    other = TERMS[name == TERMS[0]]
    whole = _typical(result, i) if heavy else float(error[i])
    share = Share(min(term / whole, 1) if whole > 0 else math.nan)
    evidence = {"complexity": c[i], "best": c[best], name: Rough(term), "share": share}
    if unknown := _unknown(params, result, 2):
        return None, evidence, unknown
    if name == "variance" and _same_fits(result):
        return False, evidence, phrase("because.no-variance")
    if i == best:
        return None, evidence, phrase(f"because.none-{'freer' if i else 'simpler'}")
    if typical is not None and heavy:
        if result.worse[i] <= _more_often(params):
            return None, evidence, phrase("because.heavy-tail.even")
        most = float(getattr(typical, name)[i] - getattr(typical, other)[i])
        unsure = 3 * math.hypot(*(getattr(typical.se, one)[i] for one in TERMS))
    else:
        excess = result.behind[i] - TENTH * error[best]
        unsure = 3 * result.behind_se[i] + _rounding(result, error[best])
        if excess <= unsure:
            close = excess <= -unsure
            key = f"because.hardly-worse.{name}" if close else "because.few-trials"
            return (False if close else None), evidence, phrase(key, n_train=params.n_train)
        change = {one: getattr(result, one)[i] - getattr(result, one)[best] for one in TERMS}
        most = 2 * change[name] - (result.behind[i] if result.origin else sum(change.values()))
        unsure = 3 * math.hypot(*(getattr(result.se, one)[k] for one in TERMS for k in (i, best)))
    if abs(most) <= unsure:
        return None, evidence, phrase("because.few-trials")
    return (
        bool(most > 0),
        evidence,
        None if most > 0 else phrase("because.mostly-other", other=phrase(f"series.{other}")),
    )


def _one_way(params: Params, result: Result, name: str, sign: int) -> Verdict:
    """Judge whether a term grows (sign 1) or falls (-1): end to end as measured, in pairs as far as sure."""
    terms, known, c = result.typical or result, result.theory, result.complexity
    term, error = getattr(terms, name), getattr(terms.se, name)
    sure = getattr(known, name) if known else term
    evidence = {
        "simplest": c[0],
        "simplest_term": Rough(max(term[0], 0)),
        "most_complex": c[-1],
        "most_complex_term": Rough(max(term[-1], 0)),
    }
    if unknown := _unknown(params, result, 2):
        return None, evidence, unknown
    if name == "bias2" and (sure <= (0 if known else 6 * error) + _rounding(result)).all():
        return False if known else None, evidence, phrase("because.no-bias")
    (simple, free), back = _way_back(params, result, name, sign)
    before, after = (Rough(max(sure[k], 0)) for k in (simple, free))
    turn = phrase(
        "because.falls" if sign > 0 else "because.rises",
        simple=c[simple], complex=c[free], before=before, after=after,
    )  # fmt: skip
    why = _because(
        (name == "variance" and _same_fits(result), phrase("because.no-variance")),
        (back == "sure", turn),
    )
    if why:
        return False, evidence, why
    clear = sign * (term[-1] - term[0]) > 3 * math.hypot(error[0], error[-1]) + _rounding(
        result, abs(term).max()
    )
    if clear and not back:
        return True, evidence, None
    if sign * (sure[-1] - sure[0]) + (0 if known else 6 * math.hypot(error[0], error[-1])) <= SAME * sure[0]:
        return False, evidence, phrase("because.same")
    return None, evidence, _tail(result) if result.heavy_tail else phrase("because.few-trials")


def _way_back(params: Params, result: Result, name: str, sign: int) -> tuple[tuple[int, int], str]:
    """Return the pair that goes the wrong way farthest, and whether that is sure, likely or, "", unseen.

    A third of the error that makes it sure makes it likely.  Variances of models on the same sets move
    together, so that the error of their difference is that of single fits' distances from their means.
    """
    terms, known = result.typical or result, result.theory
    term, error = getattr(known or terms, name), getattr(terms.se, name)
    i, j = np.triu_indices(len(term), 1)
    move, unsure = sign * (term[i] - term[j]), 6 * np.hypot(error[i], error[j])  # squares are skew: not 3
    if name == "variance" and not result.typical:
        unsure = 3 * (result.distance2[:, i] - result.distance2[:, j]).std(axis=0) / math.sqrt(params.trials)
    unsure = unsure * (known is None)
    least = max(SAME * term.max(), _rounding(result, abs(term).max()))
    seen = move > np.maximum(least, unsure / 3)
    sure = seen & (move > least + unsure)
    if not seen.any():
        return (0, 0), ""
    most = int(np.where(sure if sure.any() else seen, move, -np.inf).argmax())
    return (int(i[most]), int(j[most])), "sure" if sure.any() else "likely"


def _because(*reasons: tuple[object, Phrase]) -> Phrase | None:
    """Return the first reason that is given."""
    return next((reason for given, reason in reasons if given), None)


def _unknown(params: Params, result: Result, models: int, few: str = "one-complexity") -> Phrase | None:
    """Return why a run cannot tell: it has fewer models than are compared, or sets than standard errors take.

    More sets are needed where those are measured.
    """
    least = FEW if result.theory else MANY
    return _because(
        (len(result.complexity) < models, phrase(f"because.{few}")),
        (result.origin and not np.ptp(result.curves.truth), phrase("because.constant-y")),
        (params.trials < least, phrase("because.few-sets", least=least)),
    )


def _more_often(params: Params) -> float:
    """Return the share of the sets kept that is over half by three standard errors of a fair coin."""
    return 0.5 + 1.5 / math.sqrt(min(params.trials, KEPT))


def _rounding(result: Result, value: Any = 0.0) -> Any:
    """Return what the arithmetic may leave of a value, beside the squared signal, where there is no noise."""
    return ROUNDING * abs(value) + ROUNDING**2 * float((result.curves.truth**2).mean())


def _same_fits(result: Result) -> bool:
    """Return whether every training set gives the same fit."""
    return bool(result.variance.max() <= _rounding(result))


def _straight(result: Result) -> bool:
    """Return whether the truth stays on the chord between its ends."""
    x, y = result.curves.x, result.curves.truth
    chord = y[0] + (y[-1] - y[0]) * (x - x[0]) / (x[-1] - x[0])
    return bool(abs(y - chord).max() <= ROUNDING * abs(y).max())


def _error(result: Result) -> Array:
    """Return the error by which models are compared: on own rows, that of the rows that samples left out."""
    return result.test_mse if result.origin is not None and result.behind_se.max() > 0 else result.total


def _typical(result: Result, i: int) -> float:
    """Return the error of medians where a tail is heavy; of sets too few for them, the mean."""
    if result.typical is None:
        return float(result.total[i])
    noise = 0.0 if result.origin else float(result.noise[i])
    return max(float(result.typical.bias2[i]), 0.0) + float(result.typical.variance[i]) + noise


def _tail(result: Result) -> Phrase:
    """Say why a mean over these sets says nothing, and what would help."""
    if result.family == "ridge":
        return phrase("because.heavy-tail.ridge")
    enough = int(ENOUGH * (result.complexity[-1] + 1))
    return phrase("because.heavy-tail.own" if result.origin else "because.heavy-tail", enough=enough)
