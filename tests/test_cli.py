"""The real console script, in pipes and in a pseudo-terminal."""

import json
import os
import pty
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import finished
import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pieces import pieces
from processes import ready
from small import SIZES, typed

import mlbasics
from mlbasics import lessons, words
from mlbasics.cli import app
from mlbasics.formats.schema import schema
from mlbasics.kit import Choice, Number, Numbers
from mlbasics.kit.params import accepts, option_name

NAMES = ", ".join(mlbasics.lesson_names())
SCRIPT = str(Path(sys.executable).with_name("mlbasics"))
PLAIN = {
    k: v for k, v in os.environ.items() if k not in ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "LC_ALL")
}
PLAIN |= {"LANG": "C.UTF-8", "TERM": "xterm-256color"}


def mlbasics_command(*args, **env):
    return subprocess.run([SCRIPT, *args], capture_output=True, text=True, env=PLAIN | env, check=False)


def in_a_terminal(*args, columns=80, keys=None, after=b"", progress=True, command=(SCRIPT,), **env):
    """Run in a pseudo-terminal; return the exit code and all that was shown."""
    pid, fd = pty.fork()
    if pid == 0:
        if not progress:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        os.execve(command[0], [*command, *args], PLAIN | {"COLUMNS": str(columns)} | env)
    shown = b""
    while True:
        if keys and after in shown:  # what is waited for is seen, however busy the machine
            os.write(fd, keys)
            keys = None
        try:
            got = os.read(fd, 65536)
        except OSError:
            break
        if not got:
            break
        shown += got
    # Ctrl-C makes the terminal drop what it has not shown yet, in the middle of a character too.
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), shown.decode(errors="replace")


@pytest.mark.parametrize("lesson", mlbasics.lesson_names())
def test_a_lesson_in_a_pipe_is_plain_text_of_80_columns(lesson):
    done = mlbasics_command(lesson, *typed(lesson))
    assert done.returncode == 0
    assert done.stderr == ""
    assert "\x1b" not in done.stdout
    assert done.stdout == finished.run(lesson, **SIZES.get(lesson, {})).to_text()


@pytest.mark.parametrize("lesson", mlbasics.lesson_names())
def test_the_json_is_the_same_everywhere(lesson):
    expected = json.dumps(finished.run(lesson, **SIZES.get(lesson, {})).to_dict()) + "\n"
    other = {
        "LANG": "ko_KR.UTF-8",
        "FORCE_COLOR": "1",
        "COLUMNS": "44",
        "PYTHONHASHSEED": "7",
        "OPENBLAS_NUM_THREADS": "1",
    }
    assert mlbasics_command(lesson, "--json", *typed(lesson), **other).stdout == expected
    assert (
        in_a_terminal(lesson, "--json", *typed(lesson), progress=False)[1].replace("\r\n", "\n") == expected
    )


@pytest.mark.parametrize("args", [[], *([name] for name in mlbasics.lesson_names()), ["lessons"], ["--help"]])
def test_the_module_runs_and_is_silent_where_warnings_are_errors(args):
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "mlbasics", *args],
        capture_output=True,
        text=True,
        env=PLAIN,
        check=True,
    )
    assert done.stderr == ""


def test_alone_it_says_what_it_is_and_what_to_type():
    done = mlbasics_command()
    assert done.returncode == 0
    assert "mlbasics overfit" in done.stdout
    assert mlbasics_command("--version").stdout == f"mlbasics {mlbasics.__version__}\n"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (["OVERFIT", "--brief"], ["overfit", "--brief"]),
        (["1", "--brief"], ["overfit", "--brief"]),
        (["Explain", "UAT"], ["explain", "uat"]),
        (["--width", "60", "overfit", "--brief"], ["overfit", "--brief", "--width", "60"]),
        (["-V"], ["--version"]),
    ],
)
def test_it_does_what_is_meant(typed, meant):
    done, clean = mlbasics_command(*typed), mlbasics_command(*meant)
    assert (done.returncode, done.stdout, done.stderr) == (0, clean.stdout, "")


def test_a_lesson_that_is_none_by_number_says_the_numbers():
    last = len(mlbasics.lesson_names())
    done = mlbasics_command("7")
    assert (done.returncode, done.stdout) == (2, "")
    assert (
        done.stderr
        == f"mlbasics: {words.load('en').say(words.phrase('error.place', given='7', most=last))}\n"
    )


def test_explain_tells_the_idea_and_the_rules():
    assert "overfitting" in mlbasics_command("explain", "overfit").stdout
    assert "과적합" in mlbasics_command("explain", "overfit", "--lang", "ko").stdout


