"""A lesson of one's own: a file that runs to begin with, and the contract that it is to keep."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from mlbasics.kit.errors import InputError, problem, quoted
from mlbasics.words import phrase

TEST = '''"""Whether the lesson keeps the contract, and whether its numbers are right."""

from pathlib import Path

import mlbasics
from mlbasics.authoring.checks import checks

LESSON = str(Path(__file__).with_name("{name}"))


def test_it_keeps_the_contract():
    assert [check for check in checks(LESSON, seeds=20) if not check.kept] == []


def test_the_spread_is_that_of_the_binomial():
    """The numbers are compared with something independent: here, a closed form."""
    result = mlbasics.run(LESSON, flips=100, coins=1000).result
    assert abs(result.sd - (0.5 * 0.5 / 100) ** 0.5) < 0.005
'''


def new(file: str) -> tuple[Path, Path]:
    """Write a lesson that runs into a file, and its test beside it; return both.

    Raises InputError where one of them exists already, cannot be written, or is no name of a Python file.
    """
    lesson = Path(file)
    if lesson.suffix != ".py" or not lesson.stem.isidentifier():
        raise InputError(phrase("new.name", given=quoted(file)))
    test = lesson.with_name(f"test_{lesson.name}")
    template = (files(__name__) / "coin.py").read_text("utf-8")
    for path, text in ((lesson, template), (test, TEST.replace("{name}", lesson.name))):
        try:
            with path.open("x", encoding="utf-8", newline="\n") as opened:
                opened.write(text)
        except OSError as error:
            raise InputError(phrase("new.unwritten", file=quoted(path), problem=problem(error)), 1) from None
    return lesson, test
