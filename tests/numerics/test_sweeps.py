import math
import tracemalloc
from dataclasses import replace
from threading import Event, get_ident

import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from mlbasics.numerics import shapes
from mlbasics.numerics.activation_statistics import activation_statistics, distances
from mlbasics.numerics.batchnorm import statistics
from mlbasics.numerics.classes import spirals, split
from mlbasics.numerics.shapes import Shape
from mlbasics.numerics.sweeps import middle, sweeps
from mlbasics.numerics.threads import together
from mlbasics.numerics.training import DTYPE, Study


def a_study(layers=2, units=8, rates=(0.01, 0.1, 1.0), batch=32, steps=12, networks=2):
    points, *others = np.random.default_rng(0).spawn(4)
    draws = dict(zip(("weights", "batches", "noise"), others, strict=True))
    data = split(*spirals(2000, points), 1600, 400, points)
    data = data._replace(x=data.x.astype(DTYPE), test_x=data.test_x.astype(DTYPE))
    shape, watched = Shape(2, units, layers, 3, "relu", "before"), sorted({0, steps // 2} - {steps})
    return Study(data, shape, rates, networks, batch, steps, draws, watched=watched)


NONE = np.empty((0, 2))


def sweep(study):
    [found] = sweeps([study])
    return found


@pytest.fixture(autouse=True)
def one_thread():
    with threadpool_limits(1):  # as a run does; many small products are slow to share out
        yield


@pytest.mark.parametrize("noise", [None, 0.5])
def test_a_sweep_in_parts_is_the_sweep(monkeypatch, noise):
    study = replace(a_study(), noise=noise)
    whole = sweep(study)
    monkeypatch.setattr(shapes, "BLOCK", 1)
    assert len(study.shape.blocks(6, study.batch)) == 6
    parts = sweep(study)
    for name in ("final_loss", "test_accuracy", "accuracies", "loss_curve", "on_the_way"):
        np.testing.assert_array_equal(getattr(parts, name), getattr(whole, name))


@pytest.mark.parametrize("networks", [1, 15, 16, 17, 45])
def test_the_parts_are_all_the_networks(networks):
    study = a_study(rates=(0.1,), networks=networks, units=32, batch=64)
    rows = [i for some in study.shape.blocks(networks, study.batch) for i in range(networks)[some]]
    assert rows == list(range(networks))


@pytest.mark.parametrize(("networks", "units", "parts"), [(40, 8, 1), (2, 32, 1), (40, 32, 2), (2, 256, 2)])
def test_networks_are_shared_out_where_their_products_are_large(networks, units, parts, monkeypatch):
    threads, start = set(), Study.start

    def started(study, some):
        threads.add(get_ident())
        return start(study, some)

    monkeypatch.setattr(Study, "start", started)
    study = a_study(rates=(0.1,), networks=networks, units=units, batch=64)
    sweep(study)
    assert len(study.shape.blocks(networks, 64)) == parts
    assert len(threads) == parts


def test_studies_trained_together_are_as_if_alone():
    study = a_study()
    both = sweeps([study.placed("none"), study])
    for one, alone in zip(both, (sweep(study.placed("none")), sweep(study)), strict=True):
        np.testing.assert_array_equal(one.loss_curve, alone.loss_curve)


def test_a_network_does_not_depend_on_how_many_there_are():
    few, many = a_study(networks=1).start(), a_study(networks=4, rates=(1.0,)).start()
    np.testing.assert_array_equal(few.theta[0], many.theta[0])
    assert (many.theta[0] != many.theta[1]).any()
    np.testing.assert_array_equal(few.theta[0], few.theta[1])  # at every rate the same first weights
    assert few.rates[:, 0].tolist() == pytest.approx([0.01, 0.1, 1.0])


def test_the_middle_network_is_told_of_and_one_without_a_number_is_the_worst():
    values = np.array([[3.0, 1.0, np.nan], [np.nan, 2.0, np.nan], [0.0, 5.0, 4.0]])
    np.testing.assert_array_equal(middle(values), [3.0, np.nan, 4.0])
    np.testing.assert_array_equal(middle(values[:, :2]), [3.0, np.nan, 5.0])  # of two, the worse


def test_the_middle_network_of_a_sweep_is_the_one_trained_alone():
    study = a_study(rates=(0.1,), networks=3, steps=20)
    found = sweep(study)
    alone = [study.start(slice(k, k + 1)) for k in range(3)]
    for descent in alone:
        for rows in study.batches():
            descent.step(study.data.x[rows], study.data.labels[rows])
    each = [study.accuracy(one)[0] for one in alone]
    assert found.accuracies[0].tolist() == pytest.approx(sorted(each, reverse=True))
    assert found.test_accuracy[0] == pytest.approx(sorted(each)[1])
    assert each[found.typical[0]] == pytest.approx(sorted(each)[1])


def test_many_large_networks_are_trained_in_bounded_memory():
    study = a_study(layers=10, units=64, rates=np.geomspace(1e-3, 1, 30), batch=1536, steps=1, networks=1)
    tracemalloc.start()
    sweep(study)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    together = 30 * 10 * 5 * 1536 * 64 * 4  # bytes: five arrays a layer, were all networks trained at once
    assert peak < 100e6 < together / 5


def test_where_one_part_fails_the_others_end():
    def work(part, ended):
        if part == 0:
            raise KeyboardInterrupt
        assert ended.wait(30)
        return part

    with pytest.raises(KeyboardInterrupt):
        together(work, [0, 1])


def test_every_sweep_meets_the_same_draws():
    study = a_study()
    np.testing.assert_array_equal(study.batches(), study.batches())
    first, second = (next(replace(study, noise=0.5).noises()) for _ in range(2))
    np.testing.assert_array_equal(first.shift, second.shift)
    np.testing.assert_array_equal(sweep(study).loss_curve, sweep(study).loss_curve)


def test_each_epoch_has_every_row_once():
    study = a_study(batch=32, steps=70)
    rows = study.batches()
    assert rows.shape == (70, 32)
    for epoch in (rows[:50], rows[50:]):
        assert len(np.unique(epoch)) == epoch.size
    assert (rows[:20] != rows[50:]).any()


def test_training_ends_where_there_is_no_more_need():
    ended = Event()
    seen = []
    for moment in a_study().train(ended=ended):
        seen.append(moment.step)
        if moment.step == 3:
            ended.set()
    assert seen == [0, 1, 2, 3]


def test_the_network_looked_at_closely_is_that_of_the_sweep():
    study = a_study()
    x, labels = study.data.test_x, study.data.test_labels
    at_rate = replace(study, rates=(0.1,))
    seen = activation_statistics(at_rate, 1, x[:128])
    on_the_way = [np.mean(answers == labels[:128]) for answers in seen.answers[:-1]]
    assert on_the_way == sweep(study).on_the_way[:, 1, 1].tolist()
    trained = study.start(slice(3, 4))
    for rows in study.batches():
        trained.step(study.data.x[rows], study.data.labels[rows])
    np.testing.assert_array_equal(trained.classes(x[:128])[0], seen.answers[-1])


def test_a_network_that_does_not_learn_does_not_shift():
    study = a_study(steps=24, rates=(1e-12,), units=32)
    study = replace(study, watched=range(24))
    still = activation_statistics(study, 0, NONE).drift
    noisy = activation_statistics(replace(study, noise=0.5), 0, NONE).drift
    assert still.farthest.max() < 1e-4
    # a shift from U(-1/2, 1/2) and a scale from U(1, 5/4), fresh at each step: √(2/12 + 2/192) of a spread
    # near 1, taken at scales of 9/8 on average
    assert noisy.per_step.mean() == pytest.approx(math.sqrt(2 / 12 + 2 / 192) / (9 / 8), rel=0.1)


def test_batch_norm_leaves_samples_apart_and_deep_sigmoids_alike():
    study = a_study(layers=8, units=16, steps=2, rates=(0.01,))
    sigmoids = replace(study, shape=replace(study.shape, activation="sigmoid"))
    normed, plain = (activation_statistics(one, 0, NONE).drift for one in (sigmoids, sigmoids.placed("none")))
    assert normed.spread.min() > 0.9
    assert plain.spread[-1] < 1e-3 < 0.9 < plain.spread[0]


def test_the_distance_moved_is_wassersteins_between_normals():
    rng = np.random.default_rng(0)
    a, b = rng.normal(1, 2, (100_000, 1)), rng.normal(4, 3, (100_000, 1))
    moved = distances([statistics(a)], [statistics(b)])
    transported = np.sqrt(np.mean((np.sort(a, axis=0) - np.sort(b, axis=0)) ** 2))  # the least-cost pairing
    assert moved[0] == pytest.approx(transported / a.std(), rel=0.01)
