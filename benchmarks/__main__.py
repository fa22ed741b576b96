"""Run every benchmark of this folder and print one table."""

import os

for threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[threads] = "1"  # the same for both sides; read when NumPy is loaded

import pkgutil  # noqa: E402
from importlib import import_module  # noqa: E402

from rich.console import Console  # noqa: E402
from rich.table import Table  # noqa: E402

import benchmarks  # noqa: E402

table = Table("what", "mlbasics", "peer", "peer's time", "ratio", "same answer to")
for module in pkgutil.iter_modules(benchmarks.__path__):
    if not module.name.startswith("_"):
        for row in import_module(f"benchmarks.{module.name}").rows():
            table.add_row(*row)
Console().print(table)
