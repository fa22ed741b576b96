"""--watch as a terminal shows it: what is left on its screen after every byte."""

import fcntl
import json
import os
import pty
import re
import signal
import statistics
import struct
import subprocess
import sys
import termios
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text

import mlbasics
from mlbasics.cli.watch import _changes
from mlbasics.formats.view import View
from mlbasics.render.terminal import Terminal

CODES = re.compile(r"\x1b\[(\d*)(?:;\d+)*([A-Za-z])|(\r)|(\n)|(.)", re.DOTALL)


def terminal(text, rows=40, columns=80):  # noqa: C901  a terminal is its codes
    """Return what a terminal shows after the text: its lines without blanks at their ends."""
    cells, row, column = [[" "] * columns for _ in range(rows)], 0, 0
    for number, code, back, down, character in CODES.findall(text):
        count = int(number or 1)
        if back:
            column = 0
        elif down:
            row, column = row + 1, 0
        elif code == "A":
            row -= count
        elif code == "B":
            row += count
        elif code == "G":
            column = count - 1
        elif code == "K":
            cells[row][column:] = [" "] * (columns - column)
        elif code == "H":
            row, column = 0, 0
        elif code == "J":
            cells = [[" "] * columns for _ in range(rows)]
        elif character:
            if not cells[row][column]:  # half of a wide one goes with its other half
                cells[row][column - 1] = " "
            wide = cell_len(character)
            if column + wide < columns and not cells[row][column + wide]:
                cells[row][column + wide] = " "
            cells[row][column : column + wide] = [character, ""][:wide]
            column += wide
        assert 0 <= row < rows
        assert column <= columns
    return "\n".join("".join(line).rstrip() for line in cells).rstrip("\n")


ROWS = st.lists(
    st.lists(
        st.sampled_from(
            ["a", "bc", "가", "\x1b[32m나다\x1b[0m", "\x1b[31md\x1b[0m", "\x1b[1mef\x1b[0m", " "]
        ),
        max_size=5,
    ).map("".join),
    min_size=1,
    max_size=6,
)


@given(ROWS, ROWS)
def test_what_changes_turns_one_screen_into_the_next(before, after):
    written = "\n".join(before) + "\n" + "".join(_changes(before, after))
    shown = "\n".join(Text.from_ansi(row).plain.rstrip() for row in after).rstrip("\n")
    assert terminal(written) == shown


def watched(*arguments, rows=24, columns=80, act=None):
    """Run the program in a terminal of its own; return what it wrote, in pieces, and its exit code."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    environ = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "LINES", "NO_COLOR")}
    process = subprocess.Popen(
        [sys.executable, "-m", "mlbasics", *arguments],
        stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
        env=environ | {"TERM": "xterm-256color", "LANG": "C.UTF-8"},
    )  # fmt: skip
    os.close(theirs)
    pieces = []
    try:
        while piece := os.read(ours, 1 << 20):
            pieces.append(piece.decode("utf-8", "ignore"))
            if act is not None and len(pieces) == 3:
                act(process, ours)
    except OSError:  # the other end is closed
        pass
    os.close(ours)
    return pieces, process.wait()


@pytest.mark.parametrize("color", ["always", "never"])
def test_it_plays_and_leaves_the_look(color):
    pieces, code = watched("overfit", "--watch", "--fps", "30", "--color", color)
    assert code == 0
    look = mlbasics.run("overfit").render(
        "text", View(Terminal(height=23, color="256" if color == "always" else None))
    )
    assert terminal("".join(pieces)) == "\n".join(
        Text.from_ansi(row).plain.rstrip() for row in look.rstrip("\n").split("\n")
    )
    assert "\x1b[?25l" not in "".join(pieces)  # a cursor that is never hidden is never lost


def test_a_screen_is_few_bytes():
    run = mlbasics.run("overfit")
    recording = [json.loads(line) for line in run.render("cast", View(Terminal(height=23))).splitlines()]
    screens = [
        text.removeprefix("\x1b[H\x1b[2J").replace("\r\n", "\n").rstrip("\n").split("\n")
        for _, _, text in recording[1:]
    ]
    sizes = [len("".join(_changes(a, b)).encode()) for a, b in pairwise(screens)]
    assert statistics.median(sizes) < 2000


def test_ctrl_c_ends_it_with_nothing_to_restore():
    pieces, code = watched(
        "overfit", "--watch", "--fps", "2", act=lambda process, _: os.kill(process.pid, signal.SIGINT)
    )
    assert code == 130
    assert "Traceback" not in "".join(pieces)


def test_a_terminal_of_another_size_is_drawn_on_anew():
    def narrower(process, ours):
        fcntl.ioctl(ours, termios.TIOCSWINSZ, struct.pack("HHHH", 44, 100, 0, 0))

    pieces, code = watched("overfit", "--watch", "--fps", "5", act=narrower)
    assert code == 0
    after = "".join(pieces).rsplit("\x1b[2J", 1)[1]
    look = mlbasics.run("overfit").render("text", View(Terminal(100, height=43)))
    shown = terminal(after, 44, 100)
    assert shown.split("\n")[-3:] == look.rstrip("\n").split("\n")[-3:]
    assert len(shown.split("\n")) == len(look.rstrip("\n").split("\n"))


def test_in_a_pipe_it_is_the_look_alone():
    done = [
        subprocess.run([sys.executable, "-m", "mlbasics", "overfit", *more], capture_output=True, check=True)
        for more in ([], ["--watch"])
    ]
    assert done[0].stdout == done[1].stdout
    assert not done[1].stderr


def test_a_picture_that_plays_ends_on_the_look_and_stands_still_where_motion_is_unwanted():
    run = mlbasics.run("overfit")
    root = ElementTree.fromstring(run.render("svg", View(watch=True)))
    style = root.find(".//{*}style").text
    assert "prefers-reduced-motion:reduce" in style
    still = ElementTree.fromstring(run.render("svg", View()))
    for moving in list(root.iter("{http://www.w3.org/2000/svg}g")):
        for group in [g for g in moving if g.get("class") == "still"]:
            moving.remove(group)

    def words(picture):
        return sorted("".join(text.itertext()) for text in picture.iter("{http://www.w3.org/2000/svg}text"))

    assert words(root) == words(still)


def test_a_recording_is_an_asciicast():
    header, *events = map(json.loads, mlbasics.run("overfit").render("cast").splitlines())
    assert header["version"] == 2
    assert len(events) == 13
    assert [kind for _, kind, _ in events] == ["o"] * 13
    times = [when for when, _, _ in events]
    assert times == sorted(times)
    assert terminal(events[-1][2].replace("\r\n", "\n"), header["height"]).endswith("explain overfit")
