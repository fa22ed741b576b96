"""A user who presses keys at random, in a real terminal: some of the events that make fuzz sends."""

import os
import pty
import signal
import subprocess
import sys
import termios
import time

import keys
import pytest
from pieces import pieces

from mlbasics.words import load

ENGLISH = load("en")
READY, HELP = ENGLISH["explore.keys"].split()[-1], ENGLISH["explore.help"].split("\n")[2].split("  ")[-1]
"""What is seen once it can be used, and on the page of its keys."""


def test_whatever_is_pressed_it_goes_on_and_leaves_the_terminal_as_it_was():
    faults, memory = keys.explore(120, seed=11, pause=0.02)
    assert faults == []
    assert max(memory) < 600  # MB: the largest run's, which stay with the process when freed


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_leaves_the_terminal_as_it_was(number):
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ |= {"TERM": "xterm-256color"}
        os.execv(sys.executable, [sys.executable, "-m", "mlbasics", "explore", "uat"])
    out = keys.Out(terminal)
    out.until(lambda told: READY in told)
    os.kill(pid, number)
    out.until(lambda told: all(sign in told for sign in keys.GONE))
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 128 + number


STOP_AND_GO_ON = (signal.SIGSTOP, signal.SIGCONT)


@pytest.mark.parametrize(
    "disturbed", [STOP_AND_GO_ON, (signal.SIGTSTP, signal.SIGCONT), b"\xff", b"\x1b[M\xff\xfe "]
)
def test_it_goes_on_after_a_stop_or_a_byte_that_is_no_text_and_leaves_the_terminal_as_it_was(disturbed):
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ |= {"TERM": "xterm-256color"}
        os.execv(sys.executable, [sys.executable, "-m", "mlbasics", "explore", "uat"])
    before = termios.tcgetattr(terminal)
    out = keys.Out(terminal)
    out.until(lambda told: READY in told)
    for one in disturbed if isinstance(disturbed, tuple) else ():
        os.kill(pid, one)
        out.read(0.5)
    if isinstance(disturbed, bytes):
        os.write(terminal, disturbed)
        out.read(0.5)
    os.write(terminal, b"?")
    out.until(lambda told: HELP in told)
    assert keys.left(pid, out, before) == []
    assert "Traceback" not in out.told


@pytest.mark.parametrize("leave", ["q", "hang up"])
def test_in_the_midst_of_a_long_run_it_is_left_at_once(leave):
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ |= {"TERM": "xterm-256color"}
        command = [sys.executable, "-m", "mlbasics", "explore", "batchnorm", "--epochs", "100"]
        os.execv(sys.executable, command)
    out = keys.Out(terminal)
    out.until(lambda told: "Simulating" in told)
    if leave == "q":
        os.write(terminal, b"q")
        out.until(lambda told: False)  # to its end
    os.close(terminal)
    end = time.monotonic() + 30
    while not (ended := os.waitpid(pid, os.WNOHANG))[0]:
        assert time.monotonic() < end
        time.sleep(0.05)
    assert os.waitstatus_to_exitcode(ended[1]) == (0 if leave == "q" else 129)


def test_without_a_terminal_or_with_its_keys_for_data_there_is_one_sentence():
    command = [sys.executable, "-m", "mlbasics", "explore"]
    piped = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
    assert piped.returncode == 2
    assert piped.stderr == f"mlbasics: {load('en')['error.no-keys']}\n"
    assert piped.stdout == ""


def test_without_textual_the_command_that_mends_it_is_told(monkeypatch, capsys):
    from mlbasics import explore
    from mlbasics.cli.app import main

    monkeypatch.setattr(explore, "find_spec", lambda name: None)
    assert main(["explore", "uat", "--neurons", "4"]) == 2
    assert "pip install 'mlbasics[explore]'" in capsys.readouterr().err


def test_a_value_that_is_none_is_said_before_anything_is_drawn(capsys, monkeypatch):
    from mlbasics.cli import explore as command
    from mlbasics.cli.app import main

    monkeypatch.setattr(command, "playable", lambda stream: True)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    assert main(["explore", "overfit", "--n-train", "1"]) == 2
    assert {"--n-train", "'1'"} <= pieces(capsys.readouterr().err)
    assert main(["explore", "overfit", "--data", "-"]) == 2
    assert "--data" in capsys.readouterr().err
