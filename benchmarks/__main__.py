"""Run every benchmark of this folder and print one page of Markdown: README.md beside this file."""

import os

for threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[threads] = "1"  # the same for both sides; read when NumPy is loaded

import pkgutil  # noqa: E402
import platform  # noqa: E402
from collections.abc import Iterable  # noqa: E402
from datetime import date  # noqa: E402
from importlib import import_module  # noqa: E402
from importlib.metadata import version  # noqa: E402

import benchmarks  # noqa: E402
import mlbasics  # noqa: E402
from benchmarks import _growth  # noqa: E402

VERSIONS = ("numpy", "scikit-learn", "mlxtend", "torch", "typer", "rich", "plotext")


def table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    """Print a Markdown table, each row as soon as it is measured."""
    names = list(columns)
    print(f"\n| {' | '.join(names)} |\n|{'---|' * len(names)}")
    for row in rows:
        print(f"| {' | '.join(row)} |", flush=True)


def measured() -> Iterable[tuple[str, ...]]:
    """Yield the rows of every benchmark."""
    for module in pkgutil.iter_modules(benchmarks.__path__):
        if not module.name.startswith("_"):
            yield from import_module(f"benchmarks.{module.name}").rows()


print("# Benchmarks\n\nWritten by `make bench`: medians of interleaved runs, one thread on both sides.")
print(f"{date.today()}, {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()},")
print(", ".join(f"{name} {version(name)}" for name in VERSIONS) + ".")
table(("what", "mlbasics", "beside", "its time", "ratio", "same answer to"), measured())
print("\n## Growth\n\nThe exponent is that of time from the last size but one to the last.")
table(("what", "time", "peak memory", "exponent"), _growth.rows(mlbasics.lesson_names()))
