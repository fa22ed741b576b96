"""Reading CSV strictly: every row as long as the others, every quote closed, what is taken for granted said.

The standard library's reader does it: it reads row by row, so that memory is bounded by the sample and not by
the file.  What it does not do is find the table: its delimiter, the lines above it, its row of names.
"""

from __future__ import annotations

import csv
import io
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile
from typing import IO, Any, NamedTuple

from mlbasics.data.columns import Columns, cleaned, columns, labels, refusal
from mlbasics.data.files import LOOK, encodings, opened
from mlbasics.data.spellings import is_missing, is_value
from mlbasics.kit.errors import InputError, quoted
from mlbasics.words import Phrase, phrase

MOST_ROWS = 10_000  # kept; of a longer file a sample, the same each time
MOST_CELLS = 10_000_000  # kept; of a table of more than a thousand columns fewer rows
DELIMITERS = ",;\t| "
LONGEST_ROW = 1 << 22  # characters
SHOWN = 30  # lines in which the layout shows


class Layout(NamedTuple):
    """How a text holds a table: what parts its cells, what escapes a quote, and where it begins."""

    delimiter: str
    escape: str | None
    above: int  # lines before it

    def reader(self, lines: Iterator[str] | Sequence[str], strict: bool = False) -> Any:
        """Return the rows of the table."""
        return csv.reader(
            lines, delimiter=self.delimiter, escapechar=self.escape, skipinitialspace=True, strict=strict
        )


def read(stream: IO[bytes], source: str, decimal: str) -> Columns:
    """Return the columns of a CSV; raise InputError, one sentence, for what is none."""
    with opened(stream, source) as file:
        start = file.read(LOOK)
        for encoding in encodings(start, source):
            file.seek(0)
            text = io.TextIOWrapper(file, encoding, newline="")
            try:
                layout = _layout(start.decode(encoding, "ignore"), source)
                notes = [phrase("data.note.encoding", encoding=encoding)] if encoding.startswith("cp") else []
                return _columns(text, layout, source, decimal, notes)
            except UnicodeDecodeError:
                continue
            finally:
                text.detach()
    raise refusal("encoding", source)


def _layout(start: str, source: str) -> Layout:
    """Return the layout that shows in the start of a text; raise InputError where it is empty."""
    lines = start.splitlines(keepends=True)
    told = re.fullmatch(r'"?sep=(.)"?\s*', lines[0]) if lines else None
    above = int(told is not None)
    above += sum(1 for _ in takewhile(lambda line: line.startswith("#") or not line.strip(), lines[above:]))
    shown = lines[above : above + SHOWN]
    if not start.strip():
        raise refusal("empty", source)
    escape = "\\" if '\\"' in start and '""' not in start else None
    layouts = [Layout(delimiter, escape, above) for delimiter in (told[1] if told else DELIMITERS)]
    best = max(layouts, key=lambda layout: _regularity(layout, shown))
    rows = list(best.reader(lines[max(above - 1, 0) : above + 1]))
    if above and len(rows) == 2 and len(rows[0]) == len(rows[1]) and rows[0][0][:1] == "#":
        above -= all(map(is_value, rows[1]))  # the names, behind a #
    return best._replace(above=above + _above(best, shown))


def _regularity(layout: Layout, lines: Sequence[str]) -> tuple[float, float, int]:
    """Return how well lines are cut into rows: the share of rows alike, of values in them, their width."""
    rows = list(filter(None, layout.reader(lines)))
    width, alike = Counter(map(len, rows)).most_common(1)[0] if rows else (0, 0)
    if width < 2:
        return 0, 0, 0
    cells = [cell for row in rows if len(row) == width for cell in row[:12]]
    values = sum(map(is_value, cells)) / len(cells)
    if layout.delimiter == " " and (alike < len(rows) - 1 or not values):  # words with spaces
        return 0, 0, 0
    return alike / len(rows), values, width


def _above(layout: Layout, lines: Sequence[str]) -> int:
    """Return how many lines stand above the row of names: they have fewer cells than it and all below."""
    reader = layout.reader(lines)
    rows = [(reader.line_num, row) for row in reader if row]
    width = len(rows[-1][1]) if rows else 0
    first = next((i for i in range(len(rows), 0, -1) if len(rows[i - 1][1]) != width), 0)
    if not 0 < first < len(rows) - 1 or any(map(is_value, rows[first][1])):
        return 0
    return rows[first - 1][0] if all(len(row) < width for _, row in rows[:first]) else 0


