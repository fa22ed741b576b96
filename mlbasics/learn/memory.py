"""What a learner was asked and said, one file of JSON lines; what was wrong comes back first."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

PAUSES = (1, 7, 30)  # days until a question comes back that was right once, twice, three times in a row


def file() -> Path:
    """Return where it is remembered: a file in the platform's folder for state."""
    from platformdirs import user_state_path

    return user_state_path("mlbasics", appauthor=False) / "learn.jsonl"


def remember(entry: Mapping[str, Any]) -> None:
    """Add a line, whole even while another process adds one; where nothing can be written, go on without."""
    line = json.dumps({**entry, "when": datetime.now(UTC).isoformat(timespec="seconds")}) + "\n"
    with suppress(OSError):
        file().parent.mkdir(parents=True, exist_ok=True)
        with file().open("ab", buffering=0) as lines:  # one write to a file opened to append is never parted
            lines.write(line.encode())


def forget() -> None:
    """Remove all that is remembered."""
    file().unlink(missing_ok=True)


def remembered() -> list[dict[str, Any]]:
    """Return what was asked and said, the oldest first; lines that are none are passed over."""
    try:
        lines = file().read_text("utf-8", errors="replace").splitlines()
    except OSError:
        return []
    entries = []
    for line in lines:
        with suppress(ValueError):
            entry = json.loads(line)
            if isinstance(entry, dict) and {"lesson", "question", "right", "when"} <= entry.keys():
                entries.append(entry)
    return entries


def due(lesson: str, questions: Sequence[str], now: datetime) -> list[str]:
    """Return what is to be asked: what was wrong, then the new, then what was right and has paused."""
    history = {
        one: [entry for entry in remembered() if (entry["lesson"], entry["question"]) == (lesson, one)]
        for one in questions
    }
    wrong = [one for one in questions if history[one] and not history[one][-1]["right"]]
    new = [one for one in questions if not history[one]]
    known = [one for one in questions if one not in wrong and one not in new]
    return [*wrong, *new, *(one for one in known if _over(history[one], now))]


def _over(history: Sequence[Mapping[str, Any]], now: datetime) -> bool:
    """Return whether the pause after so many right answers in a row is over."""
    row = 0
    for entry in history:
        row = row + 1 if entry["right"] else 0
    try:
        last = datetime.fromisoformat(str(history[-1]["when"]))
        return now - last >= timedelta(days=PAUSES[min(row, len(PAUSES)) - 1])
    except (ValueError, TypeError):  # a time that is none
        return True


def progress() -> dict[str, tuple[int, int]]:
    """Return by lesson how many of its questions were right the last time, and how many it has."""
    latest: dict[str, dict[str, bool]] = {}
    counts: dict[str, int] = {}
    for entry in remembered():
        latest.setdefault(entry["lesson"], {})[entry["question"]] = bool(entry["right"])
        counts[entry["lesson"]] = int(entry.get("of", 0))
    return {lesson: (sum(asked.values()), counts[lesson]) for lesson, asked in latest.items()}
