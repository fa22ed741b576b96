"""Tables that would reach the terminal, the memory or a spreadsheet: cleaned, cut or refused where they enter."""

import csv
import io
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from refused import refused
from small import SIZES

import mlbasics
from mlbasics.data import comma_separated, files, read
from mlbasics.formats import FORMATS
from mlbasics.kit import InputError

SCRIPT = str(Path(sys.executable).with_name("mlbasics"))
MEASURED = """
import sys
from pathlib import Path
from mlbasics.cli.app import main

main(sys.argv[1:])
peak = next(line for line in Path("/proc/self/status").read_text().split("\\n") if "VmHWM" in line)
print(peak.split()[1], file=sys.stderr)
"""


def classes(first, second, rows=60):
    draw = random.Random(0)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["a", "b", "kind"])
    for i in range(rows):
        writer.writerow([draw.gauss(i % 2, 0.5), draw.gauss(0, 1), (first, second)[i % 2]])
    return out.getvalue().encode()


def test_a_long_stream_without_a_folder_for_temporary_files_gets_one_sentence(monkeypatch):
    read_end, write_end = os.pipe()
    monkeypatch.setattr(files, "IN_MEMORY", 10)
    monkeypatch.setattr(tempfile, "tempdir", "/no/such/folder")
    os.write(write_end, b"x,y\n" + b"1,2\n" * 20)
    os.close(write_end)
    with os.fdopen(read_end, "rb") as stream, pytest.raises(InputError, match="TMPDIR"):
        comma_separated.read(stream, "-", ".")


@pytest.mark.parametrize("lesson", ["overfit", "batchnorm"])
def test_a_class_cannot_speak_to_the_terminal(tmp_path, lesson):
    path = tmp_path / "class.csv"
    path.write_bytes(classes("\x1b[31mred", "\x1b]0;title\x07\u202eevil\u2066"))
    options = (
        {"task": "classification"}
        if lesson == "overfit"
        else {"layers": 2, "units": 4, "epochs": 1, "batch_size": 16}
    )
    run = mlbasics.run(lesson, data=path, **options)
    for name in FORMATS:
        told = run.render(name)
        assert all(c.isprintable() or c == "\n" for c in told), name
        assert "\\u001b" not in told
        assert "\\u202e" not in told


@pytest.mark.parametrize("lesson", mlbasics.lesson_names())
@pytest.mark.parametrize(("x", "y"), [(1, 1e98), (1, 1e-99), (1e-200, 1), (1e98, 1), (1e-320, 1e-320)])
def test_numbers_of_any_size_are_used_or_refused(tmp_path, lesson, x, y):
    """A lesson that takes powers of them says what it takes; no warning, which would be an error here."""
    path, draw = tmp_path / "size.csv", random.Random(0)
    rows = (f"{draw.gauss(0, 1) * x},{draw.gauss(0, 1) * y}\n" for _ in range(40))
    path.write_text("x,y\n" + "".join(rows))
    small = SIZES | {"bias-variance": {"trials": 5}}
    told = ""
    try:
        mlbasics.run(lesson, data=path, **small.get(lesson, {})).to_text()
    except InputError as error:
        told = str(error)
    assert not told or "column '" in told


@pytest.mark.parametrize("lesson", mlbasics.lesson_names())
@pytest.mark.parametrize("far", [999_999, 1e9])
def test_a_missing_value_written_as_a_number_far_off_is_used_or_refused(tmp_path, lesson, far):
    """A polynomial of degree 15 is 1e90 there, whose powers are no numbers: no warning, and no infinite error."""
    path, draw = tmp_path / "far.csv", random.Random(0)
    rows = (f"{draw.random() if i != 17 else far},{draw.gauss(0, 1)}\n" for i in range(60))
    path.write_text("x,y\n" + "".join(rows))
    small = {"bias-variance": {"trials": 50}}
    told = ""
    try:
        mlbasics.run(lesson, data=path, **small.get(lesson, {})).to_text()
    except InputError as error:
        told = str(error)
    assert ("grow too large" in told) == (lesson == "bias-variance")


def test_names_that_differ_late_are_different(tmp_path):
    long = "x" * 200
    path = tmp_path / "long.csv"
    path.write_bytes(f"{long}1,{long}2,{'y' * 200}\n1,2,3\n4,5,6\n".encode())
    columns = read(str(path))
    assert columns.names == (f"{long}1", f"{long}2", "y" * 59 + "…")
    assert columns.find("--x", f" {long}2 ") == f"{long}2"
    assert columns.find("--x", "y" * 200) == columns.find("--x", "y" * 59 + "…") == "y" * 59 + "…"
    path.write_bytes(f"{long}1,{long}1\n1,2\n".encode())
    with refused("data.twice", column="x" * 59 + "…"):
        read(str(path))


def test_words_as_long_as_cells_may_be_take_no_more_memory_than_the_file(tmp_path):
    """As an array of words they would take 4 bytes for every character of the longest, in every row: 3 GB."""
    path = tmp_path / "long.csv"
    path.write_bytes(
        classes("k" * 130_000, "short", rows=3).rstrip() + b"\n" + b"1,2,short\n0,1,other\n" * 3000
    )
    done = measured("overfit", "--task", "classification", "--data", str(path))
    assert done.returncode == 0
    assert int(done.stderr.split()[-1]) < 300_000  # kB


def test_a_line_without_end_is_refused_while_it_is_read(tmp_path):
    path = tmp_path / "line.csv"
    path.write_bytes(b"x,y\n1," + b" " * 200_000_000 + b"2\n")
    done = measured("overfit", "--data", str(path))
    assert "line 2" in done.stderr
    assert "4194304" in done.stderr
    assert int(done.stderr.split()[-1]) < 200_000  # kB


def measured(*args):
    return subprocess.run(
        [sys.executable, "-c", MEASURED, *args], capture_output=True, text=True, check=False
    )


def test_a_file_has_the_largest_size_of_a_stream(tmp_path):
    path = tmp_path / "long.csv"
    path.write_bytes(b"x,y\n1,2\n")
    os.truncate(path, files.LARGEST + 1)  # takes no place on the disk
    with refused("data.long", most=1):
        read(str(path))


@pytest.mark.parametrize("name", ["=cmd|' /C calc'!A0", "@SUM(1)", "+1+1", "-2+3", "-2"])
def test_a_spreadsheet_runs_no_name(tmp_path, name):
    path, draw = tmp_path / "sheet.csv", random.Random(0)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([name, "b", "y"])
    writer.writerows([[draw.random(), draw.random(), draw.random()] for _ in range(40)])
    path.write_text(out.getvalue())
    told = mlbasics.run("regularization", data=path).render("csv")
    cells = [cell for row in csv.reader(io.StringIO(told)) for cell in row]
    assert name not in cells or name == "-2"
    assert f"'{name}" in cells or name == "-2"
