"""The guard against slowness: which ratio it tells, and that it knows the rows of the page."""

import json
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture
def benchmarks(monkeypatch):
    """The folder's own parts; the measurements themselves need libraries that tests do without."""
    monkeypatch.syspath_prepend(str(ROOT))
    from benchmarks import _ratios, _timing

    return _ratios, _timing


def checked(benchmarks, ratio, monkeypatch, tmp_path, capsys):
    """Write a ratio of 10, then check a row of another; return the exit code and what was said."""
    ratios, timing = benchmarks
    monkeypatch.setattr(ratios, "FILE", tmp_path / "ratios.json")
    ratios.write([timing.Row("lasso", "a loop", [(1.0, 10.0)] * 3)])
    code = ratios.check([timing.Row("lasso", "a loop", [(2.0, 2.0 * ratio)] * 3)])
    return code, capsys.readouterr().out


@pytest.mark.parametrize("ratio", [8.1, 10, 30])
def test_a_ratio_that_holds_is_not_told(benchmarks, ratio, monkeypatch, tmp_path, capsys):
    code, said = checked(benchmarks, ratio, monkeypatch, tmp_path, capsys)
    assert code == 0
    assert "lasso" not in said


def test_a_ratio_that_fell_by_over_a_fifth_is_told_with_both_numbers(
    benchmarks, monkeypatch, tmp_path, capsys
):
    code, said = checked(benchmarks, 7.9, monkeypatch, tmp_path, capsys)
    assert code == 1
    assert said == "lasso beside a loop: 7.9x, it was 10x\n"


def test_a_row_that_was_not_measured_before_is_not_judged(benchmarks, monkeypatch, tmp_path, capsys):
    ratios, timing = benchmarks
    monkeypatch.setattr(ratios, "FILE", tmp_path / "ratios.json")
    ratios.write([])
    assert ratios.check([timing.Row("lasso", "a loop", [(1.0, 0.1)] * 3)]) == 0


def test_the_page_has_a_row_for_every_ratio_that_is_guarded():
    page = (ROOT / "benchmarks" / "README.md").read_text("utf-8")
    rows = [[cell.strip() for cell in line.split("|")] for line in page.splitlines() if line.startswith("|")]
    shown = {f"{what} beside {peer}" for _, what, _, peer, *_ in rows}
    assert set(json.loads((ROOT / "benchmarks" / "ratios.json").read_text("utf-8"))) <= shown


def test_the_front_page_quotes_the_benchmarks():
    front, page = ((ROOT / name / "README.md").read_text("utf-8").splitlines() for name in ("", "benchmarks"))
    quoted = front[front.index("| what | mlbasics | beside | its time | ratio |") + 2 :]
    quoted = quoted[: quoted.index("")]
    assert len(quoted) >= 3
    assert all(any(line.startswith(row) for line in page) for row in quoted)
