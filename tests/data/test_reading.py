"""Files that are no table, tables that are no use, and the sentence each of them gets."""

import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mlbasics
from mlbasics.data import read
from mlbasics.data.columns import LARGEST
from mlbasics.data.comma_separated import MOST_ROWS
from mlbasics.data.selection import select
from mlbasics.formats.view import View
from mlbasics.kit import InputError

SCRIPT = str(Path(sys.executable).with_name("mlbasics"))
ROWS = "".join(f"{i},{i * i % 7}\n" for i in range(12))


def rows(*cells):
    """A table x, y of twelve good rows and one more."""
    return ("x,y\n" + ROWS + ",".join(cells) + "\n").encode()


BAD = {
    # files that are no table
    "empty": (b"", "is empty"),
    "spaces": (b"  \n \n", "is empty"),
    "bom-alone": (b"\xef\xbb\xbf", "is empty"),
    "header-only": (b"x,y\n", "has names but no rows"),
    "header-without-newline": (b"x,y", "has names but no rows"),
    "blank-lines-after-header": (b"x,y\n\n\n", "has names but no rows"),
    "utf-16-le": ("x,y\n1,2\n".encode("utf-16-le"), "is not text in UTF-8"),
    "utf-16-bom": ("x,y\n1,2\n".encode("utf-16"), "is not text in UTF-8"),
    "utf-32": ("x,y\n1,2\n".encode("utf-32"), "is not text in UTF-8"),
    "zip": (b"PK\x03\x04\x14\x00\x06\x00", "is not text in UTF-8"),
    "png": (b"\x89PNG\r\n\x1a\n\x00\x00", "is not text in UTF-8"),
    "pickle": (b"\x80\x04\x95\x00\x00\x00.", "is not text in UTF-8"),
    "nul": (b"x,y\n1,\x002\n", "is not text in UTF-8"),
    "neither-encoding": (b"x,y\n1,\xff\xff\n", "is neither UTF-8 nor CP949"),
    "cut-utf-8": ("x,y\n1,한".encode()[:-1], "is neither UTF-8 nor CP949"),
    # rows that are no rows
    "short-row": (b"x,y\n1,2\n3\n", "line 3: the row has 1 cell, the first has 2"),
    "long-row": (b"x,y\n1,2\n3,4,5\n", "line 3: the row has 3 cells, the first has 2"),
    "long-last-row": (b"x,y\n1,2\n3,4\n5,6,7", "line 4: the row has 3 cells"),
    "ragged-after-blank": (b"x,y\n1,2\n\n3\n", "line 4: the row has 1 cell"),
    "ragged-crlf": (b"x,y\r\n1,2\r\n3\r\n", "line 3: the row has 1 cell"),
    "ragged-quoted-newline": (b'x,y\n"1\n",2\n3\n', "line 4: the row has 1 cell"),
    "title-line": (b"My data\nx,y\n1,2\n", "line 2: the row has 2 cells, the first has 1"),
    "open-quote": (b'x,y\n1,"2\n3,4\n', "not CSV"),
    "text-after-quote": (b'x,y\n"1"2,3\n', "line 2: not CSV"),
    "huge-cell": (b"x,y\n1," + b"9" * 200_000 + b"\n", "line 2: not CSV"),
    "twice": (b"x,x\n1,2\n3,4\n", "has two columns 'x'"),
    "twice-but-for-spaces": (b"x, x\n1,2\n", "has two columns 'x'"),
    "too-wide": ((",".join(f"c{i}" for i in range(1001)) + "\n").encode(), "has 1001 columns; up to 1000"),
    # cells that are no numbers
    "word": (rows("3", "four"), "line 14: 'four' in column 'y' is no number"),
    "word-in-x": (rows("three", "4"), "line 14: 'three' in column 'x' is no number"),
    "decimal-comma": (b"x;y\n1;2\n3;4,5\n", "line 3: '4,5' in column 'y' has a decimal comma; write 4.5"),
    "decimal-comma-quoted": (rows("3", '"4,5"'), "has a decimal comma; write 4.5"),
    "thousands": (rows("3", '"1,234,567"'), "has commas between thousands; write 1234567."),
    "thousands-and-point": (rows("3", '"1,234.5"'), "has commas between thousands; write 1234.5."),
    "thousands-or-decimal": (
        rows("3", '"1,234"'),
        "has a comma; write 1234 if it parts thousands, 1.234 if it is a decimal comma.",
    ),
    "commas-anywhere": (rows("3", '"12,34,5"'), "is no number"),
    "endless-row": (b'x,y\n1,2\n' + b'"\n",' * 3_000_000, "line 1048579: the row goes on for more than 4194304"),
    "too-large": (rows("3", "1e400"), "line 14: '1e400' in column 'y' is not finite or too large"),
    "square-too-large": (rows("3", "1e200"), "not finite or too large"),
    "infinity": (rows("3", "inf"), "not finite or too large"),
    "minus-infinity": (rows("3", "-Infinity"), "not finite or too large"),
    "underscore": (rows("3", "1_000"), "'1_000' in column 'y' is no number"),
    "hex": (rows("3", "0x10"), "is no number"),
    "percent": (rows("3", "12%"), "is no number"),
    "currency": (rows("3", "$12"), "is no number"),
    "date": (rows("3", "2024-01-01"), "is no number"),
    "time": (rows("3", "12:30"), "is no number"),
    "fraction": (rows("3", "1/2"), "is no number"),
    "complex": (rows("3", "1+2j"), "is no number"),
    "boolean": (rows("3", "true"), "is no number"),
    "formula": (rows("3", "=1+1"), "is no number"),
    "two-numbers": (rows("3", "1 2"), "is no number"),
    "escape": (rows("3", "\x1b[31m4"), "'·[31m4' in column 'y' is no number"),
    "rich-markup": (rows("3", "[red]4[/red]"), "'[red]4[/red]' in column 'y' is no number"),
    "python": (rows("3", "__import__('os')"), "is no number"),
    "long-word": (rows("3", "w" * 500), f"'{'w' * 59}…' in column 'y' is no number"),
    "korean-word": (rows("3", "넷"), "'넷' in column 'y' is no number"),
    # too little of it
    "one-row": (b"x,y\n1,2\n", "has 1 complete row; it takes at least"),
    "two-rows": (b"x,y\n1,2\n3,4\n", "has 2 complete rows; it takes at least"),
    "all-missing": (b"x,y\n1,\n2,NA\n3,nan\n4,-\n5,null\n", "complete rows|columns of numbers to learn from|same"),
    "one-column": (b"x\n1\n2\n3\n4\n5\n6\n", "0 columns of numbers to learn from"),
    "words-alone": (b"a,b\nx,y\nz,w\nu,v\nq,r\n", "has no column of numbers"),
    "constant-x": (b"x,y\n" + b"".join(b"1,%d\n" % i for i in range(12)), "all values in column 'x' are the same"),
    "one-number-column": (b"x,name\n" + b"".join(b"%d,a\n" % i for i in range(12)), "0 columns of numbers to learn from"),
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
    with pytest.raises(InputError) as caught:
        mlbasics.run("overfit", data=path, repeats=1, y=None if b"y" not in content[:4] else "y")
    sentence = str(caught.value)
    assert any(part in sentence for part in expected.split("|")), sentence
    assert caught.value.exit_code == 1
    assert "\n" not in sentence
    assert sentence.isprintable()


@pytest.mark.parametrize(
    ("source", "expected", "code"),
    [
        ("no-such.csv", "there is no such file", 1),
        (".", "cannot be read", 1),
        ("/root/\0", "cannot be read", 1),
        ("", "cannot be read", 1),
        ("../" * 50 + "etc/nothing", "there is no such file", 1),
        ("sklearn:nothing", "has no set 'nothing'; there are breast_cancer", 2),
        ("sklearn:diabets", "Did you mean diabetes?", 2),
        ("sklearn:../../etc/passwd", "has no set", 2),
        ("sklearn:", "has no set", 2),
        ("sklearn:__init__", "has no set", 2),
    ],
)
def test_what_is_no_file_and_no_set_gets_one_sentence(source, expected, code):
    with pytest.raises(InputError) as caught:
        read(source)
    assert expected in str(caught.value)
    assert caught.value.exit_code == code


@pytest.mark.parametrize(
    ("options", "expected", "code"),
    [
        ({"y": "z"}, "--y is 'z'; the columns of", 2),
        ({"y": "yy"}, "Did you mean y?", 2),
        ({"x": "q"}, "--x is 'q'", 2),
        ({"x": "y", "y": "y"}, "column 'y' is to be predicted", 1),
        ({"x": "x,y"}, "2 columns of numbers to learn from; it takes 1|column 'y' is to be predicted", 1),
        ({"x": ""}, "--x is ''", 2),
    ],
)
def test_a_column_that_cannot_be_used_gets_one_sentence(options, expected, code, file):
    with pytest.raises(InputError) as caught:
        mlbasics.run("uat", data=file(rows("3", "4")), **options)
    assert any(part in str(caught.value) for part in expected.split("|")), str(caught.value)
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
    assert first.cells == second.cells
    x = first.numbers("x")
    np.testing.assert_array_equal(first.numbers("y"), 2 * x)
    assert len(set(x)) == MOST_ROWS
    assert abs(x.mean() / (1.5 * MOST_ROWS) - 1) < 0.03  # uniform over the file, within three standard errors
    with pytest.raises(InputError, match=f"line {3 * MOST_ROWS + 2}"):
        read(file(("x,y\n" + lines + "1\n").encode()))


def test_names_like_markup_and_escapes_are_shown_as_text(file):
    content = "[red]x[/red],\x1b[31my\n" + ROWS
    run = mlbasics.run("uat", data=file(content.encode()), neurons=5, max_neurons=5)
    assert "·[31my([red]x[/red])" in run.render("text", View(more=True)).replace("\n", "")
    assert "\x1b" not in run.to_text()


def answered(ask):
    """Return the answer and no sentence, or None and the sentence."""
    try:
        return ask(), ""
    except InputError as error:
        return None, str(error)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda t: t.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_a_table_or_one_sentence(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("any") / "data.csv"
    path.write_bytes(content)
    columns, sentence = answered(lambda: read(str(path)))
    assert (columns is None) == (sentence != "")
    assert "\n" not in sentence
    if columns is not None:
        assert all(len(cells) == len(columns.lines) for cells in columns.cells.values())


CELLS = st.one_of(
    st.floats(allow_nan=False).map(repr), st.integers().map(str), st.sampled_from(["", "NA", "1,5", "a", '"'])
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), min_size=1, max_size=12), st.sampled_from(",;\t"))
def test_any_table_gives_its_own_numbers_or_one_sentence(tmp_path_factory, table, delimiter):
    path = tmp_path_factory.mktemp("any") / "data.csv"
    quoted = [delimiter.join('"' + c.replace('"', '""') + '"' for c in row) for row in [["x", "y"], *table]]
    path.write_text("\n".join(quoted) + "\n", encoding="utf-8")
    columns = read(str(path))
    assert columns.cells == {"x": tuple(r[0] for r in table), "y": tuple(r[1] for r in table)}
    for name, cells in columns.cells.items():
        numbers, sentence = answered(lambda n=name: columns.numbers(n))
        if numbers is None:
            assert any(part in sentence for part in ("is no number", "decimal comma", "not finite"))
        else:
            known = [float(c) for c in cells if c.strip() not in ("", "NA")]
            assert numbers[~np.isnan(numbers)].tolist() == known
            assert all(abs(v) <= LARGEST for v in known)


def test_standard_input_is_read_and_the_json_has_what_was_asked_for(file):
    generator = random.Random(0)
    content = "price,size,rooms\n" + "".join(
        f"{3 * s + generator.gauss(0, 1):.3f},{s},{generator.randint(1, 5)}\n" for s in range(40)
    )
    line = f"cat {file(content.encode())} | {SCRIPT} regularization --data - --y price --repeats 10 --json"
    done = subprocess.run(
        f"{line} | {sys.executable} -c 'import json, sys; print(json.load(sys.stdin)[\"result\"][\"chosen\"][\"lasso\"][\"coef\"])'",
        shell=True, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stderr == ""
    size, rooms = eval(done.stdout)
    assert size == pytest.approx(3, abs=0.1)
    assert abs(rooms) < 0.5


def test_a_reader_is_loaded_for_data_alone():
    code = "import mlbasics, sys; mlbasics.run('uat', neurons=5, max_neurons=5); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "mlbasics.data.comma_separated" not in done.stdout.split()
