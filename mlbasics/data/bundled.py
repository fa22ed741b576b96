"""The sets that scikit-learn ships, as columns; scikit-learn is needed for these alone."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

import numpy as np

from mlbasics.data import SETS
from mlbasics.data.columns import Columns
from mlbasics.data.frames import of_arrays
from mlbasics.kit.errors import InputError, no_such
from mlbasics.words import phrase

TARGET = "target"


def load(source: str, name: str) -> Columns:
    """Return a bundled set, its target the last column: classes by their names, or numbers."""
    if name not in SETS:
        raise no_such("data.no-set", name, SETS)
    if find_spec("sklearn") is None:
        raise InputError(phrase("data.no-sklearn", source=source))
    found = getattr(import_module("sklearn.datasets"), f"load_{name}")()
    classes = getattr(found, "target_names", None)
    target = found.target if classes is None else np.array(classes)[found.target]
    return of_arrays(source, [*found.feature_names, TARGET], [*np.asarray(found.data).T, target])
