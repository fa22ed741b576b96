"""The JSON of a run: params, result and claims, whole, without language, color or width."""

from __future__ import annotations

import json
import math
from dataclasses import is_dataclass
from typing import Any

import numpy as np

from mlbasics import lessons
from mlbasics.formats.view import View
from mlbasics.kit.claims import Claim
from mlbasics.kit.params import parameters
from mlbasics.kit.story import told
from mlbasics.runs import Run
from mlbasics.version import __version__
from mlbasics.words import Words

SCHEMA_VERSION = 1


def render(run: Run, words: Words, view: View) -> str:
    """Return one JSON object on one line, in ASCII so that any pipe carries it."""
    return json.dumps(document(run), allow_nan=False) + "\n"


def document(run: Run) -> dict[str, Any]:
    """Return the JSON object: plain numbers, lists and English sentences, whatever the language."""
    words = lessons.words(run.lesson, "en")
    return {
        "schema_version": SCHEMA_VERSION,
        "lesson": lessons.called(run.lesson),
        "version": __version__,
        "params": {f.name: plain(getattr(run.params, f.name)) for f in parameters(type(run.params))},
        "result": plain(run.result),
        "claims": [_claim(claim, words) for claim in run.claims],
    }


def _claim(claim: Claim, words: Words) -> dict[str, Any]:
    evidence = plain(claim.evidence)
    if claim.reason is not None:
        evidence["reason"] = words.say(claim.reason)
    return {
        "id": claim.id,
        "statement": words.say(claim.statement),
        "headline": claim.headline,
        "holds": claim.holds,
        "evidence": evidence,
    }


def plain(value: Any) -> Any:
    """Return the value as JSON knows it: a dataclass is an object, an array a list, NaN and infinity null."""
    if is_dataclass(value):
        return {f.name.rstrip("_"): plain(getattr(value, f.name)) for f in told(value)}  # with_ is with
    if isinstance(value, dict):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, np.ndarray | np.generic):
        value = value.tolist()
    if isinstance(value, list | tuple):
        return [plain(v) for v in value]
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()  # a file's name may be no text at all
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