def _columns(
    text: io.TextIOWrapper, layout: Layout, source: str, decimal: str, notes: list[Phrase]
) -> Columns:
    lines = _Lines(text, source)
    for _ in islice(lines, layout.above):
        pass
    rows = filter(None, map(lines.next_row, layout.reader(iter(lines), strict=True)))
    try:
        names, kept = _head([(lines.count, row) for row in islice(rows, 3)], source, notes)
        count, width, chance = len(kept), len(names), random.Random(0)
        most = min(MOST_ROWS, MOST_CELLS // width)
        for row in rows:
            if len(row) != width:
                raise _ragged(source, lines.count, row, width)
            count += 1
            if count <= most:
                kept.append((lines.count, row))
            elif (place := chance.randrange(count)) < most:
                kept[place] = (lines.count, row)
    except csv.Error as error:
        raise refusal("quote", source, line=lines.count, problem=_problem(error)) from None
    kept = sorted((line, row) for line, row in kept if any(row))  # spreadsheets end in rows without cells
    if not kept:
        raise refusal("no-rows", source)
    told = _names(names, source)
    cells = dict(zip(told, zip(*(map(cleaned, row) for _, row in kept), strict=True), strict=True))
    nameless = {new for old, new in zip(names, told, strict=True) if not old} if any(names) else ()
    if layout.above:
        notes = [*notes, phrase("data.note.above", lines=layout.above)]
    where = [line for line, _ in kept]
    return columns(
        source, cells, where, count,
        decimal=decimal, delimiter=layout.delimiter, nameless=nameless, notes=notes,
    )  # fmt: skip


Numbered = tuple[int, list[str]]


def _head(rows: list[Numbered], source: str, notes: list[Phrase]) -> tuple[list[str], list[Numbered]]:
    """Return the names, empty where a column has none, and which of the first rows are rows of the table."""
    if not rows:
        raise refusal("empty", source)
    names = [cleaned(cell.lstrip("#")) for cell in rows[0][1]]
    others = [row for _, row in rows[1:]]
    if all(not name or is_value(name) for name in names):  # a row of values
        return [""] * len(names), rows
    widths = {len(row) for row in others}
    if widths == {len(names) + 1}:  # row labels without a name, or a delimiter at the end of each row
        names = ["", *names] if any(row[-1] for row in others) else [*names, ""]
    elif widths == {len(names) - 1} and not names[-1]:
        names.pop()
    for line, row in rows[1:]:
        if len(row) != len(names):
            raise _ragged(source, line, row, len(names))
    first, last = others[:1] or [[]], others[-1:] or [[]]
    named = [cell for cell, value in zip(first[0], last[0], strict=True) if is_value(value)]
    units = named and not any(map(is_missing, named)) and not any(map(is_value, first[0]))
    if units:  # words above values
        notes.append(phrase("data.note.units", line=rows[1][0]))
    return names, rows[2 if units else 1 :]


def _ragged(source: str, line: int, row: list[str], width: int) -> InputError:
    return refusal("ragged", source, line=line, given=len(row), expected=width)


def _problem(error: csv.Error) -> Phrase | str:
    """Return what the reader says, in words of our own where they are known by a part of its sentence."""
    parts = ("unexpected end of data", "expected after", "larger than field limit")
    return next((phrase(f"csv.{part}") for part in parts if part in str(error)), str(error))


def _names(first: Sequence[str], source: str) -> list[str]:
    """Return the names of the columns, each there once; one without a name is counted."""
    names = [name or f"column{i + 1}" for i, name in enumerate(first)]
    twice = [name for name, times in Counter(names).items() if times > 1]
    if twice:
        raise refusal("twice", source, column=quoted(twice[0]))
    return list(labels(names).values())


class _Lines:
    """The lines of a text, of which no row may have more than LONGEST_ROW characters."""

    def __init__(self, text: io.TextIOWrapper, source: str) -> None:
        self.text, self.source = text, source
        self.count, self.room = 0, LONGEST_ROW

    def __iter__(self) -> Iterator[str]:
        while line := self.text.readline(self.room + 1):
            self.count += 1
            self.room -= len(line)
            if self.room < 0:
                raise refusal("row-long", self.source, line=self.count, most=LONGEST_ROW)
            yield line

    def next_row(self, row: list[str]) -> list[str]:
        """Pass a row on, and give the next one its room."""
        self.room = LONGEST_ROW
        return row
