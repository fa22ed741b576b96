"""Streams that are closed, full, cut off or poor in characters, as a shell makes them; signals at any time."""

import io
import itertools
import os
import random
import signal
import subprocess
import sys
import time
import unicodedata
from functools import cache
from pathlib import Path

import pytest
from processes import ready

import mlbasics
from mlbasics.cli import streams

SCRIPT = str(Path(sys.executable).with_name("mlbasics"))
ENV = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "NO_COLOR", "FORCE_COLOR", "LC_ALL")}
ENV |= {"LANG": "C.UTF-8"}


def shell(line, cwd=None, **env):
    """Run a line of bash in which $M is the program."""
    return subprocess.run(
        ["bash", "-c", line], capture_output=True, env=ENV | {"M": SCRIPT} | env, cwd=cwd, check=False
    )


@pytest.fixture
def korean(tmp_path):
    draw = random.Random(0)
    rows = "".join(f"{i / 10},{draw.random()},{draw.random() + i}\n" for i in range(40))
    (tmp_path / "korean.csv").write_text("키,나이,몸무게\n" + rows, "utf-8")
    return tmp_path


CLOSED = ["<&-", ">&-", "2>&-"]
CLOSINGS = [" ".join(some) for n in (1, 2, 3) for some in itertools.combinations(CLOSED, n)]


@cache
def streams_open(command):
    return shell(f"$M {command}")


@pytest.mark.parametrize("command", ["", "--help", "overfit --brief", "overfit --nope"])
@pytest.mark.parametrize("closing", CLOSINGS)
def test_a_closed_stream_is_no_traceback_and_no_lie(closing, command):
    """What is closed is not written to; a result that could not be told is an error."""
    open_ = streams_open(command)
    done = shell(f"$M {command} {closing}")
    assert b"Traceback" not in done.stderr
    if ">&-" in closing.split():
        assert done.stdout == b""
        assert done.returncode == (open_.returncode or 1)
        if "2>&-" not in closing and open_.returncode == 0:
            assert done.stderr == b"mlbasics: The output could not be written: Bad file descriptor.\n"
    else:
        assert (done.returncode, done.stdout) == (open_.returncode, open_.stdout)
    if "2>&-" in closing:
        assert done.stderr == b""


def test_a_file_is_no_stream_that_was_closed(tmp_path):
    """Its number may be that of a stream: nothing else may be written there."""
    done = shell(
        "$M overfit --nope --output run.json 2>&-; $M overfit --output run.json <&- >&- 2>&-", tmp_path
    )
    assert done.returncode == 0
    assert (tmp_path / "run.json").read_text() == shell("$M overfit --json").stdout.decode()


def test_closed_standard_input_is_a_read_error_where_it_is_asked_for():
    done = shell("$M overfit --data - <&-")
    assert done.returncode == 1
    assert done.stderr == b"mlbasics: --data '-' cannot be read: Bad file descriptor.\n"


def test_a_read_error_is_told_as_one(tmp_path):
    done = shell("$M overfit --data - 0>only-written", tmp_path)
    assert (done.returncode, done.stderr) == (
        1,
        b"mlbasics: --data '-' cannot be read: Bad file descriptor.\n",
    )
    done = shell("$M overfit --data /proc/self/mem", tmp_path)
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.startswith(b"mlbasics: --data '/proc/self/mem' cannot be read: ")


@pytest.mark.parametrize("command", ["overfit --nope", "overfit --help", "overfit --brief"])
def test_full_streams(command):
    done = shell(f"$M {command} 2>/dev/full")
    assert done.returncode in (0, 2)
    done = shell(f"$M {command} >/dev/full 2>/dev/full")
    assert done.returncode in (1, 2)


@pytest.mark.parametrize(
    "command", ["--help", "--version", "explain overfit", "schema overfit", "overfit --format html"]
)
def test_a_reader_that_is_gone_is_no_error(command):
    """By whatever timing: the pipe is closed before the program starts."""
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [SCRIPT, *command.split()], stdout=write, stderr=subprocess.PIPE, env=ENV, check=False
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (0, b"")


def test_version_is_printed_before_anything_runs():
    assert shell("$M --version overfit").stdout.decode() == f"mlbasics {mlbasics.__version__}\n"


POOR = [{"PYTHONIOENCODING": encoding} for encoding in ("cp1252", "koi8-r", "cp949")]
POSIX = {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}


