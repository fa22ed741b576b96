import numpy as np
import pytest

from mlbasics.kit import formula
from mlbasics.numerics.survey import survey


def surveyed(text, a=0.0, b=1.0):
    f = formula.read(text)
    return survey(f, a, b)


@pytest.mark.parametrize(
    ("text", "steepest"),
    [
        ("sin(5*x)", 5),
        ("abs(x - 0.3)", 1),
        ("3*x", 3),
        ("0.5", 0),
        ("1000 + x", 1),
        ("sin(2000*pi*x)", 2000 * np.pi),
        ("exp(-((x - 0.30025)/0.0001)**2)", np.sqrt(2 / np.e) / 1e-4),
        ("tanh(1e6*(x - 0.3))", 1e6),
        ("sqrt(x)", np.inf),
        ("sign(x - 0.5)", np.inf),
        ("floor(9*x)", np.inf),
    ],
)
def test_the_steepest_slope(text, steepest):
    assert surveyed(text).lipschitz == pytest.approx(steepest, rel=0.01)


@pytest.mark.parametrize(
    ("text", "size", "at"),
    [
        ("sign(x - 0.5)", 2, 0.5),
        ("x + 3*sign(x - 0.7)", 6, 0.7),
        ("floor(x + 0.123) + 0.1*sign(x - 0.2)", 1, 0.877),
        ("0**x", 1, 0),
        ("sin(50*x)", 0, None),
        ("sqrt(x)", 0, None),
        ("tanh(1e6*(x - 0.3))", 0, None),
    ],
)
def test_the_largest_jump(text, size, at):
    jump = surveyed(text).jump
    assert jump.size == pytest.approx(size, abs=1e-12)
    assert at is None or jump.at == pytest.approx(at, abs=1e-15)


@pytest.mark.parametrize("width", [1e-3, 1e-4])
@pytest.mark.parametrize("beside", ["0", "sin(7*x)", "sin(2000*pi*x)", "floor(100*x)"])
def test_points_find_a_spike(width, beside):
    rng = np.random.default_rng(3)
    for at in rng.random(5):
        points = surveyed(f"{beside} + 3*exp(-((x - {at})/{width})**2)").points
        assert abs(points - at).min() < width / 10


@pytest.mark.parametrize(("text", "at"), [("tan(x)", np.pi / 2), ("1/(x - 2/3)", 2 / 3), ("1/sin(x - 1)", 1)])
def test_a_pole_between_floats_is_found(text, at):
    with np.errstate(all="ignore"):
        found = surveyed(text, 0.0, 2.0)
        y = found.f(found.points)
    assert found.pole == pytest.approx(at) or not np.isfinite(y).all()


def test_what_is_drawn_shows_what_even_points_miss():
    drawn = surveyed("exp(-((x - 0.30025)/0.0001)**2)").drawn(401, 0.01)
    assert np.exp(-(((drawn - 0.30025) / 0.0001) ** 2)).max() > 0.99
    np.testing.assert_allclose(surveyed("sin(3*x)").drawn(401, 0.01), np.linspace(0, 1, 401))
