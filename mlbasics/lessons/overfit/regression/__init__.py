"""The regression task: the experiment, the claims it is judged by, and its screen."""

from mlbasics.lessons.overfit.regression.claims import judge
from mlbasics.lessons.overfit.regression.experiment import simulate
from mlbasics.lessons.overfit.regression.screen import show

__all__ = ["judge", "show", "simulate"]
