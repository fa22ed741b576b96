"""--output, --format, --table, --check: the real command and real files."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import finished
import pytest
from pieces import pieces
from processes import ready

import mlbasics
from mlbasics.cli.destination import File
from mlbasics.formats import FORMATS

SCRIPT = str(Path(sys.executable).with_name("mlbasics"))
ENV = {
    k: v for k, v in os.environ.items() if k not in ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "LC_ALL")
}
ENV |= {"LANG": "C.UTF-8"}
LESSONS = mlbasics.lesson_names()
LONG = ("batchnorm", "--epochs", "30")


def command(*args, **env):
    return subprocess.run(
        [SCRIPT, *map(str, args)], capture_output=True, text=True, env=ENV | env, check=False
    )


ENDINGS = {ending: name for name, its in FORMATS.items() for ending in its}


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_ending_chooses_the_format(tmp_path, ending):
    path = tmp_path / f"run{ending}"
    done = command("overfit", "--output", path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert path.read_text("utf-8") == finished.run("overfit").render(ENDINGS[ending])
    assert os.listdir(tmp_path) == [path.name]


def test_the_format_named_beats_the_ending_and_json_is_short_for_it(tmp_path):
    path = tmp_path / "run.txt"
    command("overfit", "--output", path, "--format", "json")
    assert (
        path.read_text()
        == command("overfit", "--json").stdout
        == command("overfit", "--json", "--output", "-").stdout
    )


def test_a_file_carries_korean_whatever_the_terminal_does(tmp_path):
    path = tmp_path / "run.md"
    done = command("overfit", "--lang", "ko", "--output", path, PYTHONIOENCODING="ascii", LANG="C")
    assert done.stderr == ""
    assert "과적합" in path.read_text("utf-8") or "잡음" in path.read_text("utf-8")
    assert "└" in path.read_text("utf-8")


def test_json_has_no_language_to_be_sorry_for():
    done = command("overfit", "--json", PYTHONIOENCODING="ascii", LANG="ko_KR.UTF-8")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == command("overfit", "--json").stdout


def test_a_page_goes_through_any_pipe():
    done = subprocess.run(
        [SCRIPT, "overfit", "--format", "html", "--lang", "ko"],
        capture_output=True, env=ENV | {"PYTHONIOENCODING": "cp949"}, check=True,
    )  # fmt: skip
    assert done.stdout.isascii()
    assert b"&#5" in done.stdout


def test_it_replaces_a_file_and_keeps_its_mode_and_the_link_to_it(tmp_path):
    path, link = tmp_path / "run.json", tmp_path / "link.json"
    path.write_text("old")
    path.chmod(0o640)
    link.symlink_to(path)
    command("overfit", "--output", link)
    assert link.is_symlink()
    assert json.loads(path.read_text())["lesson"] == "overfit"
    assert path.stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files away")
def test_a_file_that_is_replaced_keeps_its_owner(tmp_path):
    path = tmp_path / "run.json"
    path.write_text("old")
    os.chown(path, 1234, 4321)
    command("overfit", "--output", path)
    assert json.loads(path.read_text())["lesson"] == "overfit"
    assert (path.stat().st_uid, path.stat().st_gid) == (1234, 4321)


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("nowhere/run.json", "No such file or directory"),
        ("run.json/run.json", "Not a directory"),
        ("folder.json", "Is a directory"),
        ("x" * 300 + ".json", "File name too long"),
    ],
)
def test_what_cannot_be_written_gets_one_sentence(tmp_path, path, problem):
    (tmp_path / "run.json").write_text("old")
    (tmp_path / "folder.json").mkdir()
    done = command("overfit", "--output", tmp_path / path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("mlbasics: The file '")
    assert done.stderr.endswith(f"could not be written: {problem}.\n")
    assert done.stderr.count("\n") == 1
    assert (tmp_path / "run.json").read_text() == "old"
    assert sorted(os.listdir(tmp_path)) == ["folder.json", "run.json"]


def test_a_link_to_itself_gets_one_sentence(tmp_path):
    (tmp_path / "l.html").symlink_to("l.html")
    done = command("overfit", "--output", tmp_path / "l.html")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.endswith("' could not be written: Too many levels of symbolic links.\n")
    assert done.stderr.count("\n") == 1


def test_a_link_to_nothing_yet_is_followed(tmp_path):
    (tmp_path / "link.json").symlink_to("run.json")
    assert command("overfit", "--output", tmp_path / "link.json").returncode == 0
    assert json.loads((tmp_path / "run.json").read_text())["lesson"] == "overfit"
    assert (tmp_path / "link.json").is_symlink()


@pytest.mark.parametrize(
    "line",
    [
        "$M overfit --json --output /dev/stdout | cat",
        "$M overfit --json --output /dev/fd/1 | cat",
        "$M overfit --json --output >(cat > run.json); sleep 0.2; cat run.json",
        "mkfifo f; cat f & $M overfit --json --output f; wait",
        "$M overfit --json --output /dev/stdout > run.json; cat run.json",
        "echo first > run.json; $M overfit --json --output /dev/stdout >> run.json; tail -1 run.json",
        "$M overfit --output .json; cat .json",
        "exec 3> run; echo first >&3; $M overfit --json -o /dev/fd/3; echo last >&3; sed '1d;$d' run",
        "exec 3> run; echo first >&3; $M overfit --json -o /proc/self/fd/3; echo last >&3; sed '1d;$d' run",
        "{ echo first >&2; $M overfit --json -o /dev/stderr; } 2> run; sed 1d run",
        "{ echo first; $M overfit --json -o /dev/fd/1; } > run; sed 1d run",
    ],
)
def test_a_pipe_is_written_to_whatever_its_name(tmp_path, line):
    done = subprocess.run(
        ["bash", "-c", line],
        capture_output=True,
        text=True,
        env=ENV | {"M": SCRIPT},
        cwd=tmp_path,
        check=True,
    )
    assert done.stderr == ""
    assert json.loads(done.stdout) == finished.run("overfit").to_dict()


def test_a_reader_of_a_pipe_that_is_gone_is_no_error(tmp_path):
    line = "$M overfit --format html --output >(exec <&-; sleep 3)"
    done = subprocess.run(["bash", "-c", line], capture_output=True, env=ENV | {"M": SCRIPT}, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_what_cannot_be_written_is_said_before_the_work(tmp_path):
    started = time.monotonic()
    assert command(*LONG, "--output", tmp_path / "nowhere" / "run.json").returncode == 1
    assert time.monotonic() - started < 5


def test_two_processes_with_one_number_do_not_meet(tmp_path, monkeypatch):
    """In two containers on one folder they may have the same."""
    monkeypatch.setattr(os, "getpid", lambda: 7)
    parts = []

    def replaced(part, target):
        parts.append(part.name)
        os.replace(part, target)

    monkeypatch.setattr(Path, "replace", replaced)
    for name in "ab":
        File(str(tmp_path / name)).write(name)
    assert len(set(parts)) == 2
    assert (tmp_path / "a").read_text() == "a"


def test_a_full_device_gets_one_sentence():
    done = command("overfit", "--format", "json", "--output", "/dev/full")
    assert done.returncode == 1
    assert done.stderr == "mlbasics: The file '/dev/full' could not be written: No space left on device.\n"
    assert Path("/dev/full").is_char_device()


def test_a_full_disk_leaves_the_old_file(tmp_path):
    mount = ["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", str(tmp_path)]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("needs the right to mount a small tmpfs")
    try:
        path = tmp_path / "run.html"
        path.write_text("old")
        done = command("overfit", "--output", path)
        assert done.returncode == 1
        assert done.stderr.endswith("could not be written: No space left on device.\n")
        assert done.stderr.count("\n") == 1
        assert path.read_text() == "old"
        assert os.listdir(tmp_path) == ["run.html"]
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)


def test_ctrl_c_leaves_the_old_file(tmp_path):
    path = tmp_path / "run.json"
    path.write_text("old")
    process = subprocess.Popen([SCRIPT, *LONG, "--output", path], stderr=subprocess.PIPE, env=ENV)
    ready(process.pid)
    time.sleep(2)
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=30)
    assert (process.returncode, stderr) == (130, b"")
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["run.json"]


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (
            ["--format", "jsn"],
            "--format must be one of csv, html, json, markdown, svg, text, not 'jsn'. Did you mean json?",
        ),
        (
            ["--output", "run.pdf"],
            "--output is 'run.pdf'; name a --format, or a file that ends in one of .csv, .html, .htm, .json, .md, .markdown, .svg, .txt.",
        ),
        (
            ["--json", "--format", "csv"],
            "--json is --format json, but --format is 'csv'; give one of the two.",
        ),
        (["--table", "degrees"], "--table goes with --format csv, not text."),
        (
            ["--format", "csv", "--table", "degres"],
            "This run has no table 'degres'; there are degrees, errors, claims. Did you mean degrees?",
        ),
    ],
)
def test_what_cannot_be_meant_gets_one_sentence(args, sentence):
    done = command("overfit", *args)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert pieces(sentence) <= pieces(done.stderr)


def test_check_counts_false_and_not_null():
    judged = json.loads(command("overfit", "--noise", "0", "--json").stdout)["claims"]
    assert None in {claim["holds"] for claim in judged}
    assert command("overfit", "--noise", "0", "--check").returncode == 0
    done = command("overfit", "--target", "runge", "--json", "--check")
    assert False in {claim["holds"] for claim in json.loads(done.stdout)["claims"]}
    assert done.returncode == 1
    assert done.stderr == ""


@pytest.mark.parametrize("lesson", LESSONS)
def test_brief_is_a_line_or_two_for_each_claim_and_check_finds_none_that_does_not_hold(lesson):
    done = command(lesson, "--brief", "--check", "--width", "200")
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    claims = finished.run(lesson).claims
    assert sum(line[0] in "✓✗?" for line in lines) == len(claims)
    assert len(claims) <= len(lines) <= 2 * len(claims)


@pytest.mark.skipif(not shutil.which("jq"), reason="needs jq")
def test_jq_reads_it():
    line = f"set -o pipefail; {SCRIPT} overfit --json </dev/null | jq -e '.result.best_degree.test'"
    done = subprocess.run(["/bin/bash", "-c", line], capture_output=True, text=True, env=ENV, check=True)
    assert done.stdout == f"{finished.run('overfit').result.best_degree.test}\n"


def test_the_lessons_are_listed_in_order():
    listed = json.loads(command("lessons", "--json").stdout)["lessons"]
    assert [one["name"] for one in listed] == list(LESSONS)
    assert [one["order"] for one in listed] == list(range(1, len(LESSONS) + 1))
    told = " ".join(command("lessons", "--width", "200").stdout.split())
    for one in listed:
        assert command(*one["command"].split()[1:], "--help").returncode == 0
        assert one["summary"] in told
