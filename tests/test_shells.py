"""Completion in the shells themselves: installed, then asked by Tab in a terminal of its own."""

import os
import pty
import re
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

SHELLS = [
    pytest.param(shell, marks=pytest.mark.skipif(not shutil.which(shell), reason=f"{shell} is not installed"))
    for shell in ("bash", "zsh", "fish")
]
SECONDS = 60
CODES = re.compile(r"\x1b(?:\[[0-9;?<>=]*[A-Za-z]|[=>(]B?|\][^\x07\x1b]*(?:\x07|\x1b\\))|[\x07\x08]")
CLEAR = "\x15"  # Ctrl-U empties the line


class Session:
    """An interactive shell, and what it has shown since something was typed."""

    def __init__(self, shell, home):
        self.env = {
            "HOME": str(home), "TERM": "xterm", "LANG": "C.UTF-8", "COLUMNS": "200",
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        }  # fmt: skip
        install = [shell, "-c", "mlbasics --install-completion; true"]
        subprocess.run(install, env=self.env, capture_output=True, check=True)
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.chdir(home)
            os.execvpe(shell, [shell, "-i"], self.env)
        self.shown = ""

    def becomes(self, typed, line):
        """Return whether what is typed is completed to this, or shows it."""
        self.shown = ""
        os.write(self.terminal, f"{CLEAR}{typed}".encode())
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            if select.select([self.terminal], [], [], 0.1)[0]:
                self.shown += os.read(self.terminal, 1 << 16).decode("utf-8", "replace")
            if line in CODES.sub("", self.shown):
                return True
        return False

    def end(self):
        os.close(self.terminal)
        os.waitpid(self.pid, 0)


@pytest.fixture
def session(request, tmp_path):
    (tmp_path / "table.csv").write_text("age,height,weight\n1,2,3\n4,5,6\n")
    session = Session(request.param, tmp_path)
    yield session
    session.end()


@pytest.mark.parametrize("session", SHELLS, indirect=True)
def test_tab_completes_commands_options_and_values(session):
    first = "mlbasics overf\t", "overfit "  # the very first Tab of a session
    for typed, completed in (
        first,
        ("mlbasics explore regu\t", "regularization "),
        ("mlbasics explain bias\t", "bias-variance "),
        ("mlbasics overfit --max-d\t", "--max-degree "),
        ("mlbasics overfit --task cla\t", "classification "),
        ("mlbasics overfit --data sklearn:dia\t", "diabetes "),
        ("mlbasics overfit --data table.csv --y hei\t", "height "),
        ("mlbasics overfit --plot fi\t", "fits "),
        ("mlbasics overfit --table cla\t", "claims "),
    ):
        assert session.becomes(typed, completed), (typed, session.shown)


@pytest.mark.parametrize("session", SHELLS, indirect=True)
def test_a_wrong_word_completes_nothing_and_prints_nothing(session):
    assert session.becomes("mlbasics overf\t", "overfit ")
    assert session.becomes("mlbasics overfti --ta\tX", "--taX")
    assert "mlbasics:" not in session.shown
