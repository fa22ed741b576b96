"""Files that are no table, tables that are no use, and the sentence each of them gets."""

import gzip
import random
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from refused import refused

import mlbasics
from mlbasics.data import read
from mlbasics.data.comma_separated import MOST_ROWS
from mlbasics.data.selection import select
from mlbasics.data.spellings import LARGEST
from mlbasics.formats.view import View
from mlbasics.kit import InputError

SCRIPT = str(Path(sys.executable).with_name("mlbasics"))
ROWS = "".join(f"{i},{i * i % 7}\n" for i in range(12))


def rows(*cells):
    """A table x, y of twelve good rows and one more."""
    return ("x,y\n" + ROWS + ",".join(cells) + "\n").encode()


BAD = {
    # files that are no table
    "empty": (b"", "empty"),
    "spaces": (b"  \n \n", "empty"),
    "bom-alone": (b"\xef\xbb\xbf", "empty"),
    "header-only": (b"x,y\n", "no-rows"),
    "header-without-newline": (b"x,y", "no-rows"),
    "blank-lines-after-header": (b"x,y\n\n\n", "no-rows"),
    "utf-16-le": ("x,y\n1,2\n".encode("utf-16-le"), "not-text"),
    "utf-16-bom": ("x,y\n1,2\n".encode("utf-16"), "few rows=1"),
    "utf-32": ("x,y\n1,2\n".encode("utf-32"), "not-text"),
    "zip": (b"PK\x03\x04\x14\x00\x06\x00", "zip"),
    "xlsx": (b"PK\x03\x04\x14\x00\x06\x00\x08\x00[Content_Types].xml", "workbook"),
    "xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", "workbook"),
    "parquet": (b"PAR1\x15\x04\x15\x00", "parquet"),
    "cut-gzip": (gzip.compress(b"x,y\n1,2\n" * 99, mtime=0)[:-9], "packed"),
    "png": (b"\x89PNG\r\n\x1a\n\x00\x00", "not-text"),
    "pickle": (b"\x80\x04\x95\x00\x00\x00.", "not-text"),
    "nul": (b"x,y\n1,\x002\n", "not-text"),
    "no-encoding": (b"x,y\n1,\x81\x8d\xff\n", "encoding"),
    "cut-utf-8": ("x,y\n1,한".encode()[:-1], "text line=2 column=y cell=í•"),
    # rows that are no rows
    "short-row": (b"x,y\n1,2\n3\n", "ragged line=3 given=1 expected=2"),
    "long-row": (b"x,y\n1,2\n3,4,5\n", "ragged line=3 given=3 expected=2"),
    "long-last-row": (b"x,y\n1,2\n3,4\n5,6,7", "ragged line=4 given=3 expected=2"),
    "ragged-after-blank": (b"x,y\n1,2\n\n3\n", "ragged line=4 given=1 expected=2"),
    "ragged-crlf": (b"x,y\r\n1,2\r\n3\r\n", "ragged line=3 given=1 expected=2"),
    "ragged-quoted-newline": (b'x,y\n"1\n",2\n3\n', "ragged line=4 given=1 expected=2"),
    "title-line": (b"My data\nx,y\n1,2\n", "few rows=1"),
    "title-between": (b"x,y\n1,2\nMy data\n3,4\n", "ragged line=3 given=1 expected=2"),
    "open-quote": (b'x,y\n1,"2\n3,4\n', "quote line=3"),
    "text-after-quote": (b'x,y\n"1"2,3\n', "quote line=2"),
    "huge-cell": (b"x,y\n1," + b"9" * 200_000 + b"\n", "quote line=2"),
    "twice": (b"x,x\n1,2\n3,4\n", "twice column=x"),
    "twice-but-for-spaces": (b"x, x\n1,2\n", "twice column=x"),
    "wide-header": ((",".join(f"c{i}" for i in range(1001)) + "\n").encode(), "no-rows"),
    # cells that are no numbers
    "word": (rows("3", "four"), "text line=14 column=y cell=four"),
    "word-in-x": (rows("three", "4"), "text line=14 column=x cell=three"),
    "decimal-comma": (b"x;y\n1;2\n3;4,5\n5;6.25\n", "text line=3 column=y cell=4,5"),
    "decimal-commas-and-points": (rows("3", '"4,5"') + b'4,5.25\n', "text line=14 column=y cell=4,5"),
    "thousands-or-decimal": (rows("3", '"1,234"'), "either line=14 column=y cell=1,234 plain=1234 dotted=1.234"),
    "thousands-or-points": (b"x;y\n1;995\n2;1.022\n3;998\n", "either line=3 column=y cell=1.022 plain=1022 dotted=1.022"),
    "month-or-day": (b"x,y\n01/02/2024,1\n03/04/2024,2\n05/06/2024,3\n", "either-date line=2 column=x cell=01/02/2024"),
    "commas-anywhere": (rows("3", '"12,34,5"'), "text line=14 column=y cell=12,34,5"),
    "endless-row": (b'x,y\n1,2\n' + b'"\n",' * 3_000_000, "row-long line=1048579 most=4194304"),
    "too-large": (rows("3", "1e400"), "infinite line=14 column=y cell=1e400"),
    "square-too-large": (rows("3", "1e200"), "infinite line=14 column=y cell=1e200"),
    "infinity": (rows("3", "inf"), "infinite line=14 column=y cell=inf"),
    "minus-infinity": (rows("3", "-Infinity"), "infinite line=14 column=y cell=-Infinity"),
    "underscore": (rows("3", "1_000"), "text line=14 column=y cell=1_000"),
    "hex": (rows("3", "0x10"), "text line=14 column=y cell=0x10"),
    "percent": (rows("3", "12%"), "text line=14 column=y cell=12%"),
    "currency": (rows("3", "$12"), "text line=14 column=y cell=$12"),
    "date": (rows("3", "2024-01-01"), "text line=14 column=y cell=2024-01-01"),
    "time": (rows("3", "12:30"), "text line=14 column=y cell=12:30"),
    "fraction": (rows("3", "1/2"), "text line=14 column=y cell=1/2"),
    "complex": (rows("3", "1+2j"), "text line=14 column=y cell=1+2j"),
    "boolean": (rows("3", "true"), "text line=14 column=y cell=true"),
    "formula": (rows("3", "=1+1"), "text line=14 column=y cell==1+1"),
    "two-numbers": (rows("3", "1 2"), "text line=14 column=y cell=1 2"),
    "escape": (rows("3", "\x1b[31m4"), "text line=14 column=y cell=·[31m4"),
    "rich-markup": (rows("3", "[red]4[/red]"), "text line=14 column=y cell=[red]4[/red]"),
    "python": (rows("3", "__import__('os')"), "text line=14 column=y cell=__import__('os')"),
    "long-word": (rows("3", "w" * 500), "text line=14 column=y cell=wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww…"),
    "korean-word": (rows("3", "넷"), "text line=14 column=y cell=넷"),
    # too little of it
    "one-row": (b"x,y\n1,2\n", "few rows=1"),
    "two-rows": (b"x,y\n1,2\n3,4\n", "few rows=2"),
    "all-missing": (b"x,y\n1,\n2,NA\n3,nan\n4,-\n5,null\n", "few rows=0"),
    "one-column": (b"x\n1\n2\n3\n4\n5\n6\n", "inputs given=0 wanted=1"),
    "words-alone": (b"a,b\nx,y\nz,w\nu,v\nq,r\n", "no-numbers"),
    "constant-x": (b"x,y\n" + b"".join(b"1,%d\n" % i for i in range(12)), "one-x column=x"),
    "one-number-column": (b"x,name\n" + b"".join(b"%d,a\n" % i for i in range(12)), "inputs given=0 wanted=1"),
}  # fmt: skip


