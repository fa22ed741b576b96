"""The schema a lesson prints accepts every run of it, and refuses what is not one."""

import json
import subprocess
import sys
from pathlib import Path

import finished
import jsonschema
import pytest
from test_contract import CASES

import mlbasics
from mlbasics.formats.schema import schema

LESSONS = mlbasics.lesson_names()


@pytest.fixture(scope="module", params=CASES, ids=str)
def document(request):
    name, given = request.param
    return finished.run(name, **given).to_dict()


def test_every_run_fits_the_schema_of_its_lesson(document):
    jsonschema.validate(document, schema(document["lesson"]), jsonschema.Draft202012Validator)


def objects(value):
    """Every object of a document, outermost first; of a list's many alike objects the first is enough."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from objects(inner)
    elif isinstance(value, list) and value:
        yield from objects(value[0])


def short(value):
    """The document with no more of any list than its first two, which are validated in no time."""
    if isinstance(value, dict):
        return {key: short(inner) for key, inner in value.items()}
    return [short(inner) for inner in value[:2]] if isinstance(value, list) else value


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_field_that_is_missing_or_that_nobody_declared_is_refused(lesson):
    document = short(finished.run(lesson).to_dict())
    validator = jsonschema.Draft202012Validator(schema(document["lesson"]))
    assert validator.is_valid(document)
    closed = [document, document["params"], document["result"], document["claims"][0]]
    for part in closed:
        part["nobody-declared-this"] = 1
        assert not validator.is_valid(document)
        del part["nobody-declared-this"]
        key, value = part.popitem()
        assert not validator.is_valid(document)
        part[key] = value
    for part in objects(document["result"]):
        for key, value in part.items():
            part[key] = {"a": [["string", object]]}
            assert not validator.is_valid(document), key
            part[key] = value


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_schema_is_one_and_leaves_nothing_open(lesson):
    found = schema(lesson)
    jsonschema.Draft202012Validator.check_schema(found)
    assert {} not in list(objects(found)), "a part of the result has no declared type"
    params = found["properties"]["params"]["properties"]
    given = {f: spec["default"] for f, spec in params.items() if "default" in spec}
    defaults = finished.run(lesson).to_dict()["params"]
    assert given == {f: defaults[f] for f in given}


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_command_prints_it(lesson):
    script = Path(sys.executable).with_name("mlbasics")
    done = subprocess.run([script, "schema", lesson], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == schema(lesson)
    assert done.stderr == ""


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_schema_knows_the_range_of_every_parameter(lesson):
    params = schema(lesson)["properties"]["params"]["properties"]
    seed = jsonschema.Draft202012Validator(params["seed"])
    assert seed.is_valid(3)
    for wrong in (-1, 2**32, 0.5, "3", None):
        assert not seed.is_valid(wrong)
