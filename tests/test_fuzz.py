"""Some of the command lines and tables that make fuzz draws, each run in a process of its own."""

import random
import tempfile

import fuzz
import pytest

from mlbasics import lessons


@pytest.mark.parametrize("seed", range(2))
def test_no_command_line_breaks_anything(seed):
    happened, found = fuzz.lines(20, 1000 + seed)
    assert not found
    assert happened[0]


@pytest.mark.parametrize("lesson", lessons.COURSE)
def test_no_table_breaks_anything(lesson):
    happened, found = fuzz.tables(5, 2000, [lesson])
    assert not found
    assert happened[0] or happened[1]


def test_what_is_drawn_is_as_wild_as_it_should_be():
    """Every option of every lesson and every format stand in the first thousand lines."""
    draw = random.Random(0)
    words = {
        word.partition("=")[0]
        for _ in range(1000)
        for word in fuzz.command_line(draw, ["x.csv"], tempfile.gettempdir())[0]
    }
    for lesson in lessons.COURSE:
        assert lesson in words
        for parameter in fuzz.parameters(lessons.find(lesson).Params):
            assert fuzz.option_name(parameter.name) in words
    assert set(fuzz.FORMATS) <= words


@pytest.mark.parametrize(
    ("argv", "outcome", "fault"),
    [
        (["overfit"], fuzz.Outcome(99, b"", b"Traceback"), "exit code 99"),
        (["overfit"], fuzz.Outcome(0, b"x\x1b[2J\n", b""), "a control character on stdout"),
        (["overfit"], fuzz.Outcome(0, b"x\n", b"RuntimeWarning: x\n"), "more than sentences on stderr"),
        (
            ["overfit"],
            fuzz.Outcome(2, b"x\n", b"mlbasics: No.\n"),
            "a usage error that says too much or nothing",
        ),
        (["overfit", "--json"], fuzz.Outcome(0, b'{"a": NaN}\n', b""), "not its format: ValueError NaN"),
        (["overfit", "--json"], fuzz.Outcome(0, b"{}\n", b""), "not its format: ValidationError"),
        (["overfit", "--format", "csv"], fuzz.Outcome(0, b"a,b\n1\n", b""), "not its format: AssertionError"),
        (["overfit", "--format", "svg"], fuzz.Outcome(0, b"<svg>\n", b""), "not its format: ParseError"),
    ],
)
def test_a_fault_is_seen(argv, outcome, fault):
    assert any(found.startswith(fault) for found in fuzz.faults(argv, outcome))


def test_a_traceback_and_a_time_that_is_up_are_seen(monkeypatch):
    monkeypatch.setattr(fuzz.app, "main", lambda argv: 1 / 0)
    outcome = fuzz.attempt(["overfit"])
    assert b"ZeroDivisionError" in outcome.err
    assert {"exit code 99", "more than sentences on stderr"} <= set(fuzz.faults(["overfit"], outcome))

    def endless(argv):
        while True:
            pass

    monkeypatch.setattr(fuzz.app, "main", endless)
    assert fuzz.attempt(["overfit"], seconds=1).code is None
