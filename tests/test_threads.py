"""Runs at once in one process find, and show, what each finds alone."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from small import SIZES
from threadpoolctl import threadpool_info, threadpool_limits

import mlbasics
from mlbasics.formats import FORMATS

THREADS = 8
SMALL = SIZES | {"overfit": {"repeats": 5}, "bias-variance": {"trials": 5}, "uat": {"max_neurons": 5}}


@pytest.fixture
def two_threads():
    with threadpool_limits(2):
        yield


@pytest.mark.parametrize("lesson", mlbasics.lesson_names())
def test_eight_threads_show_what_one_does(lesson, two_threads):
    """Each runs the lesson with a seed of its own and renders it in every format."""

    def told(seed):
        run = mlbasics.run(lesson, seed=seed, **SMALL[lesson])
        return [run.render(name) for name in FORMATS]

    with ThreadPoolExecutor(THREADS) as pool:
        together = list(pool.map(told, range(THREADS)))
    for seed in range(THREADS):
        assert together[seed] == told(seed)


def test_the_limit_is_set_by_the_first_and_lifted_by_the_last(two_threads):
    from mlbasics.runs import ONE_THREAD

    def limits():
        return {library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"}

    assert limits() == {2}
    with ONE_THREAD:
        with ONE_THREAD:
            assert limits() == {1}
        assert limits() == {1}
    assert limits() == {2}
