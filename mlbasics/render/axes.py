"""What the axes of a plot show: where a value falls among cells, and round numbers along them.

Limits are widened, by a cell or two, until the step between labeled values is a whole number of cells and,
where there is room, each labeled value is in the middle of its cell: equal steps then look equal, and what
touches a tick is level with it. An axis that begins at zero has it in its first cell; nothing is drawn below.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from mlbasics.kit.report import Plot
from mlbasics.numerics import Array
from mlbasics.words import number

Range = tuple[float, float]

NEAREST = 1e-6  # narrower than this share of its values no range is: labels would not tell them apart
FARTHEST, LEAST = 1e200, 1e-200  # what is shown ends there, and a range of less is as none
TINY = 1e-6  # of a cell: what rounding may leave of numbers far larger than their range
ASIDE = 0.3  # what ticks beside the middle of their cells cost
LONE = 0.15  # what it costs that only two ticks are left
FEWER = 0.05  # what a tick less than would be good costs, as a share of the axis left unused


class Axis(NamedTuple):
    """So many cells in a row, each a unit wide, from low on; it measures in powers of ten if logarithmic."""

    low: float
    unit: float
    cells: int
    log: bool
    ticks: tuple[float, ...]  # in cells from the start
    labels: tuple[str, ...]

    def at(self, values: Sequence[float] | Array) -> Array:
        """Return where values fall, in cells from the start; what is far outside is held there."""
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            given = np.clip(values, -FARTHEST, FARTHEST)
            measured = np.log10(np.maximum(given, 0)) if self.log else given
            return np.clip((measured - self.low) / self.unit, -9 * self.cells, 10 * self.cells)


def fit(
    shown: Range,
    cells: int,
    most: int,
    *,
    log: bool = False,
    whole: bool = False,
    names: Sequence[str] = (),
    least: float = 0.0,
) -> Axis:
    """Return an axis of so many cells that shows a range, with at most so many ticks.

    whole: ticks at whole numbers only. names: what stands at 0, 1, 2, … . least: the smallest unit.
    """
    low, high = _bounds(*shown, log=log)
    span = max(high - low, least * cells)
    best: tuple[float, float, float, float] | None = None
    for step, fineness in _steps(span, most, whole=whole or log or bool(names)):
        first, last = math.ceil(low / step - TINY), math.floor(high / step + TINY)
        count = last - first + 1
        if not 2 <= count <= most or (log and count < 3 and span < 3):
            continue
        for unit in _units(step, span, cells):
            middle = (
                math.floor(low / unit + 0.5 + TINY) - 0.5
            ) * unit  # the start that has ticks in the middle
            start = max(middle, high - cells * unit)
            if last * step - start < (cells - TINY) * unit:
                aside = (start - middle) / unit
                cost = (cells * unit - span) / span + fineness + ASIDE * min(aside, 1 - aside)
                cost += FEWER * max(0.0, max(3, 0.6 * most) - count) + LONE * (count < 3)
                best = min(best or (math.inf,) * 4, (cost, step, unit, start))
    if best is None:
        unit = span / cells
        start = (low + high - span) / 2
        step, at = (span, _finer(low, high, most)) if log else _round(start, start + span, most)
    else:
        _, step, unit, start = best
        first, last = math.ceil((low - TINY * unit) / step), math.floor((high + TINY * unit) / step)
        at = [k * step for k in range(first, last + 1)]
    labels = _names(at, names) if names else _labels(at, step, log=log)
    kept = [(t, said) for t, said in zip(at, labels, strict=True) if said]
    ticks = tuple((t - start) / unit for t, _ in kept)
    return Axis(start, unit, cells, log, ticks, tuple(said for _, said in kept))


def exact(axis: Axis, shown: Range, least: float = 0.0) -> Axis:
    """Return an axis that shows a range and no more, but for what the smallest unit it may take adds."""
    low, high = _bounds(*shown, log=axis.log)
    unit = max((high - low) / axis.cells, least)
    start = (low + high - unit * axis.cells) / 2
    ticks = tuple((axis.low + t * axis.unit - start) / unit for t in axis.ticks)
    return axis._replace(low=start, unit=unit, ticks=ticks)


def pair(
    plot: Plot, columns: int, rows: int, shape: float, most: tuple[int, int], *, tight: bool = False
) -> tuple[Axis, Axis]:
    """Return the axes of a plot, x and y; a cell is shape times as high as it is wide.

    tight: of cells so fine that none is given away for ticks to stand in their middle.
    """
    equal = plot.equal_units and not (plot.log_x or plot.log_y)
    x = fit(plot.x_range, columns, most[0], log=plot.log_x, whole=plot.whole_x, names=plot.x_names)
    (low, high), least = plot.y_range, 0.0
    if equal:  # where x needs larger units, y shows more on either side
        left, right = _bounds(*plot.x_range, log=False)
        least = (right - left) / columns * shape
        beyond = max(0.0, least * rows - (high - low)) / 2
        low, high = low - beyond, high + beyond
    y = fit((low, high), rows, most[1], log=plot.log_y, least=least)
    if not plot.y_measured:
        y = exact(y._replace(ticks=(), labels=()), plot.y_range, least)
    if plot.level is not None:
        y = _centered(y, plot.level)
    if plot.x_names and not x.ticks:
        x = exact(x, plot.x_range)
    if tight:
        x, y = exact(x, plot.x_range), exact(y, (low, high), least)
    return (_alike(x, y, plot.x_range, shape, most[0]) if equal else x), y


def _centered(axis: Axis, value: float) -> Axis:
    """Return the axis moved by half a cell at most, so that a value is in the middle of its cell."""
    off = float(axis.at([value])[0]) % 1 - 0.5
    kept = [
        (t - off, label)
        for t, label in zip(axis.ticks, axis.labels, strict=True)
        if 0 <= t - off < axis.cells
    ]
    ticks, labels = tuple(t for t, _ in kept), tuple(label for _, label in kept)
    return axis._replace(low=axis.low + off * axis.unit, ticks=ticks, labels=labels)


def _alike(x: Axis, y: Axis, shown: Range, shape: float, most: int) -> Axis:
    """Return the x axis with the units of the y axis, about the middle of its range."""
    unit = y.unit / shape
    start = sum(_bounds(*shown, log=False)) / 2 - x.cells * unit / 2
    step, at = _round(start, start + x.cells * unit, most)
    ticks = tuple((t - start) / unit for t in at)
    return x._replace(low=start, unit=unit, ticks=ticks, labels=tuple(_labels(at, step, log=False)))


def _bounds(low: float, high: float, *, log: bool) -> Range:
    """Return the ends of a range as the axis measures them, some way apart."""
    if log:
        top = math.log10(high) if high > 0 else 0.0
        start = math.log10(low) if 0 < low < high else top - 3  # what has no logarithm is far below
        return start, max(top, start + NEAREST)
    low, high = (min(max(v, -FARTHEST), FARTHEST) for v in (low, high))
    missing = max(NEAREST * max(abs(low), abs(high)) - (high - low), 0.0) or 2.0 * (high - low < LEAST)
    return low - (missing / 2 if low else 0), high + missing / (2 if low else 1)


def _steps(span: float, most: int, *, whole: bool) -> Iterator[tuple[float, float]]:
    """Yield round steps between labeled values, and how much each is to be avoided."""
    power = math.floor(math.log10(span / max(most, 2)))
    for k in range(power, power + 3):
        for digit, avoided in ((1, 0.0), (2, 0.01), (2.5, 0.08), (3, 0.04), (5, 0.02)):
            step = digit * 10.0**k
            if (step % 1 == 0) if whole else digit != 3:
                yield step, avoided


def _units(step: float, span: float, cells: int) -> Iterator[float]:
    """Yield the two smallest units that the cells hold the span with and a step has a whole number of."""
    count = math.floor(step * cells / span + TINY)
    for parts in range(count, max(0, count - 2), -1):
        yield step / parts


def _round(low: float, high: float, most: int) -> tuple[float, list[float]]:
    """Return the smallest round step that leaves at most so many ticks between two values, and the ticks."""
    for step, avoided in _steps((high - low) / 2, most, whole=False):
        first, last = math.ceil(low / step - TINY), math.floor(high / step + TINY)
        if last - first < most and avoided < FEWER:
            return step, [k * step for k in range(first, last + 1)]
    return high - low, [low, high]


def _finer(low: float, high: float, most: int) -> list[float]:
    """Return the exponents of 1, 2 and 5 times powers of ten between two exponents, or of the ends."""
    powers = range(math.floor(low), math.ceil(high) + 1)
    fine = [k + math.log10(m) for k in powers for m in (1, 2, 5) if low <= k + math.log10(m) <= high]
    every = max(1, math.ceil(len(fine) / max(most, 1)))
    return fine[::every] if len(fine) > 1 else [low, high]


def _names(at: list[float], names: Sequence[str]) -> list[str]:
    return [names[round(t)] if 0 <= t < len(names) and t % 1 == 0 else "" for t in at]


def _labels(at: list[float], step: float, *, log: bool) -> list[str]:
    """Return what is written at ticks: as many decimals as tell neighbors apart, the same at each."""
    if log:
        return [_power(t) for t in at]
    most = max(map(abs, at))
    exponent = math.floor(math.log10(step) + TINY)
    finer = 1 if round(step / 10.0 ** max(exponent, -300), 6) % 1 else 0
    decimals = max(0, finer - exponent)
    if most < 1e5 and (decimals < 5 or (most >= 0.1 and decimals < 9)):
        return ["0" if abs(v) < step / 2 else f"{v:.{decimals}f}" for v in at]
    digits = max(0, math.floor(math.log10(most)) - exponent + finer)
    return ["0" if abs(v) < step / 2 else _short(f"{v:.{digits}e}") for v in at]


def _power(exponent: float) -> str:
    if exponent % 1 and -300 < exponent < 300:
        return number(10**exponent)
    return f"{10**exponent:g}" if -4 < exponent < 5 else f"1e{exponent:.0f}"


def _short(said: str) -> str:
    mantissa, _, exponent = said.partition("e")
    return f"{mantissa}e{int(exponent)}"
