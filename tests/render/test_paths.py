"""Paths drawn back: an outline holds the cells it is drawn around, a line passes all its points."""

import re

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from mlbasics.render import paths

MASKS = st.integers(1, 7).flatmap(
    lambda columns: st.lists(
        st.lists(st.booleans(), min_size=columns, max_size=columns), min_size=1, max_size=7
    )
)


def corners(path):
    """Each closed border of a path as a list of its points."""
    for loop in path.split("M")[1:]:
        x, y = (float(number) for number in re.match(r"(\S+) ([^hvlz]+)", loop).groups())
        points = [(x, y)]
        for way, length in re.findall(r"([hv])([-\d.]+)", loop):
            x, y = (x + float(length), y) if way == "h" else (x, y + float(length))
            points.append((x, y))
        assert loop.endswith("z")
        yield points


def winding(points, x, y):
    """How often a border made of upright and level lines goes around a place."""
    around = 0
    for (a, top), (_, bottom) in zip(points, [*points[1:], points[0]], strict=True):
        around += int(a > x) * (int(top < y < bottom) - int(bottom < y < top))
    return around


@given(MASKS)
def test_an_outline_is_around_the_cells_inside_and_no_others(mask):
    inside = np.array(mask)
    rows, columns = inside.shape
    x, y = 3.3 + 2.7 * np.arange(columns + 1), 50 - 4.1 * np.arange(rows + 1)
    loops = list(corners(paths.outline(inside, x, y)))
    for row in range(rows):
        for column in range(columns):
            place = (x[column] + x[column + 1]) / 2, (y[row] + y[row + 1]) / 2
            assert (sum(winding(loop, *place) for loop in loops) != 0) == inside[row, column]


def points(path):
    """The points of a line, its steps taken from each to the next."""
    numbers = [float(number) for number in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", path)]
    return np.cumsum(np.reshape(numbers, (-1, 2)), axis=0)


def away(x, y, corners):
    """How far a place is from a line through corners."""
    place, start, way = np.array([x, y]), corners[:-1], np.diff(corners, axis=0)
    length = np.maximum((way**2).sum(1), 1e-12)
    share = np.clip(((place - start) * way).sum(1) / length, 0, 1)[:, None]
    return np.hypot(*(place - start - share * way).T).min()


@given(st.lists(st.floats(-999, 999), min_size=2, max_size=20))
def test_a_line_of_few_points_keeps_every_one(y):
    x = 10.0 * np.arange(len(y))
    drawn = points(paths.line(x, np.array(y)))
    assert np.abs(drawn - np.column_stack([x, y])).max() < 0.06


@given(st.lists(st.floats(-9, 9), min_size=4, max_size=8), st.integers(30, 300))
def test_a_line_of_many_passes_them_within_a_fifth_of_a_unit(weights, count):
    x = np.linspace(0, 400, count)
    y = sum(weight * np.sin(k * x / 60) for k, weight in enumerate(weights))
    drawn = points(paths.line(x, y))
    assert max(away(u, v, drawn) for u, v in zip(x, y, strict=True)) < 0.2


def test_a_smooth_line_is_drawn_by_fewer_points():
    x = np.linspace(0, 400, 400)
    assert len(points(paths.line(x, 80 * np.sin(x / 60)))) < 150
    assert len(points(paths.line(x, 2 * x))) < 30