def test_a_closed_pipe_is_quiet():
    done = subprocess.run(
        f"set -o pipefail; {SCRIPT} overfit | head -1",
        shell=True,
        executable="/bin/bash",
        capture_output=True,
        env=PLAIN,
        check=False,
    )
    assert done.returncode == 0
    assert done.stderr == b""


def test_a_full_disk_gets_one_sentence():
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [SCRIPT, "overfit"], stdout=full, stderr=subprocess.PIPE, text=True, env=PLAIN, check=False
        )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "could not be written" in done.stderr


LONG = ["batchnorm", "--epochs", "30"]


def test_ctrl_c_in_the_middle_of_the_progress_bar():
    code, shown = in_a_terminal(*LONG, keys=b"\x03", after=b"Simulating")
    assert code == 130
    assert "Simulating" in shown
    assert "Traceback" not in shown
    assert shown.rstrip().endswith("\x1b[?25h") or "\x1b[?25l" not in shown.rsplit("\x1b[?25h", 1)[-1]


def test_an_interrupt_ends_with_130():
    process = subprocess.Popen([SCRIPT, *LONG], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=PLAIN)
    ready(process.pid)
    time.sleep(1)
    process.send_signal(signal.SIGINT)
    stdout, stderr = process.communicate(timeout=30)
    assert process.returncode == 130
    assert (stdout, stderr) == (b"", b"")


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (["ovrfit"], f"There is no lesson or command 'ovrfit'; there are {NAMES}, lessons, learn, explain, explore, course, schema, new, check. Did you mean overfit?"),
        (["explain"], f"explain needs a lesson; there are {NAMES}."),
        (["overfit", "--n-trian", "3"], "There is no option --n-trian. Did you mean --n-train?"),
        (["overfit", "--n-train", "x"], "--n-train must be a whole number from 2 to 5000, not 'x'."),
        (["overfit", "--n-train", "1"], "--n-train must be a whole number from 2 to 5000, not '1'."),
        (["overfit", "--n-train", "1e9999"], "--n-train must be a whole number from 2 to 5000, not '1e9999'."),
        (["overfit", "--noise", "nan"], "--noise must be a number from 0 to 100, not 'nan'."),
        (["overfit", "--noise", "-1"], "--noise must be a number from 0 to 100, not '-1'."),
        (["overfit", "--noise"], "--noise needs a value."),
        (
            ["overfit", "--target", "sine"],
            "--target must be one of sin, cosine, step, line, runge, constant, abs, bumps, not 'sine'. Did you mean sin?",
        ),
        (["overfit", "--width", "39"], "--width must be a whole number from 40 to 200, not '39'."),
        (["overfit", "--lang", "fr"], "--lang must be one of en, ko, not 'fr'."),
        (["overfit", "--task", "a\x1b[31m\nb"], "--task must be one of regression, classification, not 'a·[31m·b'."),
        (["overfit", "--theme", "lite"], "--theme must be one of auto, dark, light, not 'lite'. Did you mean light?"),
        (["overfit", "--json=3"], "--json takes no value."),
        (["overfit", "a", "b"], "overfit has a word too many: 'a'."),
        (["explain", "overfit", "uat"], "explain has a word too many: 'uat'."),
        (["overfit", "--output", "html"], "--output is 'html'; name a --format, or a file that ends in one of .csv, .html, .htm, .json, .md, .markdown, .svg, .txt. Did you mean .html?"),
        (["course", "--output", "c.txt"], "--output is 'c.txt'; name a --format, or a file that ends in one of .html, .htm."),
        (["overfit", "--task", "x" * 999], f"--task must be one of regression, classification., not '{'x' * 59}…'"),
    ],
)  # fmt: skip
def test_bad_input_gets_one_sentence(args, sentence):
    done = mlbasics_command(*args)
    assert done.returncode == 2
    assert done.stdout == ""
    assert re.fullmatch("mlbasics: .+\n", done.stderr)
    assert pieces(sentence) <= pieces(done.stderr)


@pytest.mark.parametrize("name", ["COLUMNS", "LINES", "TERMINAL_WIDTH"])
@pytest.mark.parametrize("size", ["", "0", "-1", "x", "²", "٣", "9" * 5000])
def test_a_size_that_is_none_is_passed_over(name, size):
    def told(*args, **env):
        stream = Stream()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(os, "environ", PLAIN | env)
            patch.setattr(sys, "stdout", stream)
            assert app.main(args) == 0
        return stream.text

    for args in (["lessons"], ["explain", "overfit"]):
        assert told(*args, **{name: size}) == told(*args)


