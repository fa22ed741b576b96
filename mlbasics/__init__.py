"""Five ideas of machine learning, run live and made visible in a terminal.

>>> import mlbasics
>>> run = mlbasics.run("overfit", max_degree=9, seed=3)
>>> [claim.id for claim in run.claims if claim.holds]  # doctest: +ELLIPSIS
['train-error-falls', ...]
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mlbasics.api import Run, run
    from mlbasics.kinds import InputError
    from mlbasics.lesson import names as lesson_names

__version__ = "0.1.0"
__all__ = ["InputError", "Run", "__version__", "lesson_names", "run"]

_FACE = {"InputError": "kinds", "Run": "api", "lesson_names": "lesson", "run": "api"}


def __getattr__(name: str) -> object:
    """Load the Python face when it is used: the command line, which starts here too, has its own."""
    if name not in _FACE:
        raise AttributeError(f"module 'mlbasics' has no attribute '{name}'")
    return getattr(import_module(f"mlbasics.{_FACE[name]}"), name.removeprefix("lesson_"))
