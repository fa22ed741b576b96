import math
import tracemalloc
from dataclasses import replace

import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from mlbasics.numerics import deep
from mlbasics.numerics.batchnorm import statistics
from mlbasics.numerics.classes import spirals, split
from mlbasics.numerics.closeup import close_up, distances
from mlbasics.numerics.deep import Shape
from mlbasics.numerics.sweeps import DTYPE, Draws, Study


def a_study(layers=2, units=8, rates=(0.01, 0.1, 1.0), batch=32, steps=12):
    draws = Draws(*np.random.default_rng(0).spawn(4))
    data = split(*spirals(2000, draws.data), 1600, 400, draws.data)
    data = data._replace(x=data.x.astype(DTYPE), test_x=data.test_x.astype(DTYPE))
    return Study(data, Shape(2, units, layers, 3, "relu", "before"), rates, batch, steps, draws)


@pytest.fixture(autouse=True)
def one_thread():
    with threadpool_limits(1):  # as a run does; many small products are slow to share out
        yield


@pytest.mark.parametrize("noise", [None, 0.5])
def test_a_sweep_in_parts_is_the_sweep(monkeypatch, noise):
    study = replace(a_study(), noise=noise)
    whole, watched = study.sweep(), close_up(study, 0.1)
    monkeypatch.setattr(deep, "BLOCK", 1)
    assert len(study.shape.blocks(3, 32)) == 3
    parts, again = study.sweep(), close_up(study, 0.1)
    for name in ("final_loss", "test_accuracy", "loss_curve"):
        np.testing.assert_array_equal(getattr(parts, name), getattr(whole, name))
    np.testing.assert_array_equal(again.smoothness.loss_range, watched.smoothness.loss_range)


def test_many_large_networks_are_trained_in_bounded_memory():
    study = a_study(layers=10, units=64, rates=np.geomspace(1e-3, 1, 30), batch=1536, steps=1)
    tracemalloc.start()
    study.sweep()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    together = 30 * 10 * 3 * 1536 * 64 * 4  # bytes: three arrays a layer, were all networks trained at once
    assert peak < 40e6 < together / 8


def test_every_sweep_meets_the_same_draws():
    study = a_study()
    np.testing.assert_array_equal(study.batches(), study.batches())
    first, second = (next(replace(study, noise=0.5).noises()) for _ in range(2))
    np.testing.assert_array_equal(first.shift, second.shift)
    np.testing.assert_array_equal(study.sweep().loss_curve, study.sweep().loss_curve)


def test_each_epoch_has_every_row_once():
    study = a_study(batch=32, steps=70)
    rows = study.batches()
    assert rows.shape == (70, 32)
    for epoch in (rows[:50], rows[50:]):
        assert len(np.unique(epoch)) == epoch.size
    assert (rows[:20] != rows[50:]).any()


def test_the_network_looked_at_closely_is_the_one_of_the_sweep():
    study = a_study()
    seen = close_up(study, 0.1).network
    assert seen.accuracy(study.data.test_x, study.data.test_labels, 100)[0] == study.sweep().test_accuracy[1]


def test_the_loss_along_the_gradient_agrees_with_the_gradients_own_prediction_for_small_steps():
    rate, study = 1e-4, a_study(steps=1).placed("none")
    smooth = close_up(study, rate).smoothness  # a rate so small that the loss falls in a line
    descent, rows = study.start([rate]), study.batches()[0]
    _, gradient, _ = deep.gradient(study.shape, descent.theta, study.data.x[rows], study.data.labels[rows])
    expected = (4 - 1 / 2) * rate * float(np.sum(np.square(gradient, dtype=float)))
    assert smooth.loss_range[0] == pytest.approx(expected, rel=0.02)
    assert smooth.gradient_change[0] < 0.05


def test_a_network_that_does_not_learn_does_not_shift():
    study = a_study(steps=24)
    still, shaken = close_up(study, 1e-12), close_up(replace(study, noise=0.5), 1e-12)
    assert still.drift.farthest.max() < 1e-4
    # a shift from U(-1/2, 1/2) and a scale from U(1, 5/4), fresh at each step: √(2/12 + 2/192) of a spread
    # near 1, taken at scales of 9/8 on average
    assert shaken.drift.per_step.mean() == pytest.approx(math.sqrt(2 / 12 + 2 / 192) / (9 / 8), rel=0.1)


def test_the_distance_moved_is_wassersteins_between_normals():
    rng = np.random.default_rng(0)
    a, b = rng.normal(1, 2, (100_000, 1)), rng.normal(4, 3, (100_000, 1))
    moved = distances([statistics(a)], [statistics(b)])
    transported = np.sqrt(np.mean((np.sort(a, axis=0) - np.sort(b, axis=0)) ** 2))  # the least-cost pairing
    assert moved[0] == pytest.approx(transported / a.std(), rel=0.01)


def test_no_network_is_near_by_luck_with_a_small_batch():
    study = a_study(layers=5, units=32, rates=np.geomspace(0.001, 10, 8), batch=2, steps=48)
    assert study.sweep().steps_to_loss == [None] * 8  # 96 samples are too few to learn three spirals