@pytest.fixture
def file(tmp_path):
    def written(content, name="data.csv"):
        path = tmp_path / name
        path.write_bytes(content)
        return str(path)

    return written


def test_there_are_at_least_sixty_of_them():
    assert len(BAD) >= 60


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_gets_its_sentence(name, file):
    content, expected = BAD[name]
    path = file(content)
    key, *named = re.split(r" (?=[a-z]+=)", expected)
    with refused(f"data.{key}", **dict(value.split("=", 1) for value in named)) as caught:
        mlbasics.run("overfit", data=path, y=None if b"y" not in content[:4] else "y")
    assert caught.value.exit_code == 1
    assert str(caught.value).isprintable()


@pytest.mark.parametrize(
    ("source", "expected", "code"),
    [
        ("no-such.csv", "data.no-file", 1),
        (".", "data.unreadable", 1),
        ("/root/\0", "data.unreadable", 1),
        ("", "data.unreadable", 1),
        ("../" * 50 + "etc/nothing", "data.no-file", 1),
        ("sklearn:nothing", "data.no-set", 2),
        ("sklearn:diabets", "data.no-set", 2),
        ("sklearn:../../etc/passwd", "data.no-set", 2),
        ("sklearn:", "data.no-set", 2),
        ("sklearn:__init__", "data.no-set", 2),
    ],
)
def test_what_is_no_file_and_no_set_gets_one_sentence(source, expected, code):
    with refused(expected) as caught:
        read(source)
    assert caught.value.exit_code == code


