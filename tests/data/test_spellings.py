"""Tables as people have them, read and told: numbers, dates, gaps, names, and what stands around a table."""

import gzip
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from refused import refused
from small import SIZES

import mlbasics
from mlbasics import lessons, words
from mlbasics.data import read
from mlbasics.data.comma_separated import MOST_CELLS
from mlbasics.data.origin import columns_told
from mlbasics.data.selection import select
from mlbasics.kit.params import option_name

SCRIPT = str(Path(sys.executable).with_name("mlbasics"))
EN = words.load("en")


@pytest.fixture
def file(tmp_path):
    def written(content, name="data.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return str(path)

    return written


@pytest.mark.parametrize(
    ("content", "expected", "how"),
    [
        ("t;v\n1;2,5\n2;3\n3;-0,25\n", [2.5, 3, -0.25], "comma"),
        ("t;v\n1;1.234,5\n2;12.345.678,25\n3;7\n", [1234.5, 12345678.25, 7], "comma"),
        ("t\tv\n1\t1,5e3\n2\t,5\n3\t2\n", [1500, 0.5, 2], "comma"),
        ('t,v\n1,"1,5"\n2,"2,25"\n3,"3"\n', [1.5, 2.25, 3], "comma"),
        ('t,v\n1,"1,234"\n2,"1,234,567"\n3,12\n', [1234, 1234567, 12], "thousands"),
        ('t,v\n0.5,"1,234"\n1.5,"2,345"\n2.5,12\n', [1234, 2345, 12], "thousands"),  # t shows the mark
        ("t;v\n0,5;1.234\n1,5;2.345\n2,5;12\n", [1234, 2345, 12], "thousands"),
        ("t;v\n0.5;1.234\n1.5;2.345\n2.5;12\n", [1.234, 2.345, 12], ""),
        ("t,v\n1,1.234\n2,2.345\n3,12\n", [1.234, 2.345, 12], ""),  # commas part the cells
        ("t;v\n1;0.123\n2;0.5\n3;12\n", [0.123, 0.5, 12], ""),
        ("t;v\n1;12 345\n2;1 234 567\n3;7\n", [12345, 1234567, 7], "thousands"),
        ("t;v\n1;12\u00a0345\n2;1\u202f234\n3;7\n", [12345, 1234, 7], "thousands"),
        ("t;v\n1;12'345\n2;1’234\n3;7\n", [12345, 1234, 7], "thousands"),
        ("t,v\n1,\u22125\n2,\u22120.5\n3,7\n", [-5, -0.5, 7], ""),
        ("t,v\n1,12%\n2,-5 %\n3,7.5%\n", [12, -5, 7.5], "unit"),
        ('t,v\n1,$12\n2,"-$1,500.5"\n3,$7\n', [12, -1500.5, 7], "thousands"),
        ('t,v\n1,"1,500원"\n2,300원\n3,"12,000원"\n', [1500, 300, 12000], "thousands"),
        ("t,v\n1,12 kg\n2,5 kg\n3,7.5 kg\n", [12, 5, 7.5], "unit"),
        ("t,v\n1,１２\n2,５\n3,７\n", [12, 5, 7], ""),
        ("t,v\n1,#N/A\n2,5\n3,..\n", [np.nan, 5, np.nan], ""),
        ("t,v\n1,--\n2,X\n3,5\n", [np.nan, np.nan, 5], ""),
        ("t,v\n1,nil\n2,\\N\n3,5\n", [np.nan, np.nan, 5], ""),
        ("t,v\n1,2021-03-01\n2,2021-03-31\n3,2021-03-02\n", [0, 30, 1], "date"),
        ("t,v\n1,1/2/2021\n2,13/2/2021\n3,1/3/2021\n", [0, 12, 28], "date"),
        ("t,v\n1,1/13/21\n2,1/2/21\n3,2/1/21\n", [11, 0, 30], "date"),
        ("t,v\n1,2021년 3월 1일\n2,2021년 3월 4일\n3,\n", [0, 3, np.nan], "date"),
        ('t,v\n1,"Mar 1, 2021"\n2,"Mar 11, 2021"\n3,NA\n', [0, 10, np.nan], "date"),
        ("t,v\n1,2021-03-01 12:00\n2,2021-03-01 06:00\n3,2021-03-02 00:00\n", [0.25, 0, 0.75], "date"),
        ("t,v\n1,12:30\n2,06:00\n3,23:45\n", [12.5, 6, 23.75], "date"),
        ("t,v\n1,2020-07-02\n2,2000-01-01\n3,2021-01-01\n", [2020.5, 2000, 2021], "date"),
    ],
)
def test_a_column_is_read_as_it_is_meant(content, expected, how, file):
    columns = read(file(content))
    np.testing.assert_allclose(columns.numbers("v"), expected, rtol=1e-12)
    assert columns.columns["v"].how == how


@pytest.mark.parametrize(("decimal", "expected"), [(",", [995, 1022, 998]), (".", [995, 1.022, 998])])
def test_what_is_left_open_is_decided_by_the_option(decimal, expected, file):
    path = file("t;v\n1;995\n2;1.022\n3;998\n")
    np.testing.assert_array_equal(read(path, decimal).numbers("v"), expected)
    with refused("data.either", line=3, cell="1.022", plain="1022", dotted="1.022"):
        read(path).numbers("v")


TABLE = "t,v\n1,2.5\n2,3.5\n3,5\n"


@pytest.mark.parametrize(
    "content",
    [
        gzip.compress(TABLE.encode(), mtime=0),
        "sep=;\n" + TABLE.replace(",", ";"),
        "# a station, north\n# by, me\n\n" + TABLE,
        "# t,v\n" + TABLE.partition("\n")[2],
        "Station report\nDownloaded 2024-01-01\n\n" + TABLE,
        '"Source","All of it",\n\n' + "t,v,w,x\n" + "1,2.5,0,1\n2,3.5,0,1\n3,5,0,1\n",
        TABLE.replace("t,v\n", "t,v\n(s),(C)\n"),
        TABLE.replace("\n", ",\n"),
        "t,v\n" + TABLE.partition("\n")[2].replace("\n", ",\n"),
        "t,v,\n" + TABLE.partition("\n")[2],
        '"t" "v"\n"1" 1 2.5\n"2" 2 3.5\n"3" 3 5\n',
        "t  v\n1  2.5\n2  3.5\n3  5\n",
        TABLE + ",\n,\n",
        ("\ufeff" + TABLE).encode("utf-16-le"),
        "t,v,said\n" + '1,2.5,"a \\"b\\", c"\n2,3.5,"d"\n3,5,"e, f"\n',
    ],
)
def test_the_same_table_whatever_stands_around_it(content, file):
    columns = read(file(content))
    np.testing.assert_array_equal(columns.numbers("t"), [1, 2, 3])
    np.testing.assert_array_equal(columns.numbers("v"), [2.5, 3.5, 5])


@pytest.mark.parametrize(
    ("encoding", "names", "noted"),
    [
        ("cp1252", "Größe,Émile", True),
        ("cp1252", "Ärger,Îles", True),  # pairs of bytes that CP949 has, too
        ("cp949", "키,몸무게", True),
        ("utf-8", "Größe,키", False),
    ],
)
def test_an_encoding_that_is_guessed_is_said(encoding, names, noted, file):
    columns = read(file(names + "\n1,2\n3,4\n", encoding=encoding))
    assert columns.names == tuple(names.split(","))
    assert [note.key for note in columns.notes] == ["data.note.encoding"] * noted


@pytest.mark.parametrize("x", ["load, kW", '"load, kW"', '"load, kW",t', ["load, kW", "t"]])
def test_a_name_with_a_comma_can_be_chosen(x, file):
    path = file('"load, kW",t,v\n' + "".join(f"{i},{i * i % 7},{i % 3}\n" for i in range(12)))
    run = mlbasics.run("regularization", data=path, x=x, y="v", problems=100)
    assert (
        run.result.features == ["load, kW", "t"][: 2 if "t" in (x if isinstance(x, list) else x[-1]) else 1]
    )


def test_columns_are_counted_once_they_are_chosen(file):
    wide = ",".join(f"c{i}" for i in range(1200)) + "\n"
    path = file(wide + "".join(",".join(str((i * j) % 11) for i in range(1200)) + "\n" for j in range(9)))
    assert select(read(path), "c2,c7", "c9", least=4).names == ["c2", "c7"]
    with refused("data.wide", given=1199, most=1000):
        select(read(path), None, None, least=4)
    assert MOST_CELLS // 1200 > 9


NUMBERED = "".join(f"{i},{i % 5},{'ab'[i % 2]},n{i},2021-01-{i:02},\n" for i in range(1, 25))


def test_what_is_no_feature_is_left_out_and_said(file):
    origin = select(read(file(",v,kind,name,day,none\n" + NUMBERED)), None, "v", least=4).origin
    assert origin.left_out == {"column1": "labels", "name": "words", "none": "empty"}
    assert origin.x == ["kind", "day (d, 0 = 2021-01-01)"]
    said = EN.say(columns_told(origin))
    assert all(name in said for name in ("column1", "name", "none", "--y", "--x"))
    assert EN["data.note.labels"].format(columns="column1") in said
    assert "column1" in select(read(file(",v,k,n,d,e\n" + NUMBERED)), "column1", "v", least=4).names


def test_dates_whose_order_is_not_certain_are_classes_as_any_words(file):
    path = file("t,day\n" + "".join(f"{i},0{1 + i % 2}/02/2021\n" for i in range(12)))
    chosen = select(read(path), None, "day", least=4, classes=True)
    assert set(chosen.words) == {"01/02/2021", "02/02/2021"}
    assert chosen.origin.read_as == {}


def test_dates_whose_order_is_not_certain_are_left_out_unless_they_are_asked_for(file):
    path = file("day,t,v\n" + "".join(f"0{1 + i % 9}/0{1 + i % 7}/2021,{i},{i % 5}\n" for i in range(12)))
    assert select(read(path), None, "v", least=4).origin.left_out == {"day": "dates"}
    with refused("data.either-date", line=2, column="day"):
        select(read(path), "day", "v", least=4)


@pytest.mark.parametrize(
    ("numbers", "word", "gap"), [("123456", "None", False), ("123456", "NA", False), ("1N3456", "NA", True)]
)
def test_a_word_is_a_gap_where_the_numbers_have_it_for_one(numbers, word, gap, file):
    cells = [
        ("NA" if c == "N" else c, w) for c, w in zip(numbers * 4, [word, "mild", "bad"] * 8, strict=True)
    ]
    path = file("v,t,grade\n" + "".join(f"{c},{i},{w}\n" for i, (c, w) in enumerate(cells)))
    chosen = select(read(path), None, "grade", least=4, classes=True)
    assert (word in chosen.words) != gap
    assert [note.key for note in chosen.origin.notes] == [f"data.note.{'gap' if gap else 'word'}"]


def test_of_columns_that_are_not_named_one_of_a_single_value_is_not_learned_from(file):
    path = file("same,t,v\n" + "".join(f"7,{i},{i % 5}\n" for i in range(12)))
    assert select(read(path), None, "v", least=4, inputs=1).names == ["t"]
    assert select(read(path), "same", "v", least=4, inputs=1).names == ["same"]


def test_a_word_that_no_kept_row_has_is_no_feature(file):
    path = file("kind,t,v\n" + "".join(f"{'ab'[i % 2]},{i},{i % 5}\n" for i in range(8)) + "c,3,\n")
    assert select(read(path), None, "v", least=4).names == ["kind=a", "kind=b", "t"]


def small(lesson):
    return SIZES.get(lesson, {}) | {"bias-variance": {"trials": 5}}.get(lesson, {})


OTHER = {
    "target": "step", "function": "x**2", "noise": 1, "design": "random", "at": 0.3, "features": 7, "informative": 2,
    "n_train": 15, "correlation": 0.1, "interval": "0 2", "dataset": "clusters",
}  # fmt: skip


@pytest.mark.parametrize("lesson", mlbasics.lesson_names())
def test_options_of_built_in_data_have_no_effect_on_own_and_are_refused(lesson, file, monkeypatch):
    path = file("t,v,kind\n" + "".join(f"{i * 7 % 40},{i * i % 31},{'ab'[i % 2]}\n" for i in range(40)))
    params, settings = lessons.find(lesson).Params, {"data": path, **small(lesson)}
    idle = params.built_in
    assert idle
    for name in idle:
        with refused("error.either", option=option_name(name), other="--data"):
            mlbasics.run(lesson, **settings, **{name: OTHER[name]})
    monkeypatch.setattr(params, "built_in", ())
    plain = mlbasics.run(lesson, **settings).to_dict()
    for name in set(idle) - {"at"}:  # there is no such place
        other = mlbasics.run(lesson, **settings, **{name: OTHER[name]}).to_dict()
        assert (other["result"], other["claims"]) == (plain["result"], plain["claims"]), name


class Frame:
    """What pandas and Polars share: columns, and what is in each."""

    def __init__(self, **columns):
        self.columns, self.cells = list(columns), columns

    def __getitem__(self, name):
        return self.cells[name]


def test_a_table_that_python_holds_is_read_as_the_file_of_it_is(file):
    t, v = [i * 7 % 40 for i in range(40)], [i * i % 31 / 4 if i else None for i in range(40)]
    path = file("t,v\n" + "".join(f"{a},{'' if b is None else b}\n" for a, b in zip(t, v, strict=True)))
    array = np.array(
        [(a, np.nan if b is None else b) for a, b in zip(t, v, strict=True)], [("t", int), ("v", float)]
    )
    expected = mlbasics.run("overfit", data=path, x="t", y="v").to_dict()
    for table in ({"t": t, "v": v}, Frame(t=t, v=v), array):
        run = mlbasics.run("overfit", data=table, x="t", y="v")
        assert run.to_dict()["claims"] == expected["claims"]
        assert run.result.origin.source == type(table).__name__
        assert run.result.origin.dropped == 1


@pytest.mark.parametrize(
    "data",
    [
        3,
        pytest.param(10**5000, id="long"),
        b"file.csv",
        [1, 2],
        {"t": [1, 2], "v": [1]},
        {"t": 3},
        {},
        np.zeros((3, 2)),
        object(),
    ],
)
def test_what_is_no_table_gets_a_sentence_that_says_what_is(data):
    with refused("data.no-table", given=type(data).__name__):
        mlbasics.run("overfit", data=data)


def test_the_columns_are_described_before_any_lesson_runs(file):
    path = file(",t,v,kind\n" + "".join(f"{i},{i / 4},{i if i else 'NA'},{'ab'[i % 2]}\n" for i in range(9)))
    done = subprocess.run(
        [SCRIPT, "overfit", "--data", path, "--describe", "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    told = json.loads(done.stdout)
    assert told["rows"] == 9
    assert [column["kind"] for column in told["columns"]] == ["labels", "numbers", "numbers", "words"]
    assert (
        told["columns"][2] | {"low": 1, "high": 8, "missing": 1, "first": ["NA", "1", "2"]}
        == told["columns"][2]
    )
    for lang in words.languages():
        command = [SCRIPT, "batchnorm", "--data", path, "--describe", "--lang", lang, "--width", "60"]
        lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\n")
        assert any(line.split()[:1] == ["kind"] and "a, b" in line for line in lines)
    alone = subprocess.run([SCRIPT, "overfit", "--describe"], capture_output=True, text=True, check=False)
    assert (alone.returncode, alone.stdout) == (2, "")
