"""The explorer in a terminal of its own, whose user presses keys at random, and what must hold in the end.

.venv/bin/python tests/explore/keys.py 20000 7    20 000 events of seed 7; make fuzz
"""

import fcntl
import os
import pty
import random
import select
import signal
import struct
import sys
import termios
import time
from contextlib import suppress
from pathlib import Path

from mlbasics import lessons

KEYS = {
    "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D", "shift+right": "\x1b[1;2C", "shift+left": "\x1b[1;2D",
    "backspace": "\x7f", "escape": "\x1b", "page": "\x1b[6~", "tab": "\t", "space": " ", "no text": "\udcff",
}  # fmt: skip
TYPED = [
    "0",
    "7",
    "40",
    "-1",
    "1e9",
    "sin(x)",
    "1/x",
    "0 2",
    "nofile.csv",
    "0:3",
    "0.1,1",
    "x" * 300,
    "한국어",
    "",
]
OFTEN = ["up", "down", "left", "right"]
SOME = [*KEYS, "n", "t", "r", "g", "m", "c", "?", "h", "j", "k", "l", "H", "L", *"12345"]
SECONDS = 60  # that it may take to answer
GONE = "\x1b[?1049l", "\x1b[?25h"  # back to the screen before, and its cursor


def event(draw, columns, rows):
    """Return what a user sends: mostly keys, now and then a word with Enter, the mouse, or a burst."""
    kind = draw.random()
    if kind < 0.5:
        return KEYS[draw.choice(OFTEN)]
    if kind < 0.8:
        key = draw.choice(SOME)
        return KEYS.get(key, key)
    if kind < 0.86:
        return "\r" + draw.choice(TYPED) + draw.choice(["\r", "\x1b"])
    if kind < 0.9:
        return KEYS[draw.choice(OFTEN)] * draw.randrange(2, 12)
    x, y = draw.randrange(1, columns + 1), draw.randrange(1, rows + 1)
    moved = "".join(f"\x1b[<32;{min(columns, x + i)};{y}M" for i in range(draw.randrange(4)))
    return f"\x1b[<0;{x};{y}M{moved}\x1b[<0;{x};{y}m"


def explore(count, seed=0, pause=0.05):
    """Send so many events; return faults, and the memory, in MB, at moments on the way."""
    draw, size = random.Random(seed), (80, 24)
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
        command = [sys.executable, "-m", "mlbasics", "explore", draw.choice(lessons.COURSE)]
        os.execv(command[0], command)
    before = termios.tcgetattr(terminal)
    memory, out = [], Out(terminal)
    out.until(lambda told: "\x1b[?1049h" in told)
    for i in range(count):
        if draw.random() < 0.01:
            size = draw.choice([(80, 24), (120, 45), (40, 12), (20, 5), (200, 60)])
            fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        if draw.random() < 0.003:
            os.kill(pid, signal.SIGSTOP)
            os.kill(pid, signal.SIGCONT)
        os.write(terminal, event(draw, *size).encode("utf-8", "surrogateescape"))
        out.read(pause)
        if i % max(1, count // 20) == 0 or i == count - 1:
            memory.append(_memory(pid))
        if out.ended:
            break
    return left(pid, out, before), memory


def left(pid, out, before):
    """Leave, and return what is not as it should be then."""
    faults = ["it ended by itself"] if out.ended else []
    for key in "\x1b\x1b\x1bq":  # out of what is typed, out of a page, and out
        if not out.ended:
            os.write(out.terminal, key.encode())
            out.read(0.5)
    end = time.monotonic() + SECONDS
    while not out.ended and time.monotonic() < end:
        with suppress(OSError):  # it may end just now
            os.write(out.terminal, b"q")  # on a busy machine the first came with the Escape before it: Alt-q
        out.read(1)
    if not out.ended:
        faults.append("it does not end")
        os.kill(pid, signal.SIGKILL)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    faults += [f"exit code {code}: {out.told[-6000:]}"] if code else []
    faults += [f"{sign!r} is missing" for sign in GONE if sign not in out.told]
    faults += ["the terminal is not as it was"] if termios.tcgetattr(out.terminal) != before else []
    os.close(out.terminal)
    return faults


class Out:
    """What the program tells its terminal."""

    def __init__(self, terminal):
        self.terminal, self.told, self.ended = terminal, "", False

    def read(self, seconds):
        """Read for so long."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0 and not self.ended:
            if select.select([self.terminal], [], [], left)[0]:
                try:
                    self.told = (self.told + os.read(self.terminal, 1 << 16).decode("utf-8", "replace"))[
                        -100_000:
                    ]
                except OSError:  # its other side is closed
                    self.ended = True

    def until(self, said):
        """Read until that is told."""
        end = time.monotonic() + SECONDS
        while not said(self.told) and not self.ended:
            assert time.monotonic() < end, "nothing is told"
            self.read(0.05)


def _memory(pid):
    for line in Path(f"/proc/{pid}/status").read_text().split("\n"):
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1000
    return 0.0


def main(count, seed="0"):
    """Run it and say what was found."""
    started = time.monotonic()
    faults, memory = explore(int(count), int(seed))
    print(
        f"{count} events: {faults or 'no faults'}, {time.monotonic() - started:.0f} s, MB: {[round(m) for m in memory]}"
    )
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