@pytest.mark.parametrize(
    ("options", "expected", "code"),
    [
        ({"y": "z"}, "data.no-column", 2),
        ({"y": "yy"}, "data.no-column", 2),
        ({"x": "q"}, "data.no-column", 2),
        ({"x": "y", "y": "y"}, "data.same", 1),
        ({"x": "x,y"}, "data.inputs", 1),
        ({"x": ""}, "data.no-column", 2),
    ],
)
def test_a_column_that_cannot_be_used_gets_one_sentence(options, expected, code, file):
    with refused(expected) as caught:
        mlbasics.run("uat", data=file(rows("3", "4")), **options)
    assert caught.value.exit_code == code


@pytest.mark.parametrize(
    "content",
    [
        b"x,y\n1,2\n3,4\n5,6\n",
        b"\xef\xbb\xbfx,y\n1,2\n3,4\n5,6\n",
        b"x,y\r\n1,2\r\n3,4\r\n5,6\r\n",
        b"x;y\n1;2\n3;4\n5;6\n",
        b"x\ty\n1\t2\n3\t4\n5\t6\n",
        b"x|y\n1|2\n3|4\n5|6\n",
        b'"x","y"\n"1","2"\n"3","4"\n"5","6"\n',
        b"x, y\n1, 2\n3, 4\n5, 6\n",
        b"x,y\n\n1,2\n3,4\n\n5,6\n\n",
        b"x,y\n1.0,2e0\n+3,4.\n5,6",
    ],
)
def test_the_same_table_however_it_is_written(content, file):
    columns = read(file(content))
    assert columns.names == ("x", "y")
    np.testing.assert_array_equal(columns.numbers("x"), [1, 3, 5])
    np.testing.assert_array_equal(columns.numbers("y"), [2, 4, 6])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_korean_names_in_the_encodings_of_korea(encoding, file):
    columns = read(file("키,몸무게\n170,60\n180,70\n".encode(encoding)))
    assert columns.names == ("키", "몸무게")


def test_without_names_the_columns_are_counted(file):
    columns = read(file(b"1,2\n3,4\n"))
    assert columns.names == ("column1", "column2")
    np.testing.assert_array_equal(columns.numbers("column1"), [1, 3])


def test_missing_values_are_counted_and_left_out(file):
    content = b"x,y\n" + b"".join(b"%d,%d\n" % (i, i) for i in range(6)) + b"NA,3\n4,\n"
    chosen = select(read(file(content)), None, "y", least=2, inputs=1)
    assert chosen.origin.dropped == 2
    assert chosen.origin.rows == len(chosen.y) == 6


def test_words_become_columns_of_zero_and_one(file):
    content = b"size,city,price\n1,Seoul,3\n2,Busan,4\n3,Seoul,5\n4,,6\n"
    chosen = select(read(file(content)), None, "price", least=2)
    assert chosen.names == ["size", "city=Busan", "city=Seoul"]
    np.testing.assert_array_equal(chosen.X, [[1, 0, 1], [2, 1, 0], [3, 0, 1]])
    assert chosen.origin.dropped == 1


