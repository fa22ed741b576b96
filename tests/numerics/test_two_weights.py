import numpy as np
import pytest
from scipy.optimize import minimize

from mlbasics.numerics import two_weights


def planes(n, seed=0):
    rng = np.random.default_rng(seed)
    H = two_weights.hessian(rng.uniform(0, np.pi, n), rng.uniform(0, 0.99, n))
    direction = rng.uniform(0, 2 * np.pi, n)
    return H, np.stack([np.cos(direction), np.sin(direction)], axis=1), rng.uniform(0.05, 0.95, n)


def test_the_contours_have_the_axes_and_the_angle_asked_for():
    H = two_weights.hessian(np.array([0.3]), np.array([0.8]))[0]
    long, short = np.array([np.cos(0.3), np.sin(0.3)]), 0.6 * np.array([-np.sin(0.3), np.cos(0.3)])
    for axis in (long, short):
        assert axis @ H @ axis == pytest.approx(1 - 0.8**2)


@pytest.mark.parametrize("norm", [1, 2])
def test_the_touching_points_are_those_of_a_general_optimiser(norm):
    H, optimum, t = planes(40)
    touch = two_weights.touch_diamond if norm == 1 else two_weights.touch_disk
    points = touch(H, optimum, t)
    np.testing.assert_allclose(np.linalg.norm(points, ord=norm, axis=1), t, rtol=1e-12)
    for i in range(len(t)):
        angles = np.linspace(0, 2 * np.pi, 2001)
        border = np.array([np.cos(angles), np.sin(angles)])
        border *= t[i] / np.linalg.norm(border, ord=norm, axis=0)
        off = border - optimum[i][:, None]
        least = (np.einsum("ik,ij,jk->k", off, H[i], off) / 2).min()
        found = two_weights.quadratic(H, optimum, points)[i]
        assert found <= least + 1e-12
        assert found == pytest.approx(least, abs=1e-4)


def test_an_optimum_within_the_budget_is_the_solution():
    H, optimum, _ = planes(5)
    np.testing.assert_array_equal(two_weights.touch_diamond(H, optimum, np.full(5, 2.0)), optimum)
    np.testing.assert_allclose(two_weights.touch_disk(H, optimum, np.full(5, 2.0)), optimum, rtol=1e-12)


def test_the_penalized_loss_is_least_where_the_multiplier_says():
    H, optimum, t = planes(10)
    l2 = two_weights.touch_disk(H, optimum, t)
    for i, lam in enumerate(two_weights.multiplier_l2(H, optimum, l2)):

        def penalized(w, i=i, lam=lam):
            off = w - optimum[i]
            return off @ H[i] @ off / 2 + lam / 2 * w @ w

        np.testing.assert_allclose(minimize(penalized, np.zeros(2), tol=1e-12).x, l2[i], atol=1e-5)


def test_with_round_contours_the_share_on_an_axis_is_the_closed_forms():
    n, t = 200_000, 0.5
    direction = np.random.default_rng(0).uniform(0, 2 * np.pi, n)
    optimum = np.stack([np.cos(direction), np.sin(direction)], axis=1)
    H = two_weights.hessian(np.zeros(n), np.zeros(n))
    on_axis = (two_weights.touch_diamond(H, optimum, np.full(n, t)) == 0).any(axis=1).mean()
    # The diamond's corner is nearest where | |cos| - |sin| | >= t: 8 equal arcs, each up to an angle a.
    a = np.arccos(t / np.sqrt(2)) - np.pi / 4
    assert on_axis == pytest.approx(8 * a / (2 * np.pi), abs=3 * np.sqrt(0.25 / n))


@pytest.mark.parametrize(("angle", "eccentricity"), [(20, 0.8), (75, 0.95), (-40, 0.3), (117, 0.99)])
def test_a_budget_and_the_penalty_of_its_lambda_have_the_same_solution(angle, eccentricity):
    for t in np.linspace(0.1, 1.7, 9):
        found = two_weights.plane(angle, eccentricity, (1.0, 1.4), t)
        again = found.at(1.0)
        np.testing.assert_allclose(again.l1_point, found.l1_point, atol=1e-9)
        np.testing.assert_allclose(again.l2_point, found.l2_point, atol=1e-9)
        assert (again.t_l1, again.t_l2) == pytest.approx((t, t))


def test_the_odds_are_those_of_planes_drawn_as_the_lesson_says():
    # On a corner, say (t, 0), the optimum is where w1's pull is the larger: KKT, with draws of its own.
    rng, n = np.random.default_rng(3), 40_000
    turn, eccentricity, direction, share = (rng.uniform(0, top, n) for top in (np.pi, 1, 2 * np.pi, 1))
    long = np.stack([np.cos(turn), np.sin(turn)], axis=1)
    optimum = np.stack([np.cos(direction), np.sin(direction)], axis=1)
    t = share * np.abs(optimum).sum(axis=1)
    on_axis = np.zeros(n, bool)
    for corner in ([1, 0], [-1, 0], [0, 1], [0, -1]):
        off = optimum - t[:, None] * np.array(corner)
        pull = off - (eccentricity**2 * (off * long).sum(axis=1))[:, None] * long
        along = pull @ np.array(corner)
        on_axis |= along >= np.abs(pull @ np.array([corner[1], corner[0]]))
    found = two_weights.odds(n, np.random.default_rng(0))
    assert found.l1_on_axis == pytest.approx(on_axis.mean(), abs=4 * np.sqrt(2 * 0.25 / n))
    assert found.l2_on_axis == 0


def test_more_random_planes_begin_with_the_fewer(monkeypatch):
    few = two_weights.odds(300, np.random.default_rng(0))
    monkeypatch.setattr(two_weights, "BLOCK", 70)
    blocks = two_weights.odds(300, np.random.default_rng(0))
    assert (blocks.l1_on_axis, blocks.l2_on_axis) == (few.l1_on_axis, few.l2_on_axis)


def test_with_no_lambda_nothing_is_held_back_and_with_more_the_shapes_shrink():
    found = two_weights.plane(20.0, 0.8, (1.0, 1.4), 0.8)
    free, strong = found.at(0), found.at(5)
    np.testing.assert_allclose([free.l1_point, free.l2_point], [found.optimum] * 2)
    assert (free.t_l1, free.t_l2) == pytest.approx((2.4, np.hypot(1, 1.4)))
    assert strong.t_l1 == 0
    assert 0 < strong.t_l2 < found.t_l2
    assert (strong.l2_point > 0).all()
    large = two_weights.plane(20.0, 0.8, (1.0, 1.4), 2.0)
    assert (large.held_l1, large.held_l2) == (True, False)
    assert large.at(3).t_l2 == 2.0
