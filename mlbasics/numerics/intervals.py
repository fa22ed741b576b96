"""Interval arithmetic with slopes: what a formula can be, and how steep, anywhere between two numbers.

For a function f on an interval X an Enclosure holds [low, high] around every f(x), x in X, and [fall, rise]
around every difference quotient (f(x) - f(y))/(x - y): the derivative where there is one, infinite at a jump.
Sums, products and chains of such enclosures are again enclosures.  They are wider than need be, less so the
shorter X, and exact in the limit.  Ends are rounded to nearest, not outwards: they hold up to that rounding.
Where f is undefined on a part of X, they hold on the rest.
Source: R. E. Moore, R. B. Kearfott, M. J. Cloud, "Introduction to Interval Analysis", 2009, chapters 5 and 6.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from mlbasics.numerics import Array, Booleans


class Enclosure(NamedTuple):
    """A function on many intervals at once: an end of each, (m,), or one for all."""

    low: Array
    high: Array
    fall: Array
    rise: Array


Ends = tuple[Array, Array]
NOUGHT, ONE = np.zeros(()), np.ones(())


def variable(low: Array, high: Array) -> Enclosure:
    """Return x itself on the intervals."""
    return Enclosure(low, high, ONE, ONE)


def constant(value: float) -> Enclosure:
    """Return the same number everywhere."""
    return Enclosure(value * ONE, value * ONE, NOUGHT, NOUGHT)


def _product(a: Ends, b: Ends) -> Ends:
    """Return [a] [b]; nought times infinity is nought, for no value is infinite."""
    ends = [np.where((x == 0) | (y == 0), 0.0, x * y) for x in a for y in b]
    return np.minimum.reduce(ends), np.maximum.reduce(ends)


def _whole(ends: Ends, where: Booleans | bool = False) -> Ends:
    """Return the ends; where so, or where they are no numbers, all there is."""
    lost = where | np.isnan(ends[0]) | np.isnan(ends[1])
    return np.where(lost, -np.inf, ends[0]), np.where(lost, np.inf, ends[1])


def _inverse(b: Ends) -> Ends:
    """Return 1/[b]: everything where b holds nought inside, a half line where it ends there."""
    low = np.where(b[1] == 0, -np.inf, 1 / b[1])
    high = np.where(b[0] == 0, np.inf, 1 / b[0])
    return _whole((low, high), (b[0] < 0) & (b[1] > 0))


def add(f: Enclosure, g: Enclosure) -> Enclosure:
    """Return f + g."""
    value, slope = (_whole((f[i] + g[i], f[i + 1] + g[i + 1])) for i in (0, 2))
    return Enclosure(*value, *slope)


def negative(f: Enclosure) -> Enclosure:
    """Return -f."""
    return Enclosure(-f.high, -f.low, -f.rise, -f.fall)


def multiply(f: Enclosure, g: Enclosure) -> Enclosure:
    """Return f g, whose quotients are f[x, y] g(y) + f(x) g[x, y]."""
    left, right = _product(f[2:], g[:2]), _product(f[:2], g[2:])
    slope = _whole((left[0] + right[0], left[1] + right[1]))
    return Enclosure(*_product(f[:2], g[:2]), *slope)


def _reciprocal(g: Enclosure) -> Enclosure:
    """Return 1/g, whose quotients are -g[x, y] / (g(x) g(y))."""
    value = _inverse(g[:2])
    return Enclosure(*value, *_product((-g.rise, -g.fall), _product(value, value)))


def power(f: Enclosure, g: Enclosure) -> Enclosure:
    """Return f to the power g."""
    if np.ndim(g.low) == 0 and g.low == g.high:
        return _constant_power(f, float(g.low))
    return UNARY["exp"](multiply(g, UNARY["log"](f)))


def _constant_power(f: Enclosure, p: float) -> Enclosure:
    if p < 0:
        return _reciprocal(_constant_power(f, -p))
    if p in (0, 1):
        return f if p else constant(1)
    odd, even = p % 2 == 1, p % 2 == 0

    def slope(low: Array, high: Array) -> Ends:
        ends = p * low ** (p - 1), p * high ** (p - 1)
        return _even(low, high, *ends) if odd else (np.minimum(*ends), np.maximum(*ends))

    def value(low: Array, high: Array) -> Ends:
        ends = low**p, high**p
        return _even(low, high, *ends) if even else ends

    return _chain(value, slope, -np.inf if odd or even else 0)(f)


def _even(low: Array, high: Array, at_low: Array, at_high: Array, least: float = 0.0) -> Ends:
    """Return the ends of what is least, at nought, and rises on both sides."""
    inside = (low <= 0) & (high >= 0)
    return np.where(inside, least, np.minimum(at_low, at_high)), np.maximum(at_low, at_high)


def _chain(
    value: Callable[[Array, Array], Ends], slope: Callable[[Array, Array], Ends], least: float = -np.inf
) -> Callable[[Enclosure], Enclosure]:
    """Return h(f) for a function h by its ends and those of its slope; it is undefined under the least."""

    def of(f: Enclosure) -> Enclosure:
        low, high = np.maximum(f.low, least), np.maximum(f.high, least)
        undefined = f.high < least
        steep = _product(_whole(slope(low, high), undefined), f[2:])
        return Enclosure(*_whole(value(low, high), undefined), *steep)

    return of


def _rising(h: Callable[[Array], Array]) -> Callable[[Array, Array], Ends]:
    return lambda low, high: (h(low), h(high))


def _humped(h: Callable[[Array], Array]) -> Callable[[Array, Array], Ends]:
    """Return the ends of an even h that is 1, its largest, at nought."""
    return lambda low, high: (
        np.minimum(h(low), h(high)),
        np.where((low <= 0) & (high >= 0), 1.0, np.maximum(h(low), h(high))),
    )


def _wave(h: Callable[[Array], Array], crest: float) -> Callable[[Array, Array], Ends]:
    """Return the ends of a sine whose crests are at this and a whole number of turns on."""

    def ends(low: Array, high: Array) -> Ends:
        def holds(at: float) -> Booleans:
            turn = 2 * np.pi
            return ~(np.floor((high - at) / turn) == np.floor((low - at) / turn))

        a, b = h(low), h(high)
        return (
            np.where(holds(crest + np.pi), -1.0, np.minimum(a, b)),
            np.where(holds(crest), 1.0, np.maximum(a, b)),
        )

    return ends


def _stair(h: Callable[[Array], Array]) -> Callable[[Enclosure], Enclosure]:
    """Return a function of steps: level, or infinitely steep where one lies inside."""
    return _chain(_rising(h), lambda low, high: (np.zeros_like(low), np.where(h(low) < h(high), np.inf, 0.0)))


def _tan(low: Array, high: Array) -> Ends:
    pole = np.floor(low / np.pi - 0.5) != np.floor(high / np.pi - 0.5)
    return _whole((np.tan(low), np.tan(high)), pole)


def _tan_slope(low: Array, high: Array) -> Ends:
    a, b = _tan(low, high)
    least, most = _even(a, b, a * a, b * b)
    return _whole((1 + least, 1 + most), np.isinf(a))


def _abs_slope(low: Array, high: Array) -> Ends:
    return np.where(low >= 0, 1.0, -1.0), np.where(high <= 0, -1.0, 1.0)


_sin, _cos = _wave(np.sin, np.pi / 2), _wave(np.cos, 0)
_cosh = lambda low, high: _even(low, high, np.cosh(low), np.cosh(high), 1.0)  # noqa: E731


def _minus_sin(low: Array, high: Array) -> Ends:
    least, most = _sin(low, high)
    return -most, -least


UNARY: dict[str, Callable[[Enclosure], Enclosure]] = {
    "positive": lambda f: f,
    "negative": negative,
    "abs": _chain(lambda low, high: _even(low, high, abs(low), abs(high)), _abs_slope),
    "arctan": _chain(_rising(np.arctan), _humped(lambda z: 1 / (1 + z * z))),
    "ceil": _stair(np.ceil),
    "cos": _chain(_cos, _minus_sin),
    "cosh": _chain(_cosh, _rising(np.sinh)),
    "exp": _chain(_rising(np.exp), _rising(np.exp)),
    "floor": _stair(np.floor),
    "log": _chain(_rising(np.log), lambda low, high: _inverse((low, high)), 0),
    "sign": _stair(np.sign),
    "sin": _chain(_sin, _cos),
    "sinh": _chain(_rising(np.sinh), _cosh),
    "sqrt": _chain(_rising(np.sqrt), lambda low, high: _inverse((2 * np.sqrt(low), 2 * np.sqrt(high))), 0),
    "tan": _chain(_tan, _tan_slope),
    "tanh": _chain(_rising(np.tanh), _humped(lambda z: 1 / np.cosh(z) ** 2)),
}

BINARY: dict[str, Callable[[Enclosure, Enclosure], Enclosure]] = {
    "add": add,
    "subtract": lambda f, g: add(f, negative(g)),
    "multiply": multiply,
    "divide": lambda f, g: multiply(f, _reciprocal(g)),
    "power": power,
}
