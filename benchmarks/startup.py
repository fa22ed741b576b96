"""Whole commands beside their floors: what importing the libraries they need costs by itself."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks._timing import interleaved, seconds

ROUNDS = 25
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
x, new = rng.random((30, 1)), rng.random((1000, 1))
y, truth = (np.sin(2 * np.pi * v[:, 0]) + 0.25 * rng.standard_normal(len(v)) for v in (x, new))
for degree in range(16):
    model = make_pipeline(PolynomialFeatures(degree), LinearRegression()).fit(x, y)
    train, test = (np.mean((model.predict(a) - b) ** 2) for a, b in ((x, y), (new, truth)))
    cv = -cross_val_score(model, x, y, cv=10, scoring="neg_mean_squared_error").mean()
    print(degree, train, test, cv)
"""
PAIRS = (
    ("--version", "import typer", "import typer"),
    ("--help", "a bare Typer app of five commands --help", FIVE_COMMANDS),
    ("overfit --json", "import typer, numpy", "import typer, numpy"),
    ("overfit", "its imports", "import typer, rich.console, rich.table, numpy, plotext"),
    ("overfit", "a scikit-learn script, one data set", SCIKIT_LEARN),
)


def run(*command: str) -> None:
    """Run a command to its end, its output thrown away."""
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)


def rows() -> Iterator[tuple[str, ...]]:
    """Measure each command and its floor in turn; a ratio below one is time above the floor."""
    program = str(Path(sys.executable).with_name("mlbasics"))
    for arguments, name, code in PAIRS:
        ours, theirs = interleaved(
            lambda a=arguments: run(program, *a.split()), lambda c=code: run(sys.executable, "-c", c), ROUNDS
        )
        took = f"{theirs / ours:.1f}x" if "scikit" in name else f"{ours / theirs:.2f} of it"
        yield f"mlbasics {arguments}", seconds(ours), name, seconds(theirs), took, ""
