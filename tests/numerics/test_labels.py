import numpy as np
import pytest

from mlbasics.kit import formula
from mlbasics.kit.targets import TARGETS
from mlbasics.numerics import labels


@pytest.mark.parametrize("width", [0.05, 0.25, 2.0])
@pytest.mark.parametrize("name", TARGETS)
def test_bayes_error_is_the_error_of_the_true_side(name, width):
    curve = formula.read(TARGETS[name])

    def border(x1):
        return curve((x1 + 1) / 2) / 2

    rng = np.random.default_rng(0)
    points = labels.uniform_points(1_000_000, rng)
    wrong = labels.noisy_labels(points, border, width, rng) != labels.true_side(points, border)
    error = wrong.std() / np.sqrt(len(wrong))
    assert labels.bayes_error(border, width) == pytest.approx(wrong.mean(), abs=4 * error)


@pytest.mark.parametrize("height", [-3.0, -1.2, 0.9, 1.5, 1e99])
def test_bayes_error_of_a_border_that_leaves_the_square(height):
    def border(x1):
        return height * np.abs(x1)

    b = border((np.arange(2000) + 0.5) / 1000 - 1)[:, None]
    x2 = (np.arange(2000) + 0.5) / 1000 - 1
    expected = (1 / (1 + np.exp(np.minimum(np.abs(x2 - b) / 0.3, 700)))).mean()
    assert labels.bayes_error(border, 0.3) == pytest.approx(expected, abs=1e-5)


def test_without_noise_the_labels_are_the_sides_and_nothing_errs():
    rng = np.random.default_rng(0)
    points = labels.spread_points(30, rng)
    np.testing.assert_array_equal(
        labels.noisy_labels(points, np.sin, 0, rng), points[:, 1] > np.sin(points[:, 0])
    )
    assert labels.bayes_error(np.sin, 0) == 0


def test_spread_points_fill_every_cell_once():
    cells = np.floor((labels.spread_points(20, np.random.default_rng(0)) + 1) * 10).astype(int)
    assert len({tuple(c) for c in cells}) == 400
    assert cells.min() == 0
    assert cells.max() == 19


def test_the_narrowest_width_there_is_has_almost_no_bayes_error():
    assert 0 <= labels.bayes_error(np.sin, 5e-324) < 1e-300
