"""The page of Markdown that the measurements become."""

import os
import platform
from collections.abc import Iterable
from datetime import date
from importlib.metadata import version
from pathlib import Path

from benchmarks._timing import Row

FILE = Path(__file__).with_name("README.md")
VERSIONS = ("numpy", "scikit-learn", "mlxtend", "torch", "typer", "rich", "plotext")
COLUMNS = ("what", "mlbasics", "beside", "its time", "ratio", "its quartiles", "answers apart by")
HEAD = f"""# Benchmarks

Written by `make bench`. `make bench-check` reports each ratio that has since fallen by more than a fifth.
Both sides take turns, with one thread each (the look of batchnorm with two): medians of processor time, user
and system, so that what else the machine does disturbs little; of the turns' ratios the median and quartiles.
A ratio such as 2x says how many times as long the other side takes. Beside a part that no such command can do
without, such as importing its libraries, it is "of it": how many times as long as that part the whole takes.
{date.today()}, {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()},
"""


def write(rows: Iterable[Row], growth: Iterable[tuple[str, ...]]) -> None:
    """Write the page."""
    about = HEAD + ", ".join(f"{name} {version(name)}" for name in VERSIONS) + "."
    grown = "## Growth\n\nThe exponent says how time grows from the second-largest size to the largest."
    tables = (
        table(COLUMNS, [row.cells for row in rows]),
        table(("what", "time", "peak", "exponent"), growth),
    )
    FILE.write_text(f"{about}\n\n{tables[0]}\n\n{grown}\n\n{tables[1]}\n", "utf-8")


def table(names: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a Markdown table."""
    lines = [list(names)]
    lines += [["---"] * len(lines[0]), *map(list, rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