@pytest.mark.parametrize(
    ("args", "env", "dark"),
    [
        ([], {}, True),
        ([], {"COLORFGBG": "0;15"}, False),
        ([], {"COLORFGBG": "0;default;7"}, False),
        ([], {"COLORFGBG": "15;0"}, True),
        ([], {"COLORFGBG": ""}, True),
        (["--theme", "light"], {"COLORFGBG": "15;0"}, False),
        (["--theme", "dark"], {"COLORFGBG": "0;15"}, True),
    ],
)
def test_the_theme_is_what_is_asked_for_or_what_the_terminal_says(monkeypatch, args, env, dark):
    for value, setting in ({"COLORFGBG": ""} | env).items():
        monkeypatch.setenv(value, setting)
    asked = []
    monkeypatch.setattr(
        "mlbasics.render.sheet.in_order", lambda terminal, answered: asked.append(terminal) or ""
    )
    assert app.main(["lessons", *args]) == 0
    assert [terminal.dark for terminal in asked] == [dark]


def test_a_bar_appears_though_nothing_ticks():
    """In one long computation there is nothing to count; that it goes on is shown, by a thread of its own."""
    code = (
        "import time, sys\nfrom mlbasics.cli.progress import progress\n"
        "with progress(sys.stderr, 'Simulating') as tick:\n    time.sleep(1.2)\n    tick(1, 2)\n    time.sleep(0.5)"
    )
    shown = in_a_terminal(command=[sys.executable, "-c", code])[1]
    assert "Simulating ━" in shown
    assert "50%" in shown
    assert shown.endswith("\r\x1b[2K")
    assert "\x1b[?25l" not in shown


def test_errors_speak_the_language_asked_for():
    done = mlbasics_command("overfit", "--n-train", "1", "--lang", "ko")
    assert done.stderr == "mlbasics: --n-train 값이 '1'입니다. 2부터 5000까지의 정수를 지정하세요.\n"


def test_python_gets_the_same_sentence():
    with pytest.raises(mlbasics.InputError, match=r"--n-train .* 2 .* 5000"):
        mlbasics.run("overfit", n_train=2.5)
    with pytest.raises(ValueError, match=r"max_degre\b.*max_degree\b"):
        mlbasics.run("overfit", max_degre=3)
    with pytest.raises(ValueError, match="There is no lesson"):
        mlbasics.run("underfit")


def test_the_locale_chooses_the_language_and_the_option_goes_first():
    assert (
        "과적합" in mlbasics_command("overfit", "--help", LANG="ko_KR.UTF-8").stdout
        or "잡음" in mlbasics_command("overfit", LANG="ko_KR.UTF-8").stdout
    )
    assert "truth" in mlbasics_command("overfit", "--lang", "en", LANG="ko_KR.UTF-8").stdout
    suggested = mlbasics_command("overfit", "--lang=ko").stdout
    assert "mlbasics overfit --n-train 100 --lang ko" in suggested


