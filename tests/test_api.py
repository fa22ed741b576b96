"""A run in Python: what no option would accept gets the option's own sentence."""

import datetime

import numpy as np
import pytest
from pieces import pieces

import mlbasics
from mlbasics.formats.view import View
from mlbasics.render.terminal import Terminal


@pytest.fixture(scope="module")
def run():
    return mlbasics.run("overfit", folds=5)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (lambda run: run.render("nope"), "--format must be one of csv, html, json, markdown, svg, text, not 'nope'."),
        (lambda run: run.render(None), "--format must be one of, not 'None'"),
        (lambda run: run.render("csv", View(table="nope")), "This run has no table 'nope'"),
        (lambda run: run.to_text(lang="fr"), "--lang must be one of en, ko, not 'fr'."),
        (lambda run: run.to_text(lang=None), "--lang is 'None'"),
        (lambda run: run.to_text(color="nope"), "--color must be one of standard, 256, truecolor, not 'nope'."),
        (lambda run: run.to_text(width=0), "--width must be a whole number from 40 to 200, not '0'."),
        (lambda run: run.to_text(width=80.5), "--width is '80.5'"),
        (lambda run: run.render("svg", View(Terminal(width=10**5000))), "--width is '<int>'"),
        (lambda run: mlbasics.run(None), "There is no lesson or command 'None'"),
        (lambda run: mlbasics.run(["overfit"]), "There is no lesson or command '['overfit']'"),
        (lambda run: mlbasics.run("overfit", max_degree=10**5000), "--max-degree must be a whole number, not '<int>'"),
        (lambda run: mlbasics.run("overfit", seed=True), "--seed must be a whole number, not 'True'"),
        (lambda run: mlbasics.run("overfit", seed=np.True_), "--seed must be a whole number, not 'True'"),
        (lambda run: mlbasics.run("overfit", noise=np.array([1.0])), "--noise must be a number, not '[1.]'"),
        (lambda run: mlbasics.run("overfit", noise=1j), "--noise must be a number, not '1j'"),
        (lambda run: mlbasics.run("overfit", noise=b"1"), "--noise must be a number, not 'b'1''"),
        (lambda run: mlbasics.run("overfit", noise=datetime.timedelta(1)), "--noise is '1 day, 0:00:00'"),
        (lambda run: mlbasics.run("overfit", target=np.array(["sin", "line"])), "--target is '['sin' 'line']'"),
        (lambda run: mlbasics.run("overfit", data="a\0b"), "--data 'a·b'"),
        (lambda run: mlbasics.run("overfit", y=10**5000), "--y '<int>'"),
        (lambda run: mlbasics.run("overfit", function=10**5000), "--function '<int>'"),
        (lambda run: mlbasics.run("uat", interval=(0, 10**5000)), "--interval is '0 <int>'"),
        (lambda run: mlbasics.run("uat", interval=(True, 2)), "--interval is 'True 2'"),
        (lambda run: mlbasics.run("batchnorm", learning_rates=True), "--learning-rates is 'True'"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_one_sentence(run, asked, sentence):
    with pytest.raises(mlbasics.InputError) as caught:
        asked(run)
    assert pieces(sentence) <= pieces(str(caught.value))


def test_numbers_of_any_kind_are_numbers(run):
    assert mlbasics.run("overfit", folds=np.int64(5), noise=np.float32(0.25)) == run


def test_a_run_is_equal_to_one_that_found_the_same(run):
    same, other = mlbasics.run("overfit", folds=5), mlbasics.run("overfit", folds=6)
    assert run == same
    assert hash(run) == hash(same)
    assert run != other
    assert run != "overfit"
    assert len({run, same, other}) == 2


def test_a_run_s_repr_is_its_command_on_one_line():
    """Also in a saved notebook, beside the page."""
    assert (
        repr(mlbasics.run("overfit", seed=3, max_degree=5))
        == "<Run: mlbasics overfit --max-degree 5 --seed 3>"
    )
    assert "\n" not in repr(mlbasics.run("uat", function="x + 1"))
