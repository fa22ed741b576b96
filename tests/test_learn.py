"""Questions asked, guessed, judged and remembered."""

import itertools
import json
import os
import pty
import re
import select
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from io import StringIO
from itertools import product
from pathlib import Path

import pytest

import mlbasics
from mlbasics import lessons, words
from mlbasics.formats import html
from mlbasics.formats.view import View
from mlbasics.kit import Amount, InputError
from mlbasics.learn import asking, memory, screen
from mlbasics.learn.session import Talk
from mlbasics.posing import Posed, asked_of, document, pose, posed, read, seed_from
from mlbasics.render.terminal import Terminal

EXAMPLE = str(Path(__file__).parent.parent / "examples" / "gradient_descent.py")
ASKING = [name for name in (*lessons.COURSE, EXAMPLE) if asked_of(name)]
SEEDS = 50


@pytest.fixture(autouse=True)
def state(tmp_path, monkeypatch):
    """A folder for what is remembered, of this test's own."""
    monkeypatch.setattr(memory, "file", lambda: tmp_path / "state" / "learn.jsonl")
    return tmp_path / "state" / "learn.jsonl"


def truth(one: Posed) -> str:
    return one.question.answer.typed(one.question.answer.truth)


@pytest.mark.parametrize("lesson", ASKING)
def test_a_question_names_the_misconception_it_meets_and_where_it_is_described(lesson):
    for asked in asked_of(lesson):
        assert len((asked.question.__doc__ or "").split()) > 5


@pytest.mark.parametrize(("lesson", "lang"), list(product(ASKING, words.languages())))
def test_every_question_has_its_sentences_and_does_not_tell_its_answer(lesson, lang):
    terminal = Terminal(80, lang=lang, height=24)
    for one in posed(lesson, 3, {}):
        shown = screen.question(one, 1, 1, terminal)
        told = json.dumps(document(lesson, 3, [one], [], []))
        assert "truth" not in told
        assert "command" not in told
        assert shown.count("\n") <= 24
        assert max(map(len, shown.split("\n"))) <= 80
        guess = one.question.answer.read(truth(one))
        answered = screen.answer(one, guess, True, terminal)
        if isinstance(one.question.answer, Amount):
            assert screen.BOTH in answered or {screen.YOU, screen.TRUTH} <= set(answered)
        assert answered.count("\n") <= 26


@pytest.mark.parametrize(
    ("lesson", "place"), [(name, i) for name in ASKING for i in range(len(asked_of(name)))]
)
def test_no_answer_is_right_on_most_seeds_and_yes_is_none(lesson, place):
    asked = asked_of(lesson)[place]
    every = [pose(lesson, asked, seed, {}) for seed in range(SEEDS)]
    answers = [one.question.answer for one in every]
    assert all(one.right(one.question.answer.read(truth(one))) for one in every)
    assert all(answer.read(text) is None for answer in answers for text in ("", "yes", "네", "?"))
    if answers[0].kind == "setting":
        return  # each try is a run; what is found is a range, which the next test meets
    most = max(
        sum(one.right(answer.read(said)) for one, answer in zip(every, answers, strict=True))
        for said in {truth(one) for one in every}
    )
    assert most <= 0.6 * SEEDS


@pytest.mark.parametrize("lesson", ASKING)
def test_answers_are_judged(lesson):
    every = posed(lesson, 5, {})
    right = ";".join(map(truth, every))
    text, code = asking.written(lesson, 5, {}, Terminal(), right, True)
    judged = json.loads(text)["questions"]
    assert code == 0
    assert all(one["right"] for one in judged)
    assert [one["truth"] for one in judged] == right.split(";")
    assert asking.written(lesson, 5, {}, Terminal(), right.replace(";", "\n"), False)[1] == 0
    for bad in ("", "yes", right + ";1"):
        with pytest.raises(InputError):
            read(every, bad)


def talk(lines, **more):
    out = []
    return out, Talk(EXAMPLE, out.append, StringIO(lines), lambda: Terminal(80, height=24), **more)


def test_a_session_asks_again_hints_shows_and_remembers(state):
    out, session = talk("yes\n\n?\n0.5\n\ns\n\n100\n\n")
    asking.held(3, {}, session, "")
    told = "".join(out)
    assert told.count(words.load("en")["learn.keys"]) == 3
    entries = memory.remembered()
    assert [entry["guess"] is None for entry in entries] == [False, True, False]
    assert not entries[1]["right"]
    assert all(entry["of"] == 3 for entry in entries)


