"""Whole commands beside their floors: what importing the libraries they need costs by itself."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks._timing import Row, interleaved

ROUNDS, SLOW = 11, 3
PROGRAM = str(Path(sys.executable).with_name("mlbasics"))
FIVE_COMMANDS = """
import typer
app = typer.Typer()
for name in "abcde":
    def command(x: int = typer.Option(3, help="A number.")):
        "Do something."
    app.command(name)(command)
app(["--help"])
"""
SCIKIT_LEARN = """
import numpy as np
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import PolynomialFeatures
rng = np.random.default_rng(0)
x, new = rng.random((12, 1)), rng.random((1000, 1))
y, truth = (np.sin(2 * np.pi * v[:, 0]) + 0.25 * rng.standard_normal(len(v)) for v in (x, new))
for degree in range(12):
    model = make_pipeline(PolynomialFeatures(degree), LinearRegression()).fit(x, y)
    train, test = (np.mean((model.predict(a) - b) ** 2) for a, b in ((x, y), (new, truth)))
    cv = -cross_val_score(model, x, y, cv=12, scoring="neg_mean_squared_error").mean()
    print(degree, train, test, cv)
"""
WORDS = "import typer, rich.console, rich.text"
SCREEN = "import typer, rich.console, rich.table, numpy.random, plotext, threadpoolctl"
PAIRS = (
    ("--version", "import typer", "import typer", True),
    ("", WORDS, WORDS, True),
    ("explain overfit", WORDS, WORDS, True),
    ("--help", "a bare Typer app of five commands --help", FIVE_COMMANDS, True),
    ("overfit --json", "import typer, numpy", "import typer, numpy", True),
    ("overfit", SCREEN, SCREEN, True),
    ("bias-variance", SCREEN, SCREEN, True),
    ("regularization", SCREEN, SCREEN, True),
    ("uat", SCREEN, SCREEN, True),
    ("overfit", "a scikit-learn script, one data set", SCIKIT_LEARN, False),
)


def run(*command: str) -> None:
    """Run a command to its end, its output thrown away."""
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)


def rows() -> Iterator[Row]:
    """Measure each command and its floor, or its peer, in turn."""
    for arguments, name, code, floor in PAIRS:

        def ours(arguments: str = arguments) -> None:
            run(PROGRAM, *arguments.split())

        def theirs(code: str = code) -> None:
            run(sys.executable, "-c", code)

        ours(), theirs()  # from a cold disk once
        pairs, *_ = interleaved(ours, theirs, ROUNDS if floor else SLOW)
        yield Row(f"mlbasics {arguments}".rstrip(), name, pairs, floor=floor)
