"""The JSON Schema of a lesson's output, read off its Params and the types its experiments declare."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import Field, is_dataclass
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import numpy as np
from numpy.typing import NDArray

from mlbasics import lessons, numerics
from mlbasics.formats.json import SCHEMA_VERSION, plain
from mlbasics.kit.kinds import MOST_NUMBERS, Accepts, Choice, Interval, Numbers
from mlbasics.kit.number import Number
from mlbasics.kit.params import Depends, accepts, fill, parameters
from mlbasics.kit.story import told
from mlbasics.words import Words

Schema = dict[str, Any]

NUMBER: Schema = {"type": ["number", "null"]}  # NaN and infinity are null
ARRAYS = {
    kind: {"type": "array", "items": {"anyOf": [item, {"$ref": f"#/$defs/{kind}"}]}}
    for kind, item in (
        ("numbers", NUMBER),
        ("integers", {"type": "integer"}),
        ("booleans", {"type": "boolean"}),
    )
}
"""Arrays of any number of dimensions."""

PLAIN: dict[Any, Schema] = {
    float: NUMBER,
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    str: {"type": "string"},
    NoneType: {"type": "null"},
}


def schema(name: str) -> Schema:
    """Return the schema, in draft 2020-12, of what the lesson of that name prints as JSON."""
    words = lessons.words(name, "en")
    declared = parameters(lessons.find(name).Params)
    results = [of(result) for result in _results(name)]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"mlbasics {lessons.called(name)} --json",
        "description": words["summary"],
        **_object(
            {
                "schema_version": {"const": SCHEMA_VERSION},
                "lesson": {"const": lessons.called(name)},
                "version": {"type": "string"},
                "params": _object({f.name: _parameter(f, words) for f in declared}),
                "result": results[0] if len(results) == 1 else {"anyOf": results},
                "claims": {"type": "array", "items": _claim(words)},
            }
        ),
        "$defs": ARRAYS,
    }


def of(declared: Any) -> Schema:
    """Return the schema of a value of the declared type once it is plain; an unknown type says nothing."""
    origin, inner = get_origin(declared), get_args(declared)
    if is_dataclass(declared):
        hints = _hints(declared, declared.__module__)
        return _object({f.name.rstrip("_"): of(hints[f.name]) for f in told(declared)})
    if origin in (Union, UnionType):
        return {"anyOf": [of(one) for one in inner]}
    if origin is Literal:
        return {"enum": list(inner)}
    if origin is np.ndarray:
        return {"$ref": f"#/$defs/{_kind(inner)}"}
    if origin is tuple and inner[-1] is not Ellipsis:
        return {
            "type": "array",
            "prefixItems": [of(one) for one in inner],
            "items": False,
            "minItems": len(inner),
        }
    if origin in (list, tuple, Sequence):
        return {"type": "array", "items": of(inner[0])}
    if origin in (dict, Mapping):
        return {"type": "object", "additionalProperties": of(inner[1])}
    return PLAIN.get(declared, {})


def _kind(inner: tuple[Any, ...]) -> str:
    scalar = get_args(inner[1])[0]
    if issubclass(scalar, np.bool_):
        return "booleans"
    return "integers" if issubclass(scalar, np.integer) else "numbers"


def _object(properties: Mapping[str, Schema]) -> Schema:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }


def _parameter(f: Field[Any], words: Words) -> Schema:
    kind, description = accepts(f), words[f"option.{f.name}"]
    default = {} if isinstance(f.default, Depends) else {"default": plain(kind.accept(f.name, f.default))}
    return _accepted(kind) | {"description": description} | default


def _accepted(accepts: Accepts) -> Schema:
    if isinstance(accepts, Number):
        kind = "integer" if accepts.whole else "number"
        limits = {"minimum": accepts.low, "maximum": accepts.high}
        return {"type": [kind, "null"] if accepts.optional else kind} | limits
    if isinstance(accepts, Numbers):
        one = Number(accepts.low, accepts.high, accepts.whole)
        return {"type": "array", "items": _accepted(one), "minItems": 1, "maxItems": MOST_NUMBERS}
    if isinstance(accepts, Choice):
        return {"enum": list(accepts.names)}
    if isinstance(accepts, Interval):
        return {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}
    return {"type": ["string", "null"]}


def _claim(words: Words) -> Schema:
    keys = [key.removeprefix("claim.") for key in words.sentences if key.startswith("claim.")]
    return _object(
        {
            "id": {"enum": sorted({key.partition(".")[0] for key in keys})},
            "statement": {"enum": [words[f"claim.{key}"] for key in keys]},
            "headline": {"type": "boolean"},
            "holds": {"type": ["boolean", "null"]},
            "evidence": {
                "type": "object",
                "properties": {"reason": {"type": "string"}},
                "additionalProperties": {"type": ["number", "boolean", "null"]},
            },
        }
    )


def _results(name: str) -> list[Any]:
    """Return the dataclasses that the lesson's simulate returns: one, or one for each of its variants."""
    page = lessons.find(name)
    choices = ((f.name, accepts(f)) for f in parameters(page.Params))
    others = [{name: one} for name, kind in choices if isinstance(kind, Choice) for one in kind.names]
    each = (page.lesson(fill(page.Params, given)) for given in ({}, *others))
    return list(dict.fromkeys(_returned(lesson.simulate) for lesson in each))


def _returned(function: Callable[..., Any]) -> Any:
    """Return the return type; the other annotations may be names that only a type checker imports."""
    declared = type("Declared", (), {"__annotations__": {"it": function.__annotations__["return"]}})
    return _hints(declared, function.__module__)["it"]


def _hints(declared: Any, module: str) -> dict[str, Any]:
    """Return the types of a class's fields; NumPy's names are known, imported for the type checker or not."""
    return get_type_hints(
        declared, {"np": np, "NDArray": NDArray, **vars(numerics), **vars(sys.modules[module])}
    )
