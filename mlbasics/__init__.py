"""Five ideas of machine learning, run live and made visible in a terminal.

>>> import mlbasics
>>> run = mlbasics.run("overfit", max_degree=9, seed=3)
>>> [claim.id for claim in run.claims if claim.holds]  # doctest: +ELLIPSIS
['train-error-falls', ...]
"""

from typing import TYPE_CHECKING

from mlbasics.version import __version__

if TYPE_CHECKING:
    from mlbasics.api import InputError, Run, lesson_names, run

__all__ = ["InputError", "Run", "__version__", "lesson_names", "run"]


def __getattr__(name: str) -> object:
    """Load what Python uses when it is used: the command line, which starts here too, needs none of it."""
    if name not in __all__:
        raise AttributeError(f"module 'mlbasics' has no attribute '{name}'")
    from importlib import import_module

    return getattr(import_module("mlbasics.api"), name)
