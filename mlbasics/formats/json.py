"""The JSON of a run: params, result and claims, whole, without language, colour or width."""

from __future__ import annotations

import json
import math
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from mlbasics.api import Run
    from mlbasics.formats import View
    from mlbasics.words import Words

ENDINGS = (".json",)


def render(run: Run, words: Words, view: View) -> str:
    """Return one JSON object on one line, in ASCII so that any pipe carries it."""
    return json.dumps(run.to_dict(), allow_nan=False) + "\n"


def plain(value: Any) -> Any:
    """Return the value as JSON knows it: a dataclass is an object, an array a list, NaN and infinity null."""
    if is_dataclass(value):
        return {f.name.rstrip("_"): plain(getattr(value, f.name)) for f in fields(value)}  # with_ is with
    if isinstance(value, dict):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, np.ndarray | np.generic):
        value = value.tolist()
    if isinstance(value, list | tuple):
        return [plain(v) for v in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
