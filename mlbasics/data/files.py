"""What a file is: plain or compressed, in which encoding, or no text at all."""

from __future__ import annotations

import codecs
import gzip
import io
import os
import re
import stat
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import IO, cast

from mlbasics.data.columns import refusal

LARGEST = 1 << 30  # bytes
LOOK = 1 << 16  # bytes in which the kind of file and its delimiter show
IN_MEMORY = 1 << 26  # bytes of a stream kept out of a temporary file
GZIP = b"\x1f\x8b"
NO_TEXT = {
    "parquet": rb"PAR1",
    "workbook": rb"\xd0\xcf\x11\xe0|PK.*(\[Content_Types\]\.xml|opendocument\.spreadsheet)",
    "zip": rb"PK\x03\x04",
    "not-text": rb".*\0",
}
"""How a file begins that is no text, the surer kinds first."""


@contextmanager
def opened(stream: IO[bytes], source: str) -> Iterator[IO[bytes]]:
    """Open a stream to be read more than once, what is compressed in full; raise InputError if too long."""
    with ExitStack() as spools:
        is_file = stat.S_ISREG(
            os.fstat(stream.fileno()).st_mode
        )  # on Windows a pipe, too, says it is seekable
        file = stream if is_file else _spooled(stream, source, spools)
        if file.read(2) == GZIP:
            file.seek(0)
            try:
                file = _spooled(cast(IO[bytes], gzip.GzipFile(fileobj=file)), source, spools)
            except (OSError, EOFError, zlib.error):
                raise refusal("packed", source) from None
        if file.seek(0, io.SEEK_END) > LARGEST:
            raise refusal("long", source, most=LARGEST >> 30)
        file.seek(0)
        yield file


def encodings(start: bytes, source: str) -> Iterator[str]:
    """Yield the encodings to try, by how a file starts; raise InputError where it is no text.

    UTF-16 is certain where its mark stands; CP949 is tried only where half of what is not ASCII would be
    syllables of everyday Korean, so that a Western text is not read as rare ones.
    """
    if start[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) and start[2:4] != b"\0\0":
        yield "utf-16"
        return
    for kind, beginning in NO_TEXT.items():
        if re.match(beginning, start, re.DOTALL):
            raise refusal(kind, source)
    yield "utf-8-sig"
    foreign = [c for c in start.decode("cp949", "ignore") if not c.isascii()]
    if 2 * sum("가" <= c <= "힣" and bool(c.encode("euc-kr", "ignore")) for c in foreign) >= len(foreign):
        yield "cp949"
    yield "cp1252"


def _spooled(stream: IO[bytes], source: str, spools: ExitStack) -> IO[bytes]:
    """Return a stream that can be read twice, in memory or, where it is long, in a temporary file."""
    spool = spools.enter_context(tempfile.SpooledTemporaryFile(IN_MEMORY))  # noqa: SIM115
    size = 0
    while block := stream.read(LOOK):
        size += len(block)
        if size > LARGEST:
            raise refusal("long", source, most=LARGEST >> 30)
        try:
            spool.write(block)
        except FileNotFoundError:
            raise refusal("no-folder", source) from None
    spool.seek(0)
    return spool
