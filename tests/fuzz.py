"""Command lines and tables that no one would type, drawn by a seed, and what must hold for all of them.

make fuzz                                    10 000 command lines, 500 tables, and the signals
.venv/bin/python tests/fuzz.py lines 200 7   200 lines of seed 7
"""

import contextlib
import csv
import gzip
import io
import json
import os
import random
import re
import resource
import select
import signal
import subprocess
import sys
import tempfile
import termios
import time
import warnings
import xml.etree.ElementTree as ET
from collections import Counter
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import jsonschema

from mlbasics import lessons
from mlbasics.cli import app, leaving
from mlbasics.formats import FORMATS
from mlbasics.formats.schema import schema
from mlbasics.kit import Choice, Formula, Interval, Number, Numbers, Text
from mlbasics.kit.params import accepts, option_name, parameters

try:
    from small import SIZES
except ImportError:
    from tests.small import SIZES

SCRIPT = str(Path(sys.executable).with_name("mlbasics"))
SECONDS = 10  # of a processor's time: valid options may ask for more, and are then cut off and counted
MEMORY = 2 << 30  # bytes of address space beyond the interpreter's own
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
SENTENCE = re.compile(r"mlbasics: [^\n]*[.?!]\n")
WILD = [
    "", " ", "-", "--", "0", "-0", "-1", "1e309", "nan", "inf", "-inf", "1_0", "１２", "0x10", "9" * 5000, "1e-320",
    "true", "None", "x", "한국어", "\x1b[31m", "\u202e", "\udcff", "a\nb", "%s", "{x}", "{0}", "[red]", "😀" * 40,
    "1,2", "1:2:3", ":", "0:0", "1:", "5:1", "0,", "'", '"', "$(id)", "../..", "/", "\x00", "=", "--help", "e\u0301",
]  # fmt: skip
FORMULAS = [
    "x", "0**x", "1/x", "log(x)", "exp(exp(x))", "1e-320*x", "1e80*x", "exp(230*x)", "abs(x)", "sin(1e6*x)", "-x**2",
    "5", "x*0", "floor(9*x)", "tan(x)", "sqrt(x)", "sqrt(-x)", "cosh(x)*1e80", "log(x+1e-300)", "x**-1", "1e99*x",
    "x+", "y", "import os", "x#\x1b[31m", "((((x))))", "x if x else 1", "__import__('os')", "sin", "sin(x, x)", "𝐱",
]  # fmt: skip


TIME_IS_UP = (-signal.SIGXCPU, -signal.SIGKILL)


class Outcome(NamedTuple):
    """What a command line led to."""

    code: int | None  # None where its time was up
    out: bytes
    err: bytes
    encoding: str = "utf-8"


