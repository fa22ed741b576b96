"""The ratios of the last page, by row, and which of them have fallen since."""

import json
from collections.abc import Iterable
from pathlib import Path
from statistics import median

from benchmarks._timing import Row

FILE = Path(__file__).with_name("ratios.json")
FALLEN = 0.8  # of what it was


def write(rows: Iterable[Row]) -> None:
    """Write how many times as long each peer takes."""
    ratios = {row.id: float(f"{median(row.ratios):.3g}") for row in rows}
    FILE.write_text(json.dumps(ratios, indent=1, ensure_ascii=False) + "\n", "utf-8")


def check(rows: Iterable[Row]) -> int:
    """Say which ratio is over a fifth less than it was; return 1 where one is."""
    before = json.loads(FILE.read_text("utf-8"))
    fell = [line for row in rows if row.id in before for line in fallen(row, before[row.id])]
    print("\n".join(fell) or f"none of {len(before)} ratios fell by over {1 - FALLEN:.0%}")
    return int(bool(fell))


def fallen(row: Row, before: float) -> list[str]:
    """Return the sentence for a ratio that fell, or nothing."""
    now = median(row.ratios)
    return [f"{row.id}: {now:.3g}x, it was {before:.3g}x"] if now < FALLEN * before else []
