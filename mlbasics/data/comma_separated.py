"""Reading CSV strictly: every row as long as the first, every quote closed, nothing guessed silently.

The standard library's reader does it: it reads row by row, so that memory is bounded by the sample and not
by the file; a data-frame library would cost more at start-up than the lesson itself.
"""

from __future__ import annotations

import codecs
import csv
import io
import random
import tempfile
from collections.abc import Iterator, Sequence
from typing import IO

from mlbasics.data.columns import Columns, fits, labels, refusal
from mlbasics.kit.errors import printable, quoted
from mlbasics.words import Phrase, phrase

MOST_ROWS = 10_000  # kept; of a longer file a sample, the same each time
MOST_COLUMNS = 1000
DELIMITERS = ",;\t|"
ENCODINGS = ("utf-8-sig", "cp949")
LARGEST = 1 << 30  # bytes
LONGEST_ROW = 1 << 22  # characters: a thousand columns leave four thousand to each
LOOK = 1 << 16  # bytes in which the kind of file and its delimiter show
IN_MEMORY = 1 << 26  # bytes of a stream kept out of a temporary file


def read(stream: IO[bytes], source: str) -> Columns:
    """Return the columns of a CSV; raise InputError, one sentence, for what is none."""
    file = stream if stream.seekable() else _spooled(stream, source)
    if file.seek(0, io.SEEK_END) > LARGEST:
        raise refusal("long", source, most=LARGEST >> 30)
    file.seek(0)
    start = file.read(LOOK)
    if not start.removeprefix(codecs.BOM_UTF8).strip():
        raise refusal("empty", source)
    if start[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) or b"\0" in start:
        raise refusal("not-text", source)
    for encoding in ENCODINGS:
        file.seek(0)
        text = io.TextIOWrapper(file, encoding, newline="")
        try:
            return _columns(text, _delimiter(start.decode(encoding, "ignore")), source)
        except UnicodeDecodeError:
            continue
        finally:
            text.detach()
    raise refusal("encoding", source)


def _columns(text: io.TextIOWrapper, delimiter: str, source: str) -> Columns:
    lines = _Lines(text, source)
    reader = csv.reader(lines, delimiter=delimiter, strict=True, skipinitialspace=True)
    rows = filter(None, map(lines.next_row, reader))
    try:
        first = next(rows, None)
        if first is None:
            raise refusal("empty", source)
        if len(first) > MOST_COLUMNS:
            raise refusal("wide", source, given=len(first), most=MOST_COLUMNS)
        header = not all(map(fits, first))
        names = _names(first if header else [""] * len(first), source)
        kept: list[tuple[int, list[str]]] = [] if header else [(reader.line_num, first)]
        count, chance = len(kept), random.Random(0)
        for row in rows:
            if len(row) != len(first):
                raise refusal("ragged", source, line=reader.line_num, given=len(row), expected=len(first))
            count += 1
            if count <= MOST_ROWS:
                kept.append((reader.line_num, row))
            elif (place := chance.randrange(count)) < MOST_ROWS:
                kept[place] = (reader.line_num, row)
    except csv.Error as error:
        raise refusal("quote", source, line=reader.line_num, problem=_problem(error)) from None
    if not kept:
        raise refusal("no-rows", source)
    kept.sort()
    cells = dict(zip(names, zip(*(_cleaned(row) for _, row in kept), strict=True), strict=True))
    return Columns(source, cells, [line for line, _ in kept], count)


def _problem(error: csv.Error) -> Phrase | str:
    """Return what the reader says, in words of our own where they are known by a part of its sentence."""
    parts = ("unexpected end of data", "expected after", "larger than field limit")
    return next((phrase(f"csv.{part}") for part in parts if part in str(error)), str(error))


def _names(first: Sequence[str], source: str) -> list[str]:
    """Return the names of the columns, each printable and there once; one without a name is counted."""
    names = [name or f"column{i + 1}" for i, name in enumerate(_cleaned(first))]
    twice = [name for name in names if names.count(name) > 1]
    if twice:
        raise refusal("twice", source, column=quoted(twice[0]))
    return list(labels(names).values())


def _cleaned(row: Sequence[str]) -> list[str]:
    return [printable(cell.strip()) for cell in row]


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


def _delimiter(start: str) -> str:
    """Return the delimiter that cuts the first rows into most cells, all rows alike if one does."""
    best, most = ",", (False, 1)
    for delimiter in DELIMITERS:
        rows = list(filter(None, csv.reader(start.splitlines()[:20], delimiter=delimiter)))
        widths = {len(row) for row in rows}
        if max(widths, default=0) > 1 and (found := (len(widths) == 1, len(rows[0]))) > most:
            best, most = delimiter, found
    return best


def _spooled(stream: IO[bytes], source: str) -> IO[bytes]:
    """Return a stream that can be read twice, in memory or, where it is long, in a temporary file."""
    spool = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  closed with the process
    size = 0
    while block := stream.read(LOOK):
        size += len(block)
        if size > LARGEST:
            raise refusal("long", source, most=LARGEST >> 30)
        spool.write(block)
    spool.seek(0)
    return spool