def attempt(argv, environ=(), encoding="utf-8", seconds=SECONDS):
    """Run the program on a command line in a process of its own, which may take so much time and memory."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        pid = os.fork()
        if pid == 0:
            try:
                os._exit(_in_the_child(argv, environ, encoding, seconds, out, err))
            finally:
                os._exit(99)
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        out.seek(0)
        err.seek(0)
        return Outcome(None if code in TIME_IS_UP else code, out.read(), err.read(), encoding)


def _in_the_child(argv, environ, encoding, seconds, out, err):
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 2))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY + (3 << 29),) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.environ |= dict(environ)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(out.fileno(), 1)
    os.dup2(err.fileno(), 2)
    sys.stdin = io.TextIOWrapper(io.FileIO(0, closefd=False), "utf-8")
    sys.stdout = io.TextIOWrapper(io.FileIO(1, "w", closefd=False), encoding)
    sys.stderr = io.TextIOWrapper(io.FileIO(2, "w", closefd=False), encoding, "backslashreplace")
    warnings.resetwarnings()
    warnings.simplefilter("always")
    leaving.at_signals()
    try:
        code = app.main(argv)
    except BaseException:
        import traceback

        traceback.print_exc()
        code = 99
    sys.stdout.flush()
    sys.stderr.flush()
    return code


# What is drawn


def values(draw, kind):
    """Return a value of a kind as it is typed: one it accepts, now and then anything."""
    if draw.random() < 0.04:
        return [draw.choice(WILD)] * (2 if isinstance(kind, Interval) else 1)
    match kind:
        case Choice():
            return [draw.choice(kind.names)]
        case Number():
            return [_number(draw, kind)]
        case Numbers():
            one = Number(kind.low, kind.high, kind.whole)
            if draw.random() < 0.3:
                ends = sorted((_number(draw, one) for _ in range(2)), key=float)
                return [":".join(ends) + ("" if kind.whole else f":{draw.randint(2, 5)}")]
            return [",".join(_number(draw, one) for _ in range(draw.randint(1, 4)))]
        case Interval():
            low = draw.choice([0, -1, 1e-9, -1e12, 1e12 - 1, 3.5])
            return [str(low), str(low + draw.choice([1e-12, 1e-6, 1, 10, 1e9, -1]))]
        case Formula():
            return [draw.choice(FORMULAS)]
    return [draw.choice(["a", "b", "a,b", "nope", "a,a", "키"])]


def _number(draw, kind):
    low, high = kind.low, kind.high
    chance = draw.random()
    if chance < 0.1:
        value = draw.choice([low, low, high if high - low < 100 or not kind.whole else low])
    elif kind.whole:
        value = low + int(draw.random() ** 2 * min(high - low, 3000 if chance > 0.97 else 20))
    elif chance < 0.5:
        value = low + (high - low) * draw.random()
    else:
        value = min(max(low, 10 ** draw.uniform(-12, 3)), high)
    return str(round(value) if kind.whole else float(value))


def command_line(draw, tables, folder):
    """Return a command line, its environment and the encoding of its streams."""
    names = [*lessons.COURSE] * 5 + ["", "lessons", "explain", "schema", "help", "version", draw.choice(WILD)]
    name = draw.choice(names)
    argv = [name] if name else []
    if name in lessons.COURSE:
        argv += own_options(draw, name, tables)
        argv += (
            ["--format", draw.choice([*FORMATS, *FORMATS, draw.choice(WILD)])] if draw.random() < 0.8 else []
        )
        for more in (
            ["--json"], ["--brief"], ["--check"], ["--table", draw.choice(["claims", "claims", "degrees", draw.choice(WILD)]), "--format=csv"],
            ["--output", draw.choice(["-", "/dev/stdout", "/dev/null", f"{folder}/o.html", f"{folder}/no/o.csv"])],
        ):  # fmt: skip
            argv += more if draw.random() < 0.04 else []
    for more in (
        ["--lang", draw.choice(["ko"] * 5 + ["en", draw.choice(WILD)])], ["--width", str(draw.randint(39, 201))],
        ["--color", draw.choice(["always"] * 5 + ["never", draw.choice(WILD)])], ["--ascii"], ["--theme", "light"],
    ):  # fmt: skip
        argv += more if draw.random() < 0.15 else []
    if draw.random() < 0.04:
        argv.insert(
            draw.randint(0, len(argv)), draw.choice([*WILD, "--nope", "--help", "-h", "--seed", "extra"])
        )
    environ = {}
    if draw.random() < 0.3:
        environ = {
            "COLUMNS": draw.choice(["", "0", "1", "37", "120", "9" * 5000, "x", "²"]),
            "FORCE_COLOR": draw.choice(["", "0", "1"]),
            "COLORFGBG": draw.choice(["", "0;15", "15;0", ";", "x"]),
            "LANG": draw.choice(["C", "ko_KR.UTF-8", "", "x", "_", "Korean_Korea.949"]),
            "TERM": draw.choice(["", "dumb", "xterm-256color"]),
        }
    encoding = (
        "utf-8" if draw.random() < 0.8 else draw.choice(["ascii", "cp949", "cp1252", "cp437", "koi8-r"])
    )
    return argv, environ, encoding


def own_options(draw, name, tables):
    """Return options of a lesson's own."""
    typed = {}
    if draw.random() < 0.3:
        typed["data"] = [draw.choice([*tables, "/", "nope.csv", "-", "sklearn:iris", "sklearn:x"])]
    params = lessons.find(name).Params
    for field in parameters(params):
        kind = accepts(field)
        chance = (0.3 if "data" in typed else 0.02) if isinstance(kind, Text) else 0.3
        if (
            "data" in typed and field.name in params.built_in and draw.random() < 0.98
        ):  # which would be refused
            continue
        if field.name != "data" and draw.random() < chance:
            typed[field.name] = values(draw, kind)
    small = SIZES.get(name, {}) if draw.random() < 0.97 else {}
    typed = {name: [value] for name, value in small.items()} | typed
    argv = []
    for option, words in ((option_name(name), words) for name, words in typed.items()):
        joined = len(words) == 1 and draw.random() < 0.8
        argv += [f"{option}={words[0]}"] if joined else [option, *words]
    return argv


