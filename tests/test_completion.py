"""What bash, zsh and fish are offered, asked as their completion scripts ask."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import mlbasics
from mlbasics import lessons, words
from mlbasics.kit import Choice
from mlbasics.kit.params import accepts, option_name

SCRIPT = str(Path(sys.executable).with_name("mlbasics"))
ENV = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}


def asked(shell, line):
    """The environment in which each shell's script asks to complete the last word of the line."""
    if shell == "bash":
        typed = {"COMP_WORDS": line, "COMP_CWORD": str(len(line.split(" ")) - 1)}
    else:
        typed = {"_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    return ENV | {"_MLBASICS_COMPLETE": f"complete_{shell}"} | typed


def offered(shell, line):
    done = subprocess.run([SCRIPT], capture_output=True, text=True, env=asked(shell, line), check=False)
    assert done.stderr == ""
    return done.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
@pytest.mark.parametrize("lesson", mlbasics.lesson_names())
def test_it_offers_lessons_and_the_values_of_every_choice(shell, lesson):
    assert lesson in offered(shell, f"mlbasics {lesson[:2]}")
    assert lesson in offered(shell, f"mlbasics explain {lesson[:2]}")
    for field in lessons.find(lesson).Params.__dataclass_fields__.values():
        kind = accepts(field)
        if isinstance(kind, Choice):
            shown = offered(shell, f"mlbasics {lesson} {option_name(field.name)} ")
            assert all(name in shown for name in kind.names)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_it_offers_the_values_of_the_shared_options(shell):
    first = mlbasics.lesson_names()[0]
    assert all(name in offered(shell, f"mlbasics {first} --lang ") for name in words.languages())
    assert "always" in offered(shell, f"mlbasics {first} --color al")
    shown = offered(shell, f"mlbasics {first} --format m")
    assert "markdown" in shown
    assert "html" not in shown


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_what_is_wrong_completes_to_nothing(shell):
    assert "--" not in offered(shell, "mlbasics overfti --")
    assert mlbasics.__version__ not in offered(shell, "mlbasics --version ")


@pytest.mark.parametrize("garbage", [{}, {"COMP_WORDS": "'"}, {"COMP_WORDS": "mlbasics ", "COMP_CWORD": "x"}])
@pytest.mark.parametrize("asks", ["complete_bash", "complete_zsh", "complete_none", "x"])
def test_garbage_in_its_variables_is_no_traceback(asks, garbage):
    env = ENV | {"_MLBASICS_COMPLETE": asks} | garbage
    done = subprocess.run([SCRIPT], capture_output=True, text=True, env=env, check=True)
    assert (done.stdout, done.stderr) == ("", "")


def test_it_loads_nothing_that_is_slow():
    code = "import sys; from mlbasics.cli.app import main; main([]); print(*sys.modules, file=sys.stderr)"
    env = asked("bash", "mlbasics overfit --task ")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env, check=True)
    assert "regression" in done.stdout
    assert not {"numpy", "plotext", "rich.table"} & set(done.stderr.split())


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_help_offers_to_show_and_install_it(shell):
    env = ENV | {"_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"}
    command = [SCRIPT, "--show-completion", shell]
    done = subprocess.run(command, capture_output=True, text=True, env=env, check=True)
    assert "_MLBASICS_COMPLETE" in done.stdout
