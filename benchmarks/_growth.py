"""Time and peak memory of each lesson as its main size grows tenfold, a hundredfold, a thousandfold.

Run in a process of its own for each size, so that one peak does not hide another.
"""

import json
import math
import subprocess
import sys
from collections.abc import Iterator

MEASURE = """
import json, sys, time
import mlbasics
name, given = sys.argv[1], json.loads(sys.argv[2])
small = json.loads(sys.argv[3])
mlbasics.run(name, **small)  # what the first run alone costs is not growth
start = time.perf_counter()
mlbasics.run(name, **given)
seconds = time.perf_counter() - start
peak = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(seconds, int(peak) / 1024)  # of this process alone: ru_maxrss would hold that of the one it came from
"""
SIZES = {
    "overfit": ("repeats", 10, {}),
    "bias-variance": ("trials", 1000, {"degrees": "3"}),
    "regularization": ("problems", 1000, {"repeats": 10}),
    "uat": ("neurons", 100, {"max_neurons": 10}),
    "batchnorm": ("epochs", 1, {"layers": 2, "learning_rates": "0.1,1"}),
}
FACTORS = {"overfit": (1, 10, 100, 1000), "batchnorm": (1, 10, 100)}
"""A thousandfold unless the option's range ends before."""


def rows(lessons: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Measure each lesson at each size; the exponent is the slope of log time from the second size on."""
    for name in lessons:
        option, size, beside = SIZES[name]
        times, memory, sizes = [], [], [size * f for f in FACTORS.get(name, (1, 10, 100, 1000))]
        for n in sizes:
            given, small = json.dumps(beside | {option: n}), json.dumps(beside | {option: size})
            done = subprocess.run(
                [sys.executable, "-c", MEASURE, name, given, small],
                capture_output=True, text=True, check=True,
            )  # fmt: skip
            seconds, megabytes = map(float, done.stdout.split())
            times.append(seconds)
            memory.append(megabytes)
        exponent = math.log(times[-1] / times[-2]) / math.log(sizes[-1] / sizes[-2])
        yield (
            f"{name}, --{option.replace('_', '-')} {', '.join(map(str, sizes))}",
            ", ".join(f"{t:.3g} s" for t in times),
            ", ".join(f"{m:.0f} MB" for m in memory),
            f"{exponent:.2f}",
        )