CELLS = [
    "", " ", "0", "1", "-1", "1e100", "1e101", "-1e99", "1e-320", "nan", "inf", "NA", "?", "1,5", "1,234", "1_0", "１", "0x1",
    "a", "b", "한글", "\x1b[31m", "\x1b]0;t\x07", "\u202ea", "\x00", "\r", "\x85", "\u2028", "=1+1", "=cmd|' /C calc'!A0",
    "@x", "+x", "<script>alert(1)</script>", "|", "`", "**x**", "[a](b)", "{x}", "{", "%s", "\\", "'", '"', '"x', 'x"y"', "\n",
    "#N/A", "..", "1.234", "1.234,5", "1 234", "1'234", "−3", "12%", "$3", "5 kg", "2024-02-30", "2024-01-02", "03/04/2024",
    "13/04/2024", "12:30", "2024-01-02T03:04:05Z", "Jan 1 2000", "2024년 1월 2일", "# x", "sep=;",
    "x" * 59 + "1", "x" * 59 + "2", "y" * 5000, "e" + "\u0301" * 50, "😀", "\ufeff", "\ud7ff", "True", "None", "1e5000",
]  # fmt: skip


def table(draw):
    """Return the bytes of a table: numbers at heart, with whatever else its seed puts there."""
    columns, rows = draw.choice([1, 2, 2, 3, 4, 8, 30]), draw.choice([0, 1, 5, 12, 30, 30, 60, 60, 200])
    scale = 10 ** draw.choice([0, 0, 0, 0, 0, 1, 5, -5, 40, -40, 98, -99, -200, -320])
    far = draw.choice([1] * 9 + [1e6, -1e12])  # how far from the others a few numbers are
    words = draw.sample(CELLS, draw.choice([1, 2, 2, 3, 12]))
    kinds = draw.choices(["number", "whole", "same", "word", "wild", "date"], [20, 2, 1, 2, 1, 1], k=columns)
    day = draw.choice(["{2}-{1:02}-{0:02}", "{0}/{1}/{2}", "{1}/{0}/{2}", "{0}.{1}.{2} 12:30", "{0}:{1:02}"])
    kinds[-1] = draw.choice(["number", "number", "word", "word", "whole", "wild"])

    def cell(kind):
        if kind == "number":
            return repr(draw.gauss(0, 1) * scale * (far if draw.random() < 0.02 else 1))
        if kind == "wild":
            return draw.choice([*CELLS, "1", "2", "3"])
        if kind == "date":
            return day.format(draw.randint(1, 20), draw.randint(1, 12), draw.choice([1900, 2023, 2024]))
        return {"whole": str(draw.randint(0, 3)), "same": "1", "word": draw.choice(words)}[kind]

    def name(i):
        return draw.choice(["a", "b", "키", draw.choice(CELLS)]) if draw.random() < 0.2 else f"c{i}"

    lines = [[name(i) for i in range(columns)]] if draw.random() < 0.9 else []
    lines += [[cell(kind) for kind in kinds] for _ in range(rows)]
    if draw.random() < 0.05 and lines:
        draw.choice(lines).append("9")
    text = io.StringIO()
    if draw.random() < 0.9:
        csv.writer(text, delimiter=draw.choice(",,,;\t|")).writerows(lines)
    else:
        text.write("\n".join(",".join(line) for line in lines))
    encoding = draw.choices(["utf-8", "utf-8-sig", "cp949", "utf-16"], [10, 2, 1, 1])[0]
    above = draw.choices(["", "sep=;\n", "# x, y\n", "Title\n\n", "(m),(s)\n"], [20, 1, 1, 1, 1])[0]
    written = text.getvalue()
    written = written.replace(".", ",") if draw.random() < 0.1 else written
    content = (above + written).encode(encoding, "replace")
    content = gzip.compress(content) if draw.random() < 0.03 else content
    if draw.random() < 0.05:
        at = draw.randint(0, len(content))
        content = content[:at] + draw.randbytes(draw.randint(1, 9)) + content[at:]
    return content


# What must hold