def test_a_long_file_is_sampled_the_same_each_time_and_all_of_it_is_checked(file):
    lines = "".join(f"{i},{2 * i}\n" for i in range(3 * MOST_ROWS))
    path = file(("x,y\n" + lines).encode())
    first, second = read(path), read(path)
    assert first.rows_read == 3 * MOST_ROWS
    assert len(first.lines) == MOST_ROWS
    assert cells(first) == cells(second)
    x = first.numbers("x")
    np.testing.assert_array_equal(first.numbers("y"), 2 * x)
    assert len(set(x)) == MOST_ROWS
    assert abs(x.mean() / (1.5 * MOST_ROWS) - 1) < 0.03  # uniform over the file, within three standard errors
    with pytest.raises(InputError, match=f"line {3 * MOST_ROWS + 2}"):
        read(file(("x,y\n" + lines + "1\n").encode()))


def test_names_like_markup_and_escapes_are_shown_as_text(file):
    content = "[red]x[/red],\x1b[31my\n" + ROWS
    run = mlbasics.run("uat", data=file(content.encode()), neurons=5)
    assert "·[31my([red]x[/red])" in run.render("text", View(more=True)).replace("\n", "")
    assert "\x1b" not in run.to_text()


def cells(columns):
    return {name: tuple(column.cells) for name, column in columns.columns.items()}


def answered(ask):
    """Return the answer and no sentence, or None and the key of the sentence."""
    try:
        return ask(), ""
    except InputError as error:
        return None, error.sentence.key


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda t: t.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_a_table_or_one_sentence(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("any") / "data.csv"
    path.write_bytes(content)
    columns, sentence = answered(lambda: read(str(path)))
    assert (columns is None) == (sentence != "")
    if columns is not None:
        assert all(len(found) == len(columns.lines) for found in cells(columns).values())


CELLS = st.one_of(
    st.floats(allow_nan=False).map(repr), st.integers().map(str), st.sampled_from(["", "NA", "1,5", "a", '"'])
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), min_size=1, max_size=12), st.sampled_from(",;\t"))
def test_any_table_gives_its_own_numbers_or_one_sentence(tmp_path_factory, table, delimiter):
    path = tmp_path_factory.mktemp("any") / "data.csv"
    table = [row for row in table if any(row)]  # an empty row is none
    assume(table and any(cell[-1:].isdigit() for cell in table[0]))  # words alone above values are units
    quoted = [delimiter.join('"' + c.replace('"', '""') + '"' for c in row) for row in [["x", "y"], *table]]
    path.write_text("\n".join(quoted) + "\n", encoding="utf-8")
    columns = read(str(path))
    assert cells(columns) == {"x": tuple(r[0] for r in table), "y": tuple(r[1] for r in table)}
    for name, written in cells(columns).items():
        numbers, sentence = answered(lambda n=name: columns.numbers(n))
        if numbers is None:
            assert sentence in ("data.text", "data.infinite")
        else:
            known = [float(c.replace(",", ".")) for c in written if c.strip() not in ("", "NA")]
            assert numbers[~np.isnan(numbers)].tolist() == known
            assert all(abs(v) <= LARGEST for v in known)


def test_standard_input_is_read_and_the_json_has_what_was_asked_for(file):
    generator = random.Random(0)
    content = "price,size,rooms\n" + "".join(
        f"{3 * s + generator.gauss(0, 1):.3f},{s},{generator.randint(1, 5)}\n" for s in range(40)
    )
    line = f"cat {file(content.encode())} | {SCRIPT} regularization --data - --y price --problems 100 --json"
    done = subprocess.run(
        f"{line} | {sys.executable} -c 'import json, sys; print(json.load(sys.stdin)[\"result\"][\"chosen\"][\"lasso\"][\"coef\"])'",
        shell=True, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stderr == ""
    size, rooms = eval(done.stdout)
    assert size == pytest.approx(3, abs=0.1)
    assert abs(rooms) < 0.5


def test_a_reader_is_loaded_for_data_alone():
    code = "import mlbasics, sys; mlbasics.run('uat', neurons=5); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "mlbasics.data.comma_separated" not in done.stdout.split()
