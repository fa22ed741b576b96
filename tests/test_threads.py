"""Runs at once in one process find, and show, what each finds alone."""

import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from small import SIZES
from threadpoolctl import threadpool_info, threadpool_limits

import mlbasics
from mlbasics.cli import environment
from mlbasics.formats import FORMATS
from mlbasics.words import load

THREADS = 4
SMALL = {"overfit": {}, "batchnorm": SIZES["batchnorm"]}  # curves and networks


@pytest.mark.parametrize("lesson", SMALL)
def test_threads_at_once_show_what_one_does(lesson):
    """They run the lesson with one of two seeds, and render it: every format in two threads, others beside it."""

    def told(seed, formats):
        run = mlbasics.run(lesson, seed=seed, **SMALL[lesson])
        return {name: run.render(name) for name in formats}

    seeds = [i % 2 for i in range(THREADS)]
    shares = [list(FORMATS)[i // 2 :: THREADS // 2] for i in range(THREADS)]
    with ThreadPoolExecutor(THREADS) as pool:
        together = list(pool.map(told, seeds, shares))
    alone = [told(seed, FORMATS) for seed in (0, 1)]
    assert alone[0] != alone[1]
    for seed, found in zip(seeds, together, strict=True):
        assert [name for name, text in found.items() if text != alone[seed][name]] == []


def test_libraries_have_one_thread_while_a_run_goes_on_and_as_many_as_before_after_it():
    def threads():
        return {library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"}

    def within(seed):
        seen = set()
        mlbasics.run("bias-variance", seed=seed, trials=20, tick=lambda done, total: seen.update(threads()))
        return seen

    with threadpool_limits(2):
        assert threads() == {2}
        assert within(0) == {1}
        assert threads() == {2}
    before = threads()
    with ThreadPoolExecutor(THREADS) as pool:
        assert all(seen == {1} for seen in pool.map(within, range(THREADS)))
    assert threads() == before


@pytest.mark.parametrize(("given", "started"), [({}, "1"), ({"OPENBLAS_NUM_THREADS": "2"}, "2")])
def test_a_command_starts_no_thread_that_its_runs_would_not_use(given, started):
    environ = dict(given)
    environment.tidy(environ)
    assert environ["OPENBLAS_NUM_THREADS"] == started


def test_a_child_runs_though_another_thread_was_running_when_it_was_forked():
    code = """
import os, threading, mlbasics
begun, go_on = threading.Event(), threading.Event()
def tick(done, total):
    begun.set()
    go_on.wait()
thread = threading.Thread(target=lambda: mlbasics.run("bias-variance", tick, trials=5))
thread.start()
begun.wait()
if (child := os.fork()) == 0:
    mlbasics.run("bias-variance", trials=5)
    os._exit(7)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
go_on.set()
thread.join()
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == "7\n"


def test_a_run_within_a_run_gets_one_sentence_and_the_next_goes_on():
    def within(done, total):
        mlbasics.run("bias-variance", trials=5)

    sentence = load("en")["error.within"]
    with pytest.raises(mlbasics.InputError, match=re.escape(sentence)):
        mlbasics.run("bias-variance", within, trials=5)
    assert mlbasics.run("bias-variance", trials=5).claims