@cache
def validator(lesson):
    return jsonschema.Draft202012Validator(schema(lesson))


def faults(argv, outcome):
    """Yield what is wrong with an outcome, whatever was asked."""
    if outcome.code is None:
        return
    out, err = (
        outcome.out.decode(outcome.encoding, "replace"),
        outcome.err.decode(outcome.encoding, "replace"),
    )
    if outcome.code not in (0, 1, 2):
        yield f"exit code {outcome.code}"
    if re.sub(SENTENCE, "", err, count=3):
        yield "more than sentences on stderr"
    if outcome.code == 2 and (out or not err):
        yield "a usage error that says too much or nothing"
    if b"grow too large" in outcome.err and not any(word.startswith("--data") for word in argv):
        yield "an overflow without a table"
    if any(not c.isprintable() and c != "\n" for c in COLOUR.sub("", out)):
        yield "a control character on stdout"
    if (
        outcome.code == 2
        or not out
        or argv[:1] == []
        or argv[0] not in lessons.COURSE
        or {"-h", "--help"} & {*argv}
    ):
        return
    try:
        read(argv, out)
    except (ValueError, AssertionError, ET.ParseError, jsonschema.ValidationError, csv.Error) as error:
        yield f"not its format: {type(error).__name__} {str(error)[:80]}"


def read(argv, out):
    """Read what was written in the format that was asked for; an exception where it is not of that format."""
    names = [
        after for word, after in pairwise(" ".join(argv).replace("=", " ").split(" ")) if word == "--format"
    ]
    name = "json" if "--json" in argv else (names or ["text"])[-1]
    if name == "json":
        validator(argv[0]).validate(json.loads(out, parse_constant=_refuse))
    elif name == "svg":
        ET.fromstring(out)
    elif name == "csv":
        assert len({len(row) for row in csv.reader(io.StringIO(out), strict=True)}) == 1
    elif name == "html":
        HTMLParser().feed(out)
        assert out.startswith("<!doctype html>")
        assert out.endswith("</html>\n")


def _refuse(name):
    raise ValueError(name)


# The long runs


@cache
def load():
    """Import, before the forks, what they would each import."""
    with contextlib.redirect_stdout(io.StringIO()):
        for name in FORMATS:
            for lesson in lessons.COURSE:
                small = [f"{option_name(k)}={v}" for k, v in SIZES.get(lesson, {}).items()]
                app.main([lesson, "--format", name, *small])


def lines(count, seed=0):
    """Run so many command lines; return how often each thing happened, and the faults."""
    load()
    draw, happened, found = random.Random(seed), Counter(), []
    with tempfile.TemporaryDirectory() as folder:
        tables = []
        for i in range(40):
            tables.append(f"{folder}/{i}.csv")
            Path(tables[-1]).write_bytes(table(draw))
        for i in range(count):
            argv, environ, encoding = command_line(draw, tables, folder)
            argv = [word.replace("\x00", "") for word in argv]  # no shell can pass it
            outcome = attempt(argv, environ, encoding)
            happened[outcome.code] += 1
            for fault in faults(argv, outcome):
                found.append((fault, argv, environ, encoding, outcome.err.decode(errors="replace")[-600:]))
                _tell(found[-1])
            if count > 500 and i % 500 == 499:
                print(i + 1, dict(happened), len(found), "faults", flush=True)
    return happened, found


def tables(count, seed=0, course=lessons.COURSE):
    """Run every lesson in every format on so many tables; return how often each thing happened, and the faults."""
    load()
    draw, happened, found = random.Random(seed), Counter(), []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        for i in range(count):
            path.write_bytes(table(draw))
            for lesson in course:
                task = ["--task", "classification"] if lesson == "overfit" and draw.random() < 0.5 else []
                small = [f"{option_name(k)}={v}" for k, v in SIZES.get(lesson, {}).items()]
                for name in FORMATS:
                    argv = [lesson, "--data", str(path), "--format", name, *task, *small]
                    outcome = attempt(argv)
                    happened[outcome.code] += 1
                    for fault in faults(argv, outcome):
                        kept = Path(tempfile.gettempdir()) / f"fault-{seed}-{i}.csv"
                        kept.write_bytes(path.read_bytes())
                        found.append((fault, [*argv[:2], str(kept), *argv[3:]], outcome.err.decode()[-600:]))
                        _tell(found[-1])
                    if outcome.code == 1:
                        break  # the table is refused: the other formats would read the same sentence
            if count > 50 and i % 50 == 49:
                print(i + 1, dict(happened), len(found), "faults", flush=True)
    return happened, found


