"""The lesson of examples/, put into a copy of the package as the guide tells: nothing else need change."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "examples" / "coin"


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy of the package and its tests, with the lesson's folder in it and its name in COURSE."""
    folder = tmp_path_factory.mktemp("copy")
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "mlbasics", folder / "mlbasics", ignore=ignored)
    shutil.copytree(PAGE, folder / "mlbasics" / "lessons" / "coin", ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", folder)
    (folder / "tests").mkdir()
    for name in ("test_contract.py", "test_schema.py", "finished.py", "small.py"):
        shutil.copy(next(ROOT.glob(f"tests/**/{name}")), folder / "tests")
    course = folder / "mlbasics" / "lessons" / "__init__.py"
    named = course.read_text("utf-8").replace('"batchnorm")', '"batchnorm", "coin")')
    assert named.count("coin") == 1
    course.write_text(named, "utf-8")
    return folder


def python(copy, *args):
    env = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "PYTHONPATH": str(copy)}
    return subprocess.run(
        [sys.executable, "-B", *args], cwd=copy, env=env, capture_output=True, text=True, check=False
    )


def run(copy, *args):
    return python(copy, "-m", "mlbasics", *args)


def test_the_guide_shows_the_page_as_it_is():
    guide = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    assert (PAGE / "__init__.py").read_text("utf-8") in guide


def test_it_is_listed(copy):
    assert "coin" in run(copy).stdout
    assert "coin" in run(copy, "--help").stdout
    listed = json.loads(run(copy, "lessons", "--json").stdout)["lessons"]
    assert listed[-1]["name"] == "coin"
    assert listed[-1]["order"] == len(listed)


def test_its_help_screen_and_json_are_there(copy):
    assert "--flips" in run(copy, "coin", "--help").stdout
    assert "동전" in run(copy, "coin", "--lang", "ko").stdout
    document = json.loads(run(copy, "coin", "--json", "--flips", "100").stdout)
    assert document["params"]["flips"] == 100
    assert run(copy, "coin", "--flips", "0").stderr == (
        "mlbasics: --flips is '0'; it takes a whole number from 1 to 10000.\n"
    )


def test_its_schema_is_there(copy):
    result = json.loads(run(copy, "schema", "coin").stdout)["properties"]["result"]
    assert result["properties"]["share"] == {"$ref": "#/$defs/numbers"}


def test_it_keeps_the_contract(copy):
    done = python(copy, "-m", "pytest", "tests", "-k", "coin", "-p", "no:cacheprovider", "-W", "error")
    assert done.returncode == 0, done.stdout
    assert int(re.search(r"(\d+) passed", done.stdout)[1]) > 20


@pytest.mark.parametrize(
    "tool",
    [["ruff", "format", "--check"], ["ruff", "check"], ["mypy", "-p", "mlbasics.lessons.coin"]],
    ids=str,
)
def test_it_passes_make_lint(copy, tool):
    done = python(copy, "-m", *tool)
    assert done.returncode == 0, done.stdout + done.stderr


def test_it_keeps_the_floors(copy):
    code = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports())"
    done = python(copy, "-c", code)
    assert done.returncode == 0, done.stdout


def test_its_claims_hold_at_the_defaults(copy):
    code = """
import mlbasics
runs = [mlbasics.run("coin", seed=seed) for seed in range(100)]
print(mlbasics.__file__, *(sum(run.claims[i].holds is True for run in runs) for i in range(3)))
"""
    where, *counts = python(copy, "-c", code).stdout.split()
    assert where.startswith(str(copy))
    assert min(map(int, counts)) >= 99
