"""Time and peak memory of each lesson as one of its sizes grows.

Run in a process of its own for each size, so that one peak does not hide another.
"""

import json
import math
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

MEASURE = """
import json, sys, time
import mlbasics
name, given, small = sys.argv[1], *map(json.loads, sys.argv[2:])
mlbasics.run(name, **small)  # what the first run alone costs is not growth
start = time.perf_counter()
mlbasics.run(name, **given)
seconds = time.perf_counter() - start
peak = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(seconds, int(peak) / 1024)  # of this process alone: ru_maxrss would hold that of the one it came from
"""


class Case(NamedTuple):
    """A lesson, one of its options and the values it takes, largest last, beside others that stay."""

    lesson: str
    option: str
    sizes: tuple[int, ...]
    beside: dict[str, Any]
    typed: str = "{}"  # a size as the option takes it


CASES = (
    Case("overfit", "max-degree", (15, 30, 60), {"n_train": 100}),
    Case("bias-variance", "trials", (1000, 10_000, 100_000), {"degrees": "3"}),
    Case("bias-variance", "degrees", (10, 20, 40), {"n_train": 100, "trials": 10_000}, "0:{}"),
    Case("regularization", "problems", (1000, 10_000, 100_000, 1_000_000), {}),
    Case("regularization", "features", (25, 50, 100, 200), {"n_train": 500}),
    Case("uat", "neurons", (100, 1000, 10_000, 100_000), {}),
    Case("batchnorm", "epochs", (1, 10, 100), {"layers": 2, "learning_rates": "0.1,1", "networks": 1}),
)
ROWS = (10_000, 100_000, 1_000_000, 10_000_000)
BLOCK = "".join(f"{k / 5000 - 1:.4f},{math.sin(k / 1000) + k % 7 / 10:.4f}\n" for k in range(ROWS[0]))


def rows() -> Iterator[tuple[str, ...]]:
    """Measure each case at each size, then a learner's own table of more and more rows."""
    for case in CASES:
        option = case.option.replace("-", "_")
        given = [case.beside | {option: case.typed.format(size)} for size in case.sizes]
        yield grown(case.lesson, f"--{case.option}", case.sizes, given)
    with tables() as paths:
        yield grown("overfit", "--data, rows of a CSV", ROWS, [{"data": path} for path in paths])


@contextmanager
def tables() -> Iterator[list[str]]:
    """Yield a file of each number of rows, the same ones again and again."""
    with TemporaryDirectory() as folder:
        paths = [Path(folder, f"{count}.csv") for count in ROWS]
        for path, count in zip(paths, ROWS, strict=True):
            with path.open("w") as file:
                file.write("x,y\n")
                file.writelines(BLOCK for _ in range(count // ROWS[0]))
        yield list(map(str, paths))


def grown(lesson: str, option: str, sizes: tuple[int, ...], given: list[dict[str, Any]]) -> tuple[str, ...]:
    """Return a row of the table; the exponent is the slope of log time between the last two sizes."""
    times, peaks = zip(*(measured(lesson, one, given[0]) for one in given), strict=True)
    exponent = math.log(times[-1] / times[-2]) / math.log(sizes[-1] / sizes[-2])
    return (
        f"{lesson}, {option} {', '.join(map(str, sizes))}",
        ", ".join(f"{t:.3g} s" for t in times),
        ", ".join(f"{m:.0f} MB" for m in peaks),
        f"{exponent:.2f}",
    )


def measured(lesson: str, given: dict[str, Any], small: dict[str, Any]) -> tuple[float, float]:
    """Return the seconds and the peak in megabytes of a run in a process of its own, after a small one."""
    command = [sys.executable, "-c", MEASURE, lesson, json.dumps(given), json.dumps(small)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds, megabytes = map(float, done.stdout.split())
    return seconds, megabytes