def signals(count, seed=0):
    """Press Ctrl-C in a pseudo-terminal at any time from the start to the end of any lesson.

    Before the program's first line Python itself, as it starts, answers with a traceback.
    """
    draw, happened, found = random.Random(seed), Counter(), []
    names = [*lessons.COURSE]
    lengths = {name: _timed(name) for name in names}
    for i in range(count):
        name = names[i % len(names)]
        terminal, side = os.openpty()
        settings = termios.tcgetattr(side)
        pid = os.fork()
        if pid == 0:
            os.login_tty(side)
            signal.signal(signal.SIGINT, signal.SIG_DFL)  # which a shell's background job would ignore
            os.execv(SCRIPT, [SCRIPT, name])
        delay = draw.uniform(0, lengths[name])
        time.sleep(delay)
        os.write(terminal, b"\x03")
        code, told = _until_its_end(pid, terminal)
        begun = not (b"Traceback" in told or b"Fatal Python" in told) or b"mlbasics/cli/" in told
        happened[code if begun else "before the program's first line"] += 1
        shown = told.rsplit(b"\x1b[?25l", 1)
        wrong = {
            f"exit code {code}": begun and code not in (0, 130, -signal.SIGINT),
            "a traceback": begun and b"Traceback" in told,
            "the cursor hidden": len(shown) == 2 and b"\x1b[?25h" not in shown[1],
            "other settings": termios.tcgetattr(side) != settings,
        }
        for fault in (fault for fault, there in wrong.items() if there):
            found.append((f"{name}, Ctrl-C after {delay:.2f} s: {fault}", told[-600:]))
            _tell(found[-1])
        os.close(terminal)
        os.close(side)
    return happened, found


def writing(count, seed=0):
    """End a lesson that writes a file by TERM, HUP or KILL: the file is old or new, and nothing is left beside it."""
    draw, happened, found = random.Random(seed), Counter(), []
    numbers = (signal.SIGTERM, signal.SIGHUP, signal.SIGKILL)
    length = _timed("overfit", "--output", "/dev/null", "--format", "html")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "run.html"
        for i in range(count):
            path.write_text("old")
            process = subprocess.Popen([SCRIPT, "overfit", "--output", str(path)], stderr=subprocess.PIPE)
            # most of them where the file is written: at the end
            time.sleep(max(0, length * draw.choice([draw.uniform(0, 1.1), draw.uniform(0.8, 1.1)])))
            number = numbers[i % 3]
            process.send_signal(number)
            _, err = process.communicate()
            happened[process.returncode] += 1
            text = path.read_text()
            whole = text == "old" or text.endswith("</html>\n")
            left = sorted(os.listdir(folder))
            if not whole or err or (number != signal.SIGKILL and left != [path.name]):
                found.append((f"{number.name}: exit code {process.returncode}", text[-60:], left, err[-600:]))
                _tell(found[-1])
            for name in left:
                if name != path.name:
                    happened[f"left by {number.name}"] += 1
                    (Path(folder) / name).unlink()
    return happened, found


def _timed(*args):
    started = time.monotonic()
    subprocess.run([SCRIPT, *args], stdout=subprocess.DEVNULL, check=True)
    return time.monotonic() - started


def _until_its_end(pid, terminal):
    """Return a process's exit code and what it told a terminal, whose other side is still open."""
    told, code = b"", None
    while True:
        if select.select([terminal], [], [], 0 if code is not None else 0.02)[0]:
            told += os.read(terminal, 1 << 16)
        elif code is not None:
            return code, told
        elif (ended := os.waitpid(pid, os.WNOHANG))[0]:
            code = os.waitstatus_to_exitcode(ended[1])


def _tell(fault):
    print(*(re.sub("9{50,}", "999…", str(part)) for part in fault), sep="\n    ", flush=True)


def main(what, count, seed="0"):
    """Run one of the long runs and say what was found."""
    started = time.monotonic()
    happened, found = {"lines": lines, "tables": tables, "signals": signals, "writing": writing}[what](
        int(count), int(seed)
    )
    print(f"{count} {what}: {dict(happened)}, {len(found)} faults, {time.monotonic() - started:.0f} s")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