def test_korean_falls_back_to_english_where_it_cannot_be_shown():
    done = mlbasics_command("overfit", "--lang", "ko", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert done.stdout.isascii()
    assert "truth" in done.stdout
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp949"])
def test_an_encoding_without_braille_gets_ascii_plots(encoding):
    env = PLAIN | {"PYTHONIOENCODING": encoding, "LANG": "ko_KR.UTF-8"}
    done = subprocess.run([SCRIPT, "overfit"], capture_output=True, env=env, check=True)
    text = done.stdout.decode(encoding)
    assert "+--" in text
    assert "?" not in re.sub(r"까요\?|왜\?|[a-z]\?", "", text)


@pytest.mark.parametrize(
    ("args", "env", "colored"),
    [
        ([], {}, False),
        (["--color", "always"], {}, True),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ([], {"CLICOLOR_FORCE": "1"}, True),
        ([], {"FORCE_COLOR": ""}, False),
    ],
)
def test_color_in_a_pipe(args, env, colored):
    assert ("\x1b[" in mlbasics_command("overfit", *args, **env).stdout) == colored


@pytest.mark.parametrize(
    ("args", "env", "colored"),
    [
        ([], {}, True),
        ([], {"NO_COLOR": "1"}, False),
        ([], {"CLICOLOR": "0"}, False),
        ([], {"CLICOLOR": "0", "CLICOLOR_FORCE": "1"}, True),
        ([], {"TERM": "dumb"}, False),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
        (["--color", "always"], {"NO_COLOR": "1", "TERM": "dumb"}, True),
    ],
)
def test_color_in_a_terminal(args, env, colored):
    """Where it is refused, bold and dim are left off too."""
    _, shown = in_a_terminal("overfit", "--brief", *args, progress=False, **env)
    assert ("\x1b[" in shown) == colored


def test_a_terminal_has_color_and_its_own_width():
    _, shown = in_a_terminal("overfit", columns=60, progress=False)
    assert "\x1b[" in shown
    bare = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", shown)
    assert max(map(len, bare.replace("\r", "").split("\n"))) <= 60


@pytest.mark.parametrize(
    ("args", "unwanted"),
    [
        (["--version"], {"numpy", "rich", "plotext", "textual"}),
        (["--help"], {"numpy", "plotext", "textual", "mlbasics.lessons.overfit.regression"}),
        (["overfit", "--help"], {"numpy", "plotext", "mlbasics.lessons.overfit.regression"}),
        (["overfit", "--json"], {"rich", "plotext"}),
        (["overfit", "--format", "csv"], {"rich", "plotext"}),
        (["overfit", "--format", "html"], {"rich.console", "plotext"}),
        (["lessons", "--json"], {"rich", "numpy"}),
        ([], {"numpy", "plotext", "textual"}),
        *(
            ([name], {"numpy.ma", "textual"})
            for name in ("overfit", "bias-variance", "regularization", "uat")
        ),
        *((["explain", name], {"numpy", "plotext"}) for name in mlbasics.lesson_names()),
    ],
)
def test_nothing_is_loaded_that_is_not_used(args, unwanted):
    code = (
        f"import sys; from mlbasics.cli.app import main; main({args!r}); print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=PLAIN, check=True)
    assert not unwanted & set(done.stderr.split())


SCHEMAS = {name: jsonschema.Draft202012Validator(schema(name)) for name in mlbasics.lesson_names()}
WILD = st.one_of(st.integers(-5, 70).map(str), st.floats(width=32).map(str), st.text(max_size=8))
SMALL = 12  # above the least: sizes that any lesson runs in no time


def accepted(accepts):
    """Values that a parameter accepts, small ones where it is a size; None leaves it at its default."""
    match accepts:
        case Choice():
            return st.sampled_from(accepts.names)
        case Number(whole=True):
            return st.integers(int(accepts.low), int(min(accepts.high, accepts.low + SMALL)))
        case Number():
            return st.none() | st.floats(accepts.low, accepts.high)
        case Numbers(whole=True):
            low = int(accepts.low)
            return st.lists(st.integers(low, low + 5), min_size=1, max_size=3).map(
                lambda some: ",".join(map(str, some))
            )
        case Numbers():
            return st.floats(accepts.low, accepts.high)
    return st.none()


@pytest.mark.parametrize("lesson", mlbasics.lesson_names())
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_any_option_value_gives_json_or_one_sentence(lesson, data):
    small = SIZES.get(lesson, {})
    args = [lesson, "--json", *typed(lesson)]
    parameters = lessons.find(lesson).Params.__dataclass_fields__
    wild = data.draw(st.sets(st.sampled_from(list(parameters)), max_size=2))
    for name, field in parameters.items():
        kept = st.text(max_size=8) if name in wild else st.none()
        drawn = WILD if name in wild else accepted(accepts(field))
        value = data.draw(kept if name in small else drawn)
        args += [] if value is None else [f"{option_name(name)}={value}"]
    out, err = Stream(), Stream()
    stdout, stderr, sys.stdout, sys.stderr = sys.stdout, sys.stderr, out, err
    try:
        code = app.main(args)
    finally:
        sys.stdout, sys.stderr = stdout, stderr
    if code == 0:
        document = json.loads(out.text, parse_constant=lambda name: pytest.fail(f"{name} in the JSON"))
        SCHEMAS[lesson].validate(document)
        assert err.text == ""
    else:
        assert code == 2 or "--data" in err.text  # 1 where a file cannot be read
        assert re.fullmatch(r"mlbasics: --[a-z0-9-]+ .*\n", err.text)
        assert out.text == ""


class Stream:
    """A pipe that keeps what is written."""

    encoding = "utf-8"

    def __init__(self):
        self.text = ""

    def write(self, text):
        self.text += text

    def flush(self):
        pass

    def isatty(self):
        return False


def test_it_runs_from_a_zip(tmp_path):
    archive = shutil.make_archive(
        str(tmp_path / "mlbasics"), "zip", Path(mlbasics.__file__).parents[1], "mlbasics"
    )
    code = "import mlbasics.cli as cli, sys; assert 'zip' in cli.__file__; cli.run()"
    for args in (["explain", "overfit"], ["overfit", "--format", "html"], ["--help"]):
        done = subprocess.run(
            [sys.executable, "-c", f"import sys; sys.path.insert(0, {archive!r}); {code}", *args],
            capture_output=True, text=True, env=PLAIN, cwd=tmp_path, check=True,
        )  # fmt: skip
        assert done.stdout == mlbasics_command(*args).stdout