@pytest.mark.parametrize("lines", ["", "q\n", "0.5\n", "0.5\nq\n", "\xff\n", "A" * 10_000])
def test_who_leaves_or_is_gone_ends_the_session(lines):
    out, session = talk(lines)
    asking.held(3, {}, session, "")
    assert words.load("en")["learn.last"] not in "".join(out)


def test_the_same_question_comes_again_with_other_data():
    out, session = talk("0.5\na\n0.5\nq\n")
    asking.held(3, {}, session, "")
    assert "".join(out).count(words.load("en")["learn.keys"]) == 2
    assert len(memory.remembered()) == 1  # what comes again is practice


def test_a_class_votes_twice():
    out, session = talk("0.5 12 2 30\n2 40\nq\n", hands=True)
    asking.held(3, {}, session, "")
    assert "12  →" in "".join(out)
    assert memory.remembered() == []


def test_what_was_wrong_comes_back_first_and_what_was_right_after_a_pause(state):
    for question, right in (("edge", True), ("which", False)):
        memory.remember({"lesson": "x", "question": question, "right": right})
    now = datetime.now(UTC)
    assert memory.due("x", ["edge", "which", "creeping"], now) == ["which", "creeping"]
    assert "edge" in memory.due("x", ["edge"], now + timedelta(days=1, hours=1))
    memory.remember({"lesson": "x", "question": "edge", "right": True})
    assert memory.due("x", ["edge"], now + timedelta(days=2)) == []
    assert memory.due("x", ["edge"], now + timedelta(days=8)) == ["edge"]
    assert memory.progress()["x"][0] == 1
    memory.forget()
    assert memory.remembered() == []
    memory.forget()


def test_two_at_once_lose_nothing():
    entry = {"lesson": "x", "question": "q" * 200, "right": True}
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda i: memory.remember(entry), range(200)))
    assert len(memory.remembered()) == 200


def test_what_cannot_be_written_or_read_is_passed_over(state):
    state.mkdir(parents=True)  # a folder where the file should be
    memory.remember({"lesson": "x", "question": "a", "right": True})
    assert memory.remembered() == []
    state.rmdir()
    state.write_bytes(b'\xff\xfe not json\n{"lesson": 1}\n[]\n')
    assert memory.remembered() == []


def test_every_student_gets_other_numbers_and_the_teacher_the_same():
    assert seed_from("Kim") == seed_from(" kim ")
    assert len({seed_from(name) for name in ("Kim", "Lee", "Park", "김", "이")}) == 5


@pytest.mark.parametrize("lang", words.languages())
@pytest.mark.parametrize(
    ("keys", "code"),
    [("0.5\n\nq\n", 0), ("yes\n\n?\ns\nq\n", 0), ("\xff\x00\x1b[A\nq\n", 0), ("\x04", 0), ("\x03", 130)],
)
def test_in_a_terminal_a_session_is_held_and_left(keys, code, lang, tmp_path):
    env = {"LANG": "C.UTF-8", "PATH": "/usr/bin:/bin", "TERM": "xterm", "XDG_STATE_HOME": str(tmp_path)}
    pid, fd = pty.fork()
    if pid == 0:
        os.execve(sys.executable, [sys.executable, "-m", "mlbasics", "learn", EXAMPLE, "--lang", lang], env)
    shown, sent = b"", False
    with suppress(OSError):  # where the program is gone
        while True:
            waits = not select.select([fd], [], [], 2)[0]
            shown += b"" if waits else os.read(fd, 65536)
            asks = b"> " in shown.rpartition(b"\n")[2]  # the terminal echoes ^C behind it
            if asks and sent == waits:  # again: Ctrl-C just before a read is met after it
                os.write(fd, keys.encode("latin-1"))
                sent = True
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == code
    text = shown.decode(errors="replace")
    assert words.load(lang)["learn.keys"] in text
    assert "Traceback" not in text


def test_a_pipe_without_answers_gets_the_questions_and_never_waits():
    command = [sys.executable, "-m", "mlbasics", "learn", EXAMPLE]
    done = subprocess.run(
        command, stdin=subprocess.PIPE, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0
    assert done.stderr == ""
    assert done.stdout.count("3") >= 3


@pytest.mark.parametrize("page", ["predict", "course", "sheet"])
def test_the_headings_of_pages_with_questions_skip_no_level(page):
    run = mlbasics.run(EXAMPLE)
    written = {
        "predict": lambda: run.render("html", View(predict=True)),
        "course": lambda: html.course([run], View(predict=True)),
        "sheet": lambda: asking.sheet(EXAMPLE, 1, {}, Terminal(), key=True, markdown=False),
    }[page]()
    levels = [int(level) for level in re.findall(r"<h([1-6])\b", written)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert len(levels) >= 4
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
