"""Measure every benchmark of this folder and write the page and the ratios beside it; or check the ratios.

python -m benchmarks         writes README.md and ratios.json
python -m benchmarks check   says which ratio fell, and leaves with 1 where one did
"""

import os

for threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[threads] = "1"  # the same for both sides; read when NumPy is loaded

import pkgutil  # noqa: E402
import sys  # noqa: E402
from collections.abc import Iterator  # noqa: E402
from importlib import import_module  # noqa: E402

import benchmarks  # noqa: E402
from benchmarks import _growth, _page, _ratios  # noqa: E402
from benchmarks._timing import Row  # noqa: E402


def measured() -> Iterator[Row]:
    """Yield the rows of every benchmark, each as soon as it is measured, and tell how far they are."""
    for module in pkgutil.iter_modules(benchmarks.__path__):
        if not module.name.startswith("_"):
            for row in import_module(f"benchmarks.{module.name}").rows():
                print(" | ".join(row.cells), file=sys.stderr, flush=True)
                yield row


if sys.argv[1:] == ["check"]:
    sys.exit(_ratios.check(measured()))
rows = list(measured())
_ratios.write(rows)
_page.write(rows, _growth.rows())
