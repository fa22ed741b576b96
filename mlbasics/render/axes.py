"""What the axes of a plot show: their ranges, and round numbers along them.

An axis measures in its own unit: as the values are, or in powers of ten where it is logarithmic.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from mlbasics.kit.report import Plot
from mlbasics.words import number

Range = tuple[float, float]
Ticks = tuple[list[float], list[str]]
"""Where ticks are, as the axis measures, and what is written there."""


def measured(value: float, shown: Range, log: bool) -> float:
    """Return a value as the axis that shows this range measures it; what has no logarithm is far below."""
    return math.log10(max(value, shown[0] * 1e-9)) if log else value


def ranges(plot: Plot, shape: float) -> tuple[Range, Range]:
    """Return both ranges as the axes measure them, for a frame whose width is shape times its height."""
    x, y = (
        (measured(shown[0], shown, log), measured(shown[1], shown, log))
        for shown, log in ((plot.x_range, plot.log_x), (plot.y_range, plot.log_y))
    )
    if not plot.equal_units:
        return x, y
    across, upward = x[1] - x[0], y[1] - y[0]
    return _widened(x, max(across, upward * shape)), _widened(y, max(upward, across / shape))


def across(plot: Plot, shown: Range, most: int) -> Ticks:
    """Return at most so many ticks of the x axis."""
    if plot.x_names:
        at = [t for t in _steps(*shown, most, whole=True) if t < len(plot.x_names)]
        return at, [plot.x_names[round(t)] for t in at]
    return _labelled(_powers(*shown, most) if plot.log_x else _steps(*shown, most, plot.whole_x), plot.log_x)


def upward(plot: Plot, shown: Range, most: int) -> Ticks:
    """Return at most so many ticks of the y axis."""
    return _labelled(_powers(*shown, most) if plot.log_y else _steps(*shown, most), plot.log_y)


def _widened(shown: Range, span: float) -> Range:
    middle = (shown[0] + shown[1]) / 2
    return middle - span / 2, middle + span / 2


def _labelled(at: list[float], log: bool) -> Ticks:
    return at, [number(10**t if log else t) for t in at]


def _steps(low: float, high: float, most: int, whole: bool = False) -> list[float]:
    """Return the multiples in [low, high] of the smallest round step that leaves at most so many."""
    power = math.floor(math.log10((high - low) / most)) - 1
    digits: Sequence[float] = (1, 2, 3, 5) if whole else (1, 2, 2.5, 5)
    for step in (m * 10.0**k for k in range(power, power + 5) for m in digits):
        first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
        if last - first < most and not (whole and step % 1):
            return [k * step for k in range(first, last + 1)]
    return [low, high]


def _powers(low: float, high: float, most: int) -> list[float]:
    """Return the exponents of the powers of ten between low and high, thinned to at most so many.

    Where there are fewer than three, their multiples by 2 and 5 are ticks too.
    """
    first, last = math.ceil(low), math.floor(high)
    step = max(1, math.ceil((last - first + 1) / max(1, most)))
    powers = [float(k) for k in range(first, last + 1, step)]
    if len(powers) < 3:
        finer = [k + math.log10(m) for k in range(first - 1, last + 1) for m in (1, 2, 5)]
        powers = [t for t in finer if low <= t <= high][:most] or powers
    return powers or [low, high]
