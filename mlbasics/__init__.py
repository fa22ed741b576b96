"""Five ideas of machine learning, run live and made visible in a terminal.

>>> import mlbasics
>>> run = mlbasics.run("overfit", max_degree=9, seed=3)
>>> [claim.id for claim in run.claims if claim.holds]  # doctest: +ELLIPSIS
['train-error-falls', ...]
"""

from mlbasics.api import Run, run
from mlbasics.lesson import InputError
from mlbasics.lesson import names as lesson_names

__version__ = "0.1.0"
__all__ = ["InputError", "Run", "__version__", "lesson_names", "run"]
