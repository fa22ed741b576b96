"""--watch as a terminal shows it: what is left on its screen after every byte."""

import fcntl
import os
import pty
import re
import signal
import struct
import subprocess
import sys
import termios
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text

import mlbasics
from mlbasics import lessons
from mlbasics.cli.watch import changes
from mlbasics.formats.view import View
from mlbasics.render import look
from mlbasics.render.terminal import Terminal

CODES = re.compile(r"\x1b\[([\d;]*)([A-Za-z])|(.)", re.DOTALL)
COLOURS = {38: "ink", 48: "ground"}


def pen(codes, before):
    """What a pen is after the codes: the colors and manners that are not a terminal's own."""
    now, codes = dict(before), [int(code or 0) for code in codes.split(";")]
    while codes:
        code = codes.pop(0)
        if code == 0:
            now.clear()
        elif code in COLOURS:
            count = 1 + {5: 1, 2: 3}[codes[0]]
            now[COLOURS[code]], codes = tuple(codes[:count]), codes[count:]
        elif 30 <= code <= 37 or 90 <= code <= 97:
            now["ink"] = code
        elif 40 <= code <= 47 or 100 <= code <= 107:
            now["ground"] = code
        elif code in (39, 49):
            now.pop("ink" if code == 39 else "ground", None)
        else:
            now[code] = True
    return now


def cells(text, rows=40, columns=80):  # noqa: C901  a terminal is its codes
    """What a terminal holds after the text: of each cell its character and its pen; a wide one's second is empty."""
    shown, row, column, now = [[(" ", {})] * columns for _ in range(rows)], 0, 0, {}
    for number, code, character in CODES.findall(text):
        count = int(number.split(";")[0] or 1)
        if code == "m":
            now = pen(number, now)
        elif code == "A":
            row -= count
        elif code == "B":
            row += count
        elif code == "H":
            row, column = 0, 0
        elif code == "J":
            shown = [[(" ", {})] * columns for _ in range(rows)]
        elif code == "K":
            shown[row] = [(" ", {})] * columns
        elif code:
            raise AssertionError(code)
        elif character == "\r":
            column = 0
        elif character == "\n":
            row, column = row + 1, 0
        else:
            line, wide = shown[row], cell_len(character)
            if not line[column][0]:  # half of a wide one goes with its other half
                line[column - 1] = " ", {}
            if column + wide < columns and not line[column + wide][0]:
                line[column + wide] = " ", {}
            line[column : column + wide] = [(character, now), ("", now)][:wide]
            column += wide
        assert 0 <= row < rows
        assert 0 <= column <= columns
    return shown


def terminal(text, rows=40, columns=80):
    """The lines that a terminal shows after the text, without blanks at their ends."""
    lines = ("".join(character for character, _ in line).rstrip() for line in cells(text, rows, columns))
    return "\n".join(lines).rstrip("\n")


def seen(text):
    """What can be seen of each cell: of a blank only its ground, unless ground and ink are turned about."""
    return [
        [(c, {k: v for k, v in p.items() if k == "ground" or c != " " or 7 in p}) for c, p in line]
        for line in cells(text)
    ]


ROWS = st.lists(
    st.lists(
        st.tuples(
            st.sampled_from(["a", "bc", "가", "나다", "⠃", "  ", "█"]),
            st.sampled_from([
                "", "31", "1", "1;32", "7;38;5;17", "38;5;117;48;5;17", "48;5;17", "1;31;44", "92;102",
                "38;2;1;2;3;48;2;4;5;6", "38;5;9;48;2;9;9;9",
            ]),
        ).map(lambda part: f"\x1b[{part[1]}m{part[0]}\x1b[0m" if part[1] else part[0]),
        max_size=6,
    ).map("".join),
    min_size=1,
    max_size=7,
)  # fmt: skip


@settings(max_examples=50)
@given(ROWS, ROWS)
def test_what_changes_turns_one_screen_into_the_next(before, after):
    drawn, turned = "\n".join(before) + "\n", changes(before, after)
    assert seen(drawn + turned) == seen("\n".join(after) + "\n")


@given(ROWS, ROWS)
def test_after_a_change_the_cursor_is_below_with_a_plain_pen(before, after):
    mark = "X"
    shown = cells("\n".join(before) + "\n" + changes(before, after) + mark)
    below = shown[max(len(before), len(after))]
    assert below[0] == (mark, {})
    assert all(cell == (" ", {}) for cell in below[1:])


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


DIALS = [(name, {}) for name in lessons.COURSE]
DIALS += [("overfit", {"task": "classification"})]


@pytest.mark.parametrize(("name", "given"), DIALS, ids=str)
def test_a_screen_becomes_the_next(name, given):
    run, terminal = mlbasics.run(name, **given), Terminal(color="256", height=23)
    reel = look.reel(run.report, run.dial, lessons.words(name, "en"), terminal, "")
    screens = [text.rstrip("\n").split("\n") for text in reel]
    screens = [[*rows, *[""] * (max(map(len, screens)) - len(rows))] for rows in screens]
    turned = "".join(changes(one, other) for one, other in pairwise(screens))
    first, last = ("\n".join(screens[i]) + "\n" for i in (0, -1))
    assert seen(first + turned) == seen(last)


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