@pytest.mark.parametrize("env", [*POOR, POSIX], ids=lambda env: env.get("PYTHONIOENCODING", "POSIX"))
def test_korean_data_in_any_encoding(korean, env):
    encoding = env.get("PYTHONIOENCODING", "ascii")
    lossy = encoding != "cp949"
    for fmt in ("text", "csv", "markdown", "html") if encoding in ("cp1252", "cp949") else ("text", "html"):
        done = shell(
            f"$M regularization --more --data korean.csv --problems 100 --format {fmt}", korean, **env
        )
        assert done.returncode == 0, (fmt, done.stderr)
        told = done.stdout.decode(encoding)
        if fmt == "html":
            assert "&#47800;&#47924;&#44172;" in told
            assert done.stderr == b""
        elif lossy:
            assert "??????" in told or "????" in told  # as many columns as 몸무게, 나이
            assert done.stderr.count(b"\n") == 1

        else:
            assert "나이" in told
            assert done.stderr == b""


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "latin-1", "cp437", "koi8-r", "cp949", "utf-8"])
def test_what_an_encoding_lacks_takes_as_many_columns(monkeypatch, capfd, encoding):
    """Whatever is put: Korean, a bidirectional mark, a sign, half a surrogate pair."""
    out = io.TextIOWrapper(io.BytesIO(), encoding, newline="")
    monkeypatch.setattr(sys, "stdout", out)
    streams.put("한글 ± é e\u0301 \ud800|\n", "en")
    told = out.buffer.getvalue().decode(encoding)
    assert sum(2 if c in "한글" else not unicodedata.combining(c) for c in told) == 14


@pytest.mark.parametrize("name", [b"a\xff\x1b[31m\\.csv", "\u202e'f\nb.csv".encode()])
def test_a_name_of_a_file_is_never_obeyed_and_its_suggestion_can_be_typed(korean, name):
    (korean / "korean.csv").rename(os.fsdecode(os.fsencode(korean) + b"/" + name))
    for fmt in ("text", "json", "markdown"):
        args = [SCRIPT, "overfit", "--y", "몸무게", "--format", fmt, "--data", name]
        done = subprocess.run(args, capture_output=True, env=ENV, cwd=korean, check=True)
        told = done.stdout.decode()
        assert done.stderr == b""
        assert all(c.isprintable() or c == "\n" for c in told)
        if fmt == "markdown":
            typed = next(line for line in told.split("\n") if "mlbasics overfit --" in line).strip()
    again = shell(typed.replace("mlbasics", "$M", 1) + " --brief", korean)
    assert again.returncode == 0, again.stderr


def test_errors_name_what_cannot_be_shown():
    done = shell("$M overfit --data $'\\xff\\e[31m.csv'")
    assert done.stderr == "mlbasics: --data '··[31m.csv': there is no such file.\n".encode()


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_a_signal_at_any_time_ends_it_without_a_traceback(tmp_path, number, code):
    """From where the program is on, after the interpreter has started, through imports and writing, to its end."""
    for delay in (0, 0.05, 0.1, 0.2, 0.4, 0.7):
        process = subprocess.Popen(
            [SCRIPT, "overfit", "--output", "run.html"], stderr=subprocess.PIPE, env=ENV, cwd=tmp_path
        )
        ready(process.pid)
        time.sleep(delay)
        process.send_signal(number)
        _, stderr = process.communicate(timeout=30)
        assert (process.returncode, stderr) in ((code, b""), (0, b""))
        assert {path.name for path in tmp_path.iterdir()} <= {"run.html"}


INTERRUPTED = """
import os, signal, sys
class Finder:
    def find_spec(name, path, target=None):
        if name == module:
            os.kill(os.getpid(), signal.SIGINT)
from mlbasics.cli import run
module, sys.argv[1:] = sys.argv[1], ["overfit"]
sys.meta_path.insert(0, Finder)
run()
"""


@pytest.mark.parametrize("module", ["mlbasics.cli.app", "numpy", "plotext"])
def test_ctrl_c_while_a_module_is_imported_is_no_traceback(module):
    done = subprocess.run([sys.executable, "-c", INTERRUPTED, module], capture_output=True, check=False)
    assert (done.stdout, done.stderr) == (b"", b"")
    assert done.returncode == 130


def test_what_is_ignored_stays_ignored(tmp_path):
    line = "trap '' HUP; $M overfit --output run.json & pid=$!; sleep 0.4; kill -HUP $pid; wait $pid"
    assert shell(line, tmp_path).returncode == 0
    assert (tmp_path / "run.json").exists()
