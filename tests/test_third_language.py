"""A language is its words files: three sentences of a third one, in a copy of the package, and it is spoken."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from mlbasics import lessons

ROOT = Path(__file__).parent.parent
SHARED = '''"""Die Sätze, die keiner Lektion allein gehören."""

WORDS = {"language.name": "Schönes Deutsch", "about.lessons": "Die Lektionen der Reihe nach:"}
'''
LESSON = '''"""Die Sätze dieser Lektion."""

WORDS = {"question": "Warum ist das Modell, das am besten passt, nicht das beste?"}
'''


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    folder = tmp_path_factory.mktemp("copy")
    shutil.copytree(ROOT / "mlbasics", folder / "mlbasics", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "mlbasics" / "words" / "de.py").write_text(SHARED, "utf-8")
    (folder / "mlbasics" / "lessons" / "overfit" / "words" / "de.py").write_text(LESSON, "utf-8")
    return folder


def run(copy, *args, **env):
    env = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "PYTHONPATH": str(copy)} | env
    command = [sys.executable, "-B", "-m", "mlbasics", *args]
    return subprocess.run(command, cwd=copy, env=env, capture_output=True, text=True, check=True)


def test_it_is_chosen_by_option_and_by_locale_and_falls_back_to_english(copy):
    for shown in (run(copy, "--lang", "de"), run(copy, LANG="de_AT.UTF-8")):
        assert "Die Lektionen der Reihe nach:" in shown.stdout
        assert "Five ideas of machine learning" in shown.stdout
    screen = run(copy, "overfit", "--lang", "de", "--more").stdout
    assert "Warum ist das Modell" in screen
    assert "Test MSE" not in screen.splitlines()[0]
    said = lessons.words("overfit", "en")["claim.train-error-falls.regression"]
    assert said in " ".join(screen.split())
    assert "Why does L1" in run(copy, "regularization", "--lang", "de", "--problems", "100").stdout


def test_a_stream_that_cannot_carry_its_name_gets_english(copy):
    done = run(copy, "--lang", "de", PYTHONIOENCODING="ascii")
    assert "The lessons" in done.stdout
    assert "cannot show" in done.stderr


def test_no_code_names_a_language_but_english():
    code = [p for p in (ROOT / "mlbasics").rglob("*.py") if p.name != "coin.py"]  # which has its own words
    named = [p for p in code if '"ko"' in p.read_text("utf-8")]
    assert not named
